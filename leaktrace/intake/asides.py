"""Records that are no rows of data: headers that come again further down, and ruled lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.identifiers.kinds import KIND
from leaktrace.intake.cells import Bools, as_text
from leaktrace.intake.columns import ColumnPlan
from leaktrace.intake.headers import header_kind, typed_words
from leaktrace.intake.rawblocks import RawBlock

_RULE = r"^[-\s:+|=_\x{2500}-\x{257f}]{3,}$"
_TELLING = frozenset((*KIND, "name"))
_CELLS = 64


def asides(raw: RawBlock, plans: Sequence[ColumnPlan], identified: Bools) -> Bools | None:
    """Which rows of a block are header again, or ruled lines; None where none is.

    Only rows without an identifier are looked at: they cost 30 ns each, the others nothing.
    """
    rows = np.flatnonzero(~identified & ~raw.refused())
    if not rows.size:
        return None
    titles = [plan.header or "" for plan in plans]
    words = pa.array(sorted({*typed_words(), *filter(None, titles)}), pa.string())
    for column in raw.columns:
        texts = pc.utf8_trim_whitespace(as_text(column.take(pa.array(rows))))
        known = pc.is_in(pc.utf8_lower(texts), words)
        known = pc.or_(known, pc.is_in(texts, words))
        known = pc.or_(known, pc.fill_null(pc.match_substring_regex(texts, _RULE), False))
        blank = pc.fill_null(pc.equal(texts, ""), True)
        rows = rows[pc.or_(known, blank).to_numpy(zero_copy_only=False)]
        if not rows.size:
            return None
    found = _looked_at(raw, rows, titles)
    if not found:
        return None
    result = np.zeros(raw.rows, dtype=np.bool_)
    result[found] = True
    return result


def _looked_at(raw: RawBlock, rows: npt.NDArray[np.int64], titles: list[str]) -> list[int]:
    chosen = pa.array(rows)
    columns = [as_text(column.take(chosen)).to_pylist() for column in raw.columns[:_CELLS]]
    return [
        row
        for row, cells in zip(rows.tolist(), zip(*columns, strict=True), strict=True)
        if _is_aside([(cell or "").strip() for cell in cells], titles)
    ]


def _is_aside(cells: list[str], titles: list[str]) -> bool:
    there = [(i, cell) for i, cell in enumerate(cells) if cell]
    if all(i < len(titles) and titles[i] == cell for i, cell in there):
        return True
    if all(set(cell) <= set("-:+|=_ \t") or "\u2500" <= cell[0] <= "\u257f" for _i, cell in there):
        return len(there) > 1 or "+" in there[0][1] or there[0][1][0] >= "\u2500"
    kinds = {header_kind(cell) for _i, cell in there}
    return len(there) > 1 and None not in kinds and bool(kinds & _TELLING)
