"""Two stages: a robot rings, or a message comes, and soon a human calls those who answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from leaktrace.calls.campaign.linking import FUNNEL, Links
from leaktrace.calls.records import HUMAN, ROBOT, SMS, UNKNOWN, Call, Funnel

_SOON = 3 * 86_400.0
_FIRST, _SECOND = (ROBOT, SMS), (HUMAN, UNKNOWN)
# Of the canaries that a group of second calls rang, at least so many had the first stage before.
_CANARIES, _SHARE = 2, 0.5

Steps = list[tuple[int, int]]


def follow(links: Links) -> Steps:
    """Put second stages with their first ones; all the steps from one to the other that there are.

    A lone call joins the robot's campaign where it recites a mark or sells the same; a group of
    calls joins it where at least two canaries, and half of all that it rang, had both.
    """
    steps = list(_steps(links.calls))
    # Groups first: a lone call that belongs to a group is no longer alone.
    for lone in (False, True):
        offered: dict[tuple[int, int], Steps] = defaultdict(list)
        groups = links.groups()
        for first, second in steps:
            one, other = links.group_of(first), links.group_of(second)
            if one != other and (len(groups[other]) == 1) is lone:
                offered[one, other].append((first, second))
        for (_one, other), both in offered.items():
            if (
                _lone_fits(links.calls, both)
                if lone
                else _group_fits(links.calls, groups[other], both)
            ):
                links.join(*both[0], FUNNEL)
    return steps


def funnels(calls: Sequence[Call], steps: Steps) -> tuple[Funnel, ...]:
    """``steps`` inside one campaign, as they are told."""
    return tuple(
        Funnel(canary, calls[first].id, calls[second].id, _why(calls[first], calls[second]))
        for first, second in steps
        for canary in sorted({*calls[first].canaries} & {*calls[second].canaries})
    )


def _steps(calls: Sequence[Call]) -> Iterator[tuple[int, int]]:
    """Each call that may be a second stage, with the last first stage before it that fits."""
    before: Mapping[str, list[int]] = defaultdict(list)
    for at, call in enumerate(calls):
        if call.kind in _SECOND:
            earlier = {one for canary in call.canaries for one in before[canary]}
            fitting = [one for one in earlier if _fits(calls[one], call)]
            if fitting:
                yield max(fitting, key=lambda one: (_rank(calls[one], call), one)), at
        if call.kind in _FIRST:
            for canary in call.canaries:
                before[canary].append(at)


def _fits(first: Call, second: Call) -> bool:
    soon = 0 <= second.at.earliest - first.at.earliest <= _SOON
    return soon and not (first.sector and second.sector and first.sector != second.sector)


def _rank(first: Call, second: Call) -> int:
    """A robot that sells the same before one of which nobody knows what it sells."""
    return int(bool(first.sector) and first.sector == second.sector)


def _lone_fits(calls: Sequence[Call], steps: Steps) -> bool:
    return any(
        _why(calls[first], calls[second]) in ("recited", "sector") for first, second in steps
    )


def _group_fits(calls: Sequence[Call], group: Sequence[int], steps: Steps) -> bool:
    rung = {canary for at in group for canary in calls[at].canaries}
    both = {canary for _first, second in steps for canary in calls[second].canaries}
    return len(both) >= _CANARIES and len(both) >= _SHARE * len(rung)


def _why(first: Call, second: Call) -> str:
    if second.recited:
        return "recited"
    if first.caller.number and first.caller.number == second.caller.number:
        return "caller"
    if first.sector and first.sector == second.sector:
        return "sector"
    return "script"
