"""The explanations of a batch that are checked: the heaviest ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.cutting import cut_log_weights
from leaktrace.attribution.hypotheses import CODES, OVERLAPPED, SILENT, Hypothesis
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import ABSENT, Points

Floats = npt.NDArray[np.float64]
# So many explanations stand for all.
_MOST = 8
_LEAST = 0.002


@dataclass(frozen=True, slots=True)
class Explained:
    """One explanation with its shares.

    Attributes
    ----------
    hypothesis : Hypothesis
    shares : mapping
        Known source to its mean share of the real people.
    weight : float
        Of all the heaviest explanations together; these sum to 1.
    silent : mapping
        Which of the silent hosts contributed: source to probability.
    """

    hypothesis: Hypothesis
    shares: Mapping[str, float]
    weight: float
    silent: Mapping[str, float]

    def part_of(self, source: str) -> float:
        """The probability that ``source`` is among its contributors."""
        return 1.0 if source in self.shares else self.silent.get(source, 0.0)

    def share_of(self, source: str) -> float:
        """The share of ``source``, were it the silent host where there is one; 0 for none."""
        return self.shares.get(source, self.shares.get(SILENT, 0.0))


def explanations_of(points: Points, weights: Floats) -> tuple[Explained, ...]:
    """The heaviest explanations, told apart by who contributed; of those that differ in what merely
    overlaps, the heaviest."""
    rows = np.flatnonzero(weights > 0.0)
    if not len(rows):
        return ()
    overlapped = points.codes[rows] == CODES[OVERLAPPED]
    hosts = points.inside[rows, len(points.lists) :]
    drawn = np.where(overlapped, ABSENT, points.codes[rows])
    kinds = _numbered(np.column_stack([drawn, hosts, points.unseen[rows]]))
    mass = np.bincount(kinds, weights[rows])
    ranked = np.argsort(-mass, kind="stable")[:_MOST]
    kept = [kind for kind in ranked.tolist() if mass[kind] >= _LEAST * mass[ranked[0]]]
    total = float(mass[kept].sum())
    found = []
    for kind in kept:
        alike = rows[kinds == kind]
        finer = _numbered(points.codes[alike])
        heaviest = int(np.argmax(np.bincount(finer, weights[alike])))
        found.append(_explained(points, weights, alike[finer == heaviest], mass[kind] / total))
    return tuple(found)


def _numbered(keys: npt.NDArray[np.int8]) -> npt.NDArray[np.intp]:
    """Equal rows (codes from -1 to 2) get equal numbers, by first appearance: intp[p]."""
    number = np.zeros(len(keys), dtype=np.int64)
    for place, column in enumerate(keys.T):
        number = number * 4 + (column + 1)
        if place % 16 == 15:  # before it outgrows 64 bits
            number = np.unique(number, return_inverse=True)[1].astype(np.int64)
    _kinds, first, where = np.unique(number, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[where])


def _explained(
    points: Points, weights: Floats, rows: npt.NDArray[np.intp], weight: float
) -> Explained:
    """The explanation that the points in ``rows`` have in common."""
    first = points[int(rows[0])]
    mean = weights[rows] @ points.shares[rows] / weights[rows].sum()
    columns = (*points.lists, *points.hosts)
    shares = {one: float(share) for one, share in zip(columns, mean.tolist(), strict=True)}
    silent: dict[str, float] = {}
    if first.silent:
        parts = weights[rows] @ points.parts[points.which[rows]] / weights[rows].sum()
        silent = dict(zip(points.silent, parts.tolist(), strict=True))
    named = {one: shares[one] for one in first.shares}
    return Explained(first.hypothesis, named, float(weight), silent)


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
