"""Keeping an original in the case when that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leaktrace.case.kept import kept_name, write_kept
from leaktrace.case.layout import ORIGINALS
from leaktrace.case.stored import Original, changed_meanwhile
from leaktrace.case.writer import Writer

_STAGED = "original"


@dataclass(frozen=True, slots=True)
class StagedOriginal:
    """An original encrypted in the staging folder, and its name in the case."""

    name: str
    path: Path
    size: int


def stage_original(writer: Writer, path: Path, original: Original) -> StagedOriginal | None:
    """The file at ``path`` encrypted, ready to be kept; None where the case keeps it already.

    Raises
    ------
    InputRefused
        ``"changed"`` where it is no longer the file that was read.
    """
    key = writer.sealer.key
    name = kept_name(key, original.sha256)
    known = writer.connection.execute("SELECT 1 FROM originals WHERE name = ?", (name,))
    if known.fetchone() is not None:
        return None
    staged = writer.staged(_STAGED)
    if write_kept(path, key, staged) != original.sha256:
        raise changed_meanwhile(original)
    return StagedOriginal(name, staged, original.size)


def settle_original(writer: Writer, staged: StagedOriginal | None) -> None:
    """Put a staged original in its place: among the last steps of a transaction."""
    if staged is None:
        return
    writer.connection.execute(
        "INSERT INTO originals (name, size, run) VALUES (?, ?, ?)",
        (staged.name, staged.size, writer.run()),
    )
    writer.settle(staged.path, staged.name, ORIGINALS)
