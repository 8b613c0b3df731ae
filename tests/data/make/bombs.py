"""Archives and documents made to fill memory or disk, to write elsewhere, or never to end."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
from collections.abc import Iterator

from tests.data.make.case import Case, either, read, refuse
from tests.data.make.containers import lists, of, zipped
from tests.data.make.packing import gz, tar, zst
from tests.data.make.zips import Member, simple, zeros_deflated, zip_of

_F = "bombs"
TOO_MUCH = ("too-big", "too-deep", "too-many-members")
_GIB = 1 << 30


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _zip_bombs()
    yield from _streams()
    yield from _deep()
    yield from _names()
    yield from _lies()


def _flat() -> bytes:
    """One member that says honestly that it is nearly 4 GiB of zeros."""
    size = 4 * _GIB - (1 << 24)
    return zip_of([Member(b"list.csv", packed=zeros_deflated(size), size=size, crc=0)])


def _overlapping() -> bytes:
    """A thousand members that share the same 64 MiB of zeros: 64 GiB from 65 kB."""
    size = 1 << 26
    member = Member(b"list.csv", packed=zeros_deflated(size), size=size, crc=0)
    plain = zip_of([member])
    at = plain.index(b"PK\x01\x02")
    entry = plain[at:-22]
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1000, 1000, len(entry) * 1000, at, 0)
    return plain[:at] + entry * 1000 + end


def _forty_two() -> bytes:
    """Six storeys of sixteen archives each, on a floor of members of 4 GiB: 4.5 petabytes."""
    data = _flat()
    for storey in range(6):
        data = zipped([(f"{storey}-{i:x}.zip", data) for i in range(1 if storey == 0 else 16)])
    return data


def _zip_bombs() -> Iterator[Case]:
    yield refuse(_F, "flat.zip", _flat, *TOO_MUCH)
    yield refuse(_F, "overlapping.zip", _overlapping, *TOO_MUCH, "truncated")
    yield refuse(_F, "forty-two.zip", _forty_two, *TOO_MUCH, "repeated")
    size = 1 << 29
    lying = Member(b"list.csv", packed=zeros_deflated(size), size=1000, crc=0)
    yield refuse(_F, "lying-small.zip", lambda: zip_of([lying]), *TOO_MUCH, "truncated")
    hidden = Member(
        b"more.csv", packed=zeros_deflated(4 * _GIB - (1 << 24)), size=4 * _GIB - (1 << 24), crc=0
    )
    name, data = lists(9100, 1)[0]
    honest = simple(name, data)
    yield either(_F, "beside-a-list.zip", lambda: zip_of([honest, hidden]), TOO_MUCH, of(1, 1))
    many = [Member(b"%d" % i, b"", 0) for i in range(2000)]
    yield refuse(_F, "two-thousand-empty-members.zip", lambda: zip_of(many), "empty")


def _streams() -> Iterator[Case]:
    zeros = bytes(1 << 26)
    yield refuse(_F, "zeros.csv.gz", lambda: _gzip_bomb(8 * _GIB), *TOO_MUCH)
    yield refuse(_F, "zeros.csv.bz2", lambda: bz2.compress(zeros) * 128, *TOO_MUCH)
    yield refuse(_F, "zeros.csv.xz", lambda: lzma.compress(zeros, preset=0) * 128, *TOO_MUCH)
    yield refuse(_F, "zeros.csv.zst", lambda: zst(zeros) * 128, *TOO_MUCH)
    lines = b"13800000000,\n" * (1 << 18)
    yield refuse(_F, "lines.csv.xz", lambda: lzma.compress(lines, preset=0) * 2600, *TOO_MUCH)
    head = tar([("zeros.csv", b"")])[:512]
    yield refuse(
        _F,
        "zeros.tar.gz",
        lambda: gz(_tar_head(head)) + _gzip_bomb(8 * _GIB),
        *TOO_MUCH,
        "truncated",
    )
    yield refuse(
        _F, "gz-in-gz.csv.gz", lambda: gzip.compress(_gzip_bomb(8 * _GIB), 9, mtime=0), *TOO_MUCH
    )


def _gzip_bomb(size: int) -> bytes:
    return (
        b"\x1f\x8b\x08\0\0\0\0\0\2\3"
        + zeros_deflated(size)
        + struct.pack("<II", 0, size & 0xFFFFFFFF)
    )


def _tar_head(head: bytes) -> bytes:
    """The header with 8 GiB as its size (base 256) and a right checksum."""
    changed = bytearray(head)
    changed[124:136] = b"\x80" + (8 * _GIB).to_bytes(11, "big")
    changed[148:156] = b" " * 8
    changed[148:156] = b"%06o\0 " % sum(changed)
    return bytes(changed)


def _deep() -> Iterator[Case]:
    name, data = lists(9200, 1)[0]
    deep = data
    for _step in range(60):
        deep = zipped([("a.zip" if deep is not data else name, deep)])
    yield refuse(_F, "sixty-deep.zip", deep, *TOO_MUCH)
    deep = data
    for _step in range(200):
        deep = gz(deep)
    yield refuse(_F, "two-hundred-deep.csv.gz", deep, *TOO_MUCH)
    yield refuse(_F, "doubling.zip", _doubling, *TOO_MUCH, "repeated")


def _doubling() -> bytes:
    """Small at every storey, yet 10**20 members at the bottom."""
    data = b"13800000000\n"
    for storey in range(20):
        data = zipped([(f"{i}.zip" if storey else f"{i}.txt", data) for i in range(10)])
    return data


def _names() -> Iterator[Case]:
    data = lists(9300, 1)[0][1]
    places = {
        "slip": "../../../../outside.csv",
        "slip-windows": "..\\..\\outside.csv",
        "absolute": "/tmp/leaktrace-outside/outside.csv",
        "drive": "C:\\outside\\outside.csv",
        "network": "\\\\server\\share\\outside.csv",
        "dots": "./a/../../outside.csv",
        "device": "CON",
        "long": "长" * 300 + ".csv",
        "controls": "a\nb\tc\x07.csv",
        "surrogates": "a\u202egnp.csv",
        "empty": "",
    }
    for name, place in places.items():
        yield read(_F, f"name-{name}.zip", zip_of([simple(place, data)]), of(1))
    yield read(
        _F,
        "name-slip.tar",
        tar(
            [
                ("../../../outside.csv", data),
            ]
        ),
        of(1),
    )
    yield read(_F, "name-absolute.tar.gz", gz(tar([("/tmp/leaktrace-outside/o.csv", data)])), of(1))
    no_text = Member(b"\xff\xfe\x81.csv", data)
    yield read(_F, "name-no-text.zip", zip_of([no_text]), of(1))


def _lies() -> Iterator[Case]:
    name, data = lists(9400, 1)[0]
    named = name.encode()
    damaged = ("truncated", *TOO_MUCH)
    yield refuse(_F, "wrong-checksum.zip", zip_of([Member(named, data, crc=1)]), "truncated")
    yield either(
        _F, "size-too-large.zip", zip_of([Member(named, data, size=10**6)]), damaged, of(1)
    )
    yield refuse(_F, "size-too-small.zip", zip_of([Member(named, data, size=40)]), *damaged)
    huge = Member(named, data, size=4 * _GIB - 1)
    yield either(_F, "size-huge.zip", zip_of([huge]), damaged, of(1))
    unknown = zip_of([Member(named, data, method=77)])
    yield refuse(_F, "method-unknown.zip", unknown, "truncated", "archive", "unsupported", "method")
    wrong = bytearray(gz(data))
    wrong[-4:] = struct.pack("<I", 7)
    yield either(_F, "size-wrong.csv.gz", bytes(wrong), ("truncated",), of(1))
    wrong = bytearray(zipped([(name, data)]))
    wrong[-6:-2] = struct.pack("<I", 3)  # where the directory begins
    yield either(_F, "directory-misplaced.zip", bytes(wrong), ("truncated",), of(1))
