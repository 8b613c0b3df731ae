"""Sheets of a workbook (XLSX, XLS), each a sequence of rows of text."""

from __future__ import annotations

import gc
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from leaktrace.errors import InputRefused
from leaktrace.intake.bombs import (
    check_archive,
    check_extent,
    encrypted,
    too_big,
    truncated,
)
from leaktrace.intake.compound import compound_of, workbook_stream
from leaktrace.intake.documents import ods
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.making import made_of_archive, made_of_ole
from leaktrace.intake.documents.numbers import number_text
from leaktrace.intake.documents.sheetnotes import Notes, notes_of, with_notes
from leaktrace.intake.documents.textbody import text_table
from leaktrace.intake.extents import without_dimensions, xls_extents
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record
from leaktrace.intake.refusals import opening, refused
from leaktrace.messages import _

_MOST_BYTES = 1 << 30
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE2 = b"\xd0\xcf\x11\xe0"
_BOXES = "text boxes"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


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
    notes = _notes(material) if form == "xlsx" else Notes()
    tables = []
    with _uncollected():
        for sheet in sheets:
            rows = [Record(row) for row in sheet.rows]
            if beside := notes.by_row.get(sheet.name):
                rows = with_notes(rows, sheet.first_row, beside)
            tables.append(DocumentTable(sheet.name, rows, hidden=sheet.hidden))
    if notes.boxes:
        taken = any(table.name == _BOXES for table in tables)
        tables.append(text_table(material, f"{_BOXES}~2" if taken else _BOXES, notes.boxes))
    return Document(form, tables, {"made": _made(material, form)})


def _notes(material: Material) -> Notes:
    """The comments and text boxes; none where those parts are damaged."""
    try:
        return notes_of(material)
    except InputRefused:
        raise
    except Exception:
        return Notes()


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage, of which there is none: among 100,000 rows it took a tenth of all."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _made(material: Material, form: str) -> dict[str, str]:
    """What it says of its making; nothing where that part is damaged."""
    try:
        with opening(material) as file:
            if form == "xls":
                return made_of_ole(file)
            with zipfile.ZipFile(file) as archive:
                return made_of_archive(archive)
    except InputRefused:
        raise
    except Exception:
        return {}


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
    if _ODS in data[:200]:
        # Rows that are read as they come are read to their end here, each sheet before the next.
        return "ods", [
            Sheet(table.name or "", table.hidden, 1, iter([record.cells for record in table.rows]))
            for table in ods.read(material).tables
        ]
    if data.startswith(_OLE2):
        return "xls", _loaded(material, _straightened(material, data))
    return check_archive(material, data), _loaded(material, data)


def _straightened(material: Material, data: bytes) -> bytes:
    """An old workbook whose reader does not run away with it."""
    if _ENCRYPTED_STREAM in data:
        raise encrypted(material)
    try:
        found = workbook_stream(io.BytesIO(data))
    except Exception:
        raise truncated(material) from None
    if found is None:
        message = _(
            "{file} is a document, not a workbook; copy its table into a spreadsheet program and "
            "save it as XLSX."
        )
        raise refused(material, "document", message)
    name, stream = found
    for extent in xls_extents(stream):
        check_extent(material, extent)
    try:
        return compound_of(name, without_dimensions(stream))
    except ValueError:
        raise too_big(material) from None


@contextmanager
def _guarded(material: Material) -> Iterator[None]:
    """Tell of what calamine runs into in our own words: its own may quote the file."""
    import python_calamine as calamine

    try:
        yield
    except calamine.PasswordError:
        raise encrypted(material) from None
    except MemoryError:
        raise too_big(material) from None
    except Exception:
        raise truncated(material) from None
    except BaseException as error:
        # A panic in Rust passes for the end of the interpreter.
        if type(error).__name__ != "PanicException":
            raise
        raise truncated(material) from None


def _loaded(material: Material, data: bytes) -> list[Sheet]:
    import python_calamine as calamine

    with _guarded(material):
        # Bytes, for a path would be trusted by its suffix.
        book = calamine.load_workbook(io.BytesIO(data))
        return [
            _sheet(material, book.get_sheet_by_index(i), about)
            for i, about in enumerate(book.sheets_metadata)
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]


def _sheet(material: Material, sheet: Any, about: Any) -> Sheet:
    first_row, first_column = sheet.start or (0, 0)
    hidden = about.visible != type(about.visible).Visible
    return Sheet(about.name, hidden, first_row + 1, _rows(material, sheet, first_row, first_column))


def _rows(material: Material, sheet: Any, first_row: int, first_column: int) -> Iterator[list[str]]:
    if not sheet.start:
        return
    before = [""] * first_column
    with _guarded(material):
        rows, merged = sheet.to_python(skip_empty_area=True), _merged(sheet)
    reaching: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows, first_row):
        # Most cells are texts: a call for each of them takes as long as reading it.
        cells = [cell if type(cell) is str else cell_text(cell) for cell in row]
        if before:
            cells = before + cells
        if merged:
            _fill_down(number, cells, row, merged, reaching, first_column)
        yield cells


def _merged(sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """By its first row, the column and the last row of each merged range over several rows."""
    ranges: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if bottom > top:
            ranges.setdefault(top, []).append((left, bottom))
    return ranges


def _fill_down(
    number: int,
    cells: list[str],
    row: Sequence[object],
    merged: Mapping[int, list[tuple[int, int]]],
    reaching: dict[int, tuple[int, str]],
    first_column: int,
) -> None:
    """Write a text that is merged over several rows into each that holds something besides."""
    for column, (last, text) in list(reaching.items()):
        if number > last:
            del reaching[column]
        elif any(cells) and not cells[column]:
            cells[column] = text
    for column, last in merged.get(number, ()):
        inner = column - first_column
        if 0 <= inner < len(row) and isinstance(row[inner], str) and row[inner]:
            reaching[column] = (last, cells[column])


def cell_text(cell: object) -> str:
    """What stands in a cell, as a list would write it.

    Numbers as :func:`~leaktrace.intake.documents.numbers.number_text` gives them.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return number_text(float(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
