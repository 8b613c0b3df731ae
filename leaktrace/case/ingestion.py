"""Taking leaked lists into the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from leaktrace.case.batches import Batches, Intake
from leaktrace.case.case import Case
from leaktrace.case.custodybook import Handling, RefusalBook
from leaktrace.case.environment import examiner_name, limits_of
from leaktrace.case.manifest import Sighting, read_manifest, wanted_lists
from leaktrace.case.outcomes import BatchOutcome, IngestOutcome, Refusal
from leaktrace.case.seentimes import SeenTimes
from leaktrace.case.workers import a_worker, called
from leaktrace.case.writer import Writer
from leaktrace.errors import InputRefused, UsageError
from leaktrace.intake.blocks import Warning
from leaktrace.intake.mapping import checked_kinds
from leaktrace.intake.material import WITHIN
from leaktrace.intake.refusals import legible
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress
from leaktrace.times import SHANGHAI, Moment


def ingest(
    case: Case,
    files: Sequence[Path] = (),
    *,
    manifest: Path | None = None,
    seen_at: Moment | None = None,
    mapping: Mapping[str, str] | None = None,
    split: bool = False,
    examiner: str | None = None,
    keep_originals: bool = False,
    passwords: Sequence[str] = (),
    progress: Progress = SILENT,
    now: datetime | None = None,
    worker: Worker | None = None,
) -> IngestOutcome:
    """Take lists into the case; one that cannot be taken does not stop the rest.

    Parameters
    ----------
    case : Case
    files : sequence of Path
        Lists, or folders of them (read to the bottom, hidden files and litter skipped and named).
        What a manifest says of them is taken from it; without ``files``, all that it names is
        taken in.
    manifest : Path, optional
        A BATCHES table.
    seen_at : Moment, optional
        When the lists were seen, where the manifest does not say so; without it, ``now``.
    mapping : mapping of str to str, optional
        Column to identifier kind, where the intake's own reading is to be overruled.
    split : bool
        One batch for each sheet or archive member, named ``ID#1``, ``ID#2`` …
    examiner : str, optional
        Who takes the lists in, for the custody record; without it, ``$LEAKTRACE_EXAMINER``.
    keep_originals : bool
        Keep the files themselves in the case, encrypted (kept.py).
    passwords : sequence of str
        Tried on what is encrypted; never stored.
    progress : Progress
    now : datetime, optional
        The present, by default the clock's.
    worker : Worker, optional
        A process to open the files in, where several calls share one.

    Raises
    ------
    UsageError
        If neither files nor a manifest are given, or ``mapping`` names no kind.
    LeaktraceError
        If the case cannot be written, or is being written by another command.
    """
    present = _present(now)
    mapping = checked_kinds(mapping) if mapping else None
    if not files and manifest is None:
        raise UsageError(_("no list was named; name files, a folder, or a --manifest"))
    with a_worker(worker) as reader:
        try:
            lines = None if manifest is None else read_manifest(manifest, reader)
        except InputRefused as error:
            return IngestOutcome((), (Refusal.of(error),))
        sightings, refused, skipped = wanted_lists(files, lines, case.folder)
        named = examiner_name(examiner)
        said = {
            "files": [legible(path) for path in files],
            "manifest": legible(manifest) if manifest else None,
            "seen_at": seen_at.text if seen_at else None,
            "mapping": dict(mapping or {}),
            "split": split,
            "examiner": named,
            "keep_originals": keep_originals,
        }
        handling = Handling(
            named,
            {"mapping": dict(mapping or {}), "split": split, "limits": limits_of(reader)},
            tuple(passwords),
            keep_originals,
        )
        with case.writing("ingest", **said) as writer:
            # Of one list its own progress is told; of several, how many are done.
            inner = progress if len(sightings) == 1 else SILENT
            times = SeenTimes(present, seen_at)
            batches = Batches(Intake(case, writer, reader, mapping, split, times, inner, handling))
            book = RefusalBook(writer, handling)
            for refusal in refused:
                book.enter([refusal], None, refusal.file)
            outcomes, faults = _take_all(batches, sightings, progress, book)
            _keep_skipped(writer, skipped)
    warnings = [times.assumed()] if batches.took_present else []
    members, litter = _members_left(outcomes)
    return IngestOutcome(
        tuple(outcomes),
        (*refused, *faults, *members),
        (*skipped, *litter),
        tuple(warnings),
    )


def _keep_skipped(writer: Writer, skipped: Sequence[str]) -> None:
    """What was passed over in folders is noted beside a command that changed something."""
    if skipped and writer.changed:
        with writer.one_input():
            text = _("{file} was passed over").format(file=_(", ").join(skipped))
            writer.warn("run", str(writer.run()), Warning("passed-over", text))


def _members_left(outcomes: Sequence[BatchOutcome]) -> tuple[list[Refusal], list[str]]:
    """The members of archives that were refused, and the litter in them, each once."""
    refused: dict[str, Refusal] = {}
    litter: dict[str, None] = {}
    for item in outcomes:
        for member in item.members:
            file = f"{item.batch.file}{WITHIN}{member.member}" if member.member else item.batch.file
            if member.status == "refused":
                refused[file] = Refusal(file, member.code, member.reason)
            elif member.status == "litter":
                litter[file] = None
    return list(refused.values()), list(litter)


def _take_all(
    batches: Batches, sightings: Sequence[Sighting], progress: Progress, book: RefusalBook
) -> tuple[list[BatchOutcome], list[Refusal]]:
    outcomes: list[BatchOutcome] = []
    refused: list[Refusal] = []
    if len(sightings) > 1:
        progress.begin(_("Taking in lists"), len(sightings))
    for sighting in sightings:
        try:
            with called(sighting.file):
                outcomes += batches.take(sighting)
        except InputRefused as error:
            refusals = Refusal.all_of(error)
            book.enter(refusals, sighting.path, sighting.file)
            refused += refusals
        if len(sightings) > 1:
            progress.advance()
    if len(sightings) > 1:
        progress.end()
    return outcomes, refused


def _present(now: datetime | None) -> Moment:
    instant = (now or datetime.now(SHANGHAI)).astimezone(SHANGHAI).replace(microsecond=0)
    return Moment(instant.timestamp(), instant.timestamp(), instant.isoformat())
