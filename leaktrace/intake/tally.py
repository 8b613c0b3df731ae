"""Counts what blocks hold, and reports on the columns once all of them are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.intake.blocks import ColumnReport, ListReading, RowBlock, TableReport, Warning
from leaktrace.intake.columns import ColumnPlan, Role
from leaktrace.intake.headers import header_kind
from leaktrace.intake.linecodes import CODES, REFUSALS
from leaktrace.intake.margins import without_margins
from leaktrace.intake.material import Material
from leaktrace.intake.opened import OpenedTable
from leaktrace.intake.readingwarnings import (
    cut_warning,
    damage_warning,
    margin_warning,
    mended_warnings,
    place_of,
)
from leaktrace.intake.recognition import ColumnCount, CountedBlock
from leaktrace.intake.refusals import refused
from leaktrace.intake.understanding import TablePlan
from leaktrace.messages import _

# A remark column with a number now and then is not a column of numbers.
_SHARE = 0.1
_PASSED_OVER = {"name": "names", "registered_at": "dates"}


@dataclass(slots=True)
class _Table:
    opened: OpenedTable
    member: str | None
    counts: list[ColumnCount] = field(default_factory=list)
    rows: int = 0
    identified: int = 0
    refused: int = 0
    aside: int = 0
    margins: list[dict[str, Any]] = field(default_factory=list)

    @property
    def plan(self) -> TablePlan:
        return self.opened.plan

    def report(self) -> TableReport:
        """Its rows, adding up."""
        rest = self.rows - self.identified - self.refused
        aside = len(self.plan.aside) + self.aside
        return TableReport(
            self.member, self.opened.sheet, self.rows, self.identified, rest, self.refused, aside,
            self.margins,
        )  # fmt: skip


class Tally:
    """The counts of one :class:`ListReading`, which :meth:`finish` writes into it."""

    def __init__(self, material: Material, reading: ListReading) -> None:
        self._material = material
        self._reading = reading
        self._tables: list[_Table] = []
        self._refusals = np.zeros(CODES, dtype=np.int64)
        self._others_first: bool | None = None
        self._switched = 0

    def add_table(self, opened: OpenedTable, *, member: str | None) -> int:
        """The number of the next table, of the ``member`` (masked)."""
        counts = [ColumnCount() for _column in opened.plan.columns]
        self._tables.append(_Table(opened, member, counts))
        self._reading.tables.append(opened.sheet)
        return len(self._tables) - 1

    def headers(self) -> list[tuple[int, list[str | None]]]:
        """The width and the headers of each table so far."""
        return [table.opened.columns() for table in self._tables]

    def counted(self, blocks: Iterable[CountedBlock]) -> Iterator[RowBlock]:
        """The blocks of the last table, each counted before it is handed on."""
        plan = self._tables[-1].plan
        for counted in without_margins(blocks, plan.above) if plan.margins else blocks:
            table = self._tables[counted.block.table]
            while len(table.counts) < len(counted.columns):
                table.counts.append(ColumnCount())
            for total, count in zip(table.counts, counted.columns, strict=False):
                total.add(count)
            self._refusals += counted.refusals
            own = _own_rows(counted.block)
            self._note_switch(counted, own, table.rows)
            table.margins += [
                {"row": table.rows + one.row + 1, "reason": one.reason} for one in counted.margins
            ]
            table.rows += int(own.sum())
            table.identified += int((counted.block.identified & own).sum())
            table.refused += int(counted.block.refused.sum())
            table.aside += counted.aside
            self._reading.position += counted.size
            yield counted.block

    def _note_switch(self, counted: CountedBlock, own: npt.NDArray[np.bool_], before: int) -> None:
        """Note the first row in another encoding than the first row of all."""
        if self._switched or not counted.block.rows:
            return
        none = np.zeros(counted.block.rows, dtype=np.bool_)
        others = none if counted.others is None else counted.others
        if self._others_first is None:
            self._others_first = bool(others[0])
        if (others != self._others_first).any():
            place = int(np.argmax(others != self._others_first))
            self._switched = before + int(own[: place + 1].sum())

    def finish(self) -> None:
        """Write the reports on columns, the warnings and the refusals.

        Raises
        ------
        InputRefused
            ``"excel-damaged"`` where Excel has left nobody whom an identifier names.
        """
        reading = self._reading
        for code, rows in zip(REFUSALS, self._refusals.tolist(), strict=False):
            if code and rows:
                reading.refusals[code] = rows
        reading.warnings.extend(mended_warnings(self._refusals.tolist(), self._switched))
        for table in self._tables:
            reading.counts.append(table.report())
            if table.margins:
                reading.warnings.append(margin_warning(reading.counts[-1]))
            columns, shown = table.plan.columns, table.plan.shown_headers()
            for i, count in enumerate(table.counts):
                plan = columns[i] if i < len(columns) else ColumnPlan(None)
                self._report(table, i, plan, count, shown[i] if i < len(columns) else None)
        if not any(table.identified for table in self._tables):
            self._refuse_damaged()
            text = _(
                "No identifier was recognised in this list. If a column holds some, name it with "
                "--map COLUMN=KIND."
            )
            reading.warnings.append(Warning("no-identifiers", text))

    def _refuse_damaged(self) -> None:
        counts = [count for table in self._tables for count in table.counts]
        for report, count in zip(self._reading.columns, counts, strict=True):
            if count.damaged and count.damaged >= _SHARE * count.filled:
                message = _(
                    "{file}, {place}: the numbers were damaged by Excel (as 1.38E+10) and nothing "
                    "can bring them back; format the column as text in the original and export it "
                    "again."
                )
                place = place_of(report)
                raise refused(self._material, "excel-damaged", message, place=place)

    def _report(
        self, table: _Table, i: int, plan: ColumnPlan, count: ColumnCount, header: str | None
    ) -> None:
        kind = kind_of(plan, count)
        notes = Counter(count.notes)
        notes["damaged"] = count.damaged - notes["cut"]
        notes["same"] = plan.same
        report = ColumnReport(
            table.member, table.opened.sheet, i + 1, header, kind, count.filled, count.recognised,
            why_of(plan, count, kind, table.plan.columns), dict(sorted(count.kinds.items())),
            {code: number for code, number in sorted(notes.items()) if number},
        )  # fmt: skip
        self._reading.columns.append(report)
        if notes["damaged"]:
            self._reading.warnings.append(damage_warning(report, notes["damaged"]))
        if notes["cut"]:
            self._reading.warnings.append(cut_warning(report, notes["cut"]))


def _own_rows(block: RowBlock) -> npt.NDArray[np.bool_]:
    """The records that are rows of their own."""
    return np.ones(block.rows, dtype=np.bool_) if block.further is None else ~block.further


def kind_of(plan: ColumnPlan, count: ColumnCount) -> str:
    """The kind to report of a column: what the user said, else its content, else its header."""
    if plan.role is Role.IGNORED:
        return "other"
    if plan.role is Role.NAME and not plan.forced and count.recognised * 2 > count.filled:
        return _most(count)  # a name with the last four digits, say
    if plan.role is not Role.IDENTIFIERS:
        return plan.role.value
    if plan.forced and plan.kind is not None:
        return plan.kind.name
    if plan.serial and not count.kinds:
        return "other"
    if count.kinds and count.recognised >= _SHARE * count.filled:
        return _most(count)
    return plan.kind.name if plan.kind is not None else "other"


def why_of(plan: ColumnPlan, count: ColumnCount, kind: str, plans: Sequence[ColumnPlan]) -> str:
    """Why a column, one of ``plans``, is taken for ``kind``: see :attr:`ColumnReport.why`."""
    if plan.forced:
        return "user"
    if plan.serial and not count.kinds:
        return "serial"
    if not count.filled:
        return "empty"
    named = header_kind(plan.header or "")
    if plan.role is not Role.IDENTIFIERS:
        return "header" if named == kind else "content"
    if count.kinds and count.recognised >= _SHARE * count.filled:
        return "content"
    if named in (Role.NAME, Role.REGISTERED):
        # Its header says so, and yet it was not taken for it.
        taken = any(_has(other, named) for other in plans)
        return f"{_PASSED_OVER[named]}-{'elsewhere' if taken else 'missing'}"
    return "header" if named in (kind, "serial") else "nothing"


def _has(plan: ColumnPlan, role: str) -> bool:
    return plan.role == role or (plan.beside and role == Role.NAME)


def _most(count: ColumnCount) -> str:
    return max(count.kinds, key=lambda name: (count.kinds[name], name))
