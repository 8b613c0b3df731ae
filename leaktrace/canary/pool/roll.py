"""The canaries of a case as those who watch them need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leaktrace.canary.pool.history import CANARY, read_happenings, reason_told
from leaktrace.canary.pool.knowing import Knower, knowers
from leaktrace.canary.pool.reading import read_entries
from leaktrace.canary.pool.records import (
    BURNT,
    CONTROL,
    FREE,
    PHONES,
    PLANTED,
    QUARANTINED,
    RETIRED,
    SILENT,
    SILENT_AFTER_DAYS,
    Happening,
    State,
    now,
)
from leaktrace.canary.pool.sightings import Seen, premature, sightings
from leaktrace.canary.pool.states import in_order
from leaktrace.case.case import Case
from leaktrace.case.records import Canary
from leaktrace.errors import LeaktraceError
from leaktrace.identifiers.masking import mask_text
from leaktrace.messages import _
from leaktrace.times import Moment


@dataclass(frozen=True, slots=True)
class UsedNumber:
    """A number of the pool that a canary uses, what it is at that time, and the reason that was
    given for that."""

    id: str
    kind: str
    state: State | None
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RollEntry:
    """A canary, as it stands at a time.

    Attributes
    ----------
    canary : Canary
    state : State
        ``burnt``, ``retired``, ``silent`` (none of its phones in the pool rings), ``control``,
        ``planted``.
    numbers : tuple of UsedNumber
    knowers : tuple of Knower
    seen : tuple of Seen
        Every list of the case in which it stands.
    early : Seen or None
        The first of them from before it was planted.
    history : tuple of Happening
    """

    canary: Canary
    state: State
    numbers: tuple[UsedNumber, ...]
    knowers: tuple[Knower, ...] = field(repr=False)
    seen: tuple[Seen, ...]
    early: Seen | None
    history: tuple[Happening, ...]


def roll(
    case: Case, at: Moment | None = None, *, silent_after: float = SILENT_AFTER_DAYS
) -> tuple[RollEntry, ...]:
    """Every canary that there was at ``at`` (now, if None), by id. Looks through all lists of the
    case."""
    when = at or now()
    seen = sightings(case)
    early = {one.subject_id: one for one in premature(case, seen) if one.subject == CANARY}
    found: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        if one.subject == CANARY:
            found[one.subject_id].append(one)
    numbers = _numbers(case, when, silent_after)
    knew = knowers(case)
    stories: dict[str, list[Happening]] = defaultdict(list)
    for event in read_happenings(case.ledger, case.sealer, CANARY):
        stories[event.subject_id].append(event)
    return tuple(
        RollEntry(
            canary=canary,
            state=_state(canary, numbers.get(canary.id, ()), stories[canary.id], early, when),
            numbers=tuple(numbers.get(canary.id, ())),
            knowers=knew.get(canary.id, ()),
            seen=tuple(found[canary.id]),
            early=early.get(canary.id),
            history=tuple(in_order(stories[canary.id])),
        )
        for canary in case.canaries()
        if _begun(canary).earliest <= when.latest
    )


def roll_entry(case: Case, canary_id: str, at: Moment | None = None) -> RollEntry:
    """One canary of :func:`roll`.

    Raises
    ------
    LeaktraceError
        ``unknown-canary``.
    """
    for entry in roll(case, at):
        if entry.canary.id == canary_id:
            return entry
    raise LeaktraceError(
        _("there is no canary {canary} in this case; see: leaktrace canary list").format(
            canary=mask_text(canary_id)
        ),
        code="unknown-canary",
    )


def _numbers(case: Case, when: Moment, silent_after: float) -> Mapping[str, Sequence[UsedNumber]]:
    entries = {
        one.number.id: one
        for one in read_entries(case.ledger, case.sealer, when, silent_after=silent_after)
    }
    found: dict[str, list[UsedNumber]] = defaultdict(list)
    for row in case.ledger.execute("SELECT * FROM canary_numbers ORDER BY canary, number"):
        entry = entries[row["number"]]
        state = entry.standing.state if entry.standing else None
        why = reason_told(state, entry.history) if state else ""
        found[row["canary"]].append(UsedNumber(entry.number.id, entry.number.kind, state, why))
    return found


def _state(
    canary: Canary,
    numbers: Sequence[UsedNumber],
    story: Iterable[Happening],
    early: Mapping[str, Seen],
    when: Moment,
) -> State:
    ended = [
        State(one.what, one.at, one.what)
        for one in in_order(story)
        if one.what in (BURNT, RETIRED) and one.at.earliest <= when.latest
    ]
    found = early.get(canary.id)
    if found and found.at.earliest <= when.latest:
        ended.append(State(BURNT, found.at, "found-early"))
    ended.sort(key=lambda state: (state.code != BURNT, state.since.earliest))
    if ended:
        return ended[0]
    phones = [one.state for one in numbers if one.kind in PHONES and one.state]
    # One that is free then was made a control later, and would ring.
    if phones and not any(state.code in (PLANTED, CONTROL, FREE, QUARANTINED) for state in phones):
        # Silent since the last of them fell silent.
        last = max(phones, key=lambda state: state.since.earliest)
        return State(SILENT, last.since, last.reason)
    code = PLANTED if any(one.source for one in canary.plantings) else CONTROL
    return State(code, _begun(canary), code)


def _begun(canary: Canary) -> Moment:
    """Since when it is a canary."""
    planted = [one.planted_at for one in canary.plantings if one.source]
    moments = planted or [one.planted_at for one in canary.plantings]
    if not moments:
        raise LeaktraceError(
            _(
                "the planting of canary {canary} is gone: somebody changed the case's ledger, or "
                "it is damaged; run: leaktrace verify"
            ).format(canary=canary.id),
            code="damaged",
        )
    return min(moments, key=lambda moment: moment.earliest)
