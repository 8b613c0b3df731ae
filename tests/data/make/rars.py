"""RAR archives with stored members, after the published formats of RAR 4 and RAR 5."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence

SALT, VECTOR, ROUNDS = bytes(range(16)), bytes(range(16, 32)), 10
Files = Sequence[tuple[str, bytes]]


def rar4(files: Files) -> bytes:
    """An archive of RAR 2.9 to 4."""
    out = b"Rar!\x1a\x07\x00" + _old_block(0x73, 0, bytes(6))
    for name, data in files:
        written = name.encode()
        fields = struct.pack(
            "<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0x5A210000, 20, 0x30,
            len(written), 0o100644,
        )  # fmt: skip
        # 0x200: the name is UTF-8; 0x8000: data follow.
        out += _old_block(0x74, 0x8200, fields + written) + data
    return out + _old_block(0x7B, 0x4000, b"")


def _old_block(kind: int, flags: int, fields: bytes) -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest


def rar5(files: Files, password: str = "") -> bytes:
    """An archive of RAR 5, its members encrypted where there is a password."""
    out = b"Rar!\x1a\x07\x01\x00" + _block(b"\x01\x00\x00")
    for name, data in files:
        out += _member(name, data, password)
    return out + _block(b"\x05\x00\x00")


def _member(name: str, data: bytes, password: str) -> bytes:
    packed, extra = data, b""
    if password:
        key, check = _keys(password)
        packed = _aes(data, key)
        record = b"\x01\x00\x01" + bytes([ROUNDS]) + SALT + VECTOR + check
        extra = _number(len(record)) + record
    written = name.encode()
    flags = 3 if extra else 2
    fields = b"\x02" + bytes([flags])
    fields += _number(len(extra)) if extra else b""
    fields += _number(len(packed)) + b"\x04" + _number(len(data)) + _number(0o100644)
    fields += struct.pack("<I", zlib.crc32(data)) + b"\x00\x01" + _number(len(written)) + written
    return _block(fields + extra) + packed


def _keys(password: str) -> tuple[bytes, bytes]:
    """The key, and the check of the password: 8 bytes folded, and 4 of their hash."""

    def derived(rounds: int) -> bytes:
        return hashlib.pbkdf2_hmac("sha256", password.encode(), SALT, rounds)

    long = derived((1 << ROUNDS) + 32)
    folded = bytes(long[i] ^ long[i + 8] ^ long[i + 16] ^ long[i + 24] for i in range(8))
    return derived(1 << ROUNDS), folded + hashlib.sha256(folded).digest()[:4]


def _aes(data: bytes, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    encryptor = Cipher(algorithms.AES(key), modes.CBC(VECTOR)).encryptor()
    return encryptor.update(data + bytes(-len(data) % 16)) + encryptor.finalize()


def _block(fields: bytes) -> bytes:
    header = _number(len(fields)) + fields
    return struct.pack("<I", zlib.crc32(header)) + header


def _number(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])
