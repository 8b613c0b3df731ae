"""From equally long columns of cells to the identifiers in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leaktrace.identifiers.column import ColumnMatch, recognise_column
from leaktrace.identifiers.kinds import (
    HOTLINE,
    ID_NUMBER,
    ID_NUMBER_SUSPECT,
    LANDLINE,
    MOBILE,
    MOBILE_FOREIGN,
    NAME_LAST4,
)
from leaktrace.intake.asides import asides
from leaktrace.intake.blocks import Found, RowBlock
from leaktrace.intake.cells import RAW, Bools, Rows, as_text, candidates, damaged
from leaktrace.intake.columns import ColumnPlan, Role
from leaktrace.intake.edges import edges
from leaktrace.intake.household import by_person
from leaktrace.intake.joint import paired_off
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.linecodes import CODES, FURTHER, OTHER_ENCODING
from leaktrace.intake.rawblocks import RawBlock
from leaktrace.intake.rowfacts import last_fours, names_of, registered_days
from leaktrace.intake.suspicious import cut_rows, left_alone, said_to_be_phones

_LONG_KINDS = frozenset({"mobile", "mobile_foreign", "id_number"})
# The shortest run of ASCII that is looked at in a column whose sample showed no identifier:
# a plate without its first character; for long kinds a mobile.
_SHORT, _LONG = 6, 11
_CUT_KINDS = (ID_NUMBER, ID_NUMBER_SUSPECT)
_SERIAL_KINDS = (MOBILE, MOBILE_FOREIGN, LANDLINE, HOTLINE, ID_NUMBER, ID_NUMBER_SUSPECT)


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
    notes: Counter[str] = field(default_factory=Counter)

    def add(self, other: ColumnCount) -> None:
        """Count ``other`` in."""
        self.filled += other.filled
        self.recognised += other.recognised
        self.damaged += other.damaged
        self.kinds.update(other.kinds)
        self.notes.update(other.notes)


@dataclass(frozen=True, slots=True)
class Margin:
    """A row that is of nobody in the list: its place among the rows, from 0, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class CountedBlock:
    """A block of rows with what is counted in it.

    ``refusals`` counts rows by code (:mod:`~leaktrace.intake.linecodes`); ``aside`` the records
    that are no rows; ``size`` the bytes of the file that were read for it. ``edges`` tells of rows
    at its ends that may be margins, by the record; ``margins`` are those that were found to be.
    ``others`` marks the records in another encoding than the file's; None where none is.
    """

    block: RowBlock
    columns: list[ColumnCount]
    refusals: npt.NDArray[np.int64]
    aside: int = 0
    size: int = 0
    edges: Mapping[int, str] = field(default_factory=dict)
    margins: tuple[Margin, ...] = ()
    others: Bools | None = None


def recognise_block(
    raw: RawBlock,
    table: int,
    plans: Sequence[ColumnPlan],
    wanted: Wanted,
    known: KnownNames,
    *,
    ends: bool = False,
) -> CountedBlock:
    """The identifiers in the rows of ``raw``, a block of the table with that index.

    ``ends``: with a look at what its first and last rows are.
    """
    joint = paired_off(raw, plans)
    each = by_person(joint.block, [plan.person for plan in plans])
    counted = _recognised(each, table, plans, wanted, known, ends=ends)
    for i, notes in joint.notes.items():
        counted.columns[i].notes.update(notes)
    for i, cells in joint.doubled.items():
        counted.columns[i].filled -= cells
        counted.columns[i].recognised -= min(cells, counted.columns[i].recognised)
    return counted


def _recognised(
    raw: RawBlock,
    table: int,
    plans: Sequence[ColumnPlan],
    wanted: Wanted,
    known: KnownNames,
    *,
    ends: bool,
) -> CountedBlock:
    """The same of a block that has a record for each person of a row."""
    tails = any(_has_tails(plan, wanted) for plan in plans)
    named = names_of(raw, plans, known) if tails or wanted.has("name") else None
    identified = np.zeros(raw.rows, dtype=np.bool_)
    found: list[Found] = []
    counts: list[ColumnCount] = []
    for i in range(len(raw.columns)):
        plan = plans[i] if i < len(plans) else ColumnPlan(None)
        count = ColumnCount(int(raw.filled[i].sum()))
        counts.append(count)
        if count.filled and plan.role is not Role.IGNORED:
            found += _in_column(raw, i, plan, named, wanted, count, identified)
    aside = asides(raw, plans, identified)
    if aside is not None:
        rest = _recognised(raw.only(~aside), table, plans, wanted, known, ends=ends)
        return replace(rest, aside=int((aside & (raw.refusals != FURTHER)).sum()))
    further = raw.refusals == FURTHER
    block = RowBlock(
        table=table,
        rows=raw.rows,
        cells=raw.columns if wanted.cells else [],
        found=found,
        identified=_of_rows(identified, further),
        refused=raw.refused(),
        names=named if wanted.has("name") else None,
        registered=registered_days(raw, plans if wanted.has("registered_at") else (), further),
        further=further if further.any() else None,
    )
    codes = edges(raw, block, plans) if ends else {}
    refusals = np.bincount(raw.refusals, minlength=CODES)
    others = raw.refusals == OTHER_ENCODING if refusals[OTHER_ENCODING] else None
    return CountedBlock(block, counts, refusals, edges=codes, others=others)


