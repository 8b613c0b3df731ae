"""From a case to what was heard: lines, and who touched them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from leaktrace.calls.callers import caller_of
from leaktrace.calls.campaign.linking import linked
from leaktrace.calls.campaign.ofcase import own_blocks
from leaktrace.calls.leaking.expected import Expectation, expectations, only_a_code
from leaktrace.calls.leaking.records import Business, Heard, Line, Spans, Touch
from leaktrace.calls.reading import read_calls
from leaktrace.calls.records import Call
from leaktrace.calls.sectors import SECTOR_OF_KIND, prevailing
from leaktrace.canary.pool.burning import burnt_since
from leaktrace.canary.pool.liveness import (
    Interval,
    foreign_since,
    former_callers,
    live_intervals,
    merged,
    users_of_numbers,
    whole_pool,
)
from leaktrace.canary.pool.reading import PoolEntry
from leaktrace.canary.pool.records import SILENT_AFTER_DAYS
from leaktrace.case.case import Case
from leaktrace.case.records import Canary, Source
from leaktrace.identifiers.kinds import LANDLINE, MOBILE, MOBILE_FOREIGN
from leaktrace.times import DAY

_REACH = SILENT_AFTER_DAYS * DAY
_PHONES = (MOBILE.name, LANDLINE.name, MOBILE_FOREIGN.name)
# One caller's later calls to a line are no news for so long: somebody who is asked for again.
_SAME_CALLER = 120 * DAY
_BURST = 3 * DAY
_NAME = "name"


def heard_in(case: Case, calls: Sequence[Call] | None = None) -> Heard | None:
    """What was heard in ``case``; None where no call was noted.

    Parameters
    ----------
    case : Case
    calls : sequence of Call, optional
        What ``read_calls`` gave, where it is at hand.

    Notes
    -----
    The log is taken to be whole from its first call to its last: of a line that is in it, a call in
    that time would stand there. After a canary was burnt, or its number given back, its line says
    nothing.
    """
    heard = read_calls(case) if calls is None else tuple(calls)
    if not heard:
        return None
    start, end = heard[0].at.earliest, max(call.at.latest for call in heard)
    blocks, pool = own_blocks(case, case.canaries()), whole_pool(case)
    lines = _lines(case, pool, heard, blocks, start, end)
    index = {canary: at for at, line in enumerate(lines) for canary in line.canaries}
    sources = case.sources()
    touches, expected = _touches(
        heard,
        linked(heard, blocks).group_of,
        lines,
        index,
        expectations(sources),
        _former(case, pool, index),
    )
    planted = {source for line in lines for source in line.planted}
    known = {one.id: _business(one) for one in sources if one.id in planted}
    return Heard(lines, touches, known, start, end, expected)


def _business(source: Source) -> Business:
    return Business(
        SECTOR_OF_KIND.get(source.kind, ""), bool(source.recipients), source.access == "public"
    )


def _lines(
    case: Case,
    pool: Sequence[PoolEntry],
    heard: Sequence[Call],
    blocks: Mapping[str, frozenset[str]],
    start: float,
    end: float,
) -> tuple[Line, ...]:
    live, foreign = live_intervals(case, entries=pool), foreign_since(case, pool)
    burnt = burnt_since(case)
    rung: dict[str, list[float]] = defaultdict(list)
    for call in heard:
        for canary in call.canaries:
            rung[canary].append(call.at.earliest)
    lines = []
    for group in _by_number(case.canaries()):
        ids = tuple(sorted(one.id for one in group))
        until = min([end, *(gone[one] for gone in (burnt, foreign) for one in ids if one in gone)])
        known = [live[one] for one in ids if one in live]
        times = [at for one in ids for at in rung[one]]
        planted: dict[str, float] = {}
        for one in (planting for canary in group for planting in canary.plantings):
            if one.source is not None:
                at = one.planted_at.latest
                planted[one.source] = min(at, planted.get(one.source, at))
        lines.append(
            Line(
                canaries=ids,
                planted=planted,
                spans=_spans(known[0] if known else None, times, start, until),
                block=next(iter(blocks[ids[0]]), ""),
                known_to_ring=bool(known),
            )
        )
    return tuple(lines)


def _by_number(canaries: Sequence[Canary]) -> list[list[Canary]]:
    """Canaries with a phone, those of one number together."""
    found: dict[tuple[int, ...], list[Canary]] = defaultdict(list)
    for canary in canaries:
        key = tuple(token for kind in _PHONES for token in canary.tokens.get(kind, ()))
        if key:
            found[key].append(canary)
    return list(found.values())


def _spans(
    live: Sequence[Interval] | None, rung: Sequence[float], start: float, end: float
) -> Spans:
    """When a call would have been noted: a while around its heartbeats, and around any call."""
    if live is None:
        return ((start, end),) if start < end else ()
    known = [Interval(span.start - _REACH, span.end + _REACH) for span in live]
    known += [Interval(at - DAY, at + DAY) for at in rung]
    inside = (Interval(max(one.start, start), min(one.end, end)) for one in known)
    found = merged(one for one in inside if one.start < one.end)
    return tuple((one.start, one.end) for one in found)


class _Reached:
    """One campaign, or one caller, at one line: its calls so far."""

    def __init__(self, first: Call, group: int) -> None:
        self.calls = [first]
        self.group = group

    def touch(self, line: int, shared: Mapping[int, int]) -> Touch:
        recited = [one for call in self.calls for one in call.recited if one.source]
        return Touch(
            line=line,
            at=self.calls[0].at.earliest,
            sector=prevailing(call.sector for call in self.calls),
            fixed=all(call.caller.fixed for call in self.calls),
            group=self.group if shared[self.group] > 1 else -1,
            recites=frozenset(one.source for one in recited if one.source),
            only_named=all(one.kinds == (_NAME,) for one in recited),
        )


def _touches(
    heard: Sequence[Call],
    group_of: Callable[[int], int],
    lines: Sequence[Line],
    index: Mapping[str, int],
    may: Mapping[str, Expectation],
    former: Mapping[int, frozenset[str]],
) -> tuple[tuple[Touch, ...], dict[str, int]]:
    expected: Counter[str] = Counter()
    reached: dict[tuple[int, int], _Reached] = {}
    callers = _Callers(former)
    for at, call in enumerate(heard):
        line = index.get(call.canaries[0])
        if line is None or not lines[line].listened(call.at.earliest) or only_a_code(call):
            continue
        theirs = [one for one in lines[line].planted if one in may and may[one].covers(call)]
        theirs = [one for one in theirs if lines[line].planted[one] <= call.at.latest]
        expected.update(theirs)
        if theirs or callers.former(line, call):
            continue
        group = group_of(at)
        one = callers.before(line, call) or reached.get((line, group))
        if one is None:
            one = reached[line, group] = _Reached(call, group)
        else:
            one.calls.append(call)
        callers.heard(line, call, one)
    shared = Counter(group for _line, group in reached)
    found = [one.touch(line, shared) for (line, _group), one in reached.items()]
    ordered = sorted(found, key=lambda one: (one.at, one.line, one.group))
    return tuple(_without_bursts(ordered)), dict(expected)


def _without_bursts(touches: Sequence[Touch]) -> Iterator[Touch]:
    """``touches`` by time, those of single callers that reach one line shortly after one another
    with the same business made one: a boiler room's other telephones."""
    last: dict[int, tuple[float, int]] = {}
    found: list[Touch] = []
    for one in touches:
        at, place = last.get(one.line, (-np.inf, 0))
        if one.group < 0 and one.at - at <= _BURST and _alike(found[place], one):
            found[place] = replace(
                found[place],
                sector=found[place].sector or one.sector,
                fixed=found[place].fixed and one.fixed,
                recites=found[place].recites | one.recites,
                only_named=found[place].only_named and one.only_named,
            )
            last[one.line] = (one.at, place)
            continue
        if one.group < 0:
            last[one.line] = (one.at, len(found))
        found.append(one)
    return iter(found)


