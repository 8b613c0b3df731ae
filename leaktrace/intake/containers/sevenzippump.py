"""Turns py7zr, which pushes bytes into writers, into something that can be asked for them."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

# py7zr unpacks up to 128 MB at once; so much of it is handed on at a time.
_SLICE = 1 << 22
_PROBE = 1 << 27


@dataclass(frozen=True, slots=True)
class Started:
    """The bytes of the member of this number follow."""

    number: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The unpacking ended before its time."""

    error: BaseException = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Mark:
    """The end of a member, or of all."""

    what: str


END = _Mark("all")
_DONE = _Mark("member")

Event = memoryview | Started | Failed | _Mark


class _StoppedError(Exception):
    """Nobody asks for more."""


class Pump:
    """Unpacks the members of these numbers in a thread; :meth:`close` ends it."""

    def __init__(self, archive: Any, numbers: list[int]) -> None:
        self._archive = archive
        self._events: queue.Queue[Event] = queue.Queue(2)
        self._stopped = threading.Event()
        self._put_back: list[Event] = []
        _register(archive, numbers, self._put)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def next(self) -> Event:
        """What comes next; waits for it."""
        return self._put_back.pop() if self._put_back else self._events.get()

    def again(self, event: Event) -> None:
        """Let ``event`` be the next once more."""
        self._put_back.append(event)

    def close(self) -> None:
        """End the unpacking."""
        self._stopped.set()
        with suppress(queue.Empty):
            while True:
                self._events.get_nowait()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._archive.worker.extract(self._archive.fp, None, parallel=False)
            last: Event = END
        except BaseException as error:  # told to whoever asks
            last = Failed(error)
        with suppress(_StoppedError):
            self._put(last)

    def _put(self, event: Event) -> None:
        while not self._stopped.is_set():
            with suppress(queue.Full):
                self._events.put(event, timeout=0.05)
                return
        raise _StoppedError


def first_bytes(archive: Any) -> None:
    """Unpack the first member that is not empty, to see whether a password fits.

    Raises
    ------
    Exception
        Of any kind, where it does not.
    """
    number = next((f.id for f in archive.files if not f.is_directory and f.uncompressed), None)
    seen = 0

    def count(event: Event) -> None:
        nonlocal seen
        seen += len(event) if isinstance(event, memoryview) else 0
        if seen >= _PROBE:
            raise _StoppedError

    if number is not None:
        _register(archive, [number], count)
        with suppress(_StoppedError):
            archive.worker.extract(archive.fp, None, parallel=False)


def _register(archive: Any, numbers: list[int], put: Any) -> None:
    from py7zr.io import MemIO, Py7zIO, WriterFactory

    class Writer(Py7zIO):
        """Hands on what it is given."""

        def write(self, data: bytes | bytearray) -> int:
            view = memoryview(data)
            for start in range(0, len(view), _SLICE):
                put(view[start : start + _SLICE])
            return len(view)

        def read(self, size: int | None = None) -> bytes:
            return b""

        def seek(self, offset: int, whence: int = 0) -> int:
            return 0

        def flush(self) -> None:
            return None

        def size(self) -> int:
            return 0

        def close(self) -> None:
            put(_DONE)

    class Writers(WriterFactory):
        """A writer for each member, named by its number: names may be alike, or paths."""

        def create(self, filename: str) -> Writer:
            put(Started(int(filename)))
            return Writer()

    for number in numbers:
        archive.worker.register_filelike(number, MemIO(str(number), Writers()))
