"""What the goal asks of worlds that were scored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tests.benchmarks.calls_leaked.scoring import Row

BINS = (0.0, 0.01, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 1.01)
BOOTSTRAPS = 2_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over worlds with its interval of 95%; ``of`` counts what it is of."""

    mean: float
    low: float
    high: float
    of: int


def pooled(parts: Sequence[tuple[float, float]]) -> Estimate:
    """The share of all tops in all bottoms, its interval by drawing worlds anew.

    Where no top was ever seen, or nothing else, the interval ends at what three in the bottom
    allow (the rule of three).
    """
    tops, bottoms = np.array(parts, float).reshape(-1, 2).T
    total = bottoms.sum()
    if not total:
        return Estimate(np.nan, np.nan, np.nan, 0)
    rng = np.random.default_rng(0)
    drawn = rng.integers(0, len(tops), (BOOTSTRAPS, len(tops)))
    below = bottoms[drawn].sum(axis=1)
    shares = tops[drawn].sum(axis=1)[below > 0] / below[below > 0]
    low, high = np.quantile(shares, [0.025, 0.975])
    mean = tops.sum() / total
    if mean == 0:
        high = max(high, min(3 / total, 1.0))
    if mean == 1:
        low = min(low, max(1 - 3 / total, 0.0))
    return Estimate(float(mean), float(low), float(high), int(total))


def recall(rows: Iterable[Row], said: Callable[[Row], frozenset[str]], calls: int = 1) -> Estimate:
    """Of the sources whose leaks rang so many times, the share of which it is said."""
    return pooled([(len(said(row) & row.rung(calls)), len(row.rung(calls))) for row in rows])


def recall_of_all(rows: Iterable[Row], said: Callable[[Row], frozenset[str]]) -> Estimate:
    """Of all sources that leaked, the share of which it is said."""
    return pooled([(len(said(row) & row.leakers), len(row.leakers)) for row in rows])


def false(rows: Iterable[Row], said: Callable[[Row], frozenset[str]]) -> Estimate:
    """Of the statements made, the share that is false."""
    return pooled([(len(said(row) - row.leakers), len(said(row))) for row in rows])


def accused(rows: Iterable[Row], said: Callable[[Row], frozenset[str]]) -> Estimate:
    """Of the honest sources that ring their own registrants, the share that is accused."""
    return pooled([(len(said(row) & row.honest_callers), len(row.honest_callers)) for row in rows])


def brier(rows: Iterable[Row]) -> float:
    """Mean squared distance of ``leaked`` from what happened."""
    pairs = _pairs(rows)
    return float(((pairs[:, 0] - pairs[:, 1]) ** 2).mean())


def reliability(rows: Iterable[Row]) -> list[tuple[float, float, int, float, float]]:
    """By bin of ``leaked``: its ends, how many sources, their mean, and how many of them leaked."""
    pairs = _pairs(rows)
    found = []
    for low, high in pairwise(BINS):
        here = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < high)]
        if len(here):
            mean, share = here.mean(axis=0)
            found.append((low, min(high, 1.0), len(here), float(mean), float(share)))
    return found


def _pairs(rows: Iterable[Row]) -> np.ndarray:
    return np.array(
        [(value, one in row.leakers) for row in rows for one, value in row.leaked.items()], float
    )


@dataclass(frozen=True, slots=True)
class Duel:
    """leaktrace against a baseline in one world, each at its own threshold.

    ``theirs`` is the baseline's recall of the sources rung; ``at_share`` leaktrace's where its
    false share is at most the baseline's; ``at_rate`` where it accuses no more sources that did not
    leak. Where most of what a baseline says is false, the first asks for little.
    """

    against: str
    theirs: float
    at_share: float
    at_rate: float


def better(row: Row) -> str:
    """The baseline of the higher recall less the share of those accused that did not leak."""
    return max(sorted(row.said), key=lambda name: _youden(row.said[name], row))


def duel(row: Row, against: str) -> Duel | None:
    """None where no leak was rung."""
    rung = row.rung()
    if not rung:
        return None
    said = row.said[against]
    share, wrong = _false_share(said, row), len(said - row.leakers)
    cuts = list(_cuts(row))
    return Duel(
        against,
        len(said & rung) / len(rung),
        max(len(one & rung) / len(rung) for one in cuts if _false_share(one, row) <= share),
        max(len(one & rung) / len(rung) for one in cuts if len(one - row.leakers) <= wrong),
    )


def _false_share(said: frozenset[str], row: Row) -> float:
    return len(said - row.leakers) / len(said) if said else 0.0


def _youden(said: frozenset[str], row: Row) -> float:
    honest = max(len(row.leaked) - len(row.leakers), 1)
    return len(said & row.rung()) / max(len(row.rung()), 1) - len(said - row.leakers) / honest


def _cuts(row: Row) -> Iterable[frozenset[str]]:
    """What leaktrace says at every threshold."""
    yield frozenset()
    for threshold in sorted(set(row.leaked.values()), reverse=True):
        yield row.at(threshold)
