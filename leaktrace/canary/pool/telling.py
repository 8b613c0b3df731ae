"""Recording what happened to numbers: heartbeats, calls, top-ups, handing on, giving back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leaktrace.canary.pool.history import COLUMN, LEFT_OUT, NUMBER, happen, histories
from leaktrace.canary.pool.reading import unknown_number
from leaktrace.canary.pool.records import (
    BURNT,
    CALLED,
    CONTROL,
    EXTENDED,
    FREED,
    HANDED,
    HEARTBEAT,
    LAPSED,
    MISSED,
    PLANTED,
    QUARANTINED,
    RESTING,
    RETURNED,
    TAKEN,
    TOPUP,
    Happening,
    Standing,
    now,
)
from leaktrace.canary.pool.states import standing
from leaktrace.case.case import Case
from leaktrace.case.lines import LineRefused
from leaktrace.case.reading import moment_values
from leaktrace.case.writer import Writer
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _
from leaktrace.times import Moment, day_text, time_text

TOLD = (
    HEARTBEAT, MISSED, CALLED, TOPUP, EXTENDED, LAPSED, HANDED, QUARANTINED, FREED, RESTING,
    RETURNED, BURNT,
)  # fmt: skip
"""What can be told of a number."""

_UNTIL = {QUARANTINED: "quarantine_until", EXTENDED: "contract_end", TOPUP: "topup_due"}
_TESTS = frozenset({HEARTBEAT, MISSED})
_NEEDS_UNTIL = frozenset({QUARANTINED, EXTENDED})


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says has happened to a number.

    Attributes
    ----------
    number : str
    what : str
        One of :data:`TOLD`.
    at : Moment
    to : str
        The new custodian, where it was handed on.
    until : Moment or None
        The contract's new end, the next top-up, the end of a quarantine.
    note : str
    caller : str
        Who called, as it was shown: an unknown person's number.
    """

    number: str
    what: str
    at: Moment
    to: str = field(default="", repr=False)
    until: Moment | None = None
    note: str = field(default="", repr=False)
    caller: str = field(default="", repr=False)

    @property
    def details(self) -> dict[str, Any]:
        """What of it is stored sealed."""
        said: dict[str, Any] = {}
        if self.what == HANDED:
            said["to"] = self.to
        if self.what in _UNTIL:
            said[_UNTIL[self.what]] = moment_values(self.until)
        if self.what == CALLED and self.caller:
            said["caller"] = self.caller
        if self.note:
            said["note"] = self.note
        return said


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many happenings were added, and how many were known already."""

    added: int
    unchanged: int


class Log:
    """Adds to the histories of numbers, for one command, inside its transaction."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        ledger = writer.connection
        self._now = now().latest
        self._kinds = {row["id"]: row["kind"] for row in ledger.execute("SELECT * FROM numbers")}
        found = histories(ledger, writer.sealer, tests=LEFT_OUT)
        self._histories = {number: list(found.get(number, ())) for number in self._kinds}
        self._next = 1 + ledger.execute("SELECT ifnull(max(id), 0) FROM happenings").fetchone()[0]

    def add(self, told: Told) -> str:
        """Add one; ``"added"``, or ``"unchanged"`` where it is known.

        Raises
        ------
        LineRefused
            Then nothing of it is written.
        """
        if told.number not in self._kinds:
            raise LineRefused("unknown-number", unknown_number(told.number).message)
        _check_complete(told)
        if told.at.earliest > self._now:
            raise LineRefused("future", _("this is a day to come; give the day when it happened"))
        history = self._histories[told.number]
        _check_begun(told, history)
        stands = standing(self._kinds[told.number], history, told.at.earliest)
        one = Happening(self._next, NUMBER, told.number, told.what, told.at, told.details)
        if self._is_known(one) or _says_nothing_new(told, stands):
            return "unchanged"
        _check_fits(told, stands)
        happen(self._writer, NUMBER, told.number, told.what, told.at, told.details)
        history.append(one)
        self._next += 1
        return "added"

    def _is_known(self, one: Happening) -> bool:
        rows = self._writer.connection.execute(
            "SELECT details_sealed FROM happenings WHERE subject = 'number' AND subject_id = ? "
            "AND what = ? AND earliest = ? AND latest = ?",
            (one.subject_id, one.what, one.at.earliest, one.at.latest),
        )
        # A test is the same whatever was noted beside it.
        return any(
            one.what in _TESTS
            or _told(self._writer.sealer.open(row[0], COLUMN)) == _told(one.details)
            for row in rows
        )


def tell(case: Case, command: str, told: Sequence[Told], **arguments: Any) -> Recorded:
    """Record what was ``told``, all of it or nothing, as the ``command`` with its ``arguments``.

    Raises
    ------
    LeaktraceError
        Where one of them cannot be: ``unknown-number``, ``future``, ``returned`` …
    """
    statuses: list[str] = []
    with case.writing(command, **arguments) as writer, writer.one_input():
        log = Log(writer)
        for one in told:
            try:
                statuses.append(log.add(one))
            except LineRefused as error:
                raise _refusal(one, error) from None
    return Recorded(statuses.count("added"), statuses.count("unchanged"))


def _refusal(told: Told, error: LineRefused) -> LeaktraceError:
    if error.code == "unknown-number":
        return LeaktraceError(error.reason, code=error.code)
    text = _("number {number}: {reason}").format(number=told.number, reason=error.reason)
    return LeaktraceError(text, code=error.code)


def _told(details: Mapping[str, Any]) -> tuple[Any, ...]:
    """What of ``details`` is more than a note."""
    return tuple(details.get(name) for name in ("to", "caller", *_UNTIL.values()))


def _says_nothing_new(told: Told, stands: Standing | None) -> bool:
    if stands is None:
        return False
    same = told.what == HANDED and stands.custodian == told.to
    return same or (told.what == BURNT and stands.state.code == BURNT)


def _check_complete(told: Told) -> None:
    if told.what == HANDED and not told.to:
        raise LineRefused("no-custodian", _("say to whom it was handed"))
    if told.what in _NEEDS_UNTIL and told.until is None:
        raise LineRefused("no-date", _("say until when"))


def _check_begun(told: Told, history: Sequence[Happening]) -> None:
    begun = [one.at for one in history if one.what == TAKEN]
    # A number may have been known to others before it was the user's.
    if told.what == BURNT or not begun:
        return
    first = min(begun, key=lambda at: at.earliest)
    if told.at.latest < first.earliest:
        raise LineRefused(
            "too-early",
            _("it is in the pool since {day} only; give a day on which it was").format(
                day=time_text(first)
            ),
        )


def _check_fits(told: Told, stands: Standing | None) -> None:
    if stands and stands.state.code == RETURNED:
        raise LineRefused(
            "returned",
            _("it was given back on {day}, and is not yours since").format(
                day=day_text(stands.state.since)
            ),
        )
    check = _FITS.get(told.what)
    if check is not None and stands is not None:
        check(stands)


def _can_be_freed(stands: Standing) -> None:
    if stands.base in (PLANTED, CONTROL):
        raise LineRefused(
            "in-use",
            _("it is planted, or a control: let it rest first (leaktrace canary pool rest)"),
        )


def _can_be_quarantined(stands: Standing) -> None:
    if stands.base in (PLANTED, CONTROL):
        raise LineRefused(
            "in-use", _("it is planted, or a control: a quarantine comes before that")
        )


_FITS: Mapping[str, Callable[[Standing], None]] = {
    FREED: _can_be_freed,
    QUARANTINED: _can_be_quarantined,
}
