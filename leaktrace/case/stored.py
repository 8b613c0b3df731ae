"""The lists that a case holds: made in the worker, kept once whatever names them.

A list's name in the case is a keyed hash of its original's SHA-256 and of how it was read. (The
SHA-256 itself would give away the one number of a list that holds one: it stands sealed.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from leaktrace.case.split import store_tables
from leaktrace.case.writer import Writer
from leaktrace.engines.local import store_file
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.store import StoreMeta
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.digest import sha256_of
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import Progress

_STAGED = "list"
_META = "meta.json"


@dataclass(frozen=True, slots=True)
class Original:
    """What is recorded of a file as it was found; it stands sealed in the ledger."""

    file: str
    path: str
    sha256: str
    size: int
    modified_at: str


@dataclass(frozen=True, slots=True)
class ListTask:
    """A file to be read as a list; ``mapping`` (column to kind) overrules the intake."""

    path: Path
    original: Original
    mapping: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A list ready to be named in the ledger; ``summary`` and ``staged`` are None where the case
    holds it already. ``scaled`` exceeds 1 for a sketch."""

    digest: str
    summary: ListSummary | None = None
    staged: Path | None = None
    scaled: int = 1


def original_of(path: Path, name: str) -> Original:
    """What is to be recorded of ``path``, which the user calls ``name``.

    Raises
    ------
    InputRefused
        If it is missing or cannot be read.
    """
    sha256, size = sha256_of(path)
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    return Original(legible(name), legible(path.absolute()), sha256, size, changed)


def list_digest(key: Key, sha256: str, mapping: Mapping[str, str] | None, table: int | None) -> str:
    """The name in the case (32 hex digits) of a list, or of one ``table`` of it, so read."""
    said = json.dumps([sha256, sorted((mapping or {}).items()), table], ensure_ascii=True)
    return hashlib.blake2b(said.encode(), digest_size=16, key=key.derive("list name")).hexdigest()


def is_known(writer: Writer, digest: str) -> bool:
    """Whether the case holds the list with this name."""
    row = writer.connection.execute("SELECT 1 FROM lists WHERE digest = ?", (digest,)).fetchone()
    return row is not None


def prepare_list(
    task: ListTask, key: Key, writer: Writer, worker: Worker, progress: Progress
) -> list[Prepared]:
    """The one list in a file, read in ``worker`` unless the case holds it already.

    Raises
    ------
    InputRefused
        If it cannot be read, or changed while it was read.
    """
    digest = list_digest(key, task.original.sha256, task.mapping, None)
    if is_known(writer, digest):
        return [Prepared(digest)]
    staged = writer.staged(_STAGED)
    summary = worker.call(
        store_file, task.path.absolute(), key.secret, staged, task.mapping, on_progress=progress
    )
    _check_unchanged(task.original, summary)
    return [Prepared(digest, summary, staged)]


def prepare_split(
    task: ListTask, key: Key, writer: Writer, worker: Worker, progress: Progress
) -> list[Prepared]:
    """The lists in a file, one for each of its tables; as :func:`prepare_list` where it has one."""
    digests = _known_tables(task, key, writer)
    if digests:
        return [Prepared(digest) for digest in digests]
    staged = writer.staged(_STAGED)
    summaries = worker.call(
        store_tables, task.path.absolute(), key.secret, staged, task.mapping, on_progress=progress
    )
    prepared = []
    for number, summary in enumerate(summaries):
        _check_unchanged(task.original, summary)
        table = number if len(summaries) > 1 else None
        digest = list_digest(key, task.original.sha256, task.mapping, table)
        made = staged / str(number)
        known = is_known(writer, digest)
        prepared.append(Prepared(digest) if known else Prepared(digest, summary, made))
    return prepared


def _known_tables(task: ListTask, key: Key, writer: Writer) -> list[str]:
    # All tables of a file are kept in one transaction: either all are here or none.
    digests: list[str] = []
    while True:
        digest = list_digest(key, task.original.sha256, task.mapping, len(digests))
        if not is_known(writer, digest):
            return digests
        digests.append(digest)


def _check_unchanged(original: Original, summary: ListSummary) -> None:
    if summary.sha256 != original.sha256:
        name = shown(original.file)
        raise InputRefused(
            _("{file} changed while it was read; take it in once nobody writes to it").format(
                file=name
            ),
            code="changed",
            file=name,
        )


def keep_list(writer: Writer, prepared: Prepared, original: Original) -> None:
    """Name a newly read list in the ledger (nothing to do where the case held it already).

    To be called inside a transaction; :func:`settle_lists` then moves its files.
    """
    summary = prepared.summary
    if summary is None:
        return
    report = {
        "size": original.size,
        "columns": [asdict(column) for column in summary.columns],
        "warnings": [asdict(warning) for warning in summary.warnings],
        "layout": summary.layout,
        "refusals": summary.refusals,
        "excluded": summary.excluded,
        "facts": summary.facts,
    }
    writer.connection.execute(
        "INSERT INTO lists VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            prepared.digest,
            "store" if prepared.scaled == 1 else "sketch",
            summary.rows,
            summary.identified_rows,
            summary.unidentified_rows,
            summary.refused_rows,
            summary.duplicate_rows,
            summary.people,
            prepared.scaled,
            writer.sealer.seal(report, "lists.report"),
            writer.run(),
        ),
    )
    writer.connection.executemany(
        "INSERT INTO list_identifiers VALUES (?, ?, ?)",
        [(prepared.digest, kind, number) for kind, number in sorted(summary.identifiers.items())],
    )


def _forget_origin(folder: Path) -> None:
    # What the store says of the file itself (its SHA-256, its headers) stands sealed in the ledger.
    path = folder / _META
    meta = msgspec.json.decode(path.read_bytes(), type=StoreMeta)
    bare = replace(
        meta.summary,
        sha256="",
        size=0,
        columns=[],
        warnings=[],
        layout={},
        facts={},
        members=[],
        counts=[],
    )
    path.write_bytes(
        msgspec.json.encode(msgspec.structs.replace(meta, summary=bare), order="sorted")
    )


def settle_lists(writer: Writer, prepared: Sequence[Prepared]) -> None:
    """Move the files of newly read lists to their place: the last step of a transaction."""
    for one in prepared:
        if one.staged is not None:
            if one.scaled == 1:
                _forget_origin(one.staged)
            writer.settle(one.staged, one.digest)
