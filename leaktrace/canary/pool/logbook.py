"""Taking in HAPPENINGS: what happened to many numbers, as a table."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from leaktrace.canary.pool.telling import TOLD, Log, Told
from leaktrace.canary.pool.words import WHAT_WORDS
from leaktrace.case.case import Case
from leaktrace.case.lines import (
    LineRefused,
    checked_id,
    counted,
    moment_in,
    note_of,
    refusal_of_line,
    sound,
    table_lines,
)
from leaktrace.case.outcomes import ImportOutcome, Refusal
from leaktrace.case.tables import HAPPENINGS
from leaktrace.case.workers import a_worker
from leaktrace.errors import InputRefused
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.tables import TableRow
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress


def import_happenings(
    case: Case,
    path: Path,
    progress: Progress = SILENT,
    *,
    command: str = "canary pool log",
    allowed: Collection[str] = TOLD,
    otherwise: str = "",
    worker: Worker | None = None,
) -> ImportOutcome:
    """Take in the lines of ``path`` (HAPPENINGS); a refused line does not stop the rest.

    A line that is known changes nothing. Lines may come in any order: what a number is follows from
    when things happened.

    Parameters
    ----------
    case : Case
    path : Path
    progress : Progress
    command : str
        As it stands in the ledger.
    allowed : collection of str
        What may be said (codes of ``what``).
    otherwise : str
        What an empty ``what`` means; empty: it must be there.
    worker : Worker, optional
        May be shared with other calls.
    """
    try:
        with a_worker(worker) as reader:
            table = table_lines(path, HAPPENINGS, reader)
    except InputRefused as error:
        return ImportOutcome(refused=(Refusal.of(error),))
    refused: list[Refusal] = []
    statuses: list[str] = []
    found: list[tuple[TableRow, Told]] = []
    progress.begin(_("Taking in what happened to numbers"), len(table.rows))
    for row in table.rows:
        try:
            found.append((row, _told(sound(row), allowed, otherwise)))
        except LineRefused as error:
            refused.append(refusal_of_line(shown(path), row, error))
            progress.advance()
    with case.writing(command, file=legible(path)) as writer, writer.one_input():
        log = Log(writer)
        # By time, since what may happen to a number follows from what happened before.
        for row, told in sorted(found, key=lambda one: (one[1].at.earliest, one[0].number)):
            try:
                statuses.append(log.add(told))
            except LineRefused as error:
                refused.append(refusal_of_line(shown(path), row, error))
            progress.advance()
    progress.end()
    refused.sort(key=lambda one: one.row or 0)
    return ImportOutcome(**counted(statuses), refused=tuple(refused), warnings=())


def _told(row: TableRow, allowed: Collection[str], otherwise: str) -> Told:
    number = checked_id(row, "number_id")
    what = WHAT_WORDS.get(row.values["what"].strip().lower() or otherwise)
    if what not in allowed:
        raise LineRefused(
            "what",
            _("{column} is none of: {words}").format(
                column=row.title("what"), words=", ".join(allowed)
            ),
        )
    at = moment_in(row, "at")
    if at is None:
        raise LineRefused(
            "no-date", _("{column} is empty; say when it was").format(column=row.title("at"))
        )
    assert what is not None
    values, until = row.values, moment_in(row, "until")
    return Told(number, what, at, values["to"], until, note_of(row), values["caller"])
