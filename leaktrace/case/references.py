"""Attaching a source's own list, or a sketch of it.

A source may hand over more than one over time: the newest is the current one, with which everything
works; the earlier ones stay in the case and in the ledger's ``list_references``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from leaktrace.case import reading
from leaktrace.case.case import Case
from leaktrace.case.outcomes import ReferenceOutcome
from leaktrace.case.sketches import prepare_sketch
from leaktrace.case.stored import (
    ListTask,
    Original,
    Prepared,
    keep_list,
    original_of,
    prepare_list,
    settle_lists,
)
from leaktrace.case.workers import a_worker, called
from leaktrace.case.writer import Writer
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.sketchfile import is_sketch
from leaktrace.intake.mapping import checked_kinds
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
    worker: Worker | None = None,
) -> ReferenceOutcome:
    """Attach the list (or ``.sketch``) in ``path`` to a source, as its current reference.

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
    said = {"source": source_id, "file": name, "mapping": dict(mapping or {})}
    with (
        called(name),
        a_worker(worker) as reader,
        case.writing("source reference", **said) as writer,
    ):
        original = original_of(path, name)
        before = _current(writer, source_id)
        if before is not None and mapping is None and before[1].sha256 == original.sha256:
            prepared = Prepared(before[0])
        else:
            task = ListTask(path, original, mapping)
            prepare = prepare_sketch if is_sketch(path) else prepare_list
            (prepared,) = prepare(task, case.key, writer, reader, progress)
        status = _attach(writer, source_id, prepared, original, before)
    (reference,) = (one for one in case.references() if one.source == source_id)
    report = reading.read_report(case.ledger, case.sealer, prepared.digest)
    return ReferenceOutcome(
        reference, status, reading.columns_of(report), reading.warnings_of(report)
    )


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
) -> str:
    if before is not None and before[0] == prepared.digest:
        return "unchanged"
    with writer.one_input():
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
        if prepared.summary is not None:
            for warning in prepared.summary.warnings:
                writer.warn("reference", source, warning)
        settle_lists(writer, [prepared])
    return "added" if before is None else "replaced"
