"""From weighed hypotheses to what is said of a batch: posteriors, shares, likelihood ratios."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.hypotheses import SILENT
from leaktrace.attribution.inference import Point
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.result import Interval

Floats = npt.NDArray[np.float64]
_GRID = np.linspace(0.0, 1.0, 401)
_LEAST_SHARE = 0.01
_LEAST_PEOPLE = 5


def least_share(seen: Observation) -> float:
    """The share of the real people at which a source counts as a contributor: max(5, 1%) of the
    batch's people."""
    people = max(seen.people, 1)
    return min(1.0, max(_LEAST_SHARE, _LEAST_PEOPLE / people) * people / max(seen.real, 1))


def contributed(points: Sequence[Point], source: str, least: float) -> Floats:
    """For each point the probability that ``source`` contributed at least ``least``."""
    return np.array([_part(point, source) * _above(point, source, least) for point in points])


def _key(point: Point, source: str) -> str | None:
    """Under which name ``source`` stands in the point's shares, None if not at all."""
    if source in point.shares:
        return source
    return SILENT if source in point.silent else None


def _part(point: Point, source: str) -> float:
    return 1.0 if source in point.shares else point.silent.get(source, 0.0)


def _above(point: Point, source: str, least: float) -> float:
    key = _key(point, source)
    if key is None:
        return 0.0
    steps = (point.shares[key] - least) / max(point.errors[key], 1e-3)
    return 1.0 / (1.0 + math.exp(-1.702 * min(max(steps, -20.0), 20.0)))


def named_sources(points: Sequence[Point]) -> list[str]:
    """Every known source that contributed in any point."""
    named = {one for point in points for one in (*point.shares, *point.silent)}
    return sorted(named - {SILENT})


def nobody_known(points: Sequence[Point], weights: Floats, least: float) -> float:
    """The probability that no known source contributed."""
    total = 0.0
    for point, weight in zip(points, weights, strict=True):
        missing = 1.0
        for source in point.shares:
            missing *= 1.0 - _above(point, source, least)
        total += float(weight) * missing
    return total


def share_interval(points: Sequence[Point], weights: Floats, source: str, real: float) -> Interval:
    """The 90% interval of ``source``'s share of the batch's people, given that it contributed.

    ``real`` is the part of the batch's people who are not made up.
    """
    rows = []
    for point, weight in zip(points, weights, strict=True):
        key = _key(point, source)
        if key is not None:
            rows.append((point.shares[key], point.errors[key], weight * _part(point, source)))
    return _interval(_density(rows), real)


def unseen_interval(points: Sequence[Point], weights: Floats, real: float) -> Interval:
    """The 90% interval of the share that no known source explains."""
    rows = []
    for point, weight in zip(points, weights, strict=True):
        rest = max(0.0, 1.0 - sum(point.shares.values()))
        error = max(point.errors.values(), default=0.01) if rest > 0 else 0.01
        rows.append((rest, error, float(weight)))
    return _interval(_density(rows), real)


def _density(rows: Sequence[tuple[float, float, float]]) -> Floats:
    """A mixture of normal densities (share, error, weight) on the grid, cut at its ends."""
    if not rows:
        return np.zeros(len(_GRID))
    share, error, weight = np.array(rows).T
    heavy = weight > 1e-4 * weight.max()
    share, weight = share[heavy].clip(0, 1), weight[heavy]
    width = np.maximum(error[heavy], 0.004)
    shapes = np.exp(-0.5 * ((_GRID[None, :] - share[:, None]) / width[:, None]) ** 2)
    return np.asarray((weight / shapes.sum(axis=1)) @ shapes)


def _interval(density: Floats, real: float) -> Interval:
    total = density.sum()
    if total <= 0:
        return Interval(0.0, 0.0, 0.0)
    running = np.cumsum(density) / total
    low = float(_GRID[int(np.searchsorted(running, 0.05))])
    high = float(_GRID[min(int(np.searchsorted(running, 0.95)), len(_GRID) - 1)])
    middle = float(_GRID[min(int(np.searchsorted(running, 0.5)), len(_GRID) - 1)])
    return Interval(low * real, middle * real, high * real)


def log10_ratio(points: Sequence[Point], weights: Floats, source: str, least: float) -> float:
    """log10 of the posterior odds that ``source`` contributed; both sides are summed by
    themselves, so that a side of weight 1e-20 is not lost in rounding."""
    inside = np.array([_part(point, source) * _over(point, source, least) for point in points])
    yes, no = float(weights @ inside), float(weights @ (1.0 - inside))
    return float(np.log10(max(yes, 1e-300)) - np.log10(max(no, 1e-300)))


def _over(point: Point, source: str, least: float) -> float:
    """Whether the point's share is the least or more: 1, or 0, or in between next to it."""
    share = _above(point, source, least)
    return 1.0 if share > 0.97 else share


def log10_odds(probability: float) -> float:
    """log10 of the odds, kept finite."""
    inside = min(max(probability, 1e-15), 1 - 1e-15)
    return float(np.log10(inside) - np.log10(1 - inside))
