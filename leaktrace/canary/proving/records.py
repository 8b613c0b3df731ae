"""The stored records of plantings: one for each, written with it and never changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from leaktrace.canary.proving.leaves import (
    FORM,
    FOUND,
    Circumstances,
    canonical,
    circumstances_said,
    leaf_of,
    new_salt,
    planting_said,
)
from leaktrace.case.reading import read_sources
from leaktrace.case.records import Planting
from leaktrace.case.sealing import Sealer
from leaktrace.case.writer import Writer
from leaktrace.times import Moment

COLUMN = "planting_records.record"


@dataclass(frozen=True)
class StoredRecord:
    """The record of one planting: its text, its random bytes, and the leaf as it was stored."""

    planting: int
    text: str = field(repr=False)
    salt: bytes = field(repr=False)
    leaf: bytes

    @property
    def sound(self) -> bool:
        """Whether the leaf is that of the text."""
        return leaf_of(self.text, self.salt) == self.leaf

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """What the record says."""
        return dict(json.loads(self.text))


class Records:
    """Writes records for one command, inside its transaction."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._sources = {one.id: one for one in read_sources(writer.connection, writer.sealer)}
        self._case = case_name(writer.connection)

    def write(
        self,
        number: int,
        canary: str,
        planting: Planting,
        identity: Mapping[str, str],
        told: Circumstances,
        origin: str,
    ) -> None:
        """Write the record of the planting ``number``."""
        source = self._sources.get(planting.source or "")
        text = canonical(
            {
                "form": FORM,
                "case": self._case,
                "origin": origin,
                "recorded_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "run": self._writer.run(),
                **planting_said(number, canary, planting, identity),
                **circumstances_said(told, source, self._numbers(canary)),
            }
        )
        salt = new_salt()
        sealed = self._writer.sealer.seal({"record": text, "salt": salt.hex()}, COLUMN)
        self._writer.connection.execute(
            "INSERT INTO planting_records VALUES (?, ?, ?, ?)",
            (number, sealed, leaf_of(text, salt), self._writer.run()),
        )

    def complete(self) -> int:
        """Write the records of plantings from before there were any; how many those were."""
        ledger, sealer = self._writer.connection, self._writer.sealer
        missing = ledger.execute(
            "SELECT plantings.*, identity_sealed FROM plantings "
            "JOIN canaries ON canaries.id = plantings.canary "
            "LEFT JOIN planting_records ON planting = plantings.id WHERE planting IS NULL "
            "ORDER BY plantings.id"
        ).fetchall()
        for row in missing:
            identity = sealer.open(row["identity_sealed"], "canaries.identity")["fields"]
            planting = planting_of(row)
            self.write(row["id"], row["canary"], planting, identity, Circumstances(), FOUND)
        return len(missing)

    def _numbers(self, canary: str) -> tuple[str, ...]:
        rows = self._writer.connection.execute(
            "SELECT number FROM canary_numbers WHERE canary = ? ORDER BY number", (canary,)
        )
        return tuple(row[0] for row in rows)


def read_record(row: sqlite3.Row, sealer: Sealer) -> StoredRecord:
    """The record in a row of ``planting_records``.

    Raises
    ------
    LeaktraceError
        ``damaged`` where it does not open.
    """
    sealed = sealer.open(row["record_sealed"], COLUMN)
    return StoredRecord(
        row["planting"], sealed["record"], bytes.fromhex(sealed["salt"]), bytes(row["leaf"])
    )


def read_leaves(ledger: sqlite3.Connection) -> tuple[bytes, ...]:
    """The leaves of the tree, in the order in which the plantings were recorded."""
    rows = ledger.execute("SELECT leaf FROM planting_records ORDER BY planting")
    return tuple(bytes(row[0]) for row in rows)


def planting_of(row: sqlite3.Row) -> Planting:
    """The planting in a row of ``plantings``."""
    return Planting(row["source"], Moment(row["earliest"], row["latest"], row["text"]))


def case_name(ledger: sqlite3.Connection) -> str:
    """What names the case and says nothing of it: random digits."""
    row = ledger.execute("SELECT value FROM facts WHERE name = 'case'").fetchone()
    return str(row[0]) if row else ""
