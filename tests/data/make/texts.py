"""Hostile texts: NUL bytes, mixed encodings, surrogates, huge cells, a million columns."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.data.make.case import Case, Counts, either, read, refuse
from tests.data.make.people import people
from tests.data.make.structured import insert, objects

_F = "texts"
_N = 40


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _bytes()
    yield from _sizes()
    yield from _json()
    yield from _others()


def _mobiles(rows: int = _N, refused: int | tuple[int, ...] = 0) -> Counts:
    return Counts({"mobile": _N}, rows, _N, refused)


def _bytes() -> Iterator[Case]:
    folk = people(10_000, _N)
    lines = [f"{p.name},{p.mobile},{p.address}" for p in folk]
    plain = "\n".join(lines).encode() + b"\n"
    nul = plain.replace(lines[7].encode(), b"\0\0\0\0,\0\0").replace(lines[9].encode(), b"a,\0b,c")
    yield read(_F, "nul-bytes.csv", nul, Counts({"mobile": _N - 2}, _N, _N - 2, 2))
    yield read(_F, "nul-tail.csv", plain + bytes(4096), _mobiles(_N), _mobiles(_N + 1, 1))
    alien = [line.encode("gb18030" if i in (5, 17) else "utf-8") for i, line in enumerate(lines)]
    yield read(
        _F, "mixed-encodings.csv", b"\n".join(alien),
        Counts({"mobile": _N - 2}, _N, _N - 2, 2), _mobiles(),
    )  # fmt: skip
    half = [line.encode("utf-8" if i < _N // 2 else "gb18030") for i, line in enumerate(lines)]
    yield either(
        _F, "half-and-half.csv", b"\n".join(half), ("encoding",), _mobiles(),
        Counts({"mobile": _N // 2}, _N, _N // 2, _N // 2),
    )  # fmt: skip
    surrogates = plain + b"\xed\xa0\xbd,remark\n"
    yield read(_F, "surrogate-bytes.csv", surrogates, _mobiles(_N + 1, (0, 1)))
    wide = (
        "\n".join(lines).encode("utf-16-le")
        + "\n备注,".encode("utf-16-le")
        + b"\x3d\xd8"
        + "\n".encode("utf-16-le")
    )
    yield read(_F, "surrogate-alone.utf16.csv", b"\xff\xfe" + wide, _mobiles(_N + 1, (0, 1)))
    odd = ("\n".join(lines) + "\n备注,好").encode("utf-16-le") + b"\x3d"
    yield read(_F, "odd-length.utf16.csv", b"\xff\xfe" + odd, _mobiles(_N + 1, (0, 1)))
    yield read(_F, "control-characters.csv", plain.replace(b",", b"\x1b[31m,\x07", 3), _mobiles())
    yield read(_F, "old-end-of-file.csv", plain + b"\x1a", _mobiles(), _mobiles(_N + 1))
    rare = [f"𠮷{p.mobile}𠮷,{p.name}" for p in folk]
    yield read(_F, "digits-in-characters.csv", "\n".join(rare).encode("gb18030"), _mobiles())
    reverse = [f"\u202e{p.name}\u202c,\u200b{p.mobile}\u200f" for p in folk]
    yield read(_F, "invisible-marks.csv", "\n".join(reverse).encode(), _mobiles())
    injected = [
        f'=HYPERLINK("http://x.example/?{i}","点"),{p.mobile},@SUM(1)' for i, p in enumerate(folk)
    ]
    yield read(_F, "formulas.csv", "\n".join(injected).encode(), _mobiles())
    yield refuse(
        _F,
        "noise.csv",
        bytes((i * i * 31 + i // 7) % 256 for i in range(60_000)),
        "binary",
        "encoding",
    )
    yield refuse(_F, "program.csv", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "binary")
    yield refuse(_F, "picture.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 8, "binary")


def _sizes() -> Iterator[Case]:
    folk = people(10_100, _N)
    lines = [f"{p.name},{p.mobile}," for p in folk]
    big = "\n".join([*lines[:20], lines[20] + "长" * 3_500_000, *lines[21:]])
    yield read(_F, "cell-of-10-megabytes.csv", big.encode, _mobiles())
    packed = "\n".join(
        [*lines[:20], lines[20] + '"' + f"{'文字' * 400}\n" * 4500 + '"', *lines[21:]]
    )
    yield either(
        _F,
        "quoted-cell-of-10-megabytes.csv",
        packed.encode,
        ("too-big",),
        Counts({"mobile": _N}, None, _N),
    )
    yield refuse(
        _F,
        "line-of-40-megabytes.csv",
        lambda: "\n".join(lines).encode() + b"x" * (40 << 20),
        "too-big",
    )
    million = ",".join(f"c{i}" for i in range(1_000_000)) + "\n" + ",".join(["1"] * 1_000_000)
    yield refuse(_F, "million-columns.csv", million.encode, "too-many-columns")
    yield refuse(
        _F,
        "million-empty-columns.csv",
        lambda: b"," * 1_000_000 + b"\n",
        "too-many-columns",
        "empty",
    )
    late = "\n".join(lines * 40) + "\n" + "," * 1_000_000 + "\n"
    yield either(
        _F,
        "million-columns-late.csv",
        late.encode,
        ("too-many-columns",),
        Counts({"mobile": _N}, (1600, 1601), 1600, (0, 1)),
    )
    short = "".join(f"{p.mobile}\n" for p in folk) + "\n" * 3_000_000
    yield read(_F, "three-million-blank-lines.csv", short.encode, _mobiles())
    quotes = "\n".join(lines) + "\n" + '"' * 1_000_000
    yield read(
        _F, "million-quotes.csv", quotes.encode, Counts({"mobile": _N}, (_N, _N + 1), _N, (0, 1))
    )


def _json() -> Iterator[Case]:
    folk = people(10_200, _N)
    rows = json.dumps(objects(folk))
    both = {"mobile": _N, "id_number": _N}
    bad = ("truncated", "too-deep", "too-big", "document", "damaged")
    yield refuse(_F, "deep-arrays.json", b"[" * 100_000, *bad, "empty")
    yield either(
        _F,
        "deep-closed.json",
        b"[" * 100_000 + b"]" * 100_000,
        (*bad, "empty"),
        Counts({}, (0, 1), 0),
    )
    deep = f'{{"rows": {rows}, "deep": {"[" * 50_000}{"]" * 50_000}}}'
    yield either(_F, "deep-beside-rows.json", deep.encode(), bad, Counts(both, None, None))
    objects_deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    yield either(_F, "deep-objects.json", objects_deep.encode(), bad, Counts({}, None, 0))
    huge = [
        f'{{"phone": "{p.mobile}", "n": {"9" * 5000}, "e": 1e400, "m": -1E-9999}}' for p in folk
    ]
    yield read(_F, "huge-numbers.json", f"[{','.join(huge)}]".encode(), _mobiles())
    nan = [f'{{"phone": "{p.mobile}", "n": NaN, "i": -Infinity}}' for p in folk]
    yield read(_F, "not-a-number.jsonl", "\n".join(nan).encode(), _mobiles())
    lone = [f'{{"phone": "{p.mobile}", "name": "\\ud83d"}}' for p in folk]
    yield read(_F, "lone-surrogates.json", f"[{','.join(lone)}]".encode(), _mobiles())
    yield read(_F, "lone-surrogates.jsonl", "\n".join(lone).encode(), _mobiles())
    twice = [f'{{"phone": "{p.mobile}", "phone": "无"}}' for p in folk]
    yield read(
        _F, "equal-keys.json", f"[{','.join(twice)}]".encode(), _mobiles(), Counts({}, _N, 0)
    )
    keys = "{" + ",".join(f'"k{i}": {i}' for i in range(1_000_000)) + "}"
    yield either(
        _F, "million-keys.json", keys.encode, ("too-many-columns", "too-big"), Counts({}, None, 0)
    )
    broken = [json.dumps(o) if i % 8 else '{"phone": ' for i, o in enumerate(objects(folk))]
    n = _N - _N // 8
    yield read(
        _F, "broken-lines.jsonl", "\n".join(broken).encode(),
        Counts({"mobile": n, "id_number": n}, (n, _N), n, (0, _N // 8)),
    )  # fmt: skip
    big = [f'{{"phone": "{p.mobile}"}}' for p in folk[1:]] + [
        f'{{"phone": "{folk[0].mobile}", "x": "{"长" * 3_500_000}"}}'
    ]
    yield read(_F, "text-of-10-megabytes.json", f"[{','.join(big)}]".encode, _mobiles())


def _others() -> Iterator[Case]:
    folk = people(10_300, _N)
    both = {"mobile": _N, "id_number": _N}
    unterminated = insert(folk).rstrip(";\n") + ",(99,'没有结束"
    yield read(
        _F, "unterminated-string.sql", unterminated.encode(), Counts(both, (_N, _N + 1), _N, (0, 1))
    )
    stray = insert(folk[:20]) + "INSERT INTO `user` VALUES (1,'坏\n" + insert(folk[20:])
    yield read(
        _F,
        "stray-quote.sql",
        stray.encode(),
        Counts(both, None, (_N, 20, 21)),
        Counts({"mobile": 20, "id_number": 20}, None, None, None),
    )
    brackets = "INSERT INTO t VALUES " + "(" * 100_000
    yield either(
        _F,
        "brackets.sql",
        brackets.encode(),
        ("truncated", "empty", "document"),
        Counts({}, None, 0, None),
    )
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{p.name}\nTEL:{p.mobile}\nEND:VCARD\n" for p in folk
    )
    yield read(
        _F,
        "cut-card.vcf",
        (cards + "BEGIN:VCARD\nVERSION:3.0\nFN:某").encode(),
        Counts({"mobile": _N}, (_N, _N + 1), _N, (0, 1)),
    )
    nested = "BEGIN:VCARD\n" * 50_000
    yield either(
        _F,
        "nested-cards.vcf",
        nested.encode(),
        ("truncated", "empty", "too-deep", "too-big"),
        Counts({}, None, 0, None),
    )
    longline = cards + "BEGIN:VCARD\nNOTE:" + "字" * 2_000_000 + "\nEND:VCARD\n"
    yield read(_F, "card-with-long-note.vcf", longline.encode, Counts({"mobile": _N}, _N + 1, _N))
    percent = "\n".join(
        f"10.0.0.1 - - [01/Mar/2026:09:30:00 +0800] "
        f'"GET /?phone={p.mobile}&x={"%25" * 2000}41 HTTP/1.1" 200 1'
        for p in folk
    )
    yield read(_F, "percent-signs.log", percent.encode(), _mobiles())
