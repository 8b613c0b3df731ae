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

from leaktrace.errors import InputRefused
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
_REFERENCE = re.compile(rb"""\sr=["']([A-Za-z]{0,4})([0-9]{1,10})["']""")
_STRINGS = "xl/sharedStrings.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def check_archive(material: Material, data: bytes) -> str:
    """``"xlsx"``, ``"xlsb"`` or ``"ods"``, where ``data`` is such a workbook and not a bomb.

    Raises
    ------
    InputRefused
        ``"truncated"``, ``"encrypted"``, ``"archive"`` or ``"too-big"``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            form = _form(material, archive)
            if any(member.flag_bits & 1 for member in members):
                raise encrypted(material)
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_BYTES:
                raise too_big(material)
            for member in members:
                if _SHEET.fullmatch(member.filename):
                    _check_sheet(material, archive, member)
                elif member.filename == _STRINGS:
                    _check_sums(archive, member)
            return form
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, ValueError, OSError):
        raise truncated(material) from None


def _form(material: Material, archive: zipfile.ZipFile) -> str:
    names = {name.lower() for name in archive.namelist()}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "mimetype" in names and b"spreadsheet" in archive.read("mimetype")[:200]:
        return "ods"
    message = _("{file} is an archive, not a workbook; unpack it and name the lists in it.")
    raise refused(material, "archive", message)


def _check_sheet(material: Material, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse a sheet whose rectangle is far larger than what stands in it."""
    columns: set[bytes] = set()
    lowest, highest, references = 1 << 40, 0, 0
    for text in _texts(archive, member):
        found = _REFERENCE.findall(text)
        references += len(found)
        columns.update(column for column, _row in found)
        rows = {int(row) for _column, row in found}
        lowest, highest = min(rows, default=lowest, key=int), max({highest} | rows)
        if len(columns) > 20_000:
            raise too_big(material)
    if not references:
        return
    numbers = [_number(column) for column in columns if column]
    wide = max(numbers, default=1) - min(numbers, default=1) + 1
    cells = wide * (highest - lowest + 1)
    if cells > MOST_CELLS or (cells > _FREE_CELLS and cells > _SPARSE * references):
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


def _number(column: bytes) -> int:
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return number


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


def too_big(material: Material) -> InputRefused:
    """The refusal of a workbook that swells when it is opened."""
    message = _(
        "{file} would fill the memory when opened: a cell stands far from the others, or it is "
        "a bomb. Copy the list into a new workbook, or save it as CSV."
    )
    return refused(material, "too-big", message)
