"""Taking in PLANTINGS: which canary was given to which source, and when."""

from __future__ import annotations

from pathlib import Path

from leaktrace.canary.roster import PlantingLine, Roster
from leaktrace.case.case import Case
from leaktrace.case.lines import (
    LineRefused,
    checked_id,
    counted,
    moment_in,
    refusal_of_line,
    sound,
    table_lines,
)
from leaktrace.case.outcomes import ImportOutcome, Refusal
from leaktrace.case.records import Planting
from leaktrace.case.tables import PLANTINGS
from leaktrace.case.workers import a_worker
from leaktrace.errors import InputRefused
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.tables import TableRow
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress
from leaktrace.times import Moment

_FIELDS = ("mobile", "name", "id_number", "email", "address")
_ALWAYS = Moment(0.0, 0.0, "")


def import_plantings(
    case: Case, path: Path, progress: Progress = SILENT, *, worker: Worker | None = None
) -> ImportOutcome:
    """Take in the lines of ``path`` (PLANTINGS); a refused line does not stop the rest.

    A known canary in another source is a new planting; a known planting or identity that is told
    otherwise is refused. A control (no source) may leave its date empty. ``worker`` may be shared
    with other calls.
    """
    try:
        with a_worker(worker) as reader:
            table = table_lines(path, PLANTINGS, reader)
    except InputRefused as error:
        return ImportOutcome(refused=(Refusal.of(error),))
    refused: list[Refusal] = []
    statuses: list[str] = []
    progress.begin(_("Taking in canaries"), len(table.rows))
    with case.writing("canary import", file=legible(path)) as writer, writer.one_input():
        sources = {source.id for source in case.sources()}
        roster = Roster(case, writer)
        lines: list[PlantingLine] = []
        for row in table.rows:
            try:
                lines.append(_line_in(sound(row), sources))
            except LineRefused as error:
                refused.append(refusal_of_line(shown(path), row, error))
                progress.advance()
        roster.introduce(lines)
        for line in lines:
            try:
                statuses.append(roster.take(line))
            except LineRefused as error:
                refused.append(refusal_of_line(shown(path), line.row, error))
            progress.advance()
        roster.finish()
    progress.end()
    return ImportOutcome(
        **counted(statuses),
        refused=tuple(sorted(refused, key=lambda one: one.row or 0)),
        warnings=tuple(roster.warnings),
    )


def _line_in(row: TableRow, sources: set[str]) -> PlantingLine:
    canary = checked_id(row, "canary_id")
    source = row.values["source_id"] or None
    if source is not None and source not in sources:
        raise LineRefused(
            "unknown-source",
            _(
                "{column} is not a source of this case; take it in first with: leaktrace source "
                "import (leave it empty for a control)"
            ).format(column=row.title("source_id")),
        )
    planted = moment_in(row, "planted_at")
    if planted is None and source is not None:
        raise LineRefused(
            "no-date",
            _("{column} is empty; say when the canary was given to the source").format(
                column=row.title("planted_at")
            ),
        )
    fields = {name: row.values[name] for name in _FIELDS if row.values[name]}
    return PlantingLine(row, canary, Planting(source, planted or _ALWAYS), fields)
