"""Where large members wait: files encrypted under a key that is nowhere but in memory."""

from __future__ import annotations

import io
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

_BLOCK = 16
# Reads smaller than this are served from what was read ahead.
_AHEAD = 1 << 18
_PIECE = 1 << 18
SUFFIX = ".spool"


class SpoolFile:
    """The bytes of one member in an encrypted file; AES-128 in counter mode, a key for each file.

    Parameters
    ----------
    folder : Path
        Made where it is missing; the file in it may be read by its owner alone.

    Raises
    ------
    OSError
        Where the file cannot be made or the disk is full.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / f"{secrets.token_hex(12)}{SUFFIX}"
        self._key = secrets.token_bytes(16)
        self._size = 0
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        self._file = os.fdopen(os.open(self._path, flags, 0o600), "wb", buffering=0)
        self._encryptor = cipher_at(self._key, 0)
        self._buffer = bytearray(_PIECE)

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._size

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Append ``data``."""
        view = memoryview(data)
        self._size += len(view)
        for start in range(0, len(view), _PIECE):
            piece = view[start : start + _PIECE]
            # Into the same memory again and again: fresh memory costs more than the cipher.
            self._encryptor.update_into(piece, self._buffer)
            rest = memoryview(self._buffer)[: len(piece)]
            while rest:
                rest = rest[self._file.write(rest) :]

    def close(self) -> None:
        """Nothing more is written; it can be read."""
        self._file.close()

    def open(self) -> BinaryIO:
        """The bytes from the beginning, seekable."""
        raw = _Reader(self._path, self._key)
        return cast(BinaryIO, io.BufferedReader(raw, _AHEAD))

    def delete(self) -> None:
        """Remove the file."""
        self._file.close()
        # Where a reader is open on Windows the file stays; with the key gone it is noise, and
        # the folder goes with the next command.
        with suppress(OSError):
            self._path.unlink()


class _Reader(io.RawIOBase):
    """Decrypts as it reads."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = path.open("rb", buffering=0)
        self._key = key
        self._decryptor = cipher_at(key, 0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        count = self._file.readinto(view)
        self._decryptor.update_into(view[:count], view[:count])
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        place = self._file.seek(offset, whence)
        self._decryptor = cipher_at(self._key, place)
        return place

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


def cipher_at(key: bytes, place: int) -> CipherContext:
    """The key stream from byte ``place`` on; it encrypts and decrypts alike."""
    counter = (place // _BLOCK).to_bytes(_BLOCK, "big")
    stream = Cipher(algorithms.AES(key), modes.CTR(counter)).encryptor()
    stream.update(bytes(place % _BLOCK))
    return stream
