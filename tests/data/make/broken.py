"""Every form cut off half-way, and every form with nothing in it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.data.make.books import ods, xls, xlsb, xlsx
from tests.data.make.case import Case, Counts, either, read, refuse
from tests.data.make.containers import lists, zipped
from tests.data.make.headers import csv
from tests.data.make.markup import html, spreadsheetml
from tests.data.make.packing import PACKERS, seven, tar
from tests.data.make.people import people
from tests.data.make.prose import docx, letter, pdf
from tests.data.make.rars import rar4, rar5
from tests.data.make.structured import card, insert, objects

_N = 20
_CUT = ("truncated",)


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _cut()
    yield from _cut_texts()
    yield from _empty()


def _cut() -> Iterator[Case]:
    family = "cut"
    folk = people(12_000, 60)
    rows = [("姓名", "手机号"), *((p.name, p.mobile) for p in folk)]
    files = lists(12_001, 6)
    for name, book in (
        ("list.xlsx", xlsx(rows)), ("list.xls", xls(rows)), ("list.ods", ods(rows)),
        ("list.xlsb", xlsb([(0, 0, "a"), (1, 0, "b")])), ("list.docx", docx(rows)),
    ):  # fmt: skip
        # The directory of an XLS stands at its end: without it nothing tells it from a letter.
        also = ("document",) if name == "list.xls" else ()
        yield refuse(family, name, book[: len(book) // 2], *_CUT, *also)
        yield refuse(family, f"head-of-{name}", book[:60], *_CUT, "archive", "document", "binary")
    yield refuse(family, "lists.zip", zipped(files)[:-300], *_CUT)
    yield either(
        family, "lists.zip-half.zip", zipped(files)[: len(zipped(files)) // 2], _CUT, *_some()
    )
    yield either(family, "lists.tar", tar(files)[:3000], _CUT, *_some())
    yield either(family, "lists.rar", rar5(files)[:-900], _CUT, *_some())
    yield either(family, "lists-4.rar", rar4(files)[:-900], _CUT, *_some())
    yield refuse(family, "lists.7z", lambda: seven(files)[:-40], *_CUT)
    text = csv([(p.name, p.mobile) for p in folk])
    for ending, packed in PACKERS.items():
        data = packed(text)
        yield either(family, f"list.csv.{ending}", data[: len(data) // 2], _CUT, *_some())
        yield either(
            family,
            f"lists.tar.{ending}",
            packed(tar(files))[: len(packed(tar(files))) - 60],
            _CUT,
            *_some(),
        )
    yield either(
        family,
        "lines.pdf",
        pdf([p.mobile for p in folk])[:-200],
        _CUT,
        Counts({"mobile": 60}, 60, 60),
        Counts({}, 0, 0),
    )


def _some() -> list[Counts]:
    """Some of the lists, the others told as refused."""
    refused = tuple(range(8))
    return [Counts({"mobile": n} if n else {}, None, None, None, refused) for n in range(91)]


def _cut_texts() -> Iterator[Case]:
    family = "cut"
    folk = people(12_100, _N)
    last = people(12_101, 1)[0]
    both = {"mobile": _N, "id_number": _N}
    csvs = csv([("姓名", "手机号"), *((p.name, p.mobile) for p in folk)])
    yield read(
        family, "list.csv", csvs + last.mobile[:6].encode(), Counts({"mobile": _N}, _N + 1, _N)
    )
    yield read(
        family,
        "inside-character.csv",
        csvs + "王".encode()[:2],
        Counts({"mobile": _N}, _N + 1, _N, (0, 1)),
    )
    rows = objects(folk)
    array = json.dumps(rows)[:-1] + ', {"name": "'
    yield either(family, "array.json", array.encode(), _CUT, Counts(both, (_N, _N + 1), _N, (0, 1)))
    lines = "\n".join(map(json.dumps, rows)) + '\n{"name": "'
    yield read(family, "lines.jsonl", lines.encode(), Counts(both, (_N, _N + 1), _N, (0, 1)))
    yield read(
        family,
        "dump.sql",
        (insert(folk)[:-2] + ",(99,'某").encode(),
        Counts(both, (_N, _N + 1), _N, (0, 1)),
    )
    cards = "".join(card(p, "3.0") for p in folk) + "BEGIN:VCARD\r\nVERSION:3.0\r\nN:"
    yield read(
        family, "cards.vcf", cards.encode(), Counts({"mobile": _N}, (_N, _N + 1), _N, (0, 1))
    )
    table = [("姓名", "手机号", "身份证号"), *((p.name, p.mobile, p.id_number) for p in folk)]
    page = html(table)
    yield either(
        family,
        "page.html",
        page[: page.index("\n</table>")].encode() + b"<tr><td>",
        _CUT,
        Counts(both, (_N, _N + 1), _N),
    )
    xml = spreadsheetml(table)
    yield either(
        family,
        "excel2003.xls",
        xml[: xml.index("</Table>")].encode() + b"<Row><Cell>",
        _CUT,
        Counts(both, (_N, _N + 1), _N),
    )
    mail = letter("\n".join(f"{p.name} {p.mobile}" for p in folk), "utf-8")
    yield read(
        family,
        "letter.eml",
        mail + b"5byg5L",
        Counts({"mobile": _N}),
        Counts({"mobile": _N, "email": 2}),
    )


def _empty() -> Iterator[Case]:
    family = "empty"
    none = Counts({}, 0, 0)
    for name, data in {
        "empty.csv": b"",
        "blanks.csv": b"\xef\xbb\xbf \r\n\r\n\t\n",
        "mark.txt": b"\xff\xfe",
        "zeros.csv": bytes(5000),
        "newlines.csv": b"\n" * 200_000,
        "separators.csv": b",,,\n" * 50,
    }.items():
        yield refuse(family, name, data, "empty")
    yield either(family, "header-only.csv", "姓名,手机号,身份证号\r\n".encode(), ("empty",), none)
    for name, data in {
        "book.xlsx": xlsx([]),
        "two-sheets.xlsx": xlsx([], []),
        "book.xls": xls([]),
        "book.ods": ods([]),
        "archive.zip": zipped([]),
        "folders.zip": zipped([("a/", b""), ("a/b/", b"")]),
        "archive.tar": tar([]),
        "archive.rar": rar5([]),
    }.items():
        yield either(family, name, data, ("empty", "nothing-read"), none)
    yield either(
        family, "archive.7z", lambda: seven([]), ("empty", "nothing-read", "truncated"), none
    )
    for ending, packed in PACKERS.items():
        yield refuse(family, f"list.csv.{ending}", packed(b""), "empty")
    yield refuse(family, "empty-list.zip", zipped([("a.csv", b"")]), "empty")
    yield refuse(family, "empty-lists.zip", zipped([("a.csv", b""), ("b.csv", b"\n")]), "empty")
    for name, data in {"array.json": b"[]", "object.json": b"{}", "null.json": b"null"}.items():
        yield either(family, name, data, ("empty",), none, Counts({}, 1, 0))
    yield either(
        family,
        "page.html",
        b"<html><body><table></table></body></html>",
        ("empty", "document"),
        none,
    )
    yield either(family, "excel2003.xls", spreadsheetml([]).encode(), ("empty",), none)
    yield either(
        family,
        "schema.sql",
        b"CREATE TABLE `t` (\n  `id` int\n);\n",
        ("empty",),
        none,
        Counts({}, 3, 0),
    )
    yield either(
        family, "no-rows.sql", b"COPY t (id) FROM stdin;\n\\.\n", ("empty",), none, Counts({}, 2, 0)
    )
    yield either(
        family,
        "card.vcf",
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n",
        ("empty",),
        none,
        Counts({}, 1, 0),
    )
    yield either(family, "page.pdf", pdf([]), ("empty", "document"), none)
    yield either(family, "letter.docx", docx([], ""), ("empty", "document"), none)
