"""The ids of numbers in a table, for a plan that is made before they are in a pool."""

from __future__ import annotations

from pathlib import Path

from leaktrace.case.lines import LineRefused, checked_id, refusal_of_line, table_lines
from leaktrace.case.outcomes import Refusal
from leaktrace.case.workers import a_worker
from leaktrace.errors import InputRefused
from leaktrace.intake.refusals import shown
from leaktrace.intake.tables import TableColumn, TableSpec
from leaktrace.intake.worker import Worker
from leaktrace.messages import _

PLAN_NUMBERS = TableSpec(
    "PLAN_NUMBERS",
    (TableColumn("number_id", ("id", "号码编号", "编号"), required=True),),
)


def read_number_ids(
    path: Path, *, worker: Worker | None = None
) -> tuple[tuple[str, ...], tuple[Refusal, ...]]:
    """The ids in a table, sorted, and the lines that could not be taken; other columns, the numbers
    themselves among them, are not looked at.

    Raises
    ------
    InputRefused
        If the file cannot be read as this table, or holds no id.
    """
    with a_worker(worker) as reader:
        table = table_lines(path, PLAN_NUMBERS, reader)
    found: set[str] = set()
    refused = []
    for row in table.rows:
        try:
            identity = checked_id(row, "number_id")
            if identity in found:
                raise LineRefused("duplicate-id", _("this id stands in the file twice"))
        except LineRefused as error:
            refused.append(refusal_of_line(shown(path), row, error))
            continue
        found.add(identity)
    if not found and not refused:
        raise InputRefused(
            _("{file}: no number in it; give it one a line").format(file=shown(path)),
            code="empty",
            file=shown(path),
        )
    return tuple(sorted(found)), tuple(refused)
