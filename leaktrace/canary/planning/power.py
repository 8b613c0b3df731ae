"""What a source's canaries can show of a leak: exact chances, and how many canaries they take.

A leak is ``sample`` rows drawn without replacement from the ``population`` rows of a source, its
canaries among them. A filter (carrier, town, date) keeps each canary with the probability
``passes`` by itself, and the share ``kept`` of the population; the rows are drawn from what is
left. The number of canaries in the leak is then hypergeometric, mixed over the binomial number of
those that passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, lgamma, log, log1p

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MOST = 10_000_000
"""More canaries than anybody plants: where these do not do, none do."""


@dataclass(frozen=True, slots=True)
class Leak:
    """The leak that a plan is to withstand.

    Attributes
    ----------
    population : int
        Rows of the source, its canaries included.
    sample : int
        Rows of the leak, after the filter.
    passes : float
        The probability that a canary passes the filter, 0 to 1.
    kept : float
        The share of the population that passes it, 0 to 1; 1 where the filter works on the rows
        that were drawn, and the leak is counted before it.
    """

    population: int
    sample: int
    passes: float = 1.0
    kept: float = 1.0

    @property
    def rows(self) -> int:
        """The rows from which the leak is drawn, never fewer than it holds."""
        return max(round(self.population * self.kept), 1)

    @property
    def drawn(self) -> int:
        """The rows of the leak, no more than there are."""
        return min(max(self.sample, 0), self.rows)


def hits_chance(leak: Leak, canaries: int, hits: int = 1) -> float:
    """The chance that at least ``hits`` of a source's ``canaries`` stand in ``leak``."""
    return max(0.0, 1.0 - float(hits_distribution(leak, canaries, max(hits - 1, 0))[:hits].sum()))


def hits_distribution(leak: Leak, canaries: int, most: int) -> Floats:
    """The chances of 0 to ``most`` canaries in ``leak``, float64[most + 1]."""
    canaries = min(canaries, leak.rows)
    weights = _binomial(canaries, leak.passes)
    found = np.zeros(most + 1)
    for hits in range(min(most, canaries) + 1):
        found[hits] = weights @ _hypergeometric(leak.rows, canaries, leak.drawn, hits)
    return found


def _hypergeometric(rows: int, canaries: int, drawn: int, hits: int) -> Floats:
    """P(``hits``) where 0 to ``canaries`` canaries passed, float64[canaries + 1].

    C(K,h) · m⋯(m−h+1)/(N⋯(N−h+1)) · the chance that the other K−h are outside the other m−h: a
    running sum of logarithms over K, exact where differences of log-factorials of 1e6 are not.
    """
    chances = np.zeros(canaries + 1)
    if hits > drawn or hits > canaries:
        return chances
    outside = rows - drawn - np.arange(canaries - hits, dtype=np.float64)
    left = rows - hits - np.arange(canaries - hits, dtype=np.float64)
    with np.errstate(divide="ignore"):
        steps = np.log(np.maximum(outside, 0.0)) - np.log(np.maximum(left, 1.0))
    none_else = np.concatenate([[0.0], np.cumsum(steps)])
    inside = sum(log(drawn - turn) - log(rows - turn) for turn in range(hits))
    ways = _log_ways(canaries, hits)
    chances[hits:] = np.exp(ways + inside + none_else)
    return chances


def _log_ways(canaries: int, hits: int) -> Floats:
    """log C(K, ``hits``) for K from ``hits`` to ``canaries``."""
    whole = np.arange(hits, canaries + 1, dtype=np.float64)
    ways = np.zeros(len(whole))
    for turn in range(hits):
        ways += np.log(whole - turn) - log(turn + 1)
    return ways


