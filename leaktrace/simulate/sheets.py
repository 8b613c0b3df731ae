"""Bytes of the files of a world: delimited text, and workbooks written by hand."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIXED = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>"
    ),
}


def text_bytes(rows: Iterable[Sequence[str]], delimiter: str, encoding: str) -> bytes:
    """Delimited text; cells are quoted where one-character delimiters need it, else stripped."""
    out = io.StringIO()
    if len(delimiter) == 1 and delimiter != "\t":
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    else:
        for row in rows:
            cells = (cell.replace(delimiter, " ").replace("\t", " ").strip() for cell in row)
            out.write(delimiter.join(cells) + "\r\n")
    return out.getvalue().encode(encoding)


def workbook_bytes(rows: Sequence[Sequence[str]], numeric: frozenset[int] = frozenset()) -> bytes:
    """An XLSX with one sheet; digits in the columns ``numeric`` become numbers, as Excel does.

    The same rows give the same bytes: no time of making is in it.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in (*_FIXED.items(), ("xl/worksheets/sheet1.xml", _sheet(rows, numeric))):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, _HEAD + body)
    return out.getvalue()


def _sheet(rows: Sequence[Sequence[str]], numeric: frozenset[int]) -> str:
    parts = [f'<worksheet xmlns="{_MAIN}"><sheetData>']
    for number, row in enumerate(rows, 1):
        parts.append(f'<row r="{number}">')
        for column, cell in enumerate(row):
            place = f"{_letters(column)}{number}"
            if not cell:
                continue
            if column in numeric and cell.isascii() and cell.isdigit():
                parts.append(f'<c r="{place}"><v>{cell}</v></c>')
            else:
                text = escape(cell)
                parts.append(
                    f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
                )
        parts.append("</row>")
    parts.append("</sheetData></worksheet>")
    return "".join(parts)


def _letters(column: int) -> str:
    return chr(65 + column)
