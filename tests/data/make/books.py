"""Workbooks: XLSX, XLS and `.et`, XLSB and ODS, the last two byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from tests.data.make.case import Case, Counts, read, refuse
from tests.data.make.people import people
from tests.data.make.zips import simple, zip_of

_F = "books"
_N = 20
_WHEN = datetime(2026, 3, 1, 9, 30)
Rows = Sequence[Sequence[Any]]


def xlsx(
    *sheets: Rows, names: Sequence[str] = (), hidden: Sequence[int] = (), merge: str = ""
) -> bytes:
    """An XLSX of these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for i, rows in enumerate(sheets):
        sheet = book.create_sheet(names[i] if i < len(names) else f"Sheet{i + 1}")
        for row in rows:
            sheet.append(list(row))
        if i in hidden:
            sheet.sheet_state = "hidden"
        if merge and i == 0:
            sheet.merge_cells(merge)
    if not sheets:
        book.create_sheet("Sheet1")
    book.properties.creator = "录入员甲"
    book.properties.created = book.properties.modified = _WHEN
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def patched(book: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced, or added."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return zip_of([simple(name, data) for name, data in {**old, **parts}.items()])


def part(book: bytes, name: str) -> str:
    """One part of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name).decode()


def shared(rows: Rows, prolog: str = "", word: str = "") -> bytes:
    """An XLSX as Excel writes it, with a table of strings; ``word`` replaces the first as XML."""
    book = xlsx([])
    texts = [str(cell) for row in rows for cell in row]
    items = [f"<si><t>{word if word and i == 0 else text}</t></si>" for i, text in enumerate(texts)]
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<?xml version="1.0"?>{prolog}<sst xmlns="{space}">{"".join(items)}</sst>'
    number, lines = 0, []
    for r, row in enumerate(rows, 1):
        cells = [f'<c r="{chr(65 + c)}{r}" t="s"><v>{number + c}</v></c>' for c in range(len(row))]
        number += len(row)
        lines.append(f'<row r="{r}">{"".join(cells)}</row>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = (
        f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    )
    relations = part(book, "xl/_rels/workbook.xml.rels").replace("</Relationships>", relation)
    sheet = f'<worksheet xmlns="{space}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    return patched(
        book,
        {
            "xl/sharedStrings.xml": strings.encode(),
            "xl/worksheets/sheet1.xml": sheet.encode(),
            "xl/_rels/workbook.xml.rels": relations.encode(),
        },
    )


def xls(*sheets: Rows) -> bytes:
    """A BIFF8 workbook of these sheets."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for i, rows in enumerate(sheets):
        sheet = book.add_sheet(f"Sheet{i + 1}")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Rows, *, after: str = "", encrypted: bool = False) -> bytes:
    """An ODS with one sheet; ``after`` stands at the end of its table as XML."""
    lines = "".join(
        "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows
    )
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} '
        'office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Sheet1">'
        f"{lines}{after}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    key = "<manifest:encryption-data/>" if encrypted else ""
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{key}"
        "</manifest:file-entry></manifest:manifest>"
    )
    body = bytes(range(256)) * 40 if encrypted else content.encode()
    return zip_of(
        [
            simple("mimetype", kind.encode(), method=0),
            simple("content.xml", body, method=0 if encrypted else 8),
            simple("META-INF/manifest.xml", manifest.encode()),
        ]
    )


def repeated(cells: str, times: int) -> str:
    """A row of an ODS that stands for many."""
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def _ods_cell(value: Any) -> str:
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


def xlsb(cells: Sequence[tuple[int, int, str]]) -> bytes:
    """An XLSB with one sheet of strings at (row, column), rows ascending."""
    relations = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats'
        '.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxml'
        'formats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
    )
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.'
        'binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/></Types>'
    )
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet1")
    book = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    return zip_of(
        [
            simple("[Content_Types].xml", types.encode()),
            simple("_rels/.rels", relations.format("officeDocument", "xl/workbook.bin").encode()),
            simple("xl/workbook.bin", book),
            simple(
                "xl/_rels/workbook.bin.rels",
                relations.format("worksheet", "worksheets/sheet1.bin").encode(),
            ),
            simple("xl/worksheets/sheet1.bin", _xlsb_sheet(cells)),
        ]
    )


