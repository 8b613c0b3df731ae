"""The lists that a case holds: made in the worker, kept once whatever names them.

A list's name in the case is a keyed hash of its original's SHA-256 and of how it was read. (The
SHA-256 itself would give away the one number of a list that holds one: it stands sealed.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from leaktrace.case.environment import limits_of
from leaktrace.case.reading import members_of, read_report
from leaktrace.case.split import store_tables
from leaktrace.case.writer import Writer
from leaktrace.engines.local import store_file
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.blocks import MemberReport
from leaktrace.intake.digest import sha256_of
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import Progress

T = TypeVar("T")

_STAGED = "list"
_SPOOL = "spool"


@dataclass(frozen=True, slots=True)
class Original:
    """What is recorded of a file as it was found; it stands sealed in the ledger."""

    file: str = field(repr=False)
    path: str = field(repr=False)
    sha256: str
    size: int
    modified_at: str


@dataclass(frozen=True, slots=True)
class ListTask:
    """A file to be read as a list; ``mapping`` (column to kind) overrules the intake, and
    ``passwords`` are tried on what is encrypted."""

    path: Path
    original: Original
    mapping: Mapping[str, str] | None
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A list ready to be named in the ledger; ``summary`` and ``staged`` are None where the case
    holds it already. ``scaled`` exceeds 1 for a sketch; ``settings`` are those it was read with."""

    digest: str
    summary: ListSummary | None = None
    staged: Path | None = None
    scaled: int = 1
    settings: Mapping[str, Any] = field(default_factory=dict)


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


def list_digest(
    key: Key,
    sha256: str,
    mapping: Mapping[str, str] | None,
    table: int | None,
    without: Sequence[str] = (),
) -> str:
    """The name in the case (32 hex digits) of a list, or of one ``table`` of it, so read.

    ``without`` names the members that could not be read: with them it is another list.
    """
    read: list[Any] = [sha256, sorted((mapping or {}).items()), table]
    said = json.dumps([*read, sorted(without)] if without else read, ensure_ascii=True)
    return hashlib.blake2b(said.encode(), digest_size=16, key=key.derive("list name")).hexdigest()


def refused_members(members: Sequence[MemberReport]) -> tuple[str, ...]:
    """The ways to the members that were refused."""
    return tuple(one.member or "" for one in members if one.status == "refused")


def refused_in(writer: Writer, prepared: Prepared) -> set[str]:
    """The members of a file, so prepared, that were refused."""
    if prepared.summary is not None:
        return set(refused_members(prepared.summary.members))
    report = read_report(writer.connection, writer.sealer, prepared.digest)
    return set(refused_members(members_of(report)))


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
    summary = _read(store_file, task, key, staged, writer, worker, progress)
    _check_unchanged(task.original, summary)
    settings = {"split": False, "table": None, "limits": limits_of(worker)}
    return [_named(task, key, writer, summary, staged, settings)]


def prepare_split(
    task: ListTask, key: Key, writer: Writer, worker: Worker, progress: Progress
) -> list[Prepared]:
    """The lists in a file, one for each of its tables; as :func:`prepare_list` where it has one."""
    digests = _known_tables(task, key, writer)
    if digests:
        return [Prepared(digest) for digest in digests]
    staged = writer.staged(_STAGED)
    summaries = _read(store_tables, task, key, staged, writer, worker, progress)
    prepared = []
    for number, summary in enumerate(summaries):
        _check_unchanged(task.original, summary)
        table = number if len(summaries) > 1 else None
        settings = {"split": True, "table": table, "limits": limits_of(worker)}
        prepared.append(_named(task, key, writer, summary, staged / str(number), settings))
    return prepared


def _read(
    reader: Callable[..., T],
    task: ListTask,
    key: Key,
    staged: Path,
    writer: Writer,
    worker: Worker,
    progress: Progress,
) -> T:
    """What ``reader`` makes of the task's file in ``worker``."""
    return worker.call(
        reader,
        task.path.absolute(),
        key.secret,
        staged,
        task.mapping,
        on_progress=progress,
        passwords=task.passwords,
        spool=writer.staged(_SPOOL),
    )


def _named(
    task: ListTask,
    key: Key,
    writer: Writer,
    summary: ListSummary,
    made: Path,
    settings: Mapping[str, Any],
) -> Prepared:
    # What could not be read is known only now, and belongs to the name.
    without = refused_members(summary.members)
    table = settings["table"]
    digest = list_digest(key, task.original.sha256, task.mapping, table, without)
    if is_known(writer, digest):
        return Prepared(digest)
    settings = {"mapping": dict(task.mapping or {}), **settings}
    return Prepared(digest, summary, made, settings=settings)


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
        raise changed_meanwhile(original)


def changed_meanwhile(original: Original) -> InputRefused:
    """The refusal of a file to which somebody writes."""
    name = shown(original.file)
    return InputRefused(
        _("{file} changed while it was read; take it in once nobody writes to it").format(
            file=name
        ),
        code="changed",
        file=name,
    )
