"""Which delimiter a text has: what cuts its lines evenly and leaves identifiers standing alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.intake.headers import is_header_word
from leaktrace.intake.records import Record, records_of

CANDIDATES = ("\t", ",", ";", "|", "，", "；", "----", " ")
"""Tried in this order: among equals the earlier one is taken."""

_BEGINNING = 1 << 16
_LINES = 120
_DEPTH = 20
_CELLS = 200
_LONGEST_IDENTIFIER = 40
_AROUND = " \"'="
# What still has one of these in it was not cut where it should be.
_MARKS = ("\t", ",", ";", "|", "，", "；", "----", '"')


def delimiter_of(piece: bytes, encoding: str) -> str:
    """The delimiter of a text that begins with ``piece``; ``""`` where a line is one cell."""
    piece = piece[: piece.find(b"\n", _BEGINNING) + 1] or piece
    best, best_score = "", _score(_sample(piece, encoding, ""))
    for candidate in CANDIDATES:
        score = _score(_sample(piece, encoding, candidate))
        # A little better may be chance: the commas of an address also cut evenly now and then.
        if score > best_score * 1.05 + 0.01:
            best, best_score = candidate, score
    return best


def _sample(piece: bytes, encoding: str, delimiter: str) -> list[Record]:
    records = []
    for record in records_of(piece, encoding, delimiter, 0):
        if any(cell.strip() for cell in record.cells):
            records.append(record)
        if len(records) == _LINES:
            break
    return records


def _score(records: Sequence[Record]) -> float:
    """Identifiers and header words that stand alone in a cell, a line; and evenness."""
    if not records:
        return 0.0
    counts = Counter(len(record.cells) for record in records)
    usual, lines = max(counts.items(), key=lambda item: (item[1], item[0]))
    even = lines / len(records) if usual > 1 else 0.0
    alone = sum(_alone(cell) for record in records for cell in record.cells[:_CELLS])
    # Further down such words stand for themselves: states, remarks.
    words = sum(map(is_header_word, chain(*(record.cells[:_CELLS] for record in records[:_DEPTH]))))
    return (alone + words) / len(records) + even * even


def _alone(cell: str) -> bool:
    text = cell.strip(_AROUND)
    if not text or len(text) > _LONGEST_IDENTIFIER or any(mark in text for mark in _MARKS):
        return False
    return any(c.isdigit() or c == "@" for c in text) and len(recognise_cell(text)) == 1
