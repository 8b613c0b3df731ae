"""Attaching a source's own list, or a sketch of it.

A source may hand over more than one over time: the newest is the current one, with which everything
works; the earlier ones stay in the case and in the ledger's ``list_references``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from leaktrace.case import reading
from leaktrace.case.case import Case
from leaktrace.case.custodybook import Handling, RefusalBook, enter
from leaktrace.case.environment import examiner_name, limits_of
from leaktrace.case.keeping import settle_original, stage_original
from leaktrace.case.outcomes import ReferenceOutcome, Refusal
from leaktrace.case.settling import keep_list, settle_lists
from leaktrace.case.sketches import prepare_sketch
from leaktrace.case.stored import (
    ListTask,
    Original,
    Prepared,
    original_of,
    prepare_list,
    refused_in,
)
from leaktrace.case.workers import a_worker, called
from leaktrace.case.writer import Writer
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.sketchfile import is_sketch
from leaktrace.intake.blocks import MemberReport
from leaktrace.intake.mapping import checked_kinds
from leaktrace.intake.material import WITHIN
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress


def attach_reference(
    case: Case,
    source_id: str,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
    *,
    examiner: str | None = None,
    keep_originals: bool = False,
    passwords: Sequence[str] = (),
    worker: Worker | None = None,
) -> ReferenceOutcome:
    """Attach the list (or ``.sketch``) in ``path`` to a source, as its current reference.

    ``examiner``, ``keep_originals`` and ``passwords`` are those of :func:`leaktrace.case.ingest`.

    Raises
    ------
    InputRefused
        ``unknown-source``, or as the file cannot be read, or is a sketch under another key.
    UsageError
        If ``mapping`` names no kind.
    """
    name = legible(path.as_posix())
    mapping = checked_kinds(mapping) if mapping else None
    if source_id not in {source.id for source in case.sources()}:
        raise InputRefused(
            _(
                "{source} is not a source of this case; take it in first with: leaktrace source "
                "import FILE"
            ).format(source=shown(source_id)),
            code="unknown-source",
            file=shown(name),
        )
    said = {
        "source": source_id,
        "file": name,
        "mapping": dict(mapping or {}),
        "examiner": examiner_name(examiner),
        "keep_originals": keep_originals,
    }
    with a_worker(worker) as reader, case.writing("source reference", **said) as writer:
        handling = Handling(
            examiner_name(examiner),
            {"mapping": dict(mapping or {}), "split": False, "limits": limits_of(reader)},
            tuple(passwords),
            keep_originals,
        )
        try:
            with called(name):
                work = _Work(case, writer, reader, handling, progress)
                prepared, status = _take(work, source_id, path, name, mapping)
        except InputRefused as error:
            RefusalBook(writer, handling).enter(Refusal.all_of(error), path, name, source_id)
            raise
    (reference,) = (one for one in case.references() if one.source == source_id)
    report = reading.read_report(case.ledger, case.sealer, prepared.digest)
    return ReferenceOutcome(
        reference,
        status,
        reading.columns_of(report),
        reading.warnings_of(report),
        tuple(_refused_inside(reference.file, reading.members_of(report))),
    )


def _refused_inside(file: str, members: Sequence[MemberReport]) -> Iterator[Refusal]:
    for member in members:
        if member.status == "refused":
            yield Refusal(f"{file}{WITHIN}{member.member}", member.code, member.reason)


@dataclass(frozen=True, slots=True)
class _Work:
    case: Case
    writer: Writer
    reader: Worker
    handling: Handling
    progress: Progress


def _take(
    work: _Work, source: str, path: Path, name: str, mapping: Mapping[str, str] | None
) -> tuple[Prepared, str]:
    writer, handling = work.writer, work.handling
    original = original_of(path, name)
    before = _current(writer, source)
    same = before is not None and mapping is None and before[1].sha256 == original.sha256
    known = Prepared(before[0]) if same and before is not None else None
    left = refused_in(writer, known) if known else set()
    if known is not None and not left:
        prepared = known
    else:
        if known is not None:
            report = reading.read_report(writer.connection, writer.sealer, known.digest)
            mapping = report["settings"]["mapping"] or None
        task = ListTask(path, original, mapping, handling.passwords)
        prepare = prepare_sketch if is_sketch(path) else prepare_list
        (prepared,) = prepare(task, work.case.key, writer, work.reader, work.progress)
        if known is not None and not refused_in(writer, prepared) < left:
            prepared = known
    kept = stage_original(writer, path, original) if handling.keep else None
    with writer.one_input():
        status = _attach(writer, source, prepared, original, before, handling)
        settle_original(writer, kept)
        settle_lists(writer, [prepared])
    return prepared, status


def _current(writer: Writer, source: str) -> tuple[str, Original] | None:
    row = writer.connection.execute(
        "SELECT list, original_sealed FROM list_references WHERE source = ? AND current = 1",
        (source,),
    ).fetchone()
    if row is None:
        return None
    original = writer.sealer.open(row["original_sealed"], "references.original")
    return row["list"], Original(**original)


def _attach(
    writer: Writer,
    source: str,
    prepared: Prepared,
    original: Original,
    before: tuple[str, Original] | None,
    handling: Handling,
) -> str:
    if before is not None and before[0] == prepared.digest:
        return "unchanged"
    keep_list(writer, prepared, original)
    if before is not None:
        writer.connection.execute(
            "UPDATE list_references SET current = 0 WHERE source = ?", (source,)
        )
        writer.log_change("reference", source, asdict(before[1]), asdict(original))
    writer.connection.execute(
        "INSERT INTO list_references (source, list, current, original_sealed, run) "
        "VALUES (?, ?, 1, ?, ?)",
        (
            source,
            prepared.digest,
            writer.sealer.seal(asdict(original), "references.original"),
            writer.run(),
        ),
    )
    enter(writer, "reference", source, prepared.digest, original, handling)
    if prepared.summary is not None:
        for warning in prepared.summary.warnings:
            writer.warn("reference", source, warning)
    return "added" if before is None else "replaced"
