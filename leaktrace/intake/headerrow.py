"""Which record of a table is its header: not always the first one, and sometimes none."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.identifiers.column import recognise_column
from leaktrace.identifiers.names import looks_like_name, name_share
from leaktrace.intake.headers import is_header_word

_DEPTH = 30
_LONGEST_TITLE = 24
_WIDEST = 500


def header_row(records: Sequence[Sequence[str]]) -> int | None:
    """The position of the header among ``records`` (no blank ones), None where there is none.

    A header holds words that stand in headers and no identifier; or it is the first full record,
    and differs in type from what stands below it.
    """
    best, most = None, 0
    for i, cells in enumerate(records[:_DEPTH]):
        texts = [cell.strip() for cell in cells if cell.strip()]
        words = sum(map(is_header_word, texts[:_WIDEST]))
        enough = words >= 2 or words * 2 >= len(texts)
        if words > most and enough and not _identifiers(cells):
            best, most = i, words
    return best if best is not None else _by_type(records)


def _by_type(records: Sequence[Sequence[str]]) -> int | None:
    full = max((_count(cells) for cells in records), default=0)
    for i, cells in enumerate(records[: _DEPTH // 2]):
        if _count(cells) < full or len(cells) > _WIDEST:
            continue
        texts = [cell.strip() for cell in cells]
        if not all(map(_is_title, filter(None, texts))) or len(set(texts)) < len(texts):
            return None
        return i if _differs(texts, records[i + 1 :]) else None
    return None


def _count(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_title(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return len(text) <= _LONGEST_TITLE and digits <= 2 and "*" not in text and "@" not in text


def _differs(texts: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether some column holds identifiers below where ``texts`` has none, and no name stands
    above names."""
    found = False
    for i, text in enumerate(texts):
        column = pa.array([row[i] if i < len(row) else None for row in below], pa.string())
        if name_share(column) > 0.6 and looks_like_name(text):
            return False
        with_one = {int(row) for match in recognise_column(column) for row in match.rows}
        found = found or (len(with_one) * 2 > len(below) and len(below) > 0 and bool(text))
    return found


def _identifiers(cells: Sequence[str]) -> bool:
    return any(recognise_cell(cell) for cell in cells[:_WIDEST])
