"""Archives behind a program that unpacks them: which they are, and where they begin."""

from __future__ import annotations

import io
import zlib
from typing import Any, BinaryIO

from leaktrace.intake.containers.unhad import Unhad
from leaktrace.intake.containers.zipdirectory import entries

# The programs of WinRAR and 7-Zip have 100 to 400 kB; rars looks as far.
_FAR = 1 << 20
_RAR, _SEVEN = b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"


def form_behind(file: BinaryIO) -> str | None:
    """``"zip"``, ``"rar"`` or ``"7z"``, where such an archive follows the program ``file``."""
    try:
        if entries(file):
            return "zip"
    except Unhad:
        pass
    file.seek(0)
    beginning = file.read(_FAR)
    if _RAR in beginning:
        return "rar"
    return "7z" if _start_of_7z(beginning) >= 0 else None


def from_7z_on(file: BinaryIO) -> Any:
    """``file``, which is a 7z or has one behind a program, from the archive on."""
    file.seek(0)
    start = _start_of_7z(file.read(_FAR))
    file.seek(0)
    return file if start <= 0 else io.BufferedReader(_Tail(file, start))


def _start_of_7z(data: bytes) -> int:
    """Where a header stands whose checksum fits: the program itself knows the first bytes."""
    place = data.find(_SEVEN)
    while place >= 0:
        header = data[place : place + 32]
        if zlib.crc32(header[12:]) == int.from_bytes(header[8:12], "little"):
            return place
        place = data.find(_SEVEN, place + 1)
    return -1


class _Tail(io.RawIOBase):
    """A file without its first bytes."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self._start = start
        file.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        offset += self._start if whence == io.SEEK_SET else 0
        return self._file.seek(offset, whence) - self._start

    def tell(self) -> int:
        return self._file.tell() - self._start
