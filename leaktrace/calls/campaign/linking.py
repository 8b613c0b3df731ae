"""Which calls belong together: one script, one caller for a while, or one block of numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from leaktrace.calls.records import Call
from leaktrace.calls.scripts import script_groups
from leaktrace.times import DAY

SCRIPT, CALLER, BLOCK, FUNNEL = "script", "caller", "block", "funnel"

# A script that nobody read for so long is another campaign when it comes back.
_SILENCE = 45 * DAY
# A number from a rotating pool is one campaign's for days, a rented one for months; neither is
# anybody's identity.
_ROTATING, _RENTED = 7 * DAY, 30 * DAY
_BURST = 3 * DAY
_POOLED = ("mobile", "virtual")


class Links:
    """Groups of calls that grow; ``basis`` says by which links each group came together."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self.calls = calls
        self._parent = list(range(len(calls)))
        self._basis: dict[int, set[str]] = defaultdict(set)

    def group_of(self, at: int) -> int:
        """The group of the call at position ``at``."""
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, a: int, b: int, basis: str) -> None:
        """Make the groups of two calls one."""
        one, other = sorted((self.group_of(a), self.group_of(b)))
        if one != other:
            self._parent[other] = one
            self._basis[one] |= self._basis.pop(other, set())
        self._basis[one].add(basis)

    def basis(self, group: int) -> tuple[str, ...]:
        """By which links ``group`` came together."""
        return tuple(sorted(self._basis.get(group, ())))

    def groups(self) -> Mapping[int, list[int]]:
        """The positions of the calls in each group, by time."""
        found: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self.calls)):
            found[self.group_of(at)].append(at)
        return found


def linked(calls: Sequence[Call], own_blocks: Mapping[str, frozenset[str]]) -> Links:
    """``calls``, which come by time, in groups.

    ``own_blocks`` are the blocks of each canary's own numbers: a caller that shows a neighbour's
    number shows nothing.
    """
    links = Links(calls)
    scripts = script_groups([call.transcript for call in calls])
    for basis, pairs in (
        (SCRIPT, _by_script(calls, scripts)),
        (CALLER, _by_caller(calls)),
        (BLOCK, _by_block(calls, scripts, own_blocks)),
    ):
        for a, b in pairs:
            links.join(a, b, basis)
    return links


def _by_script(calls: Sequence[Call], scripts: Sequence[int]) -> Iterator[tuple[int, int]]:
    last: dict[int, int] = {}
    for at, script in enumerate(scripts):
        if script < 0:
            continue
        before = last.get(script)
        if before is not None and _gap(calls[before], calls[at]) <= _SILENCE:
            yield before, at
        last[script] = at


def _by_caller(calls: Sequence[Call]) -> Iterator[tuple[int, int]]:
    # By number and sector: a rented line is used by several.
    last: dict[str, dict[str, int]] = defaultdict(dict)
    for at, call in enumerate(calls):
        number = call.caller.number
        if not number or call.caller.kind in ("service", "other"):
            continue
        reach = _RENTED if call.caller.fixed else _ROTATING
        before = [last[number][sector] for sector in _of(call.sector, last[number])]
        if before and _gap(calls[max(before)], call) <= reach:
            yield max(before), at
        last[number][call.sector] = at


def _of(sector: str, known: Mapping[str, int]) -> list[str]:
    """In which of the ``known`` sectors of a number a call may be: where it has none, and the
    number several, nobody knows which."""
    if sector:
        return [one for one in (sector, "") if one in known]
    return list(known) if len(known.keys() - {""}) < 2 else [""] * ("" in known)


def _by_block(
    calls: Sequence[Call],
    scripts: Sequence[int],
    own_blocks: Mapping[str, frozenset[str]],
) -> Iterator[tuple[int, int]]:
    last: dict[str, int] = {}
    for at, call in enumerate(calls):
        block = call.caller.block
        neighbour = any(block in own_blocks.get(canary, ()) for canary in call.canaries)
        if call.caller.kind not in _POOLED or neighbour:
            continue
        before = last.get(block)
        if before is not None and _in_burst(calls, scripts, before, at):
            yield before, at
        last[block] = at


def _in_burst(calls: Sequence[Call], scripts: Sequence[int], before: int, at: int) -> bool:
    one, other = calls[before], calls[at]
    sectors = {one.sector, other.sector} - {""}
    read = {scripts[before], scripts[at]} - {-1}
    differs = one.caller.number != other.caller.number
    return differs and _gap(one, other) <= _BURST and len(sectors) < 2 and len(read) < 2


def _gap(one: Call, other: Call) -> float:
    return other.at.earliest - one.at.earliest
