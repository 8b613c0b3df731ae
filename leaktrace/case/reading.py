"""From the ledger's rows to the case's records."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from leaktrace.case.records import Batch, Canary, Planting, Reference, Source
from leaktrace.case.sealing import Sealer
from leaktrace.identifiers.masking import mask_text
from leaktrace.identifiers.segments import carrier_of, region_of
from leaktrace.intake.blocks import ColumnReport, MemberReport, Warning
from leaktrace.times import Moment

CLAIMS = ("seller", "offer_id", "claimed_kind", "price", "price_unit", "currency", "note")


def read_sources(ledger: sqlite3.Connection, sealer: Sealer) -> tuple[Source, ...]:
    """Every source, by its id."""
    rows = ledger.execute("SELECT * FROM sources ORDER BY id")
    return tuple(_source(row, sealer) for row in rows)


def _source(row: sqlite3.Row, sealer: Sealer) -> Source:
    details = sealer.open(row["details_sealed"], "sources.details")
    return Source(
        id=row["id"],
        name=details["name"],
        kind=row["kind"],
        population=row["population"],
        opened_at=_moment_or_none(details["opened_at"]),
        closed_at=_moment_or_none(details["closed_at"]),
        access=row["access"],
        processors=tuple(details["processors"]),
        recipients=tuple(details["recipients"]),
        own_numbers=tuple(details["own_numbers"]),
        note=details["note"],
        kind_as_written=details["kind_as_written"],
    )


def read_canaries(ledger: sqlite3.Connection, sealer: Sealer) -> tuple[Canary, ...]:
    """Every canary with its plantings and tokens, by its id."""
    rows = ledger.execute("SELECT id, identity_sealed FROM canaries ORDER BY id").fetchall()
    identities = [sealer.open(row["identity_sealed"], "canaries.identity") for row in rows]
    mobiles = np.array([identity["mobile"] for identity in identities], dtype=np.uint64)
    plantings = _plantings(ledger)
    tokens = _tokens(ledger)
    carriers, regions = np.zeros((2, len(mobiles)), dtype=np.uint16)
    # A mailbox alone is a canary too.
    has_one = mobiles > 0
    carriers[has_one], regions[has_one] = carrier_of(mobiles[has_one]), region_of(mobiles[has_one])
    return tuple(
        Canary(
            id=row["id"],
            plantings=tuple(plantings[row["id"]]),
            tokens=tokens[row["id"]],
            carrier=int(carriers[at]),
            region=int(regions[at]),
        )
        for at, row in enumerate(rows)
    )


def read_identity(ledger: sqlite3.Connection, sealer: Sealer, canary: str) -> dict[str, str]:
    """The identity of a canary as it was written, its filled fields; empty for an unknown one."""
    row = ledger.execute("SELECT identity_sealed FROM canaries WHERE id = ?", (canary,)).fetchone()
    return dict(sealer.open(row[0], "canaries.identity")["fields"]) if row else {}


def _plantings(ledger: sqlite3.Connection) -> Mapping[str, list[Planting]]:
    found: dict[str, list[Planting]] = defaultdict(list)
    for row in ledger.execute("SELECT * FROM plantings ORDER BY canary, earliest, source"):
        found[row["canary"]].append(Planting(row["source"], _moment(row)))
    return found


def _tokens(ledger: sqlite3.Connection) -> Mapping[str, dict[str, tuple[int, ...]]]:
    found: dict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for row in ledger.execute("SELECT * FROM canary_tokens ORDER BY canary, kind, token"):
        known = found[row["canary"]].get(row["kind"], ())
        found[row["canary"]][row["kind"]] = (*known, int.from_bytes(row["token"], "big"))
    return found


def read_batches(
    ledger: sqlite3.Connection, sealer: Sealer, batch: str | None = None
) -> tuple[Batch, ...]:
    """Every batch (or the one that is named), by the time it was seen, then by its id."""
    rows = ledger.execute(
        "SELECT * FROM batches JOIN lists ON lists.digest = batches.list "
        "WHERE ? IS NULL OR batches.id = ? ORDER BY earliest, batches.id",
        (batch, batch),
    )
    return tuple(_batch(row, _identifiers(ledger, row["digest"]), sealer) for row in rows)


def _batch(row: sqlite3.Row, identifiers: Mapping[str, int], sealer: Sealer) -> Batch:
    original = sealer.open(row["original_sealed"], "batches.original")
    claims = sealer.open(row["claims_sealed"], "batches.claims")
    report = sealer.open(row["report_sealed"], "lists.report")
    return Batch(
        id=row["id"],
        file=mask_text(original["file"]),
        sha256=original["sha256"],
        seen_at=_moment(row),
        rows=row["rows"],
        identified_rows=row["identified_rows"],
        unidentified_rows=row["unidentified_rows"],
        refused_rows=row["refused_rows"],
        duplicate_rows=row["duplicate_rows"],
        people=row["people"],
        identifiers=dict(identifiers),
        facts=report["facts"],
        **{name: claims[name] for name in CLAIMS},
    )


def _identifiers(ledger: sqlite3.Connection, digest: str) -> dict[str, int]:
    rows = ledger.execute(
        "SELECT kind, number FROM list_identifiers WHERE list = ? ORDER BY kind", (digest,)
    )
    return {row["kind"]: row["number"] for row in rows}


def read_references(ledger: sqlite3.Connection, sealer: Sealer) -> tuple[Reference, ...]:
    """The current reference of each source that has one, by the source's id."""
    rows = ledger.execute(
        "SELECT * FROM list_references JOIN lists ON lists.digest = list_references.list "
        "WHERE current = 1 ORDER BY source"
    )
    return tuple(_reference(row, sealer) for row in rows)


def _reference(row: sqlite3.Row, sealer: Sealer) -> Reference:
    original = sealer.open(row["original_sealed"], "references.original")
    return Reference(
        source=row["source"],
        file=mask_text(original["file"]),
        sha256=original["sha256"],
        scaled=row["scaled"],
        people=row["people"],
        rows=row["rows"],
    )


def read_report(ledger: sqlite3.Connection, sealer: Sealer, digest: str) -> dict[str, Any]:
    """What the intake noted of a list: ``columns``, ``layout``, ``facts``, ``refusals`` …"""
    row = ledger.execute("SELECT report_sealed FROM lists WHERE digest = ?", (digest,)).fetchone()
    return dict(sealer.open(row[0], "lists.report"))


def columns_of(report: Mapping[str, Any]) -> tuple[ColumnReport, ...]:
    """The columns in a list's report."""
    return tuple(ColumnReport(**column) for column in report["columns"])


def members_of(report: Mapping[str, Any]) -> tuple[MemberReport, ...]:
    """The files in a list's report; none where it is from before they were kept."""
    return tuple(MemberReport(**member) for member in report.get("members", ()))


def warnings_of(report: Mapping[str, Any]) -> tuple[Warning, ...]:
    """The warnings in a list's report."""
    return tuple(Warning(**warning) for warning in report["warnings"])


def moment_values(moment: Moment | None) -> list[Any] | None:
    """``moment`` as JSON can say it; :func:`_moment_or_none` reads it back."""
    return None if moment is None else [moment.earliest, moment.latest, moment.text]


def _moment_or_none(values: Iterable[Any] | None) -> Moment | None:
    return None if values is None else Moment(*values)


def _moment(row: sqlite3.Row) -> Moment:
    """The moment in a row's columns ``earliest``, ``latest`` and ``text``."""
    return Moment(row["earliest"], row["latest"], row["text"])
