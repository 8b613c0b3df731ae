"""Documents of Word 97 to 2003 (``.doc``): the rows of their tables, then the lines of their text.

The text stands in pieces, which a table of them puts in order, and ends of rows are paragraphs
with a property of their own: [MS-DOC], 2.4.1, 2.8.35 (Plcfpcd), 2.9.175 (PapxFkp).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from leaktrace.errors import InputRefused
from leaktrace.intake.blocks import Warning
from leaktrace.intake.bombs import encrypted, too_big, truncated
from leaktrace.intake.documents.document import Document
from leaktrace.intake.documents.html import tables_of
from leaktrace.intake.documents.htmltarget import LINES
from leaktrace.intake.documents.making import made_of_ole
from leaktrace.intake.documents.splitting import Event
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening, refused
from leaktrace.messages import _

_MOST = 256 << 20
_WORD_97, _ENCRYPTED, _SECOND_TABLE = 0xC1, 0x0100, 0x0200
# Where the header tells of the paragraphs' properties and of the pieces.
_PROPERTIES_AT, _PIECES_AT = 0x102, 0x1A2
_PAGE = 512
_IN_TABLE, _ROW_END, _ELSEWHERE = b"\x16\x24\x01", b"\x17\x24\x01", b"\x46\x66"
_CELL, _PARAGRAPH, _PAGE_BREAK = 0x07, 0x0D, 0x0C
# What a field shows follows what it is computed from.
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14?")
_SIGNS = str.maketrans({0x1E: "-", 0x1F: None, 0x0B: "\n", 0xA0: " ", 0x15: None, 0x14: None})
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1d]")


def read(material: Material) -> Document:
    """The tables and lines of ``material``; memory grows with it.

    Raises
    ------
    InputRefused
        ``"truncated"``, ``"encrypted"``, ``"too-big"``, or ``"document"`` for those of earlier
        programs.
    """
    warnings: list[Warning] = []
    try:
        word = _opened(material)
        with opening(material) as file:
            made = _made(file)
    except InputRefused:
        raise
    except Exception:
        raise truncated(material) from None
    events = partial(_events, material, word)
    return Document("doc", tables_of(material, events, warnings), {"made": made}, warnings)


def _made(file: object) -> dict[str, str]:
    try:
        return made_of_ole(file)
    except Exception:
        # It is beside the point where that part alone is damaged.
        return {}


@dataclass(frozen=True, slots=True)
class _Word:
    """The text as it lies in the file, its pieces (place, bytes, width of a character), and the
    ends of paragraphs within tables and of rows."""

    data: bytes
    pieces: list[tuple[int, int, int]]
    inner: frozenset[int]
    rows: frozenset[int]


def _opened(material: Material) -> _Word:
    import olefile

    if material.size > _MOST:
        raise too_big(material)
    with opening(material) as file, olefile.OleFileIO(file) as ole:
        data = ole.openstream("WordDocument").read()
        kind, version, flags = (
            *struct.unpack("<HH", data[:4]),
            int.from_bytes(data[10:12], "little"),
        )
        if version < _WORD_97 or kind != 0xA5EC:
            raise _too_old(material)
        if flags & _ENCRYPTED:
            raise encrypted(material)
        table = ole.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
    pieces = _pieces(_part(data, table, _PIECES_AT))
    if not pieces:
        raise truncated(material)
    return _Word(data, pieces, *_paragraphs(data, _part(data, table, _PROPERTIES_AT)))


def _too_old(material: Material) -> InputRefused:
    message = _(
        "{file} is a document of a very old program; open it in a word processor, save it as "
        "DOCX and try again."
    )
    return refused(material, "document", message)


def _part(data: bytes, table: bytes, place: int) -> bytes:
    """The part of the table stream that the header names at ``place``."""
    start, size = struct.unpack("<II", data[place : place + 8])
    return table[start : start + size]


def _pieces(said: bytes) -> list[tuple[int, int, int]]:
    place = 0
    while said[place : place + 1] == b"\1":
        place += 3 + int.from_bytes(said[place + 1 : place + 3], "little")
    if said[place : place + 1] != b"\2":
        return []
    listed = said[place + 5 :][: int.from_bytes(said[place + 1 : place + 5], "little")]
    count = (len(listed) - 4) // 12
    places = struct.unpack(f"<{count + 1}I", listed[: 4 * count + 4])
    found = []
    for number in range(count):
        at = 4 * count + 4 + 8 * number
        start = int.from_bytes(listed[at + 2 : at + 6], "little")
        length = max(0, places[number + 1] - places[number])
        narrow = start & 0x40000000
        start &= 0x3FFFFFFF
        found.append((start // 2, length, 1) if narrow else (start, 2 * length, 2))
    return found


def _paragraphs(data: bytes, said: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """Where paragraphs within tables end, and rows."""
    inner: set[int] = set()
    rows: set[int] = set()
    count = max(0, (len(said) - 4) // 8)
    for number in struct.unpack(f"<{count}I", said[4 * count + 4 :][: 4 * count]):
        start = (number & 0x3FFFFF) * _PAGE
        page = data[start : start + _PAGE]
        if len(page) < _PAGE:
            continue
        ends = struct.unpack(f"<{page[-1] + 1}I", page[: 4 * page[-1] + 4].ljust(4, b"\0"))[1:]
        for i, end in enumerate(ends):
            properties = _properties(page, 4 * page[-1] + 4 + 13 * i)
            if _IN_TABLE in properties:
                inner.add(end)
            if _ROW_END in properties or _ELSEWHERE in properties:
                rows.add(end)
    return frozenset(inner), frozenset(rows)


def _properties(page: bytes, place: int) -> bytes:
    at = 2 * page[place] if place < _PAGE else 0
    if not at:
        return b""
    size, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
    return page[at : at + size]


def _events(material: Material, word: _Word) -> Iterator[Event]:
    reader = _Reader(word)
    budget = _MOST
    for start, size, width in word.pieces:
        budget -= size
        # Pieces may overlap, and so swell.
        if budget < 0:
            raise too_big(material)
        yield from reader.piece(start, word.data[start : start + size], width)
    yield from reader.finish()


@dataclass(slots=True)
class _Reader:
    """The cell and the row that are open."""

    word: _Word
    parts: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    table: int = 0
    in_table: bool = False

    def piece(self, start: int, data: bytes, width: int) -> Iterator[Event]:
        """The rows and lines that end in a piece of the text."""
        units = np.frombuffer(data[: len(data) // width * width], f"<u{width}")
        last = 0
        for place in np.flatnonzero(np.isin(units, (_CELL, _PARAGRAPH, _PAGE_BREAK))).tolist():
            self._add(data[last * width : place * width], width)
            last = place + 1
            yield from self._mark(int(units[place]), start + last * width)
        self._add(data[last * width :], width)

    def finish(self) -> Iterator[Event]:
        """The end."""
        yield from self._end_row()
        yield from self._line()

    def _add(self, data: bytes, width: int) -> None:
        if data:
            self.parts.append(data.decode("utf-16-le" if width == 2 else "cp1252", "replace"))

    def _taken(self) -> str:
        text = _FIELD.sub("", "".join(self.parts)).translate(_SIGNS)
        self.parts.clear()
        return _NO_TEXT.sub(" ", text).strip()

    def _mark(self, mark: int, end: int) -> Iterator[Event]:
        if mark == _CELL:
            # Where nothing is known of paragraphs, a row ends with a cell of nothing.
            bare = not self.parts and bool(self.row)
            if end in self.word.rows or (bare and not self.word.rows):
                yield from self._end_row()
            else:
                self.row.append(self._taken())
        elif end in self.word.inner:
            self.parts.append("\n")
        else:
            yield from self._end_row()
            yield from self._line()

    def _end_row(self) -> Iterator[Event]:
        if self.row:
            self.table += not self.in_table
            self.in_table = True
            yield str(self.table), self.row
            self.row = []

    def _line(self) -> Iterator[Event]:
        if self.in_table:
            yield str(self.table), None
        self.in_table = False
        for line in self._taken().split("\n"):
            if line.strip():
                yield LINES, [line]
