"""The ledger's happenings: appending one, and reading the history of numbers and canaries."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from leaktrace.canary.pool.records import (
    BURNT,
    CALLED,
    CONTROL,
    HEARTBEAT,
    MISSED,
    PLANTED,
    RESTING,
    RETIRED,
    RETURNED,
    TAKEN,
    Happening,
    State,
    instant,
)
from leaktrace.case.sealing import Sealer
from leaktrace.case.writer import Writer
from leaktrace.times import Moment

NUMBER, CANARY = "number", "canary"
COLUMN = "happenings.details"
OPENED, SEALED, LEFT_OUT = "opened", "sealed", "left-out"
"""How tests and calls are read, which are most of a history: whole; without what was noted beside
them, from which nothing follows; or not at all, where only custody and use matter."""

_TESTS = (HEARTBEAT, MISSED, CALLED)
_TOLD_OF = {
    BURNT: (BURNT,),
    RESTING: (RESTING, RETIRED),
    RETIRED: (RETIRED,),
    RETURNED: (RETURNED,),
}
DERIVED = 1 << 62
"""From here on are the ids of what follows from canaries."""


def happen(
    writer: Writer,
    subject: str,
    subject_id: str,
    what: str,
    moment: Moment,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Append what happened to a number or a canary; to be called inside a transaction.

    Parameters
    ----------
    writer : Writer
    subject : str
        ``"number"`` or ``"canary"``.
    subject_id : str
    what : str
        One of the codes in records.py.
    moment : Moment
        When; it may be long before it is recorded.
    details : mapping, optional
        Anything JSON can say; it is sealed.
    """
    writer.connection.execute(
        "INSERT INTO happenings (subject, subject_id, what, earliest, latest, text, "
        "details_sealed, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            subject,
            subject_id,
            what,
            moment.earliest,
            moment.latest,
            moment.text,
            writer.sealer.seal(dict(details or {}), COLUMN),
            writer.run(),
        ),
    )


def read_happenings(
    ledger: sqlite3.Connection,
    sealer: Sealer,
    subject: str,
    subject_id: str | None = None,
    *,
    tests: str = OPENED,
) -> Iterator[Happening]:
    """What was recorded of numbers or canaries, or of the one that is named, as recorded.

    ``tests`` is one of ``OPENED``, ``SEALED``, ``LEFT_OUT``.
    """
    rows = ledger.execute(
        "SELECT * FROM happenings WHERE subject = ? AND (? IS NULL OR subject_id = ?) "
        "AND (? OR what NOT IN (?, ?, ?)) ORDER BY id",
        (subject, subject_id, subject_id, tests != LEFT_OUT, *_TESTS),
    )
    for row in rows:
        opened = tests == OPENED or row["what"] not in _TESTS
        yield Happening(
            row["id"],
            subject,
            row["subject_id"],
            row["what"],
            Moment(row["earliest"], row["latest"], row["text"]),
            sealer.open(row["details_sealed"], COLUMN) if opened else {},
        )


def reason_told(state: State, history: Iterable[Happening]) -> str:
    """The reason that was given for ``state`` when it was told; empty where none was."""
    whats = _TOLD_OF.get(state.code, ())
    notes = (
        str(one.details.get("note") or "")
        for one in history
        if one.what in whats and one.at == state.since
    )
    return next((note for note in notes if note), "")


def histories(
    ledger: sqlite3.Connection,
    sealer: Sealer,
    number_id: str | None = None,
    *,
    tests: str = SEALED,
) -> dict[str, tuple[Happening, ...]]:
    """The history of each number (or the one that is named), by its id: what was recorded of it,
    and what follows from the canaries that use it.

    ``tests`` is one of ``OPENED``, ``SEALED``, ``LEFT_OUT``.
    """
    found: dict[str, list[Happening]] = defaultdict(list)
    for one in read_happenings(ledger, sealer, NUMBER, number_id, tests=tests):
        if one.what == TAKEN:
            # Taken in without a day, which has now been said: the ledger keeps both.
            found[one.subject_id] = [it for it in found[one.subject_id] if it.what != TAKEN]
        found[one.subject_id].append(one)
    used = _users(ledger, number_id)
    canaries = {canary for users in used.values() for canary in users}
    of_canaries = _of_canaries(ledger, sealer, canaries)
    for number, users in used.items():
        for what, at, details in (item for canary in users for item in of_canaries[canary]):
            place = DERIVED + len(found[number])
            found[number].append(Happening(place, NUMBER, number, what, at, details))
    return {number: tuple(history) for number, history in found.items()}


_Derived = tuple[str, Moment, Mapping[str, Any]]


def _users(ledger: sqlite3.Connection, number_id: str | None) -> dict[str, list[str]]:
    used: dict[str, list[str]] = defaultdict(list)
    for row in ledger.execute(
        "SELECT canary, number FROM canary_numbers WHERE ? IS NULL OR number = ? ORDER BY 2, 1",
        (number_id, number_id),
    ):
        used[row["number"]].append(row["canary"])
    return used


def _of_canaries(
    ledger: sqlite3.Connection, sealer: Sealer, canaries: Iterable[str]
) -> Mapping[str, list[_Derived]]:
    """What follows for the numbers of each of ``canaries``."""
    wanted = frozenset(canaries)
    found: dict[str, list[_Derived]] = defaultdict(list)
    for row in ledger.execute(
        "SELECT plantings.*, started_at FROM plantings JOIN runs ON runs.id = plantings.run "
        "ORDER BY plantings.id"
    ):
        if row["canary"] in wanted:
            what = CONTROL if row["source"] is None else PLANTED
            told = {"canary": row["canary"], "source": row["source"]}
            found[row["canary"]].append((what, _planted_at(row), told))
    for one in read_happenings(ledger, sealer, CANARY):
        if one.subject_id in wanted and one.what in (BURNT, RETIRED):
            told = {"canary": one.subject_id, **one.details}
            found[one.subject_id].append((one.what, one.at, told))
    return found


def _planted_at(row: sqlite3.Row) -> Moment:
    if row["text"]:
        return Moment(row["earliest"], row["latest"], row["text"])
    # A control may leave its date empty: it is one since it was recorded.
    return instant(datetime.fromisoformat(row["started_at"]).timestamp())
