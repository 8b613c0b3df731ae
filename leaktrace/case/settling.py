"""Newly read lists put into the case: named in the ledger, and their files moved into place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import msgspec

from leaktrace.case.checksums import checksums_of
from leaktrace.case.environment import environment
from leaktrace.case.stored import Original, Prepared
from leaktrace.case.writer import Writer
from leaktrace.fingerprint.store import StoreMeta
from leaktrace.intake.blocks import MemberReport
from leaktrace.intake.refusals import shown

_META = "meta.json"


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
        "settings": dict(prepared.settings),
        "environment": environment(),
        "members": [_called(member, original) for member in summary.members],
        "counts": [asdict(table) for table in summary.counts],
    }
    writer.connection.execute(
        "INSERT INTO lists (digest, form, rows, identified_rows, unidentified_rows, refused_rows, "
        "duplicate_rows, people, scaled, report_sealed, run) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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


def _called(member: MemberReport, original: Original) -> dict[str, Any]:
    # The worker knows the file by its absolute path only.
    reason = member.reason.replace(shown(original.path), shown(original.file))
    return asdict(replace(member, reason=reason))


def forget_origin(folder: Path) -> None:
    """Take out of a stored list what it says of the file itself (its SHA-256, its headers).

    That stands sealed in the ledger.
    """
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
                forget_origin(one.staged)
            writer.connection.execute(
                "UPDATE lists SET files_sealed = ? WHERE digest = ?",
                (writer.sealer.seal(checksums_of(one.staged), "lists.files"), one.digest),
            )
            writer.settle(one.staged, one.digest)
