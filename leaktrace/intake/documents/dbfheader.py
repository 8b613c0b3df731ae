"""What stands before the records of a dBASE or FoxPro table."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_VERSIONS = frozenset(b"\x03\x04\x05\x30\x31\x32\x43\x63\x7b\x83\x8b\x8c\x8e\xcb\xe5\xeb\xf5\xfb")
_TYPES = frozenset("CNFDLMGBIYTPQVWOX@+0")
# Where the fields begin, how long the description of one is, how long its name, and where its type
# and its length stand: dBASE III to V and FoxPro; dBASE 7.
_SHAPES = ((32, 32, 11, 11, 16), (68, 48, 32, 32, 33))
_END = 0x0D
# FoxPro: a column of the system's own.
_SYSTEM = 0x01

CODE_PAGES = {
    **dict.fromkeys((0x4D, 0x7A), "gb18030"),
    **dict.fromkeys((0x4F, 0x78), "big5hkscs"),
    **dict.fromkeys((0x4E, 0x79), "cp949"),
    **dict.fromkeys((0x13, 0x7B), "cp932"),
    **dict.fromkeys((0x50, 0x7C), "cp874"),
    **dict.fromkeys((0x26, 0x65, 0xC9), "cp1251"),
    0x01: "cp437",
    0x02: "cp850",
    0x03: "cp1252",
    0x57: "cp1252",
}
"""The encodings that the language byte names."""

EASTERN = frozenset({"gb18030", "big5hkscs", "cp949", "cp932"})
"""Those that no program writes there without being told to."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, its type's letter, and where in a record it stands."""

    name: str
    kind: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class DbfHeader:
    """A table as it is described.

    Attributes
    ----------
    count : int
        The records, as the header says.
    start, length : int
        Bytes before the first record, and of one, the sign of its deletion included.
    encoding : str
        What the language byte names; empty where it names nothing that is known.
    modified : str
        The day of the last change, ISO 8601; empty where none is told.
    fields : tuple of Field
    """

    count: int
    start: int
    length: int
    encoding: str
    modified: str
    fields: tuple[Field, ...]


def dbf_header(head: bytes) -> DbfHeader | None:
    """The header that ``head`` begins with; None where it is no such table.

    The format has no signature that is sure: the fields must fill a record exactly.
    """
    if len(head) < 65 or head[0] not in _VERSIONS:
        return None
    year, month, day = head[1:4]
    if month > 12 or day > 31:
        return None
    count, start, length = struct.unpack("<IHH", head[4:12])
    for shape in _SHAPES:
        fields = _fields(head, start, length, shape)
        if fields:
            shown = tuple(field for field in fields if field.kind != "0")
            modified = _day(year, month, day)
            page = CODE_PAGES.get(head[29], "")
            return DbfHeader(count, start, length, page, modified, shown)
    return None


def _fields(
    head: bytes, start: int, length: int, shape: tuple[int, int, int, int, int]
) -> list[Field]:
    """The fields; empty where the header is not of this shape."""
    place, step, named, kind_at, size_at = shape
    fields: list[Field] = []
    end = 1
    while place + step <= min(start, len(head)) and head[place] != _END:
        said = head[place : place + step]
        kind, size = chr(said[kind_at]), said[size_at]
        if kind == "C" and step == 32:
            # Clipper's texts of more than 255 bytes: their length goes on where decimals stand.
            size += said[size_at + 1] << 8
        name = _name(said[:named])
        if kind not in _TYPES or not size or not name:
            return []
        fields.append(Field(name, "0" if step == 32 and said[18] & _SYSTEM else kind, end, size))
        end += size
        place += step
    return fields if end == length and place < start else []


def _name(raw: bytes) -> str:
    """A field's name, which may be Chinese; empty where it is none."""
    raw = raw.partition(b"\0")[0].strip()
    for encoding in ("utf-8", "gb18030", "latin-1"):
        try:
            text = raw.decode(encoding)
        except ValueError:
            continue
        return text if text.isprintable() else ""
    return ""


def _day(year: int, month: int, day: int) -> str:
    if not month or not day:
        return ""
    # Programs write years since 1900, or their last two digits alone.
    full = 1900 + year if year >= 80 else 2000 + year
    return f"{full:04d}-{month:02d}-{day:02d}"
