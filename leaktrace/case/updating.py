"""Taking in a table whose lines have ids: new ones are added, changed ones update (logged)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from leaktrace.case.case import Case
from leaktrace.case.lines import LineRefused, counted, refusal_of_line, sound, table_lines
from leaktrace.case.outcomes import ImportOutcome, Refusal
from leaktrace.case.workers import a_worker
from leaktrace.case.writer import Writer
from leaktrace.errors import InputRefused
from leaktrace.intake.blocks import Warning
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.tables import TableRow, TableSpec
from leaktrace.intake.worker import Worker
from leaktrace.progress import Progress


class Known(Protocol):
    """What has an id."""

    @property
    def id(self) -> str:
        """By which its table names it."""


Thing = TypeVar("Thing", bound=Known)


@dataclass(frozen=True, slots=True)
class Updating(Generic[Thing]):
    """How the lines of one table are taken in.

    Attributes
    ----------
    spec : TableSpec
    subject : str
        What a line is of; ``"source"`` is taken in by the command ``source import``.
    known : callable
        What the case holds.
    read : callable
        A line, and the ids before it in the file, to what it says.

        Raises ``LineRefused``.
    take : callable
        Writes one, given what was said of it before (None for a new one): ``"added"``,
        ``"updated"`` or ``"unchanged"``.
    doubts : callable
        Warnings about one.
    """

    spec: TableSpec
    subject: str
    known: Callable[[Case], Sequence[Thing]]
    read: Callable[[TableRow, set[str]], Thing]
    take: Callable[[Writer, Thing, Thing | None], str]
    doubts: Callable[[Thing], list[Warning]]

    def import_file(
        self, case: Case, path: Path, title: str, progress: Progress, worker: Worker | None
    ) -> ImportOutcome:
        """Take in the lines of ``path``; a refused line does not stop the rest."""
        try:
            with a_worker(worker) as reader:
                table = table_lines(path, self.spec, reader)
        except InputRefused as error:
            return ImportOutcome(refused=(Refusal.of(error),))
        progress.begin(title, len(table.rows))
        command = f"{self.subject} import"
        with case.writing(command, file=legible(path)) as writer, writer.one_input():
            outcome = self._take_all(case, table.rows, writer, shown(path), progress)
        progress.end()
        return outcome

    def _take_all(
        self, case: Case, rows: Sequence[TableRow], writer: Writer, file: str, progress: Progress
    ) -> ImportOutcome:
        known: Mapping[str, Thing] = {one.id: one for one in self.known(case)}
        seen: set[str] = set()
        statuses: list[str] = []
        refused: list[Refusal] = []
        warnings: list[Warning] = []
        for row in rows:
            try:
                one = self.read(sound(row), seen)
            except LineRefused as error:
                refused.append(refusal_of_line(file, row, error))
                continue
            finally:
                progress.advance()
            statuses.append(self.take(writer, one, known.get(one.id)))
            doubts = self.doubts(one)
            warnings += doubts
            for doubt in doubts if statuses[-1] != "unchanged" else ():
                writer.warn(self.subject, one.id, doubt)
        return ImportOutcome(**counted(statuses), refused=tuple(refused), warnings=tuple(warnings))
