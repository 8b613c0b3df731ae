"""RAR 1.5 to 7, by rars; a member at a time in memory, of a solid archive several at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import partial
from typing import Any, cast

from leaktrace.intake.containers.decoding import PIECE
from leaktrace.intake.containers.members import Chunks, Member, Way
from leaktrace.intake.containers.names import decoded_name
from leaktrace.intake.containers.session import Session
from leaktrace.intake.containers.unhad import (
    Unhad,
    damaged,
    in_volumes,
    link,
    locked,
    not_installed,
    too_big,
    unsupported,
)
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

_MOST = 1 << 30
# In a solid archive each reading unpacks all that stands before; so few readings.
_TOGETHER = 256 << 20
_HEADERS = 64 << 20
_DICTIONARY = 1 << 30
_UNIX_LINK = 0o120000
_REPARSE_POINT = 0x400


def members(material: Material, session: Session, _form: str) -> Generator[Member, None, None]:
    """The members of the RAR ``material``."""
    try:
        import rars
    except ImportError:
        raise not_installed("rar") from None
    archive = _opened(rars, material, session)
    reader = _Reader(rars, archive, archive.infolist(), session)
    for info in reader.infos:
        yield _member(archive, info, reader)


def _opened(rars: Any, material: Material, session: Session) -> Any:
    options = rars.ReadOptions(max_header_bytes=_HEADERS, max_header_count=10**6)
    if material.content is None:
        source = partial(rars.RarFile, str(material.path), options=options)
    elif material.size > _MOST:
        raise too_big()
    else:
        with opening(material) as file:
            source = partial(rars.RarFile.from_bytes, file.read(), options=options)
    try:
        return source()
    except rars.PasswordRequired:
        pass
    except rars.UnsupportedRarFeature:
        raise unsupported() from None
    for password in session.passwords():
        try:
            archive = source(password=password)
        except rars.BadRarFile:
            continue
        session.fitted(password)
        return archive
    raise locked(session.has_passwords)


def _member(archive: Any, info: Any, reader: _Reader) -> Member:
    raw = bytes(info.orig_filename_bytes)
    name = info.filename if "\ufffd" not in info.filename else decoded_name(raw.split(b"\0")[0])
    if info.is_dir():
        return Member(name, is_folder=True)
    if info.is_split_before or info.is_split_after:
        return Member(name, size=info.file_size, refusal=in_volumes())
    if _is_link(archive, info):
        return Member(name, left=link())
    refusal = too_big() if info.file_size > _MOST else None
    return Member(name, reader.ways(info), size=info.file_size, refusal=refusal)


def _is_link(archive: Any, info: Any) -> bool:
    if info.host_os == 1 or info.file_attr >> 16:
        mode = info.file_attr >> 16 or info.file_attr
        if mode & 0o170000 == _UNIX_LINK:
            return True
    try:
        archive.readlink(info)
    except Exception:
        return False
    return True


class _Reader:
    """Reads members, those of a solid archive together with the next ones."""

    def __init__(self, rars: Any, archive: Any, infos: list[Any], session: Session) -> None:
        self.infos = infos
        self._rars = rars
        self._archive = archive
        self._session = session
        self._solid = any(info.is_solid for info in infos)
        self._ready: dict[int, bytes] = {}

    def ways(self, info: Any) -> Iterator[Way]:
        """The ways to unpack a member: without a password, or with each in turn."""
        if not info.is_encrypted:
            yield Way(partial(self._chunks, info, None))
            return
        for password in self._session.passwords():
            yield Way(partial(self._chunks, info, password), password)
        raise locked(self._session.has_passwords)

    def _chunks(self, info: Any, password: str | None) -> Chunks:
        view = memoryview(self._data(info, password))
        for start in range(0, len(view), PIECE):
            yield view[start : start + PIECE]

    def _data(self, info: Any, password: str | None) -> bytes:
        ready = self._ready.pop(info.member_index, None)
        if ready is not None:
            return ready
        try:
            if self._solid and not info.is_encrypted:
                return self._with_next(info)
            return cast(bytes, self._archive.read(info, password, options=self._options()))
        except (self._rars.BadPassword, self._rars.PasswordRequired):
            raise Unhad("encrypted", locked(True).message) from None
        except self._rars.UnsupportedRarFeature:
            raise unsupported() from None
        except self._rars.Error:
            raise damaged() from None

    def _with_next(self, info: Any) -> bytes:
        batch, size = [info], info.file_size
        for following in self.infos[info.member_index + 1 :]:
            size += following.file_size
            if size > _TOGETHER:
                break
            if not (
                following.is_dir() or following.is_encrypted or _is_link(self._archive, following)
            ):
                batch.append(following)
        try:
            found = self._archive.read_many(batch, options=self._options(solid=True))
        except self._rars.Error:
            # One of them is damaged; which, shows where each is read by itself.
            self._solid = False
            return cast(bytes, self._archive.read(info, options=self._options(solid=True)))
        self._ready = {
            one.member_index: data for one, data in zip(batch[1:], found[1:], strict=True)
        }
        return cast(bytes, found[0])

    def _options(self, solid: bool = False) -> Any:
        limits = self._session.limits
        return self._rars.ReadOptions(
            max_member_output_bytes=_MOST,
            max_total_output_bytes=limits.total if solid else _MOST,
            rar50_dictionary_size_limit=_DICTIONARY,
            rar50_buffered_decode_limit=_MOST,
        )
