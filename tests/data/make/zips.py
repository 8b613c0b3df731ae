"""ZIP archives byte by byte, so that they can lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

STORED, DEFLATED = 0, 8
UTF8 = 0x800
_DATE = 0x5A21  # 2025-01-01


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name as bytes, its data, and what the headers say of it."""

    name: bytes
    data: bytes = field(default=b"", repr=False)
    method: int = DEFLATED
    flags: int = 0
    packed: bytes | None = field(default=None, repr=False)
    size: int | None = None
    crc: int | None = None
    password: bytes | None = None
    attributes: int = 0


def zip_of(members: Sequence[Member], *, comment: bytes = b"") -> bytes:
    """The archive of ``members``."""
    body, directory = bytearray(), bytearray()
    for member in members:
        offset = len(body)
        fields, packed = _fields(member)
        body += b"PK\x03\x04" + fields + struct.pack("<HH", len(member.name), 0)
        body += member.name + packed
        directory += b"PK\x01\x02" + struct.pack("<H", 0x0314) + fields
        directory += struct.pack(
            "<HHHHHII", len(member.name), 0, 0, 0, 0, member.attributes, offset
        )
        directory += member.name
    end = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(body),
        len(comment),
    )  # fmt: skip
    return bytes(body + directory + end + comment)


def _fields(member: Member) -> tuple[bytes, bytes]:
    packed = member.packed
    if packed is None:
        packed = _deflated(member.data) if member.method == DEFLATED else member.data
    crc = zlib.crc32(member.data) if member.crc is None else member.crc
    flags = member.flags
    if member.password is not None:
        flags |= 1
        packed = zipcrypto(packed, member.password, crc)
    size = len(member.data) if member.size is None else member.size
    fields = struct.pack("<HHHHHIII", 20, flags, member.method, 0, _DATE, crc, len(packed), size)
    return fields, packed


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zipcrypto(data: bytes, password: bytes, crc: int) -> bytes:
    """The traditional encryption of PKWARE (APPNOTE 6.1)."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = _crc_step(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc_step(keys[2], keys[1] >> 24)

    for byte in password:
        update(byte)
    out = bytearray()
    header = bytes(range(40, 51)) + bytes([crc >> 24])
    for byte in header + data:
        mixed = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ ((mixed * (mixed ^ 1)) >> 8 & 0xFF))
        update(byte)
    return bytes(out)


def _table() -> list[int]:
    table = []
    for value in range(256):
        for _bit in range(8):
            value = value >> 1 ^ 0xEDB88320 if value & 1 else value >> 1
        table.append(value)
    return table


_CRC = _table()


def _crc_step(crc: int, byte: int) -> int:
    return crc >> 8 ^ _CRC[(crc ^ byte) & 0xFF]


def zeros_deflated(size: int) -> bytes:
    """A raw deflate stream of ``size`` (a multiple of 16 MiB) zeros, made without making them."""
    piece = 1 << 24
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(piece)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (size // piece) + b"\x03\x00"


def simple(name: str, data: bytes, **said: object) -> Member:
    """A member whose name is UTF-8 and says so."""
    return Member(name.encode(), data, flags=UTF8, **said)  # type: ignore[arg-type]
