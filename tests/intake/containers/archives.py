"""Archives for the tests: made here, of made-up people, in all the ways in which they come."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

from leaktrace.intake.blocks import ListReading, MemberReport
from leaktrace.intake.reading import open_list

PASSWORD = "料子2026"
PEOPLE = ("13912345678", "15000000017", "18700001234", "13655556666")
LIST = ("姓名,手机号\n" + "".join(f"张三,{mobile}\n" for mobile in PEOPLE)).encode()


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with UTF-8 names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def raw_zip(members: list[dict[str, Any]]) -> bytes:
    """A ZIP byte by byte: ``name`` (bytes), ``data``, and whatever is to be lied about."""
    out, directory = b"", b""
    for member in members:
        data = member.get("data", b"")
        packed = member.get("packed", data)
        crc, size = member.get("crc", zlib.crc32(data)), member.get("size", len(data))
        common = struct.pack(
            "<HHHHHIIIHH", member.get("version", 20), member.get("flags", 0),
            member.get("method", 0), 0, 33, crc, len(packed), size,
            len(member["name"]), len(member.get("extra", b"")),
        )  # fmt: skip
        tail = struct.pack("<HHHII", 0, 0, 0, member.get("attributes", 0) << 16, len(out))
        directory += b"PK\1\2" + struct.pack("<H", member.get("made_by", 3 << 8)) + common + tail
        directory += member["name"] + member.get("extra", b"")
        out += b"PK\3\4" + common + member["name"] + member.get("extra", b"") + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return out + directory + b"PK\5\6" + end


def locked_zip(members: dict[str, bytes], password: bytes, aes: bool) -> bytes:
    """An encrypted ZIP: by AES with pyzipper, else by the old way."""
    import pyzipper

    if aes:
        out = io.BytesIO()
        with pyzipper.AESZipFile(
            out, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
        ) as archive:
            archive.setpassword(password)
            for name, data in members.items():
                archive.writestr(name, data)
        return out.getvalue()
    return raw_zip(
        [
            {
                "name": name.encode(), "flags": 0x801, "data": data,
                "packed": old_cipher(password, bytes(11) + bytes([zlib.crc32(data) >> 24]) + data),
            }
            for name, data in members.items()
        ]
    )  # fmt: skip


def old_cipher(password: bytes, data: bytes) -> bytes:
    """PKWARE's stream cipher (APPNOTE 6.1), encrypting."""
    table = [_crc_entry(i) for i in range(256)]
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 255]
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 255]

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in data:
        k = keys[2] | 2
        out.append(byte ^ ((k * (k ^ 1) >> 8) & 255))
        update(byte)
    return bytes(out)


def _crc_entry(value: int) -> int:
    for _bit in range(8):
        value = (value >> 1) ^ 0xEDB88320 if value & 1 else value >> 1
    return value


def tar_of(members: dict[str, bytes], *special: tarfile.TarInfo) -> bytes:
    """A tar, with ``special`` ones after the members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in special:
            archive.addfile(info)
    return out.getvalue()


def gzip_of(data: bytes, name: str = "") -> bytes:
    """A gzip stream with a name in its header."""
    out = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=out, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def write(folder: Path, name: str, data: bytes) -> Path:
    """The file ``name``."""
    path = folder / name
    path.write_bytes(data)
    return path


def read(path: Path, **named: Any) -> tuple[ListReading, int]:
    """The reading of ``path``, and how many rows hold an identifier."""
    reading = open_list(path, **named)
    identified = sum(int(block.identified.sum()) for block in reading.blocks)
    return reading, identified


def told(reading: ListReading) -> dict[str | None, MemberReport]:
    """The reports by member; no two are of the same name."""
    reports = {report.member: report for report in reading.members}
    assert len(reports) == len(reading.members)
    return reports
