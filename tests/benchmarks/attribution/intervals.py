"""Figures with 95% intervals: Clopper and Pearson for counts, the bootstrap over worlds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Row = TypeVar("Row")
_DRAWS, _SEED, _LEVEL = 2_000, 1, 0.95


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95% interval; ``count`` of ``of`` where it is a proportion. NaN where there
    was nothing to measure, or a single world that says nothing of others."""

    value: float
    low: float
    high: float
    count: int | None = None
    of: int | None = None

    @property
    def known(self) -> bool:
        """Whether there was anything to measure."""
        return not isnan(self.value)


NOTHING = Figure(nan, nan, nan)


def proportion(counts: Sequence[tuple[int, int]]) -> Figure:
    """The proportion over all worlds, of (count, of) for each world.

    The interval is Clopper and Pearson's, widened to that of the bootstrap over worlds where that
    reaches further: what happens in one world is not independent.
    """
    table = np.array(counts, dtype=np.float64).reshape(-1, 2)
    count, of = (int(one) for one in table.sum(axis=0))
    if not of:
        return Figure(nan, nan, nan, count, of)
    low, high = clopper_pearson(count, of)
    drawn = _resampled(table)
    ratios = drawn[drawn[:, 1] > 0]
    if len(table) > 1 and len(ratios):
        ends = np.quantile(ratios[:, 0] / ratios[:, 1], _ends())
        low, high = min(low, float(ends[0])), max(high, float(ends[1]))
    return Figure(count / of, low, high, count, of)


def clopper_pearson(count: int, of: int, level: float = _LEVEL) -> tuple[float, float]:
    """The exact two-sided interval of a proportion (Biometrika 26, 1934)."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = float(betaincinv(count, of - count + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, of - count, 1 - tail)) if count < of else 1.0
    return low, high


def upper_bound(count: int, of: int, level: float = _LEVEL) -> float:
    """The one-sided upper bound of a proportion."""
    return clopper_pearson(count, of, 2 * level - 1)[1] if of else nan


def mean(values: Sequence[float]) -> Figure:
    """The mean over worlds (those without a value left out), its interval from the bootstrap."""
    kept = np.array([one for one in values if not isnan(one)], dtype=np.float64)
    if not len(kept):
        return NOTHING
    if len(kept) == 1:
        return Figure(float(kept[0]), nan, nan)
    drawn = _resampled(kept[:, None])[:, 0] / len(kept)
    low, high = np.quantile(drawn, _ends())
    return Figure(float(kept.mean()), float(low), float(high))


def pooled(
    rows: Sequence[Row], measure: Callable[[Sequence[Row]], float], draws: int = 200
) -> Figure:
    """A measure of all worlds together, its interval from the bootstrap over worlds."""
    value = measure(rows)
    if isnan(value) or len(rows) < 2:
        return Figure(value, nan, nan)
    rng = np.random.default_rng(_SEED)
    drawn = []
    for _draw in range(draws):
        chosen = rng.integers(0, len(rows), len(rows))
        drawn.append(measure([rows[int(place)] for place in chosen]))
    low, high = np.nanquantile(drawn, _ends())
    return Figure(value, float(low), float(high))


def _resampled(table: Floats) -> Floats:
    """Sums over worlds drawn with replacement, float64[draws, columns]."""
    rng = np.random.default_rng(_SEED)
    times = rng.multinomial(len(table), np.full(len(table), 1 / len(table)), _DRAWS)
    return np.asarray(times @ table)


def _ends() -> tuple[float, float]:
    return (1 - _LEVEL) / 2, (1 + _LEVEL) / 2
