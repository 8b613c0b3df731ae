"""What stands in the directory of a ZIP, looked at before it is trusted."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from leaktrace.intake.containers.names import decoded_name, encoding_of_names
from leaktrace.intake.containers.unhad import damaged, in_volumes, too_many

_TAIL = (1 << 16) + 22
# A hundred thousand entries with names of 250 bytes; more would fill the memory as objects.
_MOST_DIRECTORY = 32 << 20
_END, _LOCATOR, _ENTRY = b"PK\x05\x06", b"PK\x06\x07", b"PK\x01\x02"
_UNICODE_PATH, _AES = 0x7075, 0x9901
_UTF8 = 0x800
_AES_METHOD = 99
_SYMLINK = 0o120000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a ZIP's directory.

    Attributes
    ----------
    info : zipfile.ZipInfo
    name : str
        Decoded as Chinese programs wrote it.
    method : int
        How it is packed, under any encryption.
    aes : int
        1 to 3 for WinZip's AES-128, 192, 256; 0 for none.
    aes_version : int
    """

    info: zipfile.ZipInfo
    name: str
    method: int
    aes: int = 0
    aes_version: int = 0

    @property
    def is_encrypted(self) -> bool:
        """Whether a password is needed."""
        return bool(self.info.flag_bits & 1)

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link of Unix."""
        return self.info.create_system == 3 and (
            (self.info.external_attr >> 16) & 0o170000 == _SYMLINK
        )


def entries(file: BinaryIO) -> list[Entry]:
    """The entries of the ZIP ``file``, in its order.

    Raises
    ------
    Unhad
        ``"truncated"``, ``"volumes"`` or ``"too-many-members"``.
    """
    _check_end(file)
    try:
        infos = _infos(file)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, struct.error):
        raise damaged() from None
    raw = [_raw_name(info) for info in infos]
    encoding = encoding_of_names([name for name in raw if isinstance(name, bytes)])
    return [_entry(info, name, encoding) for info, name in zip(infos, raw, strict=True)]


def _infos(file: BinaryIO) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except UnicodeDecodeError:
        # One name that is said to be UTF-8 and is not hides all the others.
        with zipfile.ZipFile(cast(BinaryIO, _Unsaid(file))) as archive:
            return archive.infolist()


class _Unsaid:
    """A ZIP in whose directory no name is said to be UTF-8; zipfile reads it at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.close = file.seek, file.tell, file.close

    def read(self, size: int = -1) -> bytes:
        data = bytearray(self._file.read(size))
        place = 0
        while data.startswith(_ENTRY, place) and place + 46 <= len(data):
            data[place + 9] &= ~(_UTF8 >> 8)
            place += 46 + sum(struct.unpack_from("<HHH", data, place + 28))
        return bytes(data)


def _check_end(file: BinaryIO) -> None:
    """Refuse a directory that is too long or elsewhere, before objects are made of it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise damaged()
    disk, length = struct.unpack_from("<H6xI", tail, end + 4)
    if disk not in (0, 0xFFFF):
        raise in_volumes()
    if length == 0xFFFFFFFF and tail[end - 20 : end - 16] == _LOCATOR and end >= 76:
        length = struct.unpack_from("<Q", tail, end - 36)[0]
    if length > _MOST_DIRECTORY:
        raise too_many()


def _raw_name(info: zipfile.ZipInfo) -> bytes | str:
    """The name's bytes where its encoding is not told."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    for key, value in _extras(info.extra):
        if key == _UNICODE_PATH and len(value) > 5:
            return decoded_name(value[5:])
    return info.orig_filename.encode("cp437")


def _entry(info: zipfile.ZipInfo, raw: bytes | str, encoding: str) -> Entry:
    name = raw if isinstance(raw, str) else decoded_name(raw, encoding)
    if info.compress_type == _AES_METHOD:
        for key, value in _extras(info.extra):
            if key == _AES and len(value) == 7 and value[4] in (1, 2, 3):
                version, _vendor, strength, method = struct.unpack("<H2sBH", value)
                return Entry(info, name, method, strength, version)
    return Entry(info, name, info.compress_type)


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    while len(extra) >= 4:
        key, length = struct.unpack_from("<HH", extra)
        yield key, extra[4 : 4 + length]
        extra = extra[4 + length :]
