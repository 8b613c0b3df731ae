"""The slow, complete road from lines to records: every ragged row and odd quote is kept.

A cell is quoted where it begins with ``"`` and a later ``"`` stands before a delimiter or the
line's end. A quote that never closes is a character like others; it does not swallow the rows
after it. A cell that is quoted as programs do it may hold line ends, up to :data:`LINES` of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

QUOTING = (",", "\t", ";", "|")
"""The delimiters of programs that quote; people who type ``----`` do not."""

LINES = 60
LONGEST_CELL = 1 << 20
REFUSALS = ("", "encoding", "nul")
"""Why a record is refused: bytes that are no text; NUL bytes, which damaged disks leave."""

_ENCODING, _NUL = 1, 2
_BLANKS = re.compile("[ \t\u3000]+")


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record as typed, and why it is refused (index into :data:`REFUSALS`)."""

    cells: list[str] = field(repr=False)
    refusal: int = 0


def records_of(piece: bytes, encoding: str, delimiter: str, width: int) -> Iterator[Record]:
    """The records of ``piece``, whole lines in ``encoding``, blank lines included.

    Parameters
    ----------
    delimiter : str
        ``""`` where a line is one cell; ``" "`` for any run of blanks. Quotes are heeded beside
        :data:`QUOTING` delimiters alone.
    width : int
        How many cells most records of the table have: a cell that runs over lines is believed
        where its record comes out no wider. 0 where that is not known yet.
    """
    lines = piece.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    place = 0
    while place < len(lines):
        text, refusal = _decoded(lines[place], encoding)
        place += 1
        if '"' not in text or delimiter not in QUOTING:
            yield Record(_split(text, delimiter), refusal)
            continue
        cells, is_open = split_quoted(text, delimiter)
        if is_open and not refusal:
            joined = _joined(text, lines, place, encoding, delimiter, width)
            if joined:
                cells, taken = joined
                place += taken
        yield Record(cells, refusal)


def _split(text: str, delimiter: str) -> list[str]:
    if not delimiter:
        return [text]
    if delimiter == " ":
        return _BLANKS.split(text.strip(" \t\u3000"))
    return text.split(delimiter)


def split_quoted(text: str, delimiter: str, *, strict: bool = False) -> tuple[list[str], bool]:
    """The cells of a line with quotes, and whether a cell begins with a quote that never closes.

    ``strict`` takes a single quote inside a quoted cell, which programs double, for one that
    does not close.
    """
    cells: list[str] = []
    is_open = False
    place = 0
    while True:
        end = (
            _closing(text, place + 1, delimiter, strict) if text[place : place + 1] == '"' else None
        )
        if end is not None and end >= 0:
            cells.append(text[place + 1 : end].replace('""', '"'))
            place = end + 1
        else:
            is_open = is_open or end is not None
            stop = text.find(delimiter, place)
            stop = len(text) if stop < 0 else stop
            cells.append(text[place:stop])
            place = stop
        if place >= len(text):
            return cells, is_open
        place += 1


def _closing(text: str, place: int, delimiter: str, strict: bool) -> int:
    """Where the quote that closes a cell stands; -1 where none does."""
    while True:
        place = text.find('"', place)
        if place < 0:
            return -1
        following = text[place + 1 : place + 2]
        if following in ("", delimiter):
            return place
        if strict and following != '"':
            return -1
        place += 2 if following == '"' else 1


def _joined(
    text: str, lines: list[bytes], place: int, encoding: str, delimiter: str, width: int
) -> tuple[list[str], int] | None:
    """The record that ``text`` begins, with the lines after it, where a quoted cell runs over."""
    for taken in range(1, LINES + 1):
        if place + taken > len(lines):
            return None
        more, refusal = _decoded(lines[place + taken - 1], encoding)
        text = f"{text}\n{more}"
        if refusal or len(text) > LONGEST_CELL:
            return None
        if '"' not in more:
            if width > 1 and more.count(delimiter) == width - 1:
                return None  # a whole record of its own: the quote was a stray one
            continue
        cells, is_open = split_quoted(text, delimiter, strict=True)
        if not is_open:
            return (cells, taken) if not width or len(cells) <= width else None
    return None


def _decoded(line: bytes, encoding: str) -> tuple[str, int]:
    if line.endswith(b"\r"):
        line = line[:-1]
    try:
        return line.decode(encoding), _NUL if b"\0" in line else 0
    except UnicodeDecodeError:
        return line.decode(encoding, errors="replace"), _ENCODING
