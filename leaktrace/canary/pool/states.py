"""What a number is at a time: a pure function of what happened to it until then.

Happenings count from the earliest instant that they may have been at; those of one instant in the
order in which they were recorded. Silence comes on top of what a number is used for: its contract
has ended, its last heartbeat was missed, or, while it is planted or a control, none was had for
longer than a set number of days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leaktrace.canary.pool.records import (
    BURNT,
    CONTROL,
    EXTENDED,
    FREE,
    FREED,
    HANDED,
    HEARD,
    HEARTBEAT,
    LAPSED,
    MISSED,
    PLANTED,
    QUARANTINED,
    RESTING,
    RETIRED,
    RETURNED,
    SILENT,
    SILENT_AFTER_DAYS,
    TAKEN,
    TOPUP,
    Happening,
    Standing,
    State,
    instant,
)
from leaktrace.times import DAY, Moment

_WATCHED = frozenset({PLANTED, CONTROL})
_RANG = frozenset({QUARANTINED, FREE, PLANTED, CONTROL})


def standing(
    kind: str, history: Iterable[Happening], at: float, silent_after: float = SILENT_AFTER_DAYS
) -> Standing | None:
    """What a number of ``kind`` is at ``at`` (seconds since 1970), None before anything happened.

    Parameters
    ----------
    kind : str
    history : iterable of Happening
        In any order, later ones too.
    at : float
    silent_after : float
        Days without a heartbeat after which a planted number counts as silent.
    """
    course = _Course()
    for one in in_order(history):
        if one.at.earliest <= at:
            course.take(one)
    return course.standing(kind, at, silent_after)


def in_order(history: Iterable[Happening]) -> list[Happening]:
    """``history`` by time, then by the order of recording."""
    return sorted(history, key=lambda one: (one.at.earliest, one.id))


def moment_of(values: Any) -> Moment | None:
    """The moment that details hold as a list."""
    return Moment(*values) if values else None


@dataclass(slots=True)
class _Course:
    """A number's way so far."""

    base: State | None = None
    ended: State | None = None
    custodian: str = ""
    contract_end: Moment | None = None
    topup_due: Moment | None = None
    until: Moment | None = None
    lapsed: Moment | None = None
    heard: Moment | None = None
    missed: Moment | None = None

    def take(self, one: Happening) -> None:
        handler = _HANDLERS.get(one.what)
        if handler is not None:
            handler(self, one)

    def taken(self, one: Happening) -> None:
        self.custodian = one.details.get("custodian", "")
        self.topup_due = moment_of(one.details.get("topup_due"))
        self.contract_end = moment_of(one.details.get("contract_end"))
        if self.base is None:
            self.until = moment_of(one.details.get("quarantine_until"))
            self.base = State(QUARANTINED, one.at, "acquired")

    def quarantined(self, one: Happening) -> None:
        self.until = moment_of(one.details.get("quarantine_until"))
        self.base = State(QUARANTINED, one.at, "acquired")

    def planted(self, one: Happening) -> None:
        if self.base is None or self.base.code != PLANTED:
            self.base = State(PLANTED, one.at, "planted")

    def control(self, one: Happening) -> None:
        if self.base is None or self.base.code not in _WATCHED:
            self.base = State(CONTROL, one.at, "control")

    def set_free(self, one: Happening) -> None:
        self.base = State(FREE, one.at, "freed")

    def resting(self, one: Happening) -> None:
        reason = "retired" if one.what == RETIRED else "resting"
        self.base = State(RESTING, one.at, reason)

    def burnt(self, one: Happening) -> None:
        self.ended = self.ended or State(BURNT, one.at, "burnt")

    def returned(self, one: Happening) -> None:
        if self.ended is None or self.ended.code != RETURNED:
            self.ended = State(RETURNED, one.at, "returned")

    def rang(self, one: Happening) -> None:
        self.heard, self.missed = one.at, None

    def failed(self, one: Happening) -> None:
        self.missed = self.missed or one.at

    def lapse(self, one: Happening) -> None:
        self.lapsed = self.lapsed or one.at

    def extended(self, one: Happening) -> None:
        self.contract_end, self.lapsed = moment_of(one.details.get("contract_end")), None

    def topped_up(self, one: Happening) -> None:
        self.topup_due = moment_of(one.details.get("topup_due"))

    def handed(self, one: Happening) -> None:
        self.custodian = one.details.get("to", "")

    def standing(self, kind: str, at: float, silent_after: float) -> Standing | None:
        used = self._used(at)
        if used is None:
            return None
        ended = self._contract_over(at)
        silent = min(
            [*ended, *self._unheard(kind, used, at, silent_after)],
            key=lambda state: state.since.earliest,
            default=None,
        )
        return Standing(
            state=self.ended or silent or used,
            base=used.code,
            custodian=self.custodian,
            contract_end=self.contract_end,
            topup_due=self.topup_due,
            quarantine_until=self.until if used.code == QUARANTINED else None,
            used_since=used.since,
            heard=self.heard,
            missed=self.missed,
            lapsed=bool(ended),
        )

    def _used(self, at: float) -> State | None:
        base = self.base
        if base is None:
            return self.ended
        if base.code != QUARANTINED or (self.until and at < self.until.earliest):
            return base
        if self.until is None:
            return State(FREE, base.since, "acquired")
        return State(FREE, self.until, "quarantine-over")

    def _contract_over(self, at: float) -> list[State]:
        found = [State(SILENT, self.lapsed, LAPSED)] if self.lapsed else []
        if self.contract_end and self.contract_end.latest < at:
            # The contract holds through the last day that it names.
            found.append(State(SILENT, instant(self.contract_end.latest + 1), "contract-ended"))
        return found

    def _unheard(self, kind: str, used: State, at: float, silent_after: float) -> list[State]:
        if kind not in HEARD or used.code not in _RANG:
            return []
        if self.missed:
            return [State(SILENT, self.missed, "missed-heartbeat")]
        last = max(used.since.earliest, self.heard.earliest if self.heard else used.since.earliest)
        limit = last + silent_after * DAY
        over = used.code in _WATCHED and at > limit
        return [State(SILENT, instant(limit), "no-heartbeat")] if over else []


_HANDLERS: Mapping[str, Callable[[_Course, Happening], None]] = {
    TAKEN: _Course.taken,
    QUARANTINED: _Course.quarantined,
    FREED: _Course.set_free,
    PLANTED: _Course.planted,
    CONTROL: _Course.control,
    RESTING: _Course.resting,
    RETIRED: _Course.resting,
    BURNT: _Course.burnt,
    RETURNED: _Course.returned,
    HEARTBEAT: _Course.rang,
    MISSED: _Course.failed,
    LAPSED: _Course.lapse,
    EXTENDED: _Course.extended,
    TOPUP: _Course.topped_up,
    HANDED: _Course.handed,
}
