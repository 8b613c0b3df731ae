"""The campaigns of a case, each with the size of its list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from leaktrace.calls.callers import caller_of
from leaktrace.calls.campaign.finding import find_campaigns
from leaktrace.calls.campaign.sizes import Exposed, list_size
from leaktrace.calls.reading import read_calls
from leaktrace.calls.records import Call, Campaign, Size
from leaktrace.canary.pool.liveness import Interval, live_intervals
from leaktrace.canary.pool.records import SILENT_AFTER_DAYS
from leaktrace.case.case import Case
from leaktrace.case.records import Canary
from leaktrace.times import DAY

_REACH = SILENT_AFTER_DAYS * DAY


def campaigns(case: Case, calls: Sequence[Call] | None = None) -> tuple[Campaign, ...]:
    """The campaigns that the calls of a case show, by time.

    Parameters
    ----------
    case : Case
    calls : sequence of Call, optional
        What ``read_calls`` gave, where it is at hand.
    """
    heard = read_calls(case) if calls is None else calls
    canaries = case.canaries()
    found = find_campaigns(heard, canaries, own_blocks(case, canaries))
    populations = {source.id: source.population for source in case.sources()}
    live = live_intervals(case)
    by_id = {call.id: call for call in heard}
    return tuple(replace(one, size=_size(one, by_id, canaries, populations, live)) for one in found)


def own_blocks(case: Case, canaries: Sequence[Canary]) -> Mapping[str, frozenset[str]]:
    """The blocks of each canary's own numbers, by its id."""
    found = {}
    for canary in canaries:
        number = case.reveal_canary(canary.id).get("mobile", "")
        found[canary.id] = frozenset({caller_of(number).block} - {""})
    return found


def _size(
    campaign: Campaign,
    calls: Mapping[str, Call],
    canaries: Sequence[Canary],
    populations: Mapping[str, int | None],
    live: Mapping[str, Sequence[Interval]],
) -> Size:
    rung = [calls[one] for one in campaign.calls]
    first: dict[str, float] = {}
    for call in rung:
        for canary in call.canaries:
            first.setdefault(canary, call.at.earliest)
    could = [one for one in canaries if one.id in first or _rang(one, campaign, live)]
    exposed = _exposed(could, first, populations, campaign.first.latest)
    return list_size(exposed, tuple(first.values()), len(rung) / max(len(first), 1))


def _rang(canary: Canary, campaign: Campaign, live: Mapping[str, Sequence[Interval]]) -> bool:
    """Whether its phone may have rung for the campaign: one that was silent says nothing.

    Shortly before its first heartbeat and after its last one nothing else was heard of it.
    """
    if canary.id not in live:
        return True
    start, end = campaign.first.earliest - _REACH, campaign.last.latest + _REACH
    return any(span.start <= end and start <= span.end for span in live[canary.id])


def _exposed(
    canaries: Sequence[Canary],
    hits: Mapping[str, float],
    populations: Mapping[str, int | None],
    until: float,
) -> list[Exposed]:
    """The sources that explain the hits, those with most first; each canary counts for one."""
    planted: dict[str, set[str]] = defaultdict(set)
    for canary in canaries:
        for planting in canary.plantings:
            if planting.source and planting.planted_at.earliest <= until:
                planted[planting.source].add(canary.id)
    left = set(hits)
    found: list[Exposed] = []
    while True:
        ranked = sorted(planted, key=lambda source: (-len(planted[source] & left), source))
        if not ranked or not planted[ranked[0]] & left:
            return found
        source = ranked[0]
        mine = planted.pop(source)
        hit = mine & left
        # Those that another source explains say nothing of this one.
        could = len(mine) - len((mine - hit) & set(hits))
        found.append(Exposed(source, populations.get(source), could, len(hit)))
        left -= hit