def _xlsb_sheet(cells: Sequence[tuple[int, int, str]]) -> bytes:
    """Records of [MS-XLSB]: the dimension, then row headers (0) and inline strings (6)."""
    rows = [row for row, _column, _text in cells]
    columns = [column for _row, column, _text in cells]
    size = struct.pack("<IIII", min(rows), max(rows), min(columns), max(columns))
    out = _record(129) + _record(148, size) + _record(145)
    last = -1
    for row, column, text in cells:
        if row != last:
            out += _record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))
            last = row
        out += _record(6, struct.pack("<II", column, 0) + _wide(text))
    return out + _record(146) + _record(130)


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def grid(rows: Rows) -> list[tuple[int, int, str]]:
    """Rows as cells for :func:`xlsb`."""
    return [(r, c, str(v)) for r, row in enumerate(rows) for c, v in enumerate(row)]


def cases() -> Iterator[Case]:
    """All of them."""
    folk = people(4000, _N)
    header = ("姓名", "手机号", "身份证号")
    rows = [header, *((p.name, p.mobile, p.id_number) for p in folk)]
    both = Counts({"mobile": _N, "id_number": _N}, _N, _N)
    only = Counts({"mobile": _N}, _N, _N)
    yield read(_F, "plain.xlsx", xlsx(rows), both)
    yield read(_F, "shared-strings.xlsx", shared(rows), both)
    yield read(_F, "plain.xls", xls(rows), both)
    yield read(_F, "wps.et", xls(rows), both)
    yield read(_F, "wps-new.et", xlsx(rows), both)
    yield read(_F, "plain.xlsb", xlsb(grid(rows)), both)
    yield read(_F, "plain.ods", ods(rows), both)
    yield read(_F, "named-as-text.csv", xlsx(rows), both)
    yield read(_F, "named-wrongly.xls", xlsx(rows), both)
    floats = [("姓名", "电话"), *((p.name, float(p.mobile)) for p in folk)]
    yield read(_F, "floats.xlsx", xlsx(floats), only)
    yield read(_F, "floats.xls", xls(floats), only)
    yield read(_F, "floats.ods", ods(floats), only)
    more = people(4001, 3 * _N)
    parts = [
        [("姓名", "电话"), *((p.name, p.mobile) for p in more[i * _N : (i + 1) * _N])]
        for i in range(3)
    ]
    yield read(
        _F,
        "three-sheets.xlsx",
        xlsx(*parts, names=("一部", "二部", "三部")),
        Counts({"mobile": 60}, 60, 60),
    )
    yield read(_F, "hidden-sheet.xlsx", xlsx(*parts, hidden=(1, 2)), Counts({"mobile": 60}, 60, 60))
    titled = [("某楼盘客户登记表", "", ""), *rows, ("合计", str(_N), "")]
    yield read(
        _F,
        "merged-title.xlsx",
        xlsx(titled, merge="A1:C1"),
        Counts({"mobile": _N, "id_number": _N}, _N + 2, _N),
    )
    lost = [
        ("姓名", "身份证号", "电话"),
        *((p.name, float(p.id_number[:15] + "000"), p.mobile) for p in folk),
    ]
    yield read(_F, "ids-as-floats.xlsx", xlsx(lost), only)
    yield refuse(_F, "only-ids-as-floats.xlsx", xlsx([r[:2] for r in lost]), "excel-damaged")
    dated = [("姓名", "电话", "登记时间"), *((p.name, p.mobile, _WHEN) for p in folk)]
    yield read(_F, "dates.xlsx", xlsx(dated), only)
    typed = [
        ("姓名", "电话", "成交"),
        *((p.name, p.mobile, i % 2 == 0) for i, p in enumerate(folk)),
    ]
    yield read(_F, "booleans.xlsx", xlsx(typed), only)
    formula = [
        ("姓名", "电话"),
        *((p.name, f'="{p.mobile}"') for p in folk[:5]),
        *((p.name, p.mobile) for p in folk[5:]),
    ]
    yield read(
        _F,
        "formulas.xlsx",
        xlsx(formula),
        Counts({"mobile": 15}, 20, 15),
        Counts({"mobile": 20}, 20, 20),
    )
    far = [("", "", "", ""), ("", "", "", ""), *(("", "", *row) for row in rows)]
    yield read(_F, "not-at-a1.xlsx", xlsx(far), both)
    empty_rows = repeated("<table:table-cell/>", 1_048_000)
    yield read(_F, "empty-rows-repeated.ods", ods(rows, after=empty_rows), both)
