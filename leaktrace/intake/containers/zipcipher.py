"""The two encryptions of ZIP: the old one, which most Chinese archives have, and WinZip's AES."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from leaktrace.intake.containers.zipdirectory import Entry

_HEADER = 12
_SALTS = {1: 8, 2: 12, 3: 16}


class Cipher(Protocol):
    """Decrypts one entry, from its beginning on."""

    tail: int

    def decrypt(self, data: bytes) -> bytes:
        """The next bytes."""

    def check(self, tail: bytes) -> None:
        """Compare what stands behind the data."""


def cipher_of(entry: Entry, password: bytes, read: Callable[[int], bytes]) -> Cipher | None:
    """What decrypts ``entry``, whose encryption header ``read`` gives; None where the password
    does not fit.

    The old way tells 255 of 256 wrong passwords, AES all but one in 65,536.
    """
    # Late: it takes as long to import as a small list to read.
    if entry.aes:
        header = read(_SALTS[entry.aes] + 2)
        maker: Callable[[Entry, bytes, bytes], Cipher] = _Aes
    else:
        header = read(_HEADER)
        maker = _Old
    try:
        return maker(entry, password, header)
    except RuntimeError:
        return None


class _Aes:
    """WinZip's AES, as pyzipper undoes it."""

    tail = 10

    def __init__(self, entry: Entry, password: bytes, header: bytes) -> None:
        from pyzipper.zipfile_aes import AESZipDecrypter, AESZipInfo

        info = AESZipInfo(entry.name.replace("\x00", ""))
        info.wz_aes_strength = entry.aes
        self._inner = AESZipDecrypter(info, password, header)

    def decrypt(self, data: bytes) -> bytes:
        plain: bytes = self._inner.decrypt(data)
        return plain

    def check(self, tail: bytes) -> None:
        self._inner.check_hmac(tail)


class _Old:
    """PKWARE's stream cipher; the key is set up and checked by pyzipper."""

    tail = 0

    def __init__(self, entry: Entry, password: bytes, header: bytes) -> None:
        from pyzipper.zipfile import CRCZipDecrypter, ZipInfo

        info = ZipInfo(entry.name.replace("\x00", ""))
        info.flag_bits, info.CRC = entry.info.flag_bits, entry.info.CRC
        info._raw_time = entry.info._raw_time  # type: ignore[attr-defined]
        self._inner = CRCZipDecrypter(info, password, header)

    def decrypt(self, data: bytes) -> bytes:
        # pyzipper's own loop calls a method for each byte and takes thrice as long.
        inner = self._inner
        key0, key1, key2, table = inner.key0, inner.key1, inner.key2, inner.crctable
        plain = bytearray()
        append = plain.append
        for byte in data:
            k = key2 | 2
            byte ^= ((k * (k ^ 1)) >> 8) & 0xFF
            key0 = (key0 >> 8) ^ table[(key0 ^ byte) & 0xFF]
            key1 = ((key1 + (key0 & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
            key2 = (key2 >> 8) ^ table[(key2 ^ (key1 >> 24)) & 0xFF]
            append(byte)
        inner.key0, inner.key1, inner.key2 = key0, key1, key2
        return bytes(plain)

    def check(self, tail: bytes) -> None:
        return None