def _binomial(count: int, chance: float) -> Floats:
    """P(0 … ``count`` pass), float64[count + 1]."""
    if chance >= 1.0 or count == 0:
        sure = np.zeros(count + 1)
        sure[count] = 1.0
        return sure
    if chance <= 0.0:
        never = np.zeros(count + 1)
        never[0] = 1.0
        return never
    numbers = np.arange(count + 1)
    factorials = np.array([lgamma(number + 1.0) for number in range(count + 1)])
    ways = factorials[-1] - factorials - factorials[::-1]
    made: Floats = np.exp(ways + numbers * log(chance) + (count - numbers) * log1p(-chance))
    made /= made.sum()
    return made


def canaries_needed(leak: Leak, chance: float = 0.95, hits: int = 1) -> int | None:
    """The fewest canaries that bring at least ``hits`` into ``leak`` with the probability
    ``chance``; None where no number of canaries does."""
    rate = leak.passes * leak.drawn / leak.rows
    if rate <= 0.0 or leak.drawn < hits:
        return None
    ceiling = min(leak.rows, MOST)
    high = min(ceiling, max(hits, ceil(-log(max(1.0 - chance, 1e-12)) / rate)))
    while hits_chance(leak, high, hits) < chance:
        if high >= ceiling:
            return None
        high = min(ceiling, high * 2)
    low = hits - 1
    while high - low > 1:
        middle = (low + high) // 2
        if hits_chance(leak, middle, hits) >= chance:
            high = middle
        else:
            low = middle
    return high


def sample_needed(leak: Leak, canaries: int, chance: float = 0.95, hits: int = 1) -> int | None:
    """The smallest leak of the same source that ``canaries`` show with the probability
    ``chance``; None where not even a whole copy does."""

    def reached(sample: int) -> bool:
        other = Leak(leak.population, sample, leak.passes, leak.kept)
        return hits_chance(other, canaries, hits) >= chance

    low, high = 0, leak.rows
    if not reached(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def first_call_days(leak: Leak, canaries: int, dialled_a_day: float) -> float | None:
    """The expected days until a canary is first dialled, given that at least one is in ``leak``.

    The list is dialled once, in an order that knows nothing of canaries: the first of h of them
    among m rows stands at (m + 1)/(h + 1) on average. With E[1/(h+1)] of a hypergeometric number
    = (N+1)/((K+1)(m+1)) · (1 − P(0; N+1, K+1, m+1)), as C(K,h)/(h+1) = C(K+1,h+1)/(K+1).
    None where no canary can be in it.
    """
    canaries = min(canaries, leak.rows)
    shown = hits_chance(leak, canaries)
    if shown <= 0.0 or dialled_a_day <= 0:
        return None
    rows, drawn = leak.rows, leak.drawn
    passed = np.arange(canaries + 1)
    none_more = _hypergeometric(rows + 1, canaries + 1, drawn + 1, 0)[1:]
    inverse = (rows + 1) / ((passed + 1.0) * (drawn + 1)) * (1.0 - none_more)
    whole = float(_binomial(canaries, leak.passes) @ inverse)
    given = (whole - (1.0 - shown)) / shown
    return (drawn + 1) * max(given, 0.0) / dialled_a_day


def least_hits(canaries: int, background: float, prior: float, sure: float = 0.95) -> int:
    """How many of a source's ``canaries`` must come back before it is named at ``sure``.

    A leak shows each with an unknown probability, uniform beforehand, so that every number of hits
    is as likely as another (1/(c+1)); without one each comes back with ``background``. ``prior`` is
    the probability of a leak beforehand.
    """
    for hits in range(1, canaries + 1):
        ways = lgamma(canaries + 1) - lgamma(hits + 1) - lgamma(canaries - hits + 1)
        by_chance = exp(
            ways
            + hits * log(max(background, 1e-12))
            + (canaries - hits) * log1p(-min(background, 0.999))
        )
        leaked = prior / (canaries + 1)
        if leaked / (leaked + (1.0 - prior) * by_chance) >= sure:
            return hits
    return canaries + 1