def _alike(one: Touch, other: Touch) -> bool:
    return len({one.sector, other.sector} - {""}) < 2


class _Callers:
    """Whose number rang which line before: nobody's identity, but asking again is no news."""

    def __init__(self, former: Mapping[int, frozenset[str]]) -> None:
        self._former = former
        self._last: dict[tuple[int, str], tuple[float, _Reached]] = {}

    def former(self, line: int, call: Call) -> bool:
        """Whether it asks for whoever had the number before."""
        return call.caller.number in self._former.get(line, ())

    def before(self, line: int, call: Call) -> _Reached | None:
        """What its earlier calls belong to, if they are not long past."""
        at, one = self._last.get((line, call.caller.number), (0.0, None))
        return one if one and call.at.earliest - at <= _SAME_CALLER else None

    def heard(self, line: int, call: Call, one: _Reached) -> None:
        """Keep that it rang."""
        if call.caller.number:
            self._last[line, call.caller.number] = (call.at.earliest, one)


def _former(
    case: Case, pool: Sequence[PoolEntry], index: Mapping[str, int]
) -> Mapping[int, frozenset[str]]:
    """Who rang each line before it was planted anywhere, as the pool noted it."""
    users = users_of_numbers(case)
    found: dict[int, frozenset[str]] = {}
    for number, callers in former_callers(case, pool).items():
        numbers = frozenset(caller_of(text).number for text in callers) - {""}
        for line in {index[one] for one in users.get(number, ()) if one in index}:
            found[line] = found.get(line, frozenset()) | numbers
    return found
