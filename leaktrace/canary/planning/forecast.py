"""What a plan can show of a leak of each source: chances, days, and what is missing where it
cannot work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from leaktrace.canary.planning.allotment import Allotment
from leaktrace.canary.planning.power import (
    Leak,
    canaries_needed,
    first_call_days,
    hits_chance,
    hits_distribution,
    least_hits,
    sample_needed,
)
from leaktrace.canary.planning.sources import PlannedSource

_COUNTED = 40


@dataclass(frozen=True, slots=True)
class LeakAssumed:
    """The leak that the power is told for.

    ``rows`` of the source leak, with the filters of the source; ``dialled`` numbers of the list are
    called a day; a chance of ``sure`` is enough; a number comes back by itself with
    ``background``; a source has leaked with the probability ``prior`` beforehand.
    """

    rows: int = 5_000
    dialled: float = 1_000.0
    sure: float = 0.95
    background: float = 0.02
    prior: float = 0.01


@dataclass(frozen=True, slots=True)
class SourcePower:
    """What a plan can show of one source's leak. None: unknown, as the population is, or never.

    Attributes
    ----------
    canaries : int
        Numbers planted there.
    one, two : float or None
        The chance that at least one, two of them are in the leak.
    named : float or None
        The chance that what comes back names this source and no other, one source leaking: enough
        numbers for its size (:func:`least_hits`), and not all of them held by another source, by
        the union bound, so rather more.
    call_days : float or None
        The expected days until the first of them is dialled, if any is in the leak.
    needed, needed_two : int or None
        How many canaries would bring one, two into it with the wished probability.
    smallest : int or None
        The smallest leak, in rows, that the canaries planted would show.
    """

    source: str
    population: int | None
    passes: float
    canaries: int
    one: float | None = None
    two: float | None = None
    named: float | None = None
    call_days: float | None = None
    needed: int | None = None
    needed_two: int | None = None
    smallest: int | None = None

    def works(self, sure: float) -> bool | None:
        """Whether one canary at least is in the leak with the chance ``sure``; None: unknown."""
        return None if self.one is None else self.one >= sure


def source_powers(
    allotment: Allotment,
    sources: Sequence[PlannedSource],
    assumed: LeakAssumed,
    missing: float = 0.0,
) -> tuple[SourcePower, ...]:
    """The power of ``allotment`` at each of ``sources``, which are its rows, in order.

    A leak misses each canary with ``missing``, by itself: as one more filter does.
    """
    held = allotment.code.astype(np.int64)
    shared = held @ held.T
    np.fill_diagonal(shared, 0)
    wanted: dict[Leak, tuple[int | None, int | None]] = {}
    rows = []
    for place, source in enumerate(sources):
        canaries = int(held[place].sum())
        if source.population is None:
            rows.append(SourcePower(source.id, None, source.passes, canaries))
            continue
        passes = source.passes * (1.0 - missing)
        leak = Leak(max(source.population, canaries, 1), assumed.rows, passes)
        if leak not in wanted:
            pair = (canaries_needed(leak, assumed.sure, hits) for hits in (1, 2))
            wanted[leak] = tuple(pair)  # type: ignore[assignment]
        rows.append(_power(source, leak, canaries, shared[place], wanted[leak], assumed))
    return tuple(rows)


def _power(
    source: PlannedSource,
    leak: Leak,
    canaries: int,
    shared: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    needed: tuple[int | None, int | None],
    assumed: LeakAssumed,
) -> SourcePower:
    return SourcePower(
        source.id,
        source.population,
        source.passes,
        canaries,
        one=hits_chance(leak, canaries),
        two=hits_chance(leak, canaries, 2),
        named=named_chance(leak, canaries, shared[shared > 0].tolist(), assumed),
        call_days=first_call_days(leak, canaries, assumed.dialled),
        needed=needed[0],
        needed_two=needed[1],
        smallest=sample_needed(leak, canaries, assumed.sure) if canaries else None,
    )


def named_chance(leak: Leak, canaries: int, overlaps: Sequence[int], assumed: LeakAssumed) -> float:
    """The chance that what comes back of a single leak names its source and no other.

    ``overlaps``: how many of its numbers each other source holds too. Of h numbers that come back,
    drawn from c, all lie within an overlap of o with the chance C(o,h)/C(c,h).
    """
    if not canaries:
        return 0.0
    least = least_hits(canaries, assumed.background, assumed.prior, assumed.sure)
    if least > canaries:
        return 0.0
    most = min(canaries, _COUNTED + least)
    chances = hits_distribution(leak, canaries, most)
    chances[most] += max(0.0, 1.0 - float(chances.sum()))
    named = 0.0
    for hits in range(least, most + 1):
        alike = sum(comb(one, hits) for one in overlaps) / comb(canaries, hits)
        named += float(chances[hits]) * max(0.0, 1.0 - alike)
    return named
