"""Are probabilities right: how often what was said came true, the Brier score and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
#: Where the steps of the reliability curve begin; the last ends at 1. A source below the first is
#: not listed.
STEPS = (
    0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99,
)  # fmt: skip
ABOVE, BINS = 0.05, 10
LEVEL = 0.95


def wilson(count: int, of: int, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a proportion (Wilson, JASA 22, 1927); NaN of nothing."""
    if not of:
        return nan, nan
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = count / of
    middle = share + z * z / (2 * of)
    reach = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    low = 0.0 if count == 0 else (middle - reach) / scale
    high = 1.0 if count == of else (middle + reach) / scale
    return low, high


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reliability curve.

    Attributes
    ----------
    low, high : float
        The probabilities stated, from and below (the last up to 1).
    count, true : int
        So many statements, and so many of them true.
    mean : float
        The mean probability stated; NaN where nothing was.
    """

    low: float
    high: float
    count: int
    true: int
    mean: float

    @property
    def share(self) -> float:
        """The share of true ones."""
        return self.true / self.count if self.count else nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of that share."""
        return wilson(self.true, self.count)


def reliability_steps(said: Floats, true: Flags) -> tuple[Step, ...]:
    """The reliability curve of statements ``said`` (float64[n]) of which some are ``true``
    (bool[n]); what is below the first step is left out."""
    ends = (*STEPS[1:], 1.0)
    place = np.searchsorted(STEPS, said, side="right") - 1
    steps = []
    for turn, (low, high) in enumerate(zip(STEPS, ends, strict=True)):
        inside = place == turn
        count = int(inside.sum())
        mean = float(said[inside].mean()) if count else nan
        steps.append(Step(low, high, count, int(true[inside].sum()), mean))
    return tuple(steps)


def calibration_error(said: Floats, true: Flags) -> float:
    """The expected calibration error of statements above 0.05.

    Ten bins of equal width on (0.05, 1], the absolute difference of mean probability and share of
    true ones in each, weighted by the number of statements; NaN where there is no statement.
    """
    said, true = said[said > ABOVE], true[said > ABOVE]
    if not len(said):
        return nan
    width = (1 - ABOVE) / BINS
    place = np.clip(((said - ABOVE) / width).astype(int), 0, BINS - 1)
    return float(np.abs(np.bincount(place, said - true, BINS)).sum() / len(said))


@dataclass(frozen=True, slots=True)
class Brier:
    """The Brier score in its parts: ``reliability - resolution + uncertainty + within``.

    Attributes
    ----------
    score : float
        The mean square of the error, 0 at best.
    reliability : float
        What the share of true ones differs from what was said, step by step; 0 is perfect.
    resolution : float
        How far the steps differ from the share of true ones in all; the more the better.
    uncertainty : float
        What always saying that share would cost.
    within : float
        What the steps, being no points, leave over.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float


def brier_parts(said: Floats, true: Flags) -> Brier:
    """The Brier score of all ``said`` probabilities and its parts (Murphy, Journal of Applied
    Meteorology 12, 1973; the rest within steps after Stephenson and others, Weather and
    Forecasting 23, 2008). What is below the first step is a step of its own; NaN of nothing."""
    if not len(said):
        return Brier(nan, nan, nan, nan, nan)
    place = np.searchsorted(STEPS, said, side="right")
    count = np.bincount(place)
    some = count > 0
    mean = np.bincount(place, said)[some] / count[some]
    share = np.bincount(place, true)[some] / count[some]
    weight, rate = count[some] / len(said), float(true.mean())
    score = float(((said - true) ** 2).mean())
    reliability = float(weight @ (mean - share) ** 2)
    resolution = float(weight @ (share - rate) ** 2)
    uncertainty = rate * (1 - rate)
    within = score - (reliability - resolution + uncertainty)
    return Brier(score, reliability, resolution, uncertainty, within)
