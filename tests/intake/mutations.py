"""Inputs for the fuzzer: files of the corpus, broken; and files grown from grammars."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence

from tests.data.make.packing import gz, tar, zst
from tests.data.make.zips import Member, zip_of
from tests.intake.grammars import grown

TOKENS: tuple[bytes, ...] = (
    b'"', b"'", b",", b"\t", b"|", b"----", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xff\xfe",
    b"\xfe\xff", b"\xef\xbb\xbf", b"\x1a", b"\\", b"\\'", b"''", b"(", b")", b"),(", b";", b"{",
    b"}", b"[", b"]", b":", b"<", b">", b"</td>", b"<td>", b"<tr>", b"<table>", b"<!--", b"-->",
    b"<![CDATA[", b"&#55357;", b"&#0;", b"&amp;", b"<!DOCTYPE x [<!ENTITY a \"b\">]>", b"&a;",
    b"<?xml version='1.0' encoding='utf-16'?>", b"<meta charset=gbk>", b"BEGIN:VCARD\r\n",
    b"END:VCARD\r\n", b"TEL;CELL:", b"ENCODING=QUOTED-PRINTABLE:", b"=E5=BC", b"=\r\n", b"\r\n ",
    b"CHARSET=", b"INSERT INTO t VALUES ", b"COPY t (a) FROM stdin;\n", b"\\.\n", b"/*", b"*/",
    b"-- ", b"NULL", b"0x", b"N'", b"\\u", b"\\ud83d", b"\\ude00", b"1e999", b"NaN", b"-0",
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\x1f\x8b\x08", b"Rar!\x1a\x07\x01\x00",
    b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"From: ",
    b"Content-Type: multipart/mixed; boundary=A\r\n\r\n--A\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"=?gbk?B?", b"13812345678", b"+86 138-1234-5678",
    b"1.38E+10", b"138****5678", "姓名：".encode(), "电话：".encode(), "手机号".encode("gb18030"),
    "𠮷".encode("gb18030"), b"%E5%BC%A0", b"%25", b"GET /?phone=", b"\xed\xa0\xbd", b"\xf0\x9f",
    b"\x81\x30\x81\x30", b"\x00\xd8", b"number-rows-repeated=\"999999999\"", b"ss:Index=\"99999\"",
    b"colspan=\"65000\"", b"r=\"XFD1048576\"", b"t=\"s\"", b"<v>-1</v>", b"\x7f", b"\xc2\x85",
    b"\xe2\x80\xa8", b"\xe2\x80\x8b",
)  # fmt: skip
_LENGTHS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_LARGEST = 1 << 16
Chance = random.Random
Seeds = Sequence[tuple[str, bytes]]


def made(seed: int, index: int, seeds: Seeds) -> tuple[str, bytes]:
    """Input ``index`` of the run ``seed``: how it was made, and its bytes."""
    chance = random.Random(f"{seed}/{index}")
    makers: tuple[tuple[int, Callable[[Chance, Seeds], tuple[str, bytes]]], ...] = (
        (9, _broken), (6, _inner), (3, _grown), (2, _packed), (1, _spliced),
    )  # fmt: skip
    maker = chance.choices([m for _w, m in makers], [w for w, _m in makers])[0]
    name, data = maker(chance, seeds)
    return name, data[:_LARGEST]


def _broken(chance: Chance, seeds: Seeds) -> tuple[str, bytes]:
    name, data = chance.choice(seeds)
    return name, mutated(chance, data)


def mutated(chance: Chance, data: bytes) -> bytes:
    """``data`` with a few things wrong."""
    out = bytearray(data)
    for _step in range(chance.choice((1, 1, 1, 2, 3, 5, 12))):
        chance.choice(_STEPS)(chance, out)
    return bytes(out)


def _at(chance: Chance, out: bytearray) -> int:
    # Forms are decided at the beginning: half of the changes fall there.
    return (
        chance.randrange(min(len(out), 200) + 1)
        if chance.random() < 0.4
        else chance.randrange(len(out) + 1)
    )


def _flip(chance: Chance, out: bytearray) -> None:
    if out:
        out[min(_at(chance, out), len(out) - 1)] ^= 1 << chance.randrange(8)


def _byte(chance: Chance, out: bytearray) -> None:
    if out:
        out[min(_at(chance, out), len(out) - 1)] = chance.choice(
            (0, 255, 128, 34, chance.randrange(256))
        )


def _number(chance: Chance, out: bytearray) -> None:
    place = _at(chance, out)
    width = chance.choice((1, 2, 4))
    value = chance.choice(_LENGTHS) & (1 << 8 * width) - 1
    out[place : place + width] = value.to_bytes(width, "little")


def _token(chance: Chance, out: bytearray) -> None:
    place = _at(chance, out)
    out[place : place + chance.choice((0, 0, 1, 4))] = chance.choice(TOKENS) * chance.choice(
        (1, 1, 1, 2, 40)
    )


def _cut(chance: Chance, out: bytearray) -> None:
    place = _at(chance, out)
    del out[place : place + chance.choice((1, 2, 8, 60, 400))]


def _end(chance: Chance, out: bytearray) -> None:
    del out[_at(chance, out) :]


def _double(chance: Chance, out: bytearray) -> None:
    place = _at(chance, out)
    piece = out[place : place + chance.choice((1, 4, 30, 200))]
    out[place:place] = piece * chance.choice((1, 2, 30))


def _move(chance: Chance, out: bytearray) -> None:
    place = _at(chance, out)
    piece = out[place : place + chance.choice((4, 30, 200))]
    del out[place : place + len(piece)]
    out[_at(chance, out) : 0] = piece


_STEPS = (_flip, _byte, _number, _token, _token, _cut, _end, _double, _move)


def _inner(chance: Chance, seeds: Seeds) -> tuple[str, bytes]:
    """What stands inside a container, broken, and packed again with right checksums."""
    packed = [s for s in seeds if s[1].startswith((b"PK", b"\x1f\x8b"))]
    name, data = chance.choice(packed)
    if data.startswith(b"\x1f\x8b"):
        try:
            return name, gz(mutated(chance, zlib.decompress(data, 31)))
        except zlib.error:
            return name, mutated(chance, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        zlib.error,
        ValueError,
        EOFError,
        OSError,
    ):
        return name, mutated(chance, data)
    if not parts:
        return name, mutated(chance, data)
    target = chance.randrange(len(parts))
    parts[target] = (parts[target][0], mutated(chance, parts[target][1]))
    if chance.random() < 0.1:
        parts.append(parts[chance.randrange(len(parts))])
    if chance.random() < 0.1:
        del parts[chance.randrange(len(parts))]
    return name, zip_of(
        [Member(n.encode("utf-8", "surrogatepass"), d, flags=0x800) for n, d in parts]
    )


def _spliced(chance: Chance, seeds: Seeds) -> tuple[str, bytes]:
    (name, first), (_other, second) = chance.choice(seeds), chance.choice(seeds)
    return name, first[: chance.randrange(len(first) + 1)] + second[
        chance.randrange(len(second) + 1) :
    ]


def _packed(chance: Chance, seeds: Seeds) -> tuple[str, bytes]:
    """Anything, in a container, in a container."""
    name, data = chance.choice((_broken, _grown, _inner))(chance, seeds)
    for _storey in range(chance.choice((1, 1, 2, 4))):
        form = chance.randrange(4)
        if form == 0:
            lie = chance.choice((None, None, None, 5, 1 << 31))
            inside = "".join(
                chance.choice(("a", "/", "..", "\\", "名", "\0", ".zip", "13812345678"))
                for _ in range(4)
            )
            data = zip_of(
                [Member(inside.encode(), data, size=lie), Member(b"b.csv", b"13812345678\n")]
            )
        elif form == 1:
            data = tar([("a", data)])
        else:
            data = gz(data) if form == 2 else zst(data)
    return f"packed-{name}", data


def _grown(chance: Chance, seeds: Seeds) -> tuple[str, bytes]:
    return grown(chance)
