"""A case, opened to be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from leaktrace.case import reading
from leaktrace.case.checksums import Checksums
from leaktrace.case.keyring import find_key
from leaktrace.case.layout import LISTS, check_case
from leaktrace.case.ledger import damaged_ledger, read_ledger
from leaktrace.case.records import Batch, Canary, Reference, Source
from leaktrace.case.scratch import clear_scratch
from leaktrace.case.sealing import Sealer
from leaktrace.case.writer import Writer, writing
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.heldcells import HeldCells
from leaktrace.fingerprint.keys import Key
from leaktrace.messages import _

SKETCH = "list.sketch"


@dataclass(frozen=True, slots=True)
class StoredWarning:
    """A warning with what it speaks of (``subject`` ``"batch"``, ``subject_id`` ``"B001"``)."""

    subject: str
    subject_id: str
    code: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A command that changed the case; ``outcome`` is ``finished``, ``aborted`` or ``running``."""

    version: str
    command: str
    arguments: Mapping[str, Any]
    started_at: str
    time_zone: str
    ended_at: str | None
    outcome: str


class Case:
    """A case as it was when opened; what this object itself changes in it, it shows at once.

    Use as a context manager. Get one from :func:`open_case`.
    """

    def __init__(self, folder: Path, key: Key, ledger: sqlite3.Connection) -> None:
        self.folder = folder
        self.key = key
        self.sealer = Sealer(key)
        self._ledger = ledger
        self._held: dict[str, HeldList] = {}
        self.head_problem = ""
        """Why the newest link was not kept outside the case when it was last written to (the codes
        of heads.py); empty where it was."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger and of the lists."""
        self._held.clear()
        self._ledger.close()

    @property
    def ledger(self) -> sqlite3.Connection:
        """The snapshot of the ledger, in memory: writing to it changes nothing in the folder."""
        return self._ledger

    def refresh(self) -> None:
        """Look at the case as it is now."""
        ledger = read_ledger(self.folder)
        self._ledger.close()
        self._ledger = ledger

    @contextmanager
    def writing(self, command: str, **arguments: Any) -> Iterator[Writer]:
        """The case held for one ``command`` that changes it (see writer.py).

        Inside, this object shows the case as it was when the hold began; afterwards, as it is.
        """
        try:
            with writing(self.folder, self.sealer, command, arguments) as writer:
                self.refresh()
                yield writer
            self.head_problem = writer.head_problem
        finally:
            self.refresh()

    def sources(self) -> tuple[Source, ...]:
        """Every registered source, by its id."""
        return reading.read_sources(self._ledger, self.sealer)

    def canaries(self) -> tuple[Canary, ...]:
        """Every canary with its plantings, by its id."""
        return reading.read_canaries(self._ledger, self.sealer)

    def batches(self) -> tuple[Batch, ...]:
        """Every batch, by the time it was seen, then by its id."""
        return reading.read_batches(self._ledger, self.sealer)

    def references(self) -> tuple[Reference, ...]:
        """The current reference of each source that has one, by the source's id."""
        return reading.read_references(self._ledger, self.sealer)

    def held_batch(self, batch_id: str) -> HeldList:
        """The fingerprinted list of a batch.

        Raises
        ------
        LeaktraceError
            ``unknown-batch`` where there is no such batch, ``damaged`` where its files are gone.
        """
        return self._hold(self._list_of_batch(batch_id))

    def held_reference(self, source_id: str) -> HeldList:
        """The fingerprinted current reference of a source.

        Raises
        ------
        LeaktraceError
            ``no-reference`` where it has none, ``damaged`` where its files are gone.
        """
        return self._hold(self._list_of_reference(source_id))

    def cells_batch(self, batch_id: str) -> HeldCells | None:
        """The cells of a batch's people; None where the list has none.

        Raises
        ------
        LeaktraceError
            As :meth:`held_batch`.
        """
        return self._cells(self._list_of_batch(batch_id))

    def cells_reference(self, source_id: str) -> HeldCells | None:
        """The cells of the people in a source's current reference; a sketch has none.

        Raises
        ------
        LeaktraceError
            As :meth:`held_reference`.
        """
        return self._cells(self._list_of_reference(source_id))

    def list_folder(self, batch_id: str) -> Path:
        """Where the stored list of a batch lies (``fingerprint.store`` reads its rows)."""
        return self.folder / LISTS / self._list_of_batch(batch_id)

    def list_facts(self, batch_id: str) -> Mapping[str, Any]:
        """What the intake noted of a batch: ``layout``, ``facts``, ``columns``, ``refusals`` …"""
        return reading.read_report(self._ledger, self.sealer, self._list_of_batch(batch_id))

    def list_checksums(self, digest: str) -> Checksums | None:
        """The checksums kept of a stored list's files; None where it is from before they were."""
        row = self._ledger.execute(
            "SELECT files_sealed FROM lists WHERE digest = ?", (digest,)
        ).fetchone()
        if row is None or row["files_sealed"] is None:
            return None
        return dict(self.sealer.open(row["files_sealed"], "lists.files"))

    def reveal_canary(self, canary_id: str) -> dict[str, str]:
        """The identity of a canary as it was written, for the eyes of whoever asked for it.

        Raises
        ------
        LeaktraceError
            ``unknown-canary`` where there is no such canary.
        """
        identity = reading.read_identity(self._ledger, self.sealer, canary_id)
        if not identity:
            raise LeaktraceError(
                _("there is no canary {canary} in this case").format(canary=canary_id),
                code="unknown-canary",
            )
        return identity

    def warnings(self) -> tuple[StoredWarning, ...]:
        """Every warning that was kept, in the order in which they were given."""
        rows = self._ledger.execute("SELECT * FROM warnings ORDER BY id")
        return tuple(
            StoredWarning(
                row["subject"],
                row["subject_id"],
                row["code"],
                **self.sealer.open(row["text_sealed"], "warnings.text"),
            )
            for row in rows
        )

    def runs(self) -> tuple[RecordedRun, ...]:
        """Every command that changed the case, in order."""
        rows = self._ledger.execute("SELECT * FROM runs ORDER BY id")
        return tuple(
            RecordedRun(
                row["version"],
                row["command"],
                self.sealer.open(row["arguments_sealed"], "runs.arguments"),
                row["started_at"],
                row["time_zone"],
                row["ended_at"],
                row["outcome"],
            )
            for row in rows
        )

    def _list_of_batch(self, batch_id: str) -> str:
        row = self._ledger.execute("SELECT list FROM batches WHERE id = ?", (batch_id,)).fetchone()
        if row is None:
            raise LeaktraceError(
                _("there is no batch {batch} in this case").format(batch=batch_id),
                code="unknown-batch",
            )
        return str(row["list"])

    def _list_of_reference(self, source_id: str) -> str:
        row = self._ledger.execute(
            "SELECT list FROM list_references WHERE source = ? AND current = 1", (source_id,)
        ).fetchone()
        if row is None:
            raise LeaktraceError(
                _("source {source} has no reference list in this case").format(source=source_id),
                code="no-reference",
            )
        return str(row["list"])

    def _cells(self, digest: str) -> HeldCells | None:
        from leaktrace.fingerprint.storedcells import open_cells

        report = reading.read_report(self._ledger, self.sealer, digest)
        return open_cells(self.folder / LISTS / digest, reading.columns_of(report))

    def _hold(self, digest: str) -> HeldList:
        if digest not in self._held:
            self._held[digest] = _open_list(self.folder / LISTS / digest)
        return self._held[digest]


def _open_list(folder: Path) -> HeldList:
    from leaktrace.fingerprint.sketchfile import load_sketch
    from leaktrace.fingerprint.store import open_held

    if not folder.is_dir():
        raise LeaktraceError(
            _(
                "the list {folder} is gone from the case; go back to a copy of the case folder"
            ).format(folder=folder),
            code="damaged",
        )
    sketch = folder / SKETCH
    return load_sketch(sketch).to_held() if sketch.is_file() else open_held(folder)


def open_case(folder: Path) -> Case:
    """The case in ``folder``, as it is now; its key comes from the user's key folder.

    Raises
    ------
    LeaktraceError
        ``not-a-case``, ``damaged``, ``newer-case``, or ``key-missing``.
    """
    clear_scratch()
    ledger = read_ledger(check_case(folder))
    try:
        facts = dict(ledger.execute("SELECT name, value FROM facts").fetchall())
        key = find_key(facts["key_fingerprint"])
        Sealer(key).open(bytes.fromhex(facts["seal_check"]), "facts.seal_check")
    except (KeyError, ValueError) as error:
        ledger.close()
        raise damaged_ledger(folder) from error
    except BaseException:
        ledger.close()
        raise
    return Case(folder, key, ledger)
