"""The slow, complete road from lines to records: every ragged row and odd quote is kept.

A cell is quoted where it begins with ``"`` and a later ``"`` stands before a delimiter or the
line's end. A quote that never closes is a character like others; it does not swallow the rows
after it. A cell that is quoted as programs do it may hold line ends, up to :data:`LINES` of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.intake.headers import is_header_word
from leaktrace.intake.linecodes import OTHER_DELIMITER, REFUSALS, decoded

__all__ = ["REFUSALS", "Record", "is_alone", "records_of", "split_quoted"]

QUOTING = (",", "\t", ";", "|")
"""The delimiters of programs that quote; people who type ``----`` do not."""

LINES = 60
LONGEST_CELL = 1 << 20
_USUAL = ("\t", ",", ";", "|", "，", "；", "----", "  ", " ")
CANDIDATES = (*_USUAL, "\x01", "｜", "、", "---", "--", "/", "^", "#", "~")
"""Delimiters, tried in this order: among equals the earlier one is taken. A blank stands for any
run of blanks, two blanks for a run of at least two."""

_BLANKS = {" ": re.compile("[ \t\u3000]+"), "  ": re.compile(" *(?:[ \u3000]{2,}|\t)[ \t\u3000]*")}
_LONGEST_IDENTIFIER = 40
_AROUND = " \"'="
# What still has one of these in it was not cut where it should be.
_MARKS = ("\t", ",", ";", "|", "，", "；", "----", '"')


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record as typed, and why it is refused (index into :data:`REFUSALS`).

    Codes beyond these tell what was mended in it (:mod:`~leaktrace.intake.linecodes`).
    """

    cells: list[str] = field(repr=False)
    refusal: int = 0


def records_of(
    piece: bytes,
    encoding: str,
    delimiter: str,
    width: int,
    *,
    other: str = "",
    mixed: bool = False,
) -> Iterator[Record]:
    """The records of ``piece``, whole lines in ``encoding``, blank lines included.

    Parameters
    ----------
    delimiter : str
        ``""`` where a line is one cell; ``" "`` for any run of blanks. Quotes are heeded beside
        :data:`QUOTING` delimiters alone.
    width : int
        How many cells most records of the table have: a cell that runs over lines is believed
        where its record comes out no wider. A line without the delimiter that another one cuts into
        so many is cut by that one, where this shows identifiers. 0 where that is not known yet.
    other, mixed
        As in :func:`~leaktrace.intake.linecodes.decoded`.
    """
    lines = piece.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    place = 0
    while place < len(lines):
        text, refusal = decoded(lines[place], encoding, other, mixed=mixed)
        place += 1
        if '"' not in text or delimiter not in QUOTING:
            cells = _split(text, delimiter)
            if len(cells) == 1 and width > 1 and delimiter:
                again = _otherwise(text, delimiter, width)
                if again:
                    cells, refusal = again, refusal or OTHER_DELIMITER
            yield Record(cells, refusal)
            continue
        cells, is_open = split_quoted(text, delimiter)
        if is_open and not refusal:
            joined = _joined(text, lines, place, encoding, delimiter, width, other)
            if joined:
                cells, taken = joined
                place += taken
        yield Record(cells, refusal)


def split_delimited(text: str, delimiter: str) -> list[str]:
    """The cells of one line, quotes heeded."""
    if '"' in text and delimiter in QUOTING:
        return split_quoted(text, delimiter)[0]
    return _split(text, delimiter)


def _split(text: str, delimiter: str) -> list[str]:
    if not delimiter:
        return [text]
    if delimiter in _BLANKS:
        return _BLANKS[delimiter].split(text.strip(" \t\u3000"))
    return text.split(delimiter)


def _otherwise(text: str, delimiter: str, width: int) -> list[str] | None:
    """The cells of a line that another delimiter cuts as the table's own cuts the others."""
    for candidate in CANDIDATES:
        if candidate == delimiter:
            continue
        cells = _split(text, candidate)
        if len(cells) == width and any(map(is_alone, cells)):
            return cells
        if len(cells) == width and sum(map(is_header_word, cells)) > 1:
            return cells
    return None


def is_alone(cell: str) -> bool:
    """Whether a cell is one identifier and nothing else."""
    text = cell.strip(_AROUND)
    if not text or len(text) > _LONGEST_IDENTIFIER or any(mark in text for mark in _MARKS):
        return False
    return any(c.isdigit() or c == "@" for c in text) and len(recognise_cell(text)) == 1


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
    text: str,
    lines: list[bytes],
    place: int,
    encoding: str,
    delimiter: str,
    width: int,
    other: str,
) -> tuple[list[str], int] | None:
    """The record that ``text`` begins, with the lines after it, where a quoted cell runs over."""
    for taken in range(1, LINES + 1):
        if place + taken > len(lines):
            return None
        more, refusal = decoded(lines[place + taken - 1], encoding, other)
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
