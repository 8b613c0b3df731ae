"""Reading an original a second time, as it was read then, and comparing what comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from leaktrace import __version__
from leaktrace.case.checksums import Checksums, checksums_of, differing
from leaktrace.case.custody import CustodyRecord
from leaktrace.case.environment import environment
from leaktrace.case.kept import KeptOriginal
from leaktrace.case.settling import forget_origin
from leaktrace.case.split import store_tables
from leaktrace.case.stored import Original, refused_members
from leaktrace.case.workers import called
from leaktrace.engines.local import store_file
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.material import Material
from leaktrace.intake.worker import Worker
from leaktrace.progress import Progress

_COUNTS = ("rows", "identified_rows", "unidentified_rows", "refused_rows", "duplicate_rows")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise: ``code`` says what, ``place`` where in the list.

    ``certain`` is False where another version, or what could be opened, may be the reason.
    """

    code: str
    place: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Reread:
    """One list read again: what is said of it, and the checksums of its files."""

    summary: ListSummary
    files: Checksums


@dataclass(slots=True)
class Rereader:
    """Reads originals again in ``worker``, into the folder ``scratch``; each of them once."""

    worker: Worker
    key: Key
    scratch: Path
    passwords: tuple[str, ...] = field(repr=False)
    progress: Progress
    _done: dict[str, list[Reread]] = field(default_factory=dict)

    def read(self, source: Path | KeptOriginal, record: CustodyRecord) -> Reread:
        """The list of ``record``, read again from ``source``, whose bytes are the original's.

        Raises
        ------
        InputRefused
            Where it cannot be read now.
        """
        settings = record.settings
        mapping = dict(settings.get("mapping") or {}) or None
        split = bool(settings.get("split"))
        name = json.dumps([record.sha256, sorted((mapping or {}).items()), split])
        if name not in self._done:
            with called(record.file):
                self._done[name] = self._read(source, record.original, mapping, split=split)
        return self._done[name][settings.get("table") or 0]

    def _read(
        self,
        source: Path | KeptOriginal,
        original: Original,
        mapping: Mapping[str, str] | None,
        *,
        split: bool,
    ) -> list[Reread]:
        folder = self.scratch / f"list{len(self._done)}"
        made: Any = self.worker.call(
            store_tables if split else store_file,
            source.absolute()
            if isinstance(source, Path)
            else Material(Path(original.path), content=source),
            self.key.secret,
            folder,
            mapping,
            on_progress=self.progress,
            passwords=self.passwords,
            spool=self.scratch / "spool",
        )
        summaries: list[ListSummary] = made if isinstance(made, list) else [made]
        read = []
        for number, summary in enumerate(summaries):
            part = folder / str(number) if split else folder
            forget_origin(part)
            read.append(Reread(summary, checksums_of(part)))
        return read


def differences(
    record: CustodyRecord, files: Checksums | None, now: Reread
) -> Iterator[Difference]:
    """What is not as it was read then; ``files`` are the checksums kept of the stored list."""
    before, after = set(refused_members(record.members)), set(refused_members(now.summary.members))
    yield from _members(record, now)
    if before != after:
        yield Difference("opened", "", certain=False)
        return
    sure = record.read_version == __version__ and record.environment == environment()
    yield from _counts(record, now.summary, sure)
    if files is not None:
        for name in differing(files, now.files):
            yield Difference("extraction", name, certain=sure)


def _members(record: CustodyRecord, now: Reread) -> Iterator[Difference]:
    before, after = _hashes(record.members), _hashes(now.summary.members)
    for name in sorted({*before, *after}) if before else ():
        if before.get(name) != after.get(name):
            yield Difference("member", name)


def _hashes(members: Sequence[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in members:
        # A member without a hash could not be had then or cannot be now: "opened" tells of it.
        if one.sha256:
            found.setdefault(one.member or "", []).append(one.sha256)
    return found


def _counts(record: CustodyRecord, now: ListSummary, sure: bool) -> Iterator[Difference]:
    for name in _COUNTS:
        if record.counts[name] != getattr(now, name):
            yield Difference("counts", name, certain=sure)
    if record.people != now.people:
        yield Difference("counts", "people", certain=sure)
    for kind in sorted({*record.identifiers, *now.identifiers}):
        if record.identifiers.get(kind, 0) != now.identifiers.get(kind, 0):
            yield Difference("counts", kind, certain=sure)
    if record.tables and [asdict(one) for one in record.tables] != [
        asdict(one) for one in now.counts
    ]:
        yield Difference("counts", "tables", certain=sure)
