"""Which delimiter a text has: what cuts its lines evenly and leaves identifiers standing alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from leaktrace.intake.headerrow import is_separator_line
from leaktrace.intake.headers import is_header_word
from leaktrace.intake.records import CANDIDATES, Record, is_alone, records_of

__all__ = ["CANDIDATES", "delimiter_of"]

_BEGINNING = 1 << 16
_LINES = 120
_DEPTH = 20
_CELLS = 200
_MOST_WORDS = 512


def delimiter_of(piece: bytes, encoding: str) -> str:
    """The delimiter of a text that begins with ``piece``; ``""`` where a line is one cell."""
    piece = piece[: piece.find(b"\n", _BEGINNING) + 1] or piece
    said = next(iter(_sample(piece, encoding, "")), Record([""])).cells
    if is_separator_line(said) and said[0].strip().strip('"')[-1] in CANDIDATES:
        return said[0].strip().strip('"')[-1]
    best, best_score = "", _score(_sample(piece, encoding, ""))
    text = piece.decode(encoding, errors="replace")
    for candidate in CANDIDATES:
        if candidate[0] not in text:
            continue
        records = _sample(piece, encoding, candidate)
        if not records:
            return candidate  # it leaves nothing but blank cells
        if candidate.isspace() and candidate != "\t" and _is_prose(records):
            continue
        score = _score(records)
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


def _is_prose(records: Sequence[Record]) -> bool:
    """No list has so many columns with mere blanks between them: that is text."""
    return any(len(record.cells) > _MOST_WORDS for record in records)


def _score(records: Sequence[Record]) -> float:
    """Identifiers and header words that stand alone in a cell, a line; and evenness."""
    if not records:
        return 0.0
    counts = Counter(len(record.cells) for record in records)
    usual, lines = max(counts.items(), key=lambda item: (item[1], item[0]))
    even = lines / len(records) if usual > 1 else 0.0
    alone = sum(is_alone(cell) for record in records for cell in record.cells[:_CELLS])
    # Further down such words stand for themselves: states, remarks.
    words = sum(map(is_header_word, chain(*(record.cells[:_CELLS] for record in records[:_DEPTH]))))
    return (alone + words) / len(records) + even * even
