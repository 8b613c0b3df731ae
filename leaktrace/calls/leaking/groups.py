"""Campaigns that touch several lines, and how often chance alone brings such a one.

A campaign down one source's list touches that source's lines; one that dials at random, or through
a block of numbers, touches any.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import comb, lgamma, log

import numpy as np
import numpy.typing as npt

from leaktrace.calls.leaking.assumed import Assumed
from leaktrace.calls.leaking.records import Heard, Touch
from leaktrace.calls.sectors import prevailing
from leaktrace.times import DAY

Floats = npt.NDArray[np.float64]

FEW = 4.0
"""What is assumed of campaigns is worth so many of them."""


@dataclass(frozen=True, slots=True)
class Group:
    """A campaign: its first touch of each line, by time, and what stands against it.

    Attributes
    ----------
    touches : tuple of Touch
    at : float
        When it began (seconds since 1970).
    sector : str
        That of most touches.
    fixed : bool
    listening : mapping of int to float
        The lines that it could have touched, each with its weight: how often it is rung at all.
    log_background : float
        Log of the background's rate of such campaigns a day, sector and numbers aside.
    """

    touches: tuple[Touch, ...]
    at: float
    sector: str
    fixed: bool
    listening: Mapping[int, float]
    log_background: float


def groups_of(heard: Heard, assumed: Assumed, suspects: Collection[str] = ()) -> tuple[Group, ...]:
    """The campaigns in ``heard``, by time, the background learnt without those that mostly touch
    lines of one of ``suspects``."""
    members: dict[int, list[Touch]] = defaultdict(list)
    for touch in heard.touches:
        if touch.group >= 0:
            members[touch.group].append(touch)
    found = [_first_touches(touches) for touches in members.values()]
    days = max((heard.end - heard.start) / DAY, 1.0)
    sizes = [len(one) for one in found if not _theirs(one, heard, suspects)]
    law = _Sizes(sizes, days)
    blocks, weights = _blocks(heard), _weights(heard)
    groups = (_group(one, heard, law, blocks, weights, assumed.sweep) for one in found)
    return tuple(sorted(groups, key=lambda one: one.at))


def _first_touches(touches: Sequence[Touch]) -> tuple[Touch, ...]:
    first: dict[int, Touch] = {}
    for one in touches:
        first.setdefault(one.line, one)
    return tuple(first.values())


def _theirs(touches: Sequence[Touch], heard: Heard, suspects: Collection[str]) -> bool:
    """Whether most of them are of lines of one suspect."""
    known = Counter(
        one for touch in touches for one in heard.lines[touch.line].planted if one in suspects
    )
    return max(known.values(), default=0) > 0.5 * len(touches)


class _Sizes:
    """How many campaigns a day the background has of so many lines: its own counts, blurred."""

    def __init__(self, sizes: Sequence[int], days: float) -> None:
        self._counts = Counter(sizes)
        self._days = days

    def rate(self, size: int) -> float:
        low, high = int(np.ceil(size / 1.5)), int(size * 1.5)
        near = sum(self._counts[one] for one in range(low, high + 1)) / (high - low + 1)
        return (near + FEW * 0.5 ** (size - 1)) / self._days


def _blocks(heard: Heard) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for at, line in enumerate(heard.lines):
        if line.block:
            found[line.block].add(at)
    return {block: frozenset(lines) for block, lines in found.items()}


def _group(
    touches: tuple[Touch, ...],
    heard: Heard,
    law: _Sizes,
    blocks: Mapping[str, frozenset[int]],
    weights: Floats,
    sweep: float,
) -> Group:
    at = touches[0].at
    hit = [one.line for one in touches]
    listening = {
        index: float(weights[index])
        for index, line in enumerate(heard.lines)
        if index in hit or line.listened(at)
    }
    at_random = log_chance([listening[one] for one in hit], sum(listening.values()))
    swept = _log_swept(frozenset(hit), listening, blocks)
    return Group(
        touches,
        at,
        prevailing(one.sector for one in touches),
        all(one.fixed for one in touches),
        listening,
        log(law.rate(len(hit)))
        + float(np.logaddexp(log(1.0 - sweep) + at_random, log(sweep) + swept)),
    )


def _weights(heard: Heard) -> Floats:
    """How often each line is rung, over what is usual: its own count, moved towards 1."""
    days = np.array([sum(high - low for low, high in line.spans) for line in heard.lines]) / DAY
    counts = np.bincount([one.line for one in heard.touches], minlength=len(heard.lines))
    due = days * counts.sum() / max(days.sum(), 1.0)
    return np.asarray((1.0 + counts) / (1.0 + due))


def log_chance(weights: Sequence[float], among: float) -> float:
    """Log of the probability that just these lines are touched, given how many, where each touch
    picks a line after its weight (nearly so: as if it could pick one twice)."""
    return lgamma(len(weights) + 1) + sum(log(min(one / among, 1.0)) for one in weights)


def _log_swept(
    hit: frozenset[int], listening: Mapping[int, float], blocks: Mapping[str, frozenset[int]]
) -> float:
    """Log of the probability of touching just these lines by dialling through one block, in which
    all lines weigh alike, given their number."""
    for lines in blocks.values():
        if hit <= lines:
            there = len(lines & listening.keys())
            return log(there / len(listening)) - log(comb(there, len(hit)))
    return -np.inf


def by_line(groups: Sequence[Group]) -> Mapping[int, list[int]]:
    """Which of ``groups`` touched each line, by position."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        for one in group.touches:
            found[one.line].append(at)
    return found
