"""From equally long columns of cells to the identifiers in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.identifiers.column import ColumnMatch, recognise_column
from leaktrace.identifiers.kinds import NAME_LAST4
from leaktrace.intake.blocks import NO_DAY, Found, RowBlock
from leaktrace.intake.cells import RAW, Bools, as_text, candidates, damaged
from leaktrace.intake.columns import ColumnPlan, Role
from leaktrace.intake.dates import days_of
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.rawblocks import RawBlock

_LONG_KINDS = frozenset({"mobile", "mobile_foreign", "id_number"})
# The shortest run of ASCII that is looked at in a column whose sample showed no identifier:
# a plate without its first character; for long kinds a mobile.
_SHORT, _LONG = 6, 11


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader is asked for.

    Attributes
    ----------
    kinds : frozenset of str or None
        Identifier kinds, and ``"name"`` and ``"registered_at"``; None for all.
    cells : bool
        Whether blocks carry the text of their cells.
    """

    kinds: frozenset[str] | None = None
    cells: bool = True

    def has(self, name: str) -> bool:
        """Whether ``name`` is asked for."""
        return self.kinds is None or name in self.kinds

    @property
    def least(self) -> int:
        """The shortest run of ASCII that may be an identifier that is asked for."""
        only_long = self.kinds is not None and self.kinds - {"name", "registered_at"} <= _LONG_KINDS
        return _LONG if only_long else _SHORT


@dataclass(slots=True)
class ColumnCount:
    """What a column of a block, or of a table, was seen to hold."""

    filled: int = 0
    recognised: int = 0
    damaged: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, other: ColumnCount) -> None:
        """Count ``other`` in."""
        self.filled += other.filled
        self.recognised += other.recognised
        self.damaged += other.damaged
        self.kinds.update(other.kinds)


@dataclass(frozen=True, slots=True)
class CountedBlock:
    """A block of rows with what is counted in it."""

    block: RowBlock
    columns: list[ColumnCount]
    refusals: npt.NDArray[np.int64]


def recognise_block(
    raw: RawBlock, table: int, plans: Sequence[ColumnPlan], wanted: Wanted, known: KnownNames
) -> CountedBlock:
    """The identifiers in the rows of ``raw``, a block of the table with that index."""
    refused = raw.refusals > 0
    tails = any(plan.kind is NAME_LAST4 for plan in plans) and wanted.has(NAME_LAST4.name)
    named = _named(raw, plans, known) if tails or wanted.has("name") else None
    identified = np.zeros(raw.rows, dtype=np.bool_)
    found: list[Found] = []
    counts: list[ColumnCount] = []
    for i, column in enumerate(raw.columns):
        plan = plans[i] if i < len(plans) else ColumnPlan(None)
        count = ColumnCount(int(raw.filled[i].sum()))
        counts.append(count)
        if not count.filled or plan.role is Role.IGNORED:
            continue
        count.damaged = int(damaged(column).sum())
        with_one = np.zeros(raw.rows, dtype=np.bool_)
        for match in (*_matches(column, plan, wanted), *_tails(column, plan, named, wanted)):
            kept = _kept(match, refused)
            with_one[kept.rows] = True
            count.kinds[match.kind.name] += len(kept.rows)
            found.append(Found(match.kind, i, kept.rows, kept.values, kept.texts, kept.excluded))
        identified |= with_one
        count.recognised = int(with_one.sum())
    block = RowBlock(
        table=table,
        rows=raw.rows,
        cells=raw.columns if wanted.cells else [],
        found=found,
        identified=identified,
        refused=refused,
        names=named if wanted.has("name") else None,
        registered=_registered(raw, plans, wanted),
    )
    return CountedBlock(block, counts, np.bincount(raw.refusals, minlength=3))


def _matches(column: Any, plan: ColumnPlan, wanted: Wanted) -> list[ColumnMatch]:
    if plan.role is Role.REGISTERED:
        return []
    if plan.likely:
        matches = recognise_column(column, encoding=RAW, phones=plan.phones)
    else:
        rows = candidates(column, wanted.least)
        if not rows.size:
            return []
        few = as_text(column.take(pa.array(rows)))
        matches = [
            ColumnMatch(m.kind, rows[m.rows], m.values, m.texts, m.excluded)
            for m in recognise_column(few, phones=plan.phones)
        ]
    return [match for match in matches if _is_wanted(match, plan, wanted)]


def _is_wanted(match: ColumnMatch, plan: ColumnPlan, wanted: Wanted) -> bool:
    if plan.forced and plan.kind is not None and match.kind is not plan.kind:
        return False
    return len(match.rows) > 0 and wanted.has(match.kind.name)


def _kept(match: ColumnMatch, refused: Bools) -> ColumnMatch:
    """``match`` without refused rows."""
    if not refused.any():
        return match
    keep = ~refused[match.rows]
    return ColumnMatch(
        match.kind,
        match.rows[keep],
        None if match.values is None else match.values[keep],
        None if match.texts is None else match.texts.filter(pa.array(keep)),
        None if match.excluded is None else match.excluded[keep],
    )


def _tails(column: Any, plan: ColumnPlan, names: Any, wanted: Wanted) -> list[ColumnMatch]:
    """The last four digits in a column of their own, each with the name of its row."""
    if plan.kind is not NAME_LAST4 or names is None or not wanted.has(NAME_LAST4.name):
        return []
    text = pc.utf8_trim_whitespace(as_text(column))
    digits = pc.fill_null(pc.match_substring_regex(text, "^[0-9]{4}$"), False)
    there = pc.fill_null(pc.greater(pc.utf8_length(names), 0), False)
    rows = np.flatnonzero(pc.and_(digits, there).to_numpy(zero_copy_only=False))
    if not rows.size:
        return []
    chosen = pa.array(rows)
    values = text.take(chosen).cast(pa.uint64()).to_numpy(zero_copy_only=False)
    return [ColumnMatch(NAME_LAST4, rows, values, names.take(chosen), None)]


def _named(raw: RawBlock, plans: Sequence[ColumnPlan], known: KnownNames) -> Any:
    for i, plan in enumerate(plans):
        if plan.role is Role.NAME:
            return known.normalised(raw.columns[i])
    return None


def _registered(
    raw: RawBlock, plans: Sequence[ColumnPlan], wanted: Wanted
) -> npt.NDArray[np.int32]:
    for i, plan in enumerate(plans):
        if plan.role is Role.REGISTERED and wanted.has("registered_at"):
            return days_of(as_text(raw.columns[i]))
    return np.full(raw.rows, NO_DAY, dtype=np.int32)
