"""Sheets of a workbook (XLSX, XLS), each a sequence of rows of text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from leaktrace.intake.bombs import check_archive, encrypted, too_big, truncated
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record
from leaktrace.intake.refusals import opening, refused
from leaktrace.messages import _

_MOST_BYTES = 1 << 30
# A double holds fifteen decimal digits; of longer numbers the last ones are made up.
_EXACT = 10**15
_OLE2 = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    name : str
        As it stands in the file; mask it before it is shown.
    hidden : bool
    first_row : int
        The number, from 1, of the first of :attr:`rows`.
    rows : iterator of list of str
        Down to the last row with something in it.
    """

    name: str
    hidden: bool
    first_row: int
    rows: Iterator[list[str]]


def read(material: Material) -> Document:
    """The workbook ``material``; memory grows with it.

    Raises
    ------
    InputRefused
        As :func:`sheets_of`.
    """
    form, sheets = sheets_of(material)
    tables = [
        DocumentTable(sheet.name, [Record(row) for row in sheet.rows], hidden=sheet.hidden)
        for sheet in sheets
    ]
    return Document(form, tables)


def sheets_of(material: Material) -> tuple[str, list[Sheet]]:
    """The form (``"xlsx"``, ``"xls"`` …) and the sheets of ``material``, hidden ones too.

    Raises
    ------
    InputRefused
        ``"truncated"``, ``"encrypted"``, ``"too-big"``, ``"archive"`` or ``"document"``.
    """
    with opening(material) as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise too_big(material)
    form = _check_ole2(material, data) if data.startswith(_OLE2) else check_archive(material, data)
    return form, _loaded(material, data)


def _check_ole2(material: Material, data: bytes) -> str:
    if _ENCRYPTED_STREAM in data:
        raise encrypted(material)
    if not any(name in data for name in _WORKBOOK_STREAMS):
        message = _(
            "{file} is a document, not a workbook; copy its table into a spreadsheet program and "
            "save it as XLSX."
        )
        raise refused(material, "document", message)
    return "xls"


def _loaded(material: Material, data: bytes) -> list[Sheet]:
    import python_calamine as calamine

    try:
        # Bytes, for a path would be trusted by its suffix.
        book = calamine.load_workbook(io.BytesIO(data))
        return [
            _sheet(book.get_sheet_by_index(i), about)
            for i, about in enumerate(book.sheets_metadata)
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError:
        raise encrypted(material) from None
    except MemoryError:
        raise too_big(material) from None
    except Exception:
        # Whatever it says may quote the file.
        raise truncated(material) from None


def _sheet(sheet: Any, about: Any) -> Sheet:
    first_row, first_column = sheet.start or (0, 0)
    hidden = about.visible != type(about.visible).Visible
    return Sheet(about.name, hidden, first_row + 1, _rows(sheet, first_row, first_column))


def _rows(sheet: Any, first_row: int, first_column: int) -> Iterator[list[str]]:
    before = [""] * first_column
    for row in sheet.to_python(skip_empty_area=True) if sheet.start else ():
        yield before + [cell_text(cell) for cell in row]


def cell_text(cell: object) -> str:
    """What stands in a cell, as a list would write it.

    A number of more than fifteen digits is written as ``1.10101E+17``, as Excel shows it: the
    digits that are missing there are lost in the file too.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number_text(float(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _number_text(number: float) -> str:
    if abs(number) >= _EXACT:
        return f"{number:.5E}"
    return str(int(number)) if number.is_integer() else repr(number)
