"""What a workbook would swell to, told before a library that trusts it opens it.

A sheet of 5 kB whose two cells are a million rows and columns apart takes terabytes in a reader
that keeps sheets as rectangles, and ends the process without an exception.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import numpy as np

from leaktrace.errors import InputRefused
from leaktrace.intake.cellplaces import places_of
from leaktrace.intake.extents import xlsb_extent
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import refused
from leaktrace.messages import _

MOST_BYTES = 2 << 30
MOST_MEMBERS = 20_000
MOST_CELLS = 40_000_000
"""Rectangle of one sheet: a full one of 1,048,576 rows and 38 columns."""

# Sparse sheets are let through up to this rectangle (24 bytes a cell: 50 MB).
_FREE_CELLS = 2_000_000
_SPARSE = 200
_STEP = 1 << 20
_STRINGS = "xl/sharedStrings.xml"
_XML = (".xml", ".rels")
_HEAD = 1 << 14
_BINARY_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin", re.IGNORECASE)
_BEGIN_SHEET = b"\x81\x01"


def check_archive(material: Material, data: bytes) -> str:
    """``"xlsx"`` or ``"xlsb"``, where ``data`` is such a workbook and not a bomb.

    Raises
    ------
    InputRefused
        ``"truncated"``, ``"encrypted"``, ``"archive"``, ``"unsafe"`` or ``"too-big"``.
    """
    with office_archive(material, io.BytesIO(data)) as archive:
        form = _form(material, archive)
        for member in archive.infolist():
            if member.filename == _STRINGS:
                _check_sums(archive, member)
            elif form == "xlsx":
                # A sheet may stand under any name: its relationship tells the reader which.
                _check_sheet(material, archive, member)
            elif _is_binary_sheet(archive, member):
                with archive.open(member) as file:
                    check_extent(material, xlsb_extent(file))
        return form


@contextmanager
def office_archive(material: Material, file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """The ZIP in which the parts of an Office document stand, where it is no bomb.

    Raises
    ------
    InputRefused
        ``"truncated"``, ``"encrypted"``, ``"unsafe"`` or ``"too-big"``, here or while parts are
        read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise encrypted(material)
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_BYTES:
                raise too_big(material)
            for member in members:
                if member.filename.endswith(_XML):
                    _check_entities(material, archive, member)
            yield archive
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, ValueError, OSError):
        raise truncated(material) from None


def _form(material: Material, archive: zipfile.ZipFile) -> str:
    names = {name.lower() for name in archive.namelist()}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(name.startswith("xl/") for name in names):
        return "xlsx"
    message = _("{file} is an archive, not a workbook; unpack it and name the lists in it.")
    raise refused(material, "archive", message)


def _check_entities(material: Material, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse what no program writes: entities can swell without end, or bring in other files."""
    with archive.open(member) as file:
        if b"<!ENTITY" in file.read(_HEAD):
            raise unsafe(material)


def _is_binary_sheet(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    if _BINARY_SHEET.fullmatch(member.filename):
        return True
    with archive.open(member) as file:
        return file.read(2) == _BEGIN_SHEET


def _check_sheet(material: Material, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse a sheet whose rectangle is far larger than what stands in it, or with references that
    are none."""
    columns: set[int] = set()
    lowest, highest, references = 1 << 40, 0, 0
    is_sheet, odd = False, 0
    for text in _texts(archive, member):
        is_sheet = is_sheet or b"sheetData" in text
        found, rows, others = places_of(text)
        odd += others
        if is_sheet and odd:
            raise too_big(material)
        if not len(rows):
            continue
        references += len(rows)
        columns.update(np.unique(found[found > 0]).tolist())
        lowest, highest = min(lowest, int(rows.min())), max(highest, int(rows.max()))
        if is_sheet and len(columns) > 20_000:
            raise too_big(material)
    if not references or not is_sheet:
        return
    wide = max(columns, default=1) - min(columns, default=1) + 1
    cells = wide * (highest - lowest + 1)
    check_extent(material, (cells, references))


def check_extent(material: Material, extent: tuple[int, int]) -> None:
    """Refuse a sheet whose rectangle (cells in it, cells with something in them) is too large."""
    cells, filled = extent
    if cells > MOST_CELLS or (cells > _FREE_CELLS and cells > _SPARSE * filled):
        raise too_big(material)


def _check_sums(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read all of it: the reader of workbooks does not compare the checksum."""
    with archive.open(member) as file:
        while file.read(_STEP):
            pass


def _texts(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member piece by piece, cut where no reference is cut."""
    rest = b""
    with archive.open(member) as file:
        while piece := file.read(_STEP):
            text = rest + piece
            cut = text.rfind(b">") + 1
            yield text[:cut]
            rest = text[cut:][-_STEP:]
    yield rest


def truncated(material: Material) -> InputRefused:
    """The refusal of a workbook that is cut off or damaged."""
    message = _(
        "{file} is cut off or damaged; copy it again, or open it in a spreadsheet program, let "
        "that mend it and save it."
    )
    return refused(material, "truncated", message)


def encrypted(material: Material) -> InputRefused:
    """The refusal of a workbook with a password."""
    message = _("{file} has a password; open it, take the password off and save it.")
    return refused(material, "encrypted", message)


def unsafe(material: Material) -> InputRefused:
    """The refusal of a document with XML entities."""
    message = _(
        "{file} declares XML entities, which no program writes into a list: it may be made to "
        "attack readers. Open it in a spreadsheet program that you trust and save it as CSV."
    )
    return refused(material, "unsafe", message)


def too_big(material: Material) -> InputRefused:
    """The refusal of a workbook that swells when it is opened."""
    message = _(
        "{file} would fill the memory when opened: a cell stands far from the others, or it is "
        "a bomb. Copy the list into a new workbook, or save it as CSV."
    )
    return refused(material, "too-big", message)
