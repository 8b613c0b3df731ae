"""The best explanation of a batch, and the best with one contributor fewer or one more.

Whoever reads that three contributed should see what two, or four, would make of the same list (as
reports on mixtures of DNA give their results for one contributor more and one fewer).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.findings import contributed
from leaktrace.attribution.hypotheses import CODES, SILENT, TWIN
from leaktrace.attribution.points import Point, Points
from leaktrace.attribution.result import Contributors, Explanation

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, order=True)
class _Who:
    """Who contributed, whatever the shares and whoever merely overlaps."""

    sources: tuple[str, ...]
    twins: tuple[str, ...]
    silent: int
    unseen: bool

    @property
    def count(self) -> int:
        return len(self.sources) + len(self.twins) + self.silent + self.unseen


def contributors_of(
    points: Sequence[Point], weights: Floats, likely: Sequence[str], least: float
) -> Contributors | None:
    """The best explanations among the weighed ``points``, None where there are none.

    Parameters
    ----------
    points : sequence of Point
    weights : float64[points]
        Their posterior weights.
    likely : sequence of str
        The sources whose posterior is told for each number of contributors.
    least : float
        The share from which on a source counts as a contributor.
    """
    laid = Points.of(points)
    groups = _groups(laid, least) if len(laid) else {}
    mass = {who: float(weights[rows].sum()) for who, rows in groups.items()}
    if not any(mass.values()):
        return None
    best = max(sorted(mass), key=mass.__getitem__)
    inside = {one: contributed(laid, one, least) for one in likely}

    def told(count: int) -> Explanation | None:
        alike = sorted(who for who in mass if who.count == count and mass[who] > 0)
        if not alike:
            return None
        first = max(alike, key=mass.__getitem__)
        return _explanation(
            first,
            float(np.log10(mass[first]) - np.log10(mass[best])),
            _shares(laid, weights, groups[first], first),
            _posteriors(inside, weights, np.concatenate([groups[who] for who in alike])),
        )

    whole = told(best.count)
    assert whole is not None
    return Contributors(whole, told(best.count - 1), told(best.count + 1))


def _groups(points: Points, least: float) -> dict[_Who, Places]:
    """The points by who contributed at least ``least`` in them; less is no contribution."""
    names = (*points.lists, *points.hosts)
    enough = points.inside & (points.shares >= least)
    twins = points.codes == CODES[TWIN]
    rest = points.unseen & (1.0 - points.shares.sum(axis=1) >= least)
    flags = np.column_stack([enough, twins, rest])
    keys = flags @ (1 << np.arange(flags.shape[1], dtype=np.int64))
    _keys, first, which = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(which, kind="stable")
    rows = np.split(order, np.cumsum(np.bincount(which, minlength=len(first)))[:-1])
    found = {}
    for place, here in zip(first.tolist(), rows, strict=True):
        inside = [names[column] for column in np.flatnonzero(enough[place]).tolist()]
        who = _Who(
            tuple(sorted(one for one in inside if one != SILENT)),
            tuple(sorted(points.lists[one] for one in np.flatnonzero(twins[place]).tolist())),
            inside.count(SILENT),
            bool(rest[place]),
        )
        found[who] = here
    return found


def _explanation(
    who: _Who, log10_odds: float, shares: Mapping[str, float], posteriors: Mapping[str, float]
) -> Explanation:
    return Explanation(who.count, shares, who.twins, who.silent, who.unseen, log10_odds, posteriors)


def _shares(points: Points, weights: Floats, rows: Places, who: _Who) -> dict[str, float]:
    """The mean share of each source over the points of one explanation."""
    columns = {one: place for place, one in enumerate((*points.lists, *points.hosts))}
    means = weights[rows] @ points.shares[rows] / weights[rows].sum()
    return {source: float(means[columns[source]]) for source in who.sources}


def _posteriors(inside: Mapping[str, Floats], weights: Floats, rows: Places) -> dict[str, float]:
    total = float(weights[rows].sum())
    return {one: float(weights[rows] @ part[rows]) / total for one, part in inside.items()}
