"""Writing down who took in what, when, from where and how; and what was refused, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leaktrace.case.environment import environment
from leaktrace.case.keeping import StagedOriginal, settle_original, stage_original
from leaktrace.case.outcomes import Refusal
from leaktrace.case.stored import Original
from leaktrace.case.writer import Writer
from leaktrace.errors import InputRefused
from leaktrace.intake.digest import sha256_of
from leaktrace.intake.refusals import legible

RECORD = "custody.record"


@dataclass(frozen=True, slots=True)
class Handling:
    """How one command takes in its inputs.

    Attributes
    ----------
    examiner : str
        Who does it; empty where nobody was named.
    settings : mapping
        What the reading was told (JSON-able); passwords are never among it.
    passwords : tuple of str
        Tried on what is encrypted.
    keep : bool
        Whether originals are kept in the case, encrypted.
    """

    examiner: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    passwords: tuple[str, ...] = field(default=(), repr=False)
    keep: bool = False


def enter(
    writer: Writer,
    subject: str,
    subject_id: str,
    digest: str | None,
    original: Original,
    handling: Handling,
    **more: Any,
) -> None:
    """Write that ``original`` was taken in as ``subject`` (``"batch"``, ``"reference"``).

    To be called inside a transaction.
    """
    record = {
        "examiner": handling.examiner,
        "settings": dict(handling.settings),
        "environment": environment(),
        "original": asdict(original),
        **more,
    }
    writer.connection.execute(
        "INSERT INTO custody (subject, subject_id, list, at, record_sealed, run) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            subject,
            subject_id,
            digest,
            datetime.now(UTC).isoformat(timespec="seconds"),
            writer.sealer.seal(record, RECORD),
            writer.run(),
        ),
    )


class RefusalBook:
    """The inputs that one command refuses: each attempt is a row, a file named twice in it one."""

    def __init__(self, writer: Writer, handling: Handling) -> None:
        self._writer = writer
        self._handling = handling
        self._entered: set[tuple[str, str, str, str]] = set()

    def enter(
        self, refusals: Sequence[Refusal], path: Path | None, name: str, subject_id: str = ""
    ) -> None:
        """Write down that the input ``name`` at ``path`` was refused; a transaction of its own.

        The first of ``refusals`` is that of the file, the others are those of the files in it.
        """
        refusal, *inside = refusals
        original = _as_far_as_known(path, name)
        key = (original.path or original.file, original.sha256, refusal.code, refusal.reason)
        if key in self._entered:
            return
        kept = self._staged(path, original)
        with self._writer.one_input():
            enter(
                self._writer,
                "refused",
                subject_id,
                None,
                original,
                self._handling,
                code=refusal.code,
                reason=refusal.reason,
                inside=[[one.file, one.code, one.reason] for one in inside],
            )
            settle_original(self._writer, kept)
        self._entered.add(key)

    def _staged(self, path: Path | None, original: Original) -> StagedOriginal | None:
        if not (self._handling.keep and path and original.sha256):
            return None
        try:
            return stage_original(self._writer, path, original)
        except InputRefused:
            return None


def _as_far_as_known(path: Path | None, name: str) -> Original:
    if path is None:
        return Original(legible(name), "", "", 0, "")
    sha256, size, changed = "", 0, ""
    try:
        sha256, size = sha256_of(path)
        stamp = path.stat().st_mtime
        changed = datetime.fromtimestamp(stamp, UTC).isoformat(timespec="seconds")
    except (InputRefused, OSError, ValueError, OverflowError):
        pass
    return Original(legible(name), legible(path.absolute()), sha256, size, changed)
