"""Workbooks with a cell far from the others, said in every way; sizes that are not true."""

from __future__ import annotations

import io
from collections.abc import Iterator

from tests.data.make.books import grid, ods, part, patched, repeated, xlsb, xlsx
from tests.data.make.case import Case, Counts, either, read, refuse
from tests.data.make.documents import SHEET, inline, sheet_of
from tests.data.make.people import people

_F = "documents"
_N = 20


def cases() -> Iterator[Case]:
    """All of them."""
    folk = people(11_100, _N)
    rows = [("姓名", "手机号"), *((p.name, p.mobile) for p in folk)]
    only = Counts({"mobile": _N}, _N, _N)
    yield from _far(rows)
    yield from _said_otherwise(rows)
    yield from _dimensions(rows, only)


def _far(rows: list[tuple[str, ...]]) -> Iterator[Case]:
    book = xlsx(rows)
    more = Counts({"mobile": _N}, (_N, _N + 1), _N)
    wide = ("too-big", "too-many-columns")
    for name, cell in (
        ("far", ("XFD", 1_048_576)),
        ("fairly-far", ("XFD", 3000)),
        ("beyond", ("ZZZZ", 99_999_999)),
    ):
        far = inline(rows) + f'<row r="{cell[1]}"><c r="{cell[0]}{cell[1]}"><v>1</v></c></row>'
        yield either(
            _F,
            f"{name}-cell.xlsx",
            patched(book, {SHEET: sheet_of(far)}),
            (*wide, "truncated"),
            more,
        )
    cells = grid(rows)
    yield either(_F, "far-cell.xlsb", xlsb([*cells, (1_048_575, 16_383, "1")]), wide, more)
    yield either(_F, "far-cell.xls", _far_xls(rows), wide, more)
    one = '<table:table-cell office:value-type="float" office:value="1"/>'
    wide_one = one.replace("/>", ' table:number-columns-repeated="16384"/>')
    yield refuse(_F, "repeated-cells.ods", ods(rows, after=repeated(wide_one, 1_048_500)), *wide)
    nothing = '<table:table-cell table:number-columns-repeated="16383"/>'
    far = repeated(nothing, 1_048_500) + repeated(nothing + one, 1)
    yield either(_F, "far-cell.ods", ods(rows, after=far), wide, more)
    endless = repeated(one, 10**20)
    yield either(_F, "endless-rows.ods", ods(rows, after=endless), (*wide, "truncated"), more)


def _said_otherwise(rows: list[tuple[str, ...]]) -> Iterator[Case]:
    book = xlsx(rows)
    more = Counts({"mobile": _N}, (_N, _N + 1), _N)
    wide = ("too-big", "too-many-columns")
    hidden = {
        "letters": 'r="BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB13"',
        "digits": 'r="A11111111111111111111111111111111"',
        "entity": 'r="&#88;FD1048576"',
        "spaces": 'r = "XFD1048576"',
        "quotes": "r='XFD1048576'",
        "small": 'r="xfd1048576"',
        "prefix": 'x:r="A1" r="XFD1048576"',
        "break": 'r="XFD\n1048576"',
    }
    for name, reference in hidden.items():
        far = inline(rows) + f"<row><c {reference}><v>1</v></c></row>"
        book_of = patched(book, {SHEET: sheet_of(far)})
        yield either(_F, f"reference-{name}.xlsx", book_of, (*wide, "truncated"), more)
    links = part(book, "xl/_rels/workbook.xml.rels").replace("worksheets/sheet1", "elsewhere/one")
    far = inline(rows) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    parts = {"xl/_rels/workbook.xml.rels": links.encode(), "xl/elsewhere/one.xml": sheet_of(far)}
    yield either(_F, "sheet-elsewhere.xlsx", patched(book, parts), (*wide, "truncated"), more)
    capitals = {SHEET: sheet_of(inline(rows)), "XL/WorkSheets/SHEET1.XML": sheet_of(far)}
    yield either(_F, "sheet-twice.xlsx", patched(book, capitals), (*wide, "truncated"), more)


def _dimensions(rows: list[tuple[str, ...]], only: Counts) -> Iterator[Case]:
    book = xlsx(rows)
    for name, size in (("large", "A1:XFD1048576"), ("small", "A1:A1"), ("nonsense", "Q9:B-7")):
        sheet = sheet_of(inline(rows), f'<dimension ref="{size}"/>')
        yield either(
            _F,
            f"dimension-{name}.xlsx",
            patched(book, {SHEET: sheet}),
            () if name != "nonsense" else ("truncated",),
            only,
        )
    lying = xlsb(grid(rows))
    yield read(_F, "dimension-plain.xlsb", lying, only)


def _far_xls(rows: list[tuple[str, ...]]) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    sheet.write(65_535, 255, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
