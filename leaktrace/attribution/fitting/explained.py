"""The explanations of a batch that are checked: the heaviest of those that name a source, or of
those that do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.cutting import cut_log_weights
from leaktrace.attribution.hypotheses import SILENT, Hypothesis
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Points

Floats = npt.NDArray[np.float64]
# What is said of a batch is a mean over its explanations; so many of them stand for all.
_MOST = 3
_LEAST = 0.03


@dataclass(frozen=True, slots=True)
class Explained:
    """One explanation with its shares.

    Attributes
    ----------
    hypothesis : Hypothesis
    shares : mapping
        Known source to its mean share of the real people.
    weight : float
        Of all explanations that are checked together; these sum to 1.
    """

    hypothesis: Hypothesis
    shares: Mapping[str, float]
    weight: float

    def share_of(self, source: str) -> float:
        """The share of ``source``, were it the silent host where there is one; 0 for none."""
        return self.shares.get(source, self.shares.get(SILENT, 0.0))


def explanations_of(
    points: Points, weights: Floats, sources: Sequence[str], *, named: bool
) -> tuple[Explained, ...]:
    """The heaviest explanations in which all of ``sources`` contributed (``named``), or none did."""
    inside = [inside_of(points, source) > 0.0 for source in sources]
    met = np.logical_and.reduce(inside) if named else ~np.logical_or.reduce(inside)
    rows = np.flatnonzero(met & (weights > 0.0))
    if not len(rows):
        return ()
    hosts = points.inside[rows, len(points.lists) :]
    keys = np.column_stack([points.codes[rows], hosts, points.unseen[rows]])
    _kinds, first, where = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    where = where.ravel()
    mass = np.bincount(where, weights[rows])
    ranked = sorted(range(len(mass)), key=lambda kind: (-mass[kind], first[kind]))[:_MOST]
    kept = [kind for kind in ranked if mass[kind] >= _LEAST * mass[ranked[0]]]
    total = float(mass[kept].sum())
    return tuple(
        _explained(points, weights, rows[where == kind], float(mass[kind]) / total) for kind in kept
    )


def _explained(
    points: Points, weights: Floats, rows: npt.NDArray[np.intp], weight: float
) -> Explained:
    """The explanation that the points in ``rows`` have in common."""
    first = points[int(rows[0])]
    mean = weights[rows] @ points.shares[rows] / weights[rows].sum()
    columns = (*points.lists, *points.hosts)
    shares = {one: float(share) for one, share in zip(columns, mean.tolist(), strict=True)}
    return Explained(first.hypothesis, {one: shares[one] for one in first.shares}, weight)


def inside_of(points: Points, source: str) -> Floats:
    """For each point the probability that ``source`` is among its contributors."""
    part = np.zeros(len(points))
    if source in points.silent:
        there = points.which >= 0
        part[there] = points.parts[points.which[there], points.silent.index(source)]
    column = points.column_of(source)
    if column is not None:
        part[points.inside[:, column]] = 1.0
    return part


def cut_weights(seen: Observation, explained: Explained) -> Floats:
    """The probabilities of the cut times, given the lists that the explanation speaks of."""
    evidence = np.zeros(len(seen.grid.cut))
    for one, _how in explained.hypothesis.readings:
        evidence = evidence + seen.dates[one]
    return np.asarray(np.exp(cut_log_weights(seen.grid, evidence)))
