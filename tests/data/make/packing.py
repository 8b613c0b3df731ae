"""Other containers: TAR, the one-file compressors, 7z, and ZIP with WinZip's AES."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import hmac
import io
import lzma
import struct
import tarfile
from collections.abc import Sequence

from tests.data.make.zips import Member, zip_of

Files = Sequence[tuple[str, bytes]]


def tar(
    files: Files, *others: tarfile.TarInfo, encoding: str = "utf-8", form: int = tarfile.GNU_FORMAT
) -> bytes:
    """A TAR of ``files``, and of links, devices and pipes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, encoding=encoding) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in others:
            archive.addfile(info)
    return out.getvalue()


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    """A member of a TAR that is no file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def gz(data: bytes, name: str = "") -> bytes:
    """GZIP, always the same."""
    out = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=out, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def zst(data: bytes) -> bytes:
    """Zstandard."""
    import pyarrow as pa

    return bytes(pa.compress(data, "zstd", asbytes=True))


PACKERS = {"gz": gz, "bz2": bz2.compress, "xz": lzma.compress, "zst": zst}


def seven(files: Files, password: str | None = None, *, hide_names: bool = False) -> bytes:
    """A 7z archive."""
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=hide_names) as archive:
        for name, data in files:
            archive.writestr(data, name)
    return out.getvalue()


def aes_zip(files: Files, password: str) -> bytes:
    """A ZIP with WinZip's AE-2 encryption (256 bits)."""
    return _with_extra([_aes_member(name, data, password) for name, data in files])


def _aes_member(name: str, data: bytes, password: str) -> Member:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    salt = bytes(range(16))
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 66)
    encryptor = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()
    packer_input = data
    blocks = -(-len(packer_input) // 16)
    counters = b"".join((i + 1).to_bytes(16, "little") for i in range(blocks))
    stream = encryptor.update(counters)
    coded = bytes(a ^ b for a, b in zip(packer_input, stream, strict=False))
    mac = hmac.new(keys[32:64], coded, "sha1").digest()[:10]
    packed = salt + keys[64:66] + coded + mac
    return Member(name.encode(), data, 99, 0x801, packed, crc=0)


def _with_extra(members: Sequence[Member]) -> bytes:
    """The archive with the AES field (0x9901: AE-2, 256 bits, stored) in both headers."""
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, 0)
    plain = zip_of(members)
    out, directory = bytearray(), bytearray()
    place = 0
    at = plain.index(b"PK\x01\x02")
    for member in members:
        size = 30 + len(member.name)
        header = bytearray(plain[place : place + size])
        header[28:30] = struct.pack("<H", len(extra))
        entry = bytearray(plain[at : at + 46 + len(member.name)])
        entry[30:32] = struct.pack("<H", len(extra))
        entry[42:46] = struct.pack("<I", len(out))
        directory += entry + extra
        packed = member.packed or b""
        out += header + extra + packed
        place += size + len(packed)
        at += 46 + len(member.name)
    end = bytearray(plain[at:])
    end[12:20] = struct.pack("<II", len(directory), len(out))
    return bytes(out + directory + end)
