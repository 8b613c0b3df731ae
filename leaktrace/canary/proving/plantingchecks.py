"""Checking the plantings of a case: against their records, and those against the commitments."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from leaktrace.canary.proving.commitments import Commitment, covers, read_commitments
from leaktrace.canary.proving.leaves import planting_said
from leaktrace.canary.proving.records import planting_of, read_leaves, read_record
from leaktrace.canary.proving.stamps import check_stamp
from leaktrace.case.case import Case
from leaktrace.case.chain import lenient_text
from leaktrace.case.sealing import Sealer
from leaktrace.case.verification import DIFFERS, SAME, Check
from leaktrace.errors import LeaktraceError

_ROWS = (
    "SELECT plantings.*, identity_sealed, record_sealed, leaf, planting, planting_records.run "
    "AS record_run FROM plantings LEFT JOIN canaries ON canaries.id = plantings.canary "
    "LEFT JOIN planting_records ON planting = plantings.id ORDER BY plantings.id"
)


def planting_checks(case: Case, digests: Sequence[str] = ()) -> tuple[Check, ...]:
    """Compare every planting with its record, and all with each commitment of the case.

    ``digests`` were published: against them shows what somebody who has the case's key changed, or
    what was cut off together with the case's own commitments.
    """
    with lenient_text(case.ledger) as ledger:
        try:
            return tuple(_checks(ledger, case.sealer, digests))
        except (sqlite3.Error, TypeError, ValueError, OverflowError):
            # A changed byte may make of a cell what no query of ours expects.
            return (_check(DIFFERS, "record-damaged", ""),)


def _checks(ledger: sqlite3.Connection, sealer: Sealer, digests: Sequence[str]) -> Iterator[Check]:
    faults = [*_plantings(ledger, sealer), *_orphans(ledger)]
    yield from faults or [Check("case", "", "plantings", SAME)]
    leaves, commitments = read_leaves(ledger), read_commitments(ledger)
    for one in commitments:
        yield _commitment(ledger, leaves, one)
    known = {one.digest for one in commitments}
    for digest in digests:
        code = "" if digest in known else "not-committed"
        yield Check("case", "", "published", DIFFERS if code else SAME, code, digest)


def _plantings(ledger: sqlite3.Connection, sealer: Sealer) -> Iterator[Check]:
    expected = 1
    unrecorded: list[int] = []
    for row in ledger.execute(_ROWS):
        if row["id"] != expected:
            # They are numbered without gaps, since none is ever taken away.
            yield _check(DIFFERS, "planting-gone", str(expected))
        expected = row["id"] + 1
        if row["record_sealed"] is None:
            unrecorded.append(row["id"])
        elif code := _fault(row, sealer):
            yield _check(DIFFERS, code, str(row["id"]))
    if unrecorded:
        # Not a fault: they are from before there were records, or the chain tells of it.
        ends = dict.fromkeys((unrecorded[0], unrecorded[-1]))
        yield _check(SAME, "no-record", "–".join(map(str, ends)))


def _fault(row: sqlite3.Row, sealer: Sealer) -> str:
    try:
        record = read_record(row, sealer)
        identity = sealer.open(row["identity_sealed"] or b"", "canaries.identity")["fields"]
        said: dict[str, Any] = json.loads(record.text)
        now = planting_said(row["id"], row["canary"], planting_of(row), identity)
    except (LeaktraceError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return "record-damaged"
    if not record.sound:
        return "record-leaf"
    changed = any(said.get(name) != value for name, value in now.items())
    changed |= said.get("run") != row["record_run"] or row["record_run"] < row["run"]
    return "planting-changed" if changed else ""


def _orphans(ledger: sqlite3.Connection) -> Iterator[Check]:
    rows = ledger.execute(
        "SELECT planting FROM planting_records LEFT JOIN plantings ON plantings.id = planting "
        "WHERE plantings.id IS NULL ORDER BY planting"
    )
    for row in rows:
        yield _check(DIFFERS, "planting-gone", str(row[0]))


def _commitment(
    ledger: sqlite3.Connection, leaves: Sequence[bytes], commitment: Commitment
) -> Check:
    code = _against(ledger, leaves, commitment)
    if not code and commitment.stamp is not None:
        stamp = check_stamp(commitment.stamp, commitment.digest)
        code = "" if stamp.good else f"stamp-{stamp.code}"
    return Check("case", "", "commitment", DIFFERS if code else SAME, code, str(commitment.number))


def _against(ledger: sqlite3.Connection, leaves: Sequence[bytes], commitment: Commitment) -> str:
    if commitment.plantings > len(leaves):
        return "cut-off"
    if not covers(commitment, leaves):
        return "other-root"
    link = bytes.fromhex(commitment.ledger)
    known = ledger.execute("SELECT 1 FROM links WHERE link = ?", (link,)).fetchone()
    return "" if known or not link else "other-ledger"


def _check(state: str, code: str, place: str) -> Check:
    return Check("case", "", "plantings", state, code, place)
