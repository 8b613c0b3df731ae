"""From calls to campaigns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from leaktrace.calls.campaign.funnels import follow, funnels
from leaktrace.calls.campaign.linking import Links, linked
from leaktrace.calls.records import Call, Campaign
from leaktrace.calls.sectors import prevailing
from leaktrace.case.records import Canary

# A campaign rotates its number where most of its calls show one that it had not shown before.
_MANY, _MOST = 3, 0.5
LEAST_CANARIES = 2


def find_campaigns(
    calls: Sequence[Call],
    canaries: Sequence[Canary] = (),
    own_blocks: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Campaign, ...]:
    """The campaigns that ``calls`` show: groups that rang at least two canaries, by time.

    Parameters
    ----------
    calls : sequence of Call
    canaries : sequence of Canary
        They say where those that were rung had been planted.
    own_blocks : mapping of str to frozenset of str, optional
        The blocks of each canary's own numbers (see ``linking.linked``).

    Notes
    -----
    One caller, one block of numbers and one script link calls for a while only. A call that nothing
    links is in no campaign.
    """
    ordered = sorted(calls, key=lambda one: (one.at.earliest, one.at.latest, one.id))
    links = linked(ordered, own_blocks or {})
    steps: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for first, second in follow(links):
        if links.group_of(first) == links.group_of(second):
            steps[links.group_of(first)].append((first, second))
    planted = {canary.id: canary for canary in canaries}
    found = [
        replace(
            _campaign(links, group, members, planted),
            funnels=funnels(ordered, steps[group]),
        )
        for group, members in links.groups().items()
        if len({one for at in members for one in ordered[at].canaries}) >= LEAST_CANARIES
    ]
    return tuple(sorted(found, key=lambda one: (one.first.earliest, one.id)))


def _campaign(
    links: Links, group: int, members: Sequence[int], planted: Mapping[str, Canary]
) -> Campaign:
    calls = [links.calls[at] for at in members]
    rung = sorted({canary for call in calls for canary in call.canaries})
    last = max((call.at for call in calls), key=lambda at: at.latest)
    numbers = {call.caller.number for call in calls if call.caller.number}
    return Campaign(
        id=f"K{calls[0].id[:8]}",
        calls=tuple(call.id for call in calls),
        canaries=tuple(rung),
        sources=_sources([planted[one] for one in rung if one in planted], last.latest),
        first=calls[0].at,
        last=last,
        sector=prevailing(call.sector for call in calls),
        basis=links.basis(group),
        numbers=len(numbers),
        blocks=len({call.caller.block for call in calls if call.caller.block}),
        rotating=len(numbers) >= _MANY and len(numbers) > _MOST * len(calls),
        recited=tuple(sorted({one for call in calls for one in call.recited}, key=repr)),
    )


def _sources(canaries: Sequence[Canary], until: float) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                planting.source
                for canary in canaries
                for planting in canary.plantings
                if planting.source and planting.planted_at.earliest <= until
            }
        )
    )
