"""What the pool knows of its numbers: frozen values, and the codes of what happens to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from leaktrace.times import DAY, SHANGHAI, Moment

MOBILE, LANDLINE, EMAIL, ADDRESS = "mobile", "landline", "email", "address"
KINDS = (MOBILE, LANDLINE, EMAIL, ADDRESS)
PHONES = frozenset({MOBILE, LANDLINE})
"""What had a former owner, and rings."""
HEARD = frozenset({MOBILE, LANDLINE, EMAIL})
"""What a heartbeat can be had of."""

# What happens to a number. The last three are not written for it: they follow from its canaries.
TAKEN, QUARANTINED, FREED = "taken", "quarantined", "freed"
HEARTBEAT, MISSED, CALLED = "heartbeat", "missed", "called"
TOPUP, EXTENDED, LAPSED = "topup", "extended", "lapsed"
HANDED, RESTING, RETURNED, BURNT = "handed", "resting", "returned", "burnt"
PLANTED, CONTROL, RETIRED = "planted", "control", "retired"
KNOWN_TO = "known-to"  # to canaries alone

# States that no happening is called after.
FREE, SILENT = "free", "silent"
STATES = (QUARANTINED, FREE, PLANTED, CONTROL, SILENT, BURNT, RESTING, RETURNED)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
QUARANTINE_DAYS = 90
SILENT_AFTER_DAYS = 45


@dataclass(frozen=True, slots=True)
class PoolNumber:
    """A number, mailbox or address that the user controls, as it stands now.

    Attributes
    ----------
    id : str
    kind : str
        One of :data:`KINDS`.
    value : str
        As it is dialled or written: a secret.
    custodian : str
        Who holds it now.
    carrier, region : str
    contract_end, topup_due : Moment or None
    cost : float or None
        A month.
    note : str
    """

    id: str
    kind: str
    value: str = field(repr=False)
    custodian: str = field(repr=False)
    carrier: str
    region: str
    contract_end: Moment | None
    topup_due: Moment | None
    cost: float | None
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a number or a canary, of which nothing is ever changed.

    ``id`` is the order of recording; what follows from a canary has one beyond all of these.
    """

    id: int
    subject: str
    subject_id: str
    what: str
    at: Moment
    details: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class State:
    """What a number is (``code``, one of :data:`STATES`), since when, and why.

    ``reason`` is a code: ``acquired``, ``quarantine-over``, ``freed``, ``planted``, ``control``,
    ``missed-heartbeat``, ``no-heartbeat``, ``contract-ended``, ``lapsed``, ``burnt``, ``resting``,
    ``retired``, ``returned``.
    """

    code: str
    since: Moment
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """All that follows from a number's history at one time.

    Attributes
    ----------
    state : State
    base : str
        The state but for silence: what it is used for.
    custodian : str
    contract_end, topup_due, quarantine_until : Moment or None
    used_since : Moment
        Since when ``base`` holds.
    heard, missed : Moment or None
        The last heartbeat, and the first that was missed since.
    lapsed : bool
        The contract has ended: the number may be another's.
    """

    state: State
    base: str
    custodian: str = field(repr=False)
    contract_end: Moment | None
    topup_due: Moment | None
    quarantine_until: Moment | None
    used_since: Moment
    heard: Moment | None
    missed: Moment | None
    lapsed: bool


def instant(seconds: float) -> Moment:
    """The moment of one instant (seconds since 1970, UTC)."""
    return Moment(seconds, seconds, _clock(seconds).isoformat(timespec="seconds"))


def whole_day(start: float) -> Moment:
    """The day in Shanghai that begins at ``start``."""
    return Moment(start, start + DAY - 1, f"{_clock(start):%Y-%m-%d}")


def _clock(seconds: float) -> datetime:
    # By adding: Windows knows no time stamps before 1970.
    return (_EPOCH + timedelta(seconds=seconds)).astimezone(SHANGHAI)


def now() -> Moment:
    """This second."""
    return instant(float(int(datetime.now(UTC).timestamp())))


def later(moment: Moment, days: float) -> Moment:
    """``moment`` so many days later, as exact as it was."""
    earliest, latest = moment.earliest + days * DAY, moment.latest + days * DAY
    if moment.latest - moment.earliest == DAY - 1:
        return whole_day(earliest)
    return Moment(earliest, latest, instant(earliest).text)
