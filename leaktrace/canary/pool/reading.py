"""The pool as a case holds it: its numbers, and what each is at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from leaktrace.canary.pool.history import LEFT_OUT, OPENED, SEALED, histories
from leaktrace.canary.pool.records import (
    SILENT_AFTER_DAYS,
    Happening,
    PoolNumber,
    Standing,
    State,
    now,
)
from leaktrace.canary.pool.states import standing
from leaktrace.case.case import Case
from leaktrace.case.sealing import Sealer
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _
from leaktrace.times import Moment

COLUMN = "numbers.details"


@dataclass(frozen=True, slots=True)
class PoolEntry:
    """A number with its history, and how it stands at the time that was asked for.

    ``standing`` is None where nothing had happened to it by then.
    """

    number: PoolNumber
    history: tuple[Happening, ...] = field(repr=False)
    standing: Standing | None


def read_entries(
    ledger: sqlite3.Connection,
    sealer: Sealer,
    at: Moment | None = None,
    *,
    silent_after: float = SILENT_AFTER_DAYS,
    number_id: str | None = None,
    whole: bool = False,
    tested: bool = True,
) -> tuple[PoolEntry, ...]:
    """The numbers of the pool (or the one that is named), by id, at ``at`` (now, if None).

    A custodian, a contract's end and the next top-up are those at that time. Only with ``whole`` is
    it read what was noted beside heartbeats and calls. Without ``tested`` these are left out, which
    is faster: silence does not show then.
    """
    until = (at or now()).latest
    tests = (OPENED if whole else SEALED) if tested else LEFT_OUT
    found = histories(ledger, sealer, number_id, tests=tests)
    rows = ledger.execute(
        "SELECT * FROM numbers WHERE ? IS NULL OR id = ? ORDER BY id", (number_id, number_id)
    )
    return tuple(_entry(row, sealer, found.get(row["id"], ()), until, silent_after) for row in rows)


def _entry(
    row: sqlite3.Row,
    sealer: Sealer,
    history: tuple[Happening, ...],
    until: float,
    silent_after: float,
) -> PoolEntry:
    details = sealer.open(row["details_sealed"], COLUMN)
    stands = standing(row["kind"], history, until, silent_after)
    number = PoolNumber(
        id=row["id"],
        kind=row["kind"],
        value=details["value"],
        custodian=stands.custodian if stands else "",
        carrier=details["carrier"],
        region=details["region"],
        contract_end=stands.contract_end if stands else None,
        topup_due=stands.topup_due if stands else None,
        cost=details["cost"],
        note=details["note"],
    )
    return PoolEntry(number, history, stands)


def read_pool(case: Case) -> tuple[PoolNumber, ...]:
    """Every number of the pool as it stands now, by id."""
    return tuple(entry.number for entry in read_entries(case.ledger, case.sealer))


def states(
    case: Case, at: Moment | None = None, *, silent_after: float = SILENT_AFTER_DAYS
) -> Mapping[str, State]:
    """What each number is at ``at`` (now, if None), by its id.

    A number to which nothing had happened by then is left out.
    """
    entries = read_entries(case.ledger, case.sealer, at, silent_after=silent_after)
    return {one.number.id: one.standing.state for one in entries if one.standing}


def state_of(
    case: Case, number_id: str, at: float, *, silent_after: float = SILENT_AFTER_DAYS
) -> State | None:
    """What one number is at ``at`` (seconds since 1970); None before anything happened to it.

    Raises
    ------
    LeaktraceError
        ``unknown-number``.
    """
    entry = read_entry(case, number_id)
    stands = standing(entry.number.kind, entry.history, at, silent_after)
    return stands.state if stands else None


def read_entry(
    case: Case,
    number_id: str,
    at: Moment | None = None,
    *,
    silent_after: float = SILENT_AFTER_DAYS,
) -> PoolEntry:
    """One number with its whole history.

    Raises
    ------
    LeaktraceError
        ``unknown-number``.
    """
    found = read_entries(
        case.ledger, case.sealer, at, silent_after=silent_after, number_id=number_id, whole=True
    )
    if not found:
        raise unknown_number(number_id)
    return found[0]


def unknown_number(number_id: str) -> LeaktraceError:
    """The error for a number that is not there, named by what may be somebody's number."""
    from leaktrace.identifiers.masking import mask_text

    return LeaktraceError(
        _("there is no number {number} in the pool; see: leaktrace canary pool list").format(
            number=mask_text(number_id)
        ),
        code="unknown-number",
    )
