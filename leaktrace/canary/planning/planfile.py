"""The plan file: which number goes to which source, as the planting sheet takes it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from leaktrace.canary.planning.plan import Plan
from leaktrace.canary.planning.spreadsheet import harmless
from leaktrace.case.lines import LineRefused, checked_id, refusal_of_line, sound, table_lines
from leaktrace.case.outcomes import Refusal
from leaktrace.case.workers import a_worker
from leaktrace.intake.refusals import shown
from leaktrace.intake.tables import TableColumn, TableSpec
from leaktrace.intake.worker import Worker

PLAN = TableSpec(
    "PLAN",
    (
        TableColumn("number_id", ("号码编号", "编号"), required=True),
        TableColumn("source_id", ("来源编号", "来源"), required=True),
        TableColumn("lawful", ("合法形式",), required=False),
        TableColumn("source_name", ("来源名称",), required=False),
        TableColumn("source_kind", ("来源类别",), required=False),
    ),
)


@dataclass(frozen=True, slots=True)
class PlannedPlanting:
    """One line of a plan: a number for a source, None for a control; ``lawful`` as
    :func:`leaktrace.canary.planning.lawful.lawful_reason` says it; ``name`` and ``kind`` are the
    source's, for a sheet that is made without a case; ``row`` is where it stands in a file."""

    number: str
    source: str | None
    lawful: str = ""
    name: str = ""
    kind: str = ""
    row: int = field(default=0, compare=False)


def plan_lines(plan: Plan) -> tuple[PlannedPlanting, ...]:
    """The plantings of ``plan``, then its controls."""
    of = {one.id: (one.lawful, one.name, one.kind) for one in plan.sources}
    planted = [
        PlannedPlanting(number, source, *of[source]) for number, source in plan.allotment.pairs()
    ]
    return (*planted, *(PlannedPlanting(number, None) for number in plan.controls))


def plan_csv(lines: tuple[PlannedPlanting, ...]) -> bytes:
    """The plan file, with a byte order mark for Excel; a line without a source is a control."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in PLAN.columns])
    for one in lines:
        cells = (one.number, one.source or "", one.lawful, one.name, one.kind)
        writer.writerow([harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def read_plan(
    path: Path, *, worker: Worker | None = None
) -> tuple[tuple[PlannedPlanting, ...], tuple[Refusal, ...]]:
    """The lines of a plan file, and those that could not be taken.

    Raises
    ------
    InputRefused
        If the file cannot be read as this table.
    """
    with a_worker(worker) as reader:
        table = table_lines(path, PLAN, reader)
    found, refused = [], []
    for row in table.rows:
        try:
            number = checked_id(sound(row), "number_id")
            source = checked_id(row, "source_id") if row.values["source_id"] else None
        except LineRefused as error:
            refused.append(refusal_of_line(shown(path), row, error))
            continue
        lawful, name, kind = (
            row.values[column] for column in ("lawful", "source_name", "source_kind")
        )
        found.append(PlannedPlanting(number, source, lawful, name, kind, row.number))
    return tuple(found), tuple(refused)
