"""Canaries that are none any more: burnt, since others know of them, or retired."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from leaktrace.canary.pool.history import CANARY, NUMBER, happen, read_happenings
from leaktrace.canary.pool.knowing import happen_to_canaries
from leaktrace.canary.pool.records import BURNT, RETIRED
from leaktrace.canary.pool.sightings import BATCH, Place, Seen, premature, sightings
from leaktrace.canary.pool.telling import Recorded
from leaktrace.case.case import Case
from leaktrace.errors import UsageError
from leaktrace.messages import _
from leaktrace.times import Moment, time_text


def burn(case: Case, canaries: Sequence[str], why: str, at: Moment | None = None) -> Recorded:
    """Mark ``canaries``, and so the numbers that they use, as burnt: there is no way back.

    Raises
    ------
    LeaktraceError
        ``unknown-canary``, ``future``; :class:`UsageError` where no reason is given.
    """
    if not why.strip():
        raise UsageError(_("say why, as in --why “named in a complaint”"))
    return happen_to_canaries(case, "canary burn", canaries, BURNT, at, {"note": why.strip()})


def retire(
    case: Case, canaries: Sequence[str], why: str = "", at: Moment | None = None
) -> Recorded:
    """Mark ``canaries`` as no longer watched; their numbers rest.

    Raises
    ------
    LeaktraceError
        ``unknown-canary``, ``future``.
    """
    return happen_to_canaries(case, "canary retire", canaries, RETIRED, at, {"note": why.strip()})


def unmarked(case: Case, lists: Collection[Place] | None = None) -> tuple[Seen, ...]:
    """What :func:`~leaktrace.canary.pool.sightings.premature` finds in ``lists`` (in all of the
    case, if None) and is not marked as burnt."""
    found = premature(case, sightings(case, lists))
    if not found:
        return ()
    burnt = {
        (one.subject, one.subject_id)
        for subject in (CANARY, NUMBER)
        for one in read_happenings(case.ledger, case.sealer, subject)
        if one.what == BURNT
    }
    return tuple(one for one in found if (one.subject, one.subject_id) not in burnt)


def burn_premature(case: Case, found: Sequence[Seen] | None = None) -> tuple[Seen, ...]:
    """Mark as burnt what was ``found`` (what :func:`unmarked` finds, if None), since it was there,
    with where that was as the reason."""
    marked = unmarked(case) if found is None else tuple(found)
    if not marked:
        return ()
    with case.writing("canary burn", found=True) as writer, writer.one_input():
        for one in marked:
            details = {"note": found_text(one), "place": one.place, "place_id": one.place_id}
            happen(writer, one.subject, one.subject_id, BURNT, one.at, details)
    return marked


def found_text(one: Seen) -> str:
    """Where it was found too early, in words."""
    if one.place == BATCH:
        said = _("found in batch {place}, seen {day}, before it was planted")
    else:
        said = _("found in the reference list of {place}, there by {day}, before it was planted")
    return said.format(place=one.place_id, day=time_text(one.at))


def burnt_since(case: Case) -> Mapping[str, float]:
    """Since when others know of each burnt canary (seconds since 1970, as early as the day allows),
    by its id: whoever puts it into a list after that proves nothing."""
    found: dict[str, float] = {}
    for one in read_happenings(case.ledger, case.sealer, CANARY):
        if one.what == BURNT:
            since = one.at.earliest
            found[one.subject_id] = min(since, found.get(one.subject_id, since))
    return dict(sorted(found.items()))
