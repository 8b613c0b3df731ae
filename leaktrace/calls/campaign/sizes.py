"""How long a campaign's list is, and how fast it is called, from the canaries that were hit.

Canaries stand anywhere in a list. Of ``c`` canaries planted among ``P`` people of a source, a list
of ``N`` of these holds ``k`` with a chance of ``N / P`` for each, so that with a prior of ``1 / N``
(no length is likelier than another but for its order of magnitude) ``N / P`` is Beta(k, c - k + 1)
distributed. A list that is called evenly in an order that knows nothing of canaries, over a time
``T``, has its first and last of ``k`` hits a share Beta(k - 1, 2) of ``T`` apart (the range of a
uniform sample: David and Nagaraja, Order Statistics, 3rd ed. 2003, section 2.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.calls.records import Interval, Size
from leaktrace.times import DAY

Draws = npt.NDArray[np.float64]

LINE_DIALS = (800, 1000)
"""Calls that one line can place a day, as vendors of dialling say."""

_DRAWS = 8_000
_SEED = 7
_WHOLE = 0.5
_LEAST = 2
# Nobody is called at night: what lies within one day took that day's hours.
_SHORTEST_DAYS = 1.0


@dataclass(frozen=True, slots=True)
class Exposed:
    """The canaries of one source that a campaign could have hit.

    ``population`` is None where nobody knows how many people the source has.
    """

    source: str
    population: int | None
    planted: int
    hit: int


def list_size(
    exposed: Sequence[Exposed], first_hits: Sequence[float], dials_each: float = 1.0
) -> Size:
    """The size of a campaign's list, of people of the ``exposed`` sources.

    Parameters
    ----------
    exposed : sequence of Exposed
        A canary counts for one source alone.
    first_hits : sequence of float
        When each canary was first called (seconds since 1970).
    dials_each : float
        How often those who were called were dialled, on average.
    """
    known = [one for one in exposed if one.population and one.hit]
    hit, planted = sum(one.hit for one in known), sum(one.planted for one in known)
    sources = tuple(one.source for one in known)
    rng = np.random.default_rng(_SEED)
    days = _days(first_hits, rng)
    said = None if days is None else _interval(days, _low(days), _high(days))
    if hit < _LEAST:
        why = "no-population" if len(first_hits) >= _LEAST and not known else "few-hits"
        return Size(None, None, said, sources, hit, planted, why)
    people = np.sum([_people(one, rng) for one in known], axis=0)
    each = _each(dials_each, len(first_hits), rng)
    dials = None if days is None else people * each / days
    return Size(
        people=_interval(people, max(_low(people), float(hit)), _high(people)),
        dials_a_day=None if dials is None else _interval(dials, _low(dials), _high(dials)),
        days=said,
        sources=sources,
        hit=hit,
        planted=planted,
    )


def _people(one: Exposed, rng: np.random.Generator) -> Draws:
    assert one.population is not None
    shares = rng.beta(one.hit, one.planted - one.hit + 1, _DRAWS)
    if one.hit == one.planted:
        # Sources are often sold whole, which no continuous prior expects.
        shares[rng.random(_DRAWS) < _WHOLE] = 1.0
    return one.population * shares


def _each(dials: float, canaries: int, rng: np.random.Generator) -> Draws:
    """How often one number is dialled: once, and again as a Poisson number of times whose mean the
    ``canaries`` tell (Jeffreys' prior)."""
    return 1.0 + rng.gamma((dials - 1.0) * canaries + 0.5, 1.0 / max(canaries, 1), _DRAWS)


def _days(first_hits: Sequence[float], rng: np.random.Generator) -> Draws | None:
    count = len(first_hits)
    if count < _LEAST:
        return None
    span = (max(first_hits) - min(first_hits)) / DAY
    if span <= 0:
        return None
    return np.maximum(span / rng.beta(count - 1, 2, _DRAWS), _SHORTEST_DAYS)


def _low(draws: Draws) -> float:
    return float(np.quantile(draws, 0.05))


def _high(draws: Draws) -> float:
    return float(np.quantile(draws, 0.95))


def _interval(draws: Draws, low: float, high: float) -> Interval:
    return Interval(low, min(max(float(np.median(draws)), low), high), high)