def _in_column(
    raw: RawBlock,
    i: int,
    plan: ColumnPlan,
    named: Any,
    wanted: Wanted,
    count: ColumnCount,
    identified: Bools,
) -> Iterator[Found]:
    """What one column holds; counted in ``count``, its rows marked in ``identified``."""
    column, refused = raw.columns[i], raw.refused()
    looked = _looked_at(column, plan, wanted)
    broken, lost = _broken(column, plan, refused, count)
    with_one = np.zeros(raw.rows, dtype=np.bool_)
    matches = _matches(column, plan, wanted, looked)
    tails = last_fours(column, named) if _has_tails(plan, wanted) else []
    for match in (*matches, *tails):
        kept = _kept(match, lost if match.kind in _CUT_KINDS else refused)
        if plan.serial and match.kind in _SERIAL_KINDS:
            said = said_to_be_phones(column, kept.rows)
            count.notes["serial"] += int((~said).sum())
            kept = _only(kept, said)
        if not len(kept.rows):
            continue
        with_one[kept.rows] = True
        count.kinds[match.kind.name] += len(kept.rows)
        yield Found(match.kind, i, kept.rows, kept.values, kept.texts, kept.excluded)
    identified |= with_one
    count.recognised = int(with_one.sum())
    if wanted.kinds is None and not plan.serial:
        rest = ~with_one & ~broken & raw.filled[i]
        count.notes.update(_left_alone(column, looked, rest))


def _of_rows(identified: Bools, further: Bools) -> Bools:
    """A row is identified where any of its people is."""
    if not further.any():
        return identified
    start = np.flatnonzero(~further)
    anyone = np.logical_or.reduceat(identified, start)
    result: Bools = identified.copy()
    result[start] = anyone
    return result


def _broken(
    column: Any, plan: ColumnPlan, refused: Bools, count: ColumnCount
) -> tuple[Bools, Bools]:
    """The cells that Excel has damaged; and the rows where no ID number is to be believed."""
    broken = damaged(column)
    count.damaged = int(broken.sum())
    if not plan.cut:
        return broken, refused
    cut = cut_rows(as_text(column))
    count.notes["cut"] = int(cut.sum())
    count.damaged += count.notes["cut"]
    return broken | cut, refused | cut


def _looked_at(column: Any, plan: ColumnPlan, wanted: Wanted) -> Rows | None:
    """The rows of a column that are looked at closely; None for all of them."""
    if plan.role is Role.REGISTERED:
        return np.zeros(0, dtype=np.int64)
    return None if plan.likely else candidates(column, wanted.least)


def _matches(column: Any, plan: ColumnPlan, wanted: Wanted, rows: Rows | None) -> list[ColumnMatch]:
    if rows is None:
        matches = recognise_column(column, encoding=RAW, phones=plan.phones)
    elif not rows.size:
        return []
    else:
        few = as_text(column.take(pa.array(rows)))
        matches = [
            ColumnMatch(m.kind, rows[m.rows], m.values, m.texts, m.excluded)
            for m in recognise_column(few, phones=plan.phones)
        ]
    return [match for match in matches if _is_wanted(match, plan, wanted)]


def _left_alone(column: Any, looked: Rows | None, rest: Bools) -> dict[str, int]:
    """Of the cells in ``rest``, those with many digits in a row, which are no identifiers."""
    rows = np.flatnonzero(rest) if looked is None else looked[rest[looked]]
    return left_alone(as_text(column.take(pa.array(rows)))) if rows.size else {}


def _has_tails(plan: ColumnPlan, wanted: Wanted) -> bool:
    return plan.kind is NAME_LAST4 and wanted.has(NAME_LAST4.name)


def _is_wanted(match: ColumnMatch, plan: ColumnPlan, wanted: Wanted) -> bool:
    if plan.forced and plan.kind is not None and match.kind is not plan.kind:
        return False
    return len(match.rows) > 0 and wanted.has(match.kind.name)


def _kept(match: ColumnMatch, refused: Bools) -> ColumnMatch:
    """``match`` without refused rows."""
    return _only(match, ~refused[match.rows]) if refused.any() else match


def _only(match: ColumnMatch, keep: Bools) -> ColumnMatch:
    return ColumnMatch(
        match.kind,
        match.rows[keep],
        None if match.values is None else match.values[keep],
        None if match.texts is None else match.texts.filter(pa.array(keep)),
        None if match.excluded is None else match.excluded[keep],
    )
