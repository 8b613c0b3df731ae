"""What needs doing to keep the pool alive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from leaktrace.canary.pool.reading import PoolEntry, read_entries
from leaktrace.canary.pool.records import (
    BURNT,
    CONTROL,
    FREE,
    HEARD,
    PLANTED,
    QUARANTINED,
    RESTING,
    RETURNED,
    SILENT_AFTER_DAYS,
    later,
    now,
)
from leaktrace.case.case import Case
from leaktrace.times import DAY, Moment

HEARTBEAT_DAYS = 30
"""Days between heartbeats: fewer than those after which a number counts as silent, so that one that
comes late does no harm."""

HEARTBEAT_DUE, TOPUP_DUE = "heartbeat", "topup"
CONTRACT_END, QUARANTINE_OVER = "contract-end", "quarantine-over"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done for a number.

    Attributes
    ----------
    what : str
        ``heartbeat``, ``topup``, ``contract-end``, ``quarantine-over``.
    number : str
    custodian : str
    due : Moment
    overdue : bool
        It should have been done before the time that was asked for.
    state : str
        The number's state at that time.
    """

    what: str
    number: str
    custodian: str = field(repr=False)
    due: Moment
    overdue: bool
    state: str


def due(
    case: Case,
    at: Moment | None = None,
    within: float = 14,
    *,
    every: float = HEARTBEAT_DAYS,
    silent_after: float = SILENT_AFTER_DAYS,
) -> tuple[Duty, ...]:
    """What is to be done at ``at`` (now, if None) and in the ``within`` days after it.

    Heartbeats are due every ``every`` days of all that can ring and is not put aside, and at once
    after a missed one. Sorted by custodian, then by day, number and kind of duty.
    """
    when = at or now()
    entries = read_entries(case.ledger, case.sealer, when, silent_after=silent_after)
    found = [
        duty
        for entry in entries
        for duty in _duties(entry, when, within, every)
        if duty.due.earliest <= when.latest + within * DAY
    ]
    return tuple(
        sorted(found, key=lambda one: (one.custodian, one.due.earliest, one.number, one.what))
    )


def _duties(entry: PoolEntry, when: Moment, within: float, every: float) -> Iterator[Duty]:
    stands = entry.standing
    if stands is None or stands.state.code == RETURNED:
        return
    for what, moment in _moments(entry, within, when, every):
        yield Duty(
            what,
            entry.number.id,
            stands.custodian,
            moment,
            overdue=moment.latest < when.earliest and what != QUARANTINE_OVER,
            state=stands.state.code,
        )


def _moments(
    entry: PoolEntry, within: float, when: Moment, every: float
) -> Iterator[tuple[str, Moment]]:
    stands = entry.standing
    assert stands is not None
    if stands.contract_end:
        yield CONTRACT_END, stands.contract_end
    if stands.topup_due:
        yield TOPUP_DUE, stands.topup_due
    if stands.state.code == BURNT:
        return
    if stands.base == QUARANTINED and stands.quarantine_until:
        yield QUARANTINE_OVER, stands.quarantine_until
    new = stands.used_since.earliest > when.earliest - within * DAY
    if stands.base == FREE and stands.state.reason == "quarantine-over" and new:
        yield QUARANTINE_OVER, stands.used_since
    if stands.base != RESTING and entry.number.kind in HEARD and not stands.lapsed:
        yield HEARTBEAT_DUE, _next_heartbeat(entry, every)


def _next_heartbeat(entry: PoolEntry, every: float) -> Moment:
    stands = entry.standing
    assert stands is not None
    if stands.missed:
        return stands.missed
    if stands.heard:
        return later(stands.heard, every)
    # None yet: before it is planted it must be known to ring.
    return stands.used_since if stands.base in (PLANTED, CONTROL) else _taken(entry)


def _taken(entry: PoolEntry) -> Moment:
    return min((one.at for one in entry.history), key=lambda moment: moment.earliest)
