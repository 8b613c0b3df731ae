"""Originals kept in a case: encrypted, never in plain.

The format. A file begins with the 21 bytes ``leaktrace original 1`` and a line feed, and 16 random
bytes, the salt. Then come the original's bytes in chunks of 1 MiB (the last one may be shorter, and
is empty for an empty original), each as its AES-256-GCM ciphertext and the 16 bytes of its tag. The
key is the BLAKE2b (32 bytes) of the salt, keyed with the case's subkey ``originals``; a chunk's
nonce is its number from 0 in 11 bytes, big-endian, and one byte that is 1 for the last chunk and
else 0; the 37 bytes of the head are authenticated with every chunk. So chunks can be neither
changed, swapped nor cut off unseen: the STREAM construction of Hoang, Reyhanitabar, Rogaway and
Vizár (CRYPTO 2015), with a fresh key for each file. Chunks open by themselves, in any order.

The file's name is a keyed hash of the original's SHA-256.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.refusals import opening
from leaktrace.messages import _

CHUNK = 1 << 20
_MAGIC = b"leaktrace original 1\n"
_SALT = 16
_HEAD = len(_MAGIC) + _SALT
_TAG = 16


def kept_name(key: Key, sha256: str) -> str:
    """What the original with this SHA-256 is called in the case, 32 hexadecimal digits."""
    secret = key.derive("original name")
    return hashlib.blake2b(sha256.encode("ascii"), digest_size=16, key=secret).hexdigest()


def write_kept(path: Path, key: Key, out: Path) -> str:
    """Write the file at ``path`` encrypted to ``out``; the SHA-256 of the bytes that were read.

    Memory does not grow with the file.

    Raises
    ------
    InputRefused
        If ``path`` cannot be read.
    """
    digest = hashlib.sha256()
    with opening(path) as original, out.open("xb") as kept:
        salt = os.urandom(_SALT)
        head = _MAGIC + salt
        cipher = _cipher(_secret(key), salt)
        kept.write(head)
        for number, last, chunk in _chunks(original):
            digest.update(chunk)
            kept.write(cipher.encrypt(_nonce(number, last), chunk, head))
    return digest.hexdigest()


def _chunks(file: BinaryIO) -> Iterator[tuple[int, bool, bytes]]:
    # One ahead, since the last one is marked.
    number, chunk = 0, file.read(CHUNK)
    while following := file.read(CHUNK):
        yield number, False, chunk
        number, chunk = number + 1, following
    yield number, True, chunk


@dataclass(frozen=True, slots=True)
class KeptOriginal:
    """An original kept at ``path``; see :func:`kept_original`. ``secret`` opens kept originals."""

    path: Path
    secret: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Bytes of the original."""
        body = self.path.stat().st_size - _HEAD
        return body - _TAG * _number_of_chunks(body)

    def open(self) -> BinaryIO:
        """The original's bytes from the beginning, seekable, decrypted as they are read.

        Raises
        ------
        LeaktraceError
            ``"damaged"``, here or while it is read.
        """
        return io.BufferedReader(_Opened(self), CHUNK)

    def pieces(self) -> Iterator[bytes]:
        """The original's bytes, piece by piece."""
        with self.open() as file:
            while piece := file.read(CHUNK):
                yield piece


def kept_original(folder: Path, key: Key, sha256: str) -> KeptOriginal:
    """The kept original with this SHA-256 among those in ``folder``, whether or not it is there."""
    return KeptOriginal(folder / kept_name(key, sha256), _secret(key))


class _Opened(io.RawIOBase):
    def __init__(self, kept: KeptOriginal) -> None:
        super().__init__()
        self._path = kept.path
        self._file = kept.path.open("rb")
        head = self._file.read(_HEAD)
        body = os.fstat(self._file.fileno()).st_size - _HEAD
        if not head.startswith(_MAGIC) or body < _TAG:
            self._file.close()
            raise _damaged(kept.path)
        self._head = head
        self._cipher = _cipher(kept.secret, head[len(_MAGIC) :])
        self._chunks = _number_of_chunks(body)
        self._size = body - _TAG * self._chunks
        self._position = 0
        self._loaded = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def readinto(self, buffer: Any) -> int:
        number, within = divmod(self._position, CHUNK)
        if number >= self._chunks:
            return 0
        piece = self._chunk(number)[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if self._loaded[0] != number:
            self._file.seek(_HEAD + number * (CHUNK + _TAG))
            sealed = self._file.read(CHUNK + _TAG)
            nonce = _nonce(number, number == self._chunks - 1)
            try:
                self._loaded = (number, self._cipher.decrypt(nonce, sealed, self._head))
            except InvalidTag:
                raise _damaged(self._path) from None
        return self._loaded[1]


def _secret(key: Key) -> bytes:
    return key.derive("originals")


def _cipher(secret: bytes, salt: bytes) -> AESGCM:
    return AESGCM(hashlib.blake2b(salt, digest_size=32, key=secret).digest())


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _number_of_chunks(body: int) -> int:
    return max(1, -(-body // (CHUNK + _TAG)))


def _damaged(path: Path) -> LeaktraceError:
    return LeaktraceError(
        _(
            "the kept original {name} is damaged or was made under another key; go back to a copy "
            "of the case folder"
        ).format(name=path.name),
        code="damaged",
    )
