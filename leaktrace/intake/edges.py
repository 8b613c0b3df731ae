"""The first and the last rows of a block, which may be no rows of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from leaktrace.identifiers.kinds import Kind
from leaktrace.intake.blocks import Found, RowBlock
from leaktrace.intake.cells import Rows, as_text
from leaktrace.intake.columns import ColumnPlan
from leaktrace.intake.footwords import row_code
from leaktrace.intake.rawblocks import RawBlock

WINDOW = 30
"""Rows at either end of a table that are looked at."""


def own_rows(block: RowBlock) -> Rows:
    """The records that are rows of their own."""
    if block.further is None:
        return np.arange(block.rows)
    return np.flatnonzero(~block.further)


def edges(raw: RawBlock, block: RowBlock, plans: Sequence[ColumnPlan]) -> dict[int, str]:
    """What those rows at the ends of a block are that are no plain rows of somebody, by the record
    (see :func:`~leaktrace.intake.footwords.row_code`)."""
    own = own_rows(block)
    ends = np.append(own, block.rows)
    middle = min(WINDOW, len(own))
    codes: dict[int, str] = {}
    for first, last in ((0, middle), (max(middle, len(own) - WINDOW), len(own))):
        texts = _texts(raw, int(ends[first]), int(ends[last]))
        for place in range(first, last):
            row, stop = int(ends[place]), int(ends[place + 1])
            cells = dict(_cells(texts, row - int(ends[first]), stop - int(ends[first])))
            code = row_code(cells, _kinds(block.found, row, stop), plans)
            if code:
                codes[row] = code
    return codes


def _texts(raw: RawBlock, start: int, stop: int) -> list[list[str | None]]:
    return [as_text(column.slice(start, stop - start)).to_pylist() for column in raw.columns]


def _cells(texts: list[list[str | None]], row: int, stop: int) -> Iterator[tuple[int, str]]:
    """The filled cells of a row, which has the records up to ``stop``."""
    for i, column in enumerate(texts):
        text = " ".join(filter(None, column[row:stop])).strip()
        if text:
            yield i, text


def _kinds(found: Sequence[Found], row: int, stop: int) -> dict[int, set[Kind]]:
    kinds: dict[int, set[Kind]] = {}
    for one in found:
        low, high = np.searchsorted(one.rows, (row, stop))
        if high > low:
            kinds.setdefault(one.column, set()).add(one.kind)
    return kinds
