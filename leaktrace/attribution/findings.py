"""From weighed hypotheses to what is said of a batch: posteriors, shares, likelihood ratios."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.bells import GRID, Bells
from leaktrace.attribution.hypotheses import SILENT
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Points
from leaktrace.attribution.result import Interval

Floats = npt.NDArray[np.float64]
_LEAST_SHARE = 0.01
_LEAST_PEOPLE = 5


def least_share(seen: Observation) -> float:
    """The share of the real people at which a source counts as a contributor: max(5, 1%) of the
    batch's people."""
    people = max(seen.people, 1)
    return min(1.0, max(_LEAST_SHARE, _LEAST_PEOPLE / people) * people / max(seen.real, 1))


def contributed(points: Points, source: str, least: float) -> Floats:
    """For each point the probability that ``source`` contributed at least ``least``."""
    part, share, error = _part(points, source)
    return part * _above(share, error, least)


def posteriors(points: Points, weights: Floats, least: float) -> dict[str, float]:
    """For every known source that contributed in any point, in order, the probability that it
    contributed at least ``least``."""
    above = np.where(points.inside, _above(points.shares, points.errors, least), 0.0)
    total = weights @ above
    found = {
        source: float(total[column])
        for column, source in enumerate((*points.lists, *points.hosts))
        if source != SILENT and points.inside[:, column].any()
    }
    if len(points.parts):
        there = points.which >= 0
        mass = (weights * above[:, -1])[there]
        each = np.bincount(points.which[there], mass, len(points.parts)) @ points.parts
        for source, probability in zip(points.silent, each.tolist(), strict=True):
            found[source] = found.get(source, 0.0) + probability
    return {source: found[source] for source in sorted(found)}


def _part(points: Points, source: str) -> tuple[Floats, Floats, Floats]:
    """For each point the probability that ``source`` is among its contributors; its share and the
    standard error of that, if it is."""
    size = len(points)
    part, share, error = np.zeros(size), np.zeros(size), np.zeros(size)
    if source in points.silent:
        there = points.which >= 0
        part[there] = points.parts[points.which[there], points.silent.index(source)]
        share, error = points.shares[:, -1].copy(), points.errors[:, -1].copy()
    column = points.column_of(source)
    if column is not None:
        inside = points.inside[:, column]
        part[inside] = 1.0
        share[inside], error[inside] = points.shares[inside, column], points.errors[inside, column]
    return part, share, error


def _above(share: Floats, error: Floats, least: float) -> Floats:
    """The probability that a share is at least ``least``."""
    steps = (share - least) / np.maximum(error, 1e-3)
    return np.asarray(1.0 / (1.0 + np.exp(-1.702 * np.clip(steps, -20.0, 20.0))))


def nobody_known(points: Points, weights: Floats, least: float) -> float:
    """The probability that no known source contributed."""
    above = np.where(points.inside, _above(points.shares, points.errors, least), 0.0)
    return float(weights @ np.prod(1.0 - above, axis=1))


def real_part(seen: Observation) -> Interval:
    """The part of the batch's people who are not made up."""
    made_up, people = seen.made_up.share, max(1, seen.people)
    estimate = seen.real / people
    return Interval(min(1.0 - made_up.high, estimate), estimate, max(1.0 - made_up.low, estimate))


def share_interval(points: Points, weights: Floats, source: str, real: Interval) -> Interval:
    """The 90% interval of ``source``'s share of the batch's people, given that it contributed.

    ``real`` is the part of the batch's people who are not made up.
    """
    part, share, error = _part(points, source)
    if source in points.silent:
        # The silent hosts differ in their weights alone.
        there = points.which >= 0
        if SILENT not in points.memo:
            points.memo[SILENT] = Bells(share[there], error[there])
        return _interval(points.memo[SILENT].mixture((weights * part)[there]), real)
    there = part > 0
    return _interval(Bells(share[there], error[there]).mixture((weights * part)[there]), real)


def unseen_interval(points: Points, weights: Floats, real: Interval) -> Interval:
    """The 90% interval of the share that no known source explains."""
    rest = np.maximum(0.0, 1.0 - points.shares.sum(axis=1))
    error = points.errors.max(axis=1, initial=0.0)
    # A rest that is only rounding is none.
    error = np.where((rest > 1e-9) & points.inside.any(axis=1), error, 0.01)
    return _interval(Bells(rest, error).mixture(weights), real)


def _interval(density: Floats, real: Interval) -> Interval:
    total = density.sum()
    if total <= 0:
        return Interval(0.0, 0.0, 0.0)
    running = np.cumsum(density) / total
    low = float(GRID[int(np.searchsorted(running, 0.05))])
    high = float(GRID[min(int(np.searchsorted(running, 0.95)), len(GRID) - 1)])
    middle = float(GRID[min(int(np.searchsorted(running, 0.5)), len(GRID) - 1)])
    return Interval(low * real.low, middle * real.estimate, high * real.high)


def log10_ratio(points: Points, weights: Floats, source: str, least: float) -> float:
    """log10 of the posterior odds that ``source`` contributed; both sides are summed by
    themselves, so that a side of weight 1e-20 is not lost in rounding."""
    part, share, error = _part(points, source)
    above = _above(share, error, least)
    # Whether the share is the least or more: 1, or 0, or in between next to it.
    inside = part * np.where(above > 0.97, 1.0, above)
    yes, no = float(weights @ inside), float(weights @ (1.0 - inside))
    return float(np.log10(max(yes, 1e-300)) - np.log10(max(no, 1e-300)))


def log10_odds(probability: float) -> float:
    """log10 of the odds, kept finite."""
    inside = min(max(probability, 1e-15), 1 - 1e-15)
    return float(np.log10(inside) - np.log10(1 - inside))
