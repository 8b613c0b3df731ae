"""What all archives of one file have in common: counters, passwords, the spool."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leaktrace.intake.containers.found import Unpacking
from leaktrace.intake.containers.members import Chunks
from leaktrace.intake.containers.spool import SpoolFile
from leaktrace.intake.containers.unhad import exhausted, no_room, too_big, too_many
from leaktrace.intake.material import Content, InMemory


@dataclass(frozen=True, slots=True)
class Kept:
    """A member that was unpacked whole: its bytes, how many, and their SHA-256."""

    content: Content
    size: int
    sha256: str

    def close(self) -> None:
        """Forget the bytes."""
        if isinstance(self.content, SpoolFile):
            self.content.delete()


class Session:
    """The unpacking of one file on the disk, over all levels.

    Parameters
    ----------
    unpacking : Unpacking
    size : int
        Of the file on the disk.
    """

    def __init__(self, unpacking: Unpacking, size: int) -> None:
        self.limits = unpacking.limits
        self.over = False
        """Whether nothing more may be unpacked."""
        self._spool = unpacking.spool
        self._size = size
        self._passwords = list(dict.fromkeys(filter(None, unpacking.passwords)))
        self._spent = 0.0
        self._members = 0
        self._archives: Counter[str] = Counter()
        self._out = 0

    @property
    def has_passwords(self) -> bool:
        """Whether any were given."""
        return bool(self._passwords)

    def passwords(self) -> Iterator[str]:
        """The passwords in turn, the last that fitted first; ends early where trying takes long.

        The caller asks for the next one once it knows that this one does not fit.
        """
        for password in tuple(self._passwords):
            if self._spent > self.limits.password_seconds:
                return
            start = time.monotonic()
            yield password
            self._spent += time.monotonic() - start

    def fitted(self, password: str) -> None:
        """Remember that ``password`` opened something: it may well open the next."""
        if password in self._passwords:
            self._passwords.remove(password)
            self._passwords.insert(0, password)

    def count_member(self) -> None:
        """One member more.

        Raises
        ------
        Unhad
            ``"too-many-members"``; then :attr:`over` is set.
        """
        self._members += 1
        if self._members > self.limits.members:
            self.over = True
            raise too_many()

    def repeats(self, sha256: str) -> bool:
        """Whether an archive of these very bytes was met too often to be unpacked once more."""
        self._archives[sha256] += 1
        return self._archives[sha256] > self.limits.repeats

    def keep(self, chunks: Chunks, check: Callable[[int], None]) -> Kept:
        """Unpack a member: in memory where it is small, else into an encrypted file.

        ``check`` is called with the size so far, and raises where that is too much.

        Raises
        ------
        Unhad
            ``"too-big"`` or ``"no-space"``, or what ``chunks`` and ``check`` raise.
        """
        digest = hashlib.sha256()
        held = bytearray()
        file: SpoolFile | None = None
        size = 0
        try:
            for chunk in chunks:
                size += len(chunk)
                self._count(len(chunk), size)
                check(size)
                digest.update(chunk)
                if file is None and self._is_large(size):
                    file = self._spooled(held)
                    held = bytearray()
                if file is None:
                    held += chunk
                else:
                    _write(file, chunk)
        except BaseException:
            if file is not None:
                file.delete()
            raise
        if file is not None:
            file.close()
        content: Content = InMemory(bytes(held)) if file is None else file
        return Kept(content, size, digest.hexdigest())

    def _count(self, fresh: int, size: int) -> None:
        self._out += fresh
        limits = self.limits
        if self._out > limits.total or (
            self._out > limits.whole_free and self._out > limits.whole_ratio * self._size
        ):
            self.over = True
            raise exhausted()
        if size > limits.member or (self._spool is None and size > limits.unspooled):
            raise too_big()

    def _is_large(self, size: int) -> bool:
        return self._spool is not None and size > self.limits.in_memory

    def _spooled(self, held: bytearray) -> SpoolFile:
        assert self._spool is not None
        try:
            file = SpoolFile(self._spool)
        except OSError:
            raise no_room() from None
        _write(file, held)
        return file


def _write(file: SpoolFile, data: bytes | bytearray | memoryview) -> None:
    try:
        file.write(data)
    except OSError:
        file.delete()
        raise no_room() from None
