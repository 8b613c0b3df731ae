"""What canary hits and misses say of a batch.

A canary is a member of exactly the sources where it was planted, from the planting on. Given that
a source contributed a share ``w`` of a batch of ``n`` people, each of its canaries is in the batch
with about ``w * n / N``; where the source's list is at hand the rate is measured instead: the part
of the list's people like the canary (same carrier, same region, registered about when it was
planted) who are in the batch, so that filters and windows are in it. Each hit also has a floor
probability of another road. Hits and misses enter as ratios to "no source where it was planted
contributed".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.settings import Settings

Floats = npt.NDArray[np.float64]
_CERTAIN = 0.98
_ZERO: Floats = np.zeros((1, 1))


@dataclass(frozen=True, slots=True)
class CanaryTrial:
    """The canaries that could tell something of one batch.

    Attributes
    ----------
    ids : tuple of str
    hit : bool[c]
        Found in the batch.
    floor : float64[c]
        Probability of being there by another road.
    sources : tuple of str
        The sources where any of them is planted.
    planted : float64[c, s]
        When (seconds since 1970, the latest that the planting may be); inf where it is not.
    rate : float64[c, s]
        Probability of being in the batch: where ``measured``, as it stands; else for a share of 1.
    measured : bool[s]
        Whether the source's own list gave ``rate``.
    named : bool[c]
        The hit carries the canary's own name (False: unknown or another name).
    """

    ids: tuple[str, ...]
    hit: npt.NDArray[np.bool_]
    floor: Floats
    sources: tuple[str, ...]
    planted: Floats
    rate: Floats
    measured: npt.NDArray[np.bool_]
    named: npt.NDArray[np.bool_]

    def hits_of(self, source: str) -> list[str]:
        """The canaries of ``source`` that were found."""
        if source not in self.sources or not self.hit.any():
            return []
        column = self.sources.index(source)
        there = np.isfinite(self.planted[:, column]) & self.hit
        return [self.ids[row] for row in np.nonzero(there)[0]]

    def is_measured(self, source: str) -> bool:
        """Whether the rates of ``source`` stand as they are, whatever its share."""
        return source in self.sources and bool(self.measured[self.sources.index(source)])

    def due(self, source: str, share: float, cut: Floats, weights: Floats) -> float:
        """Expected number of ``source``'s canaries in the batch if it contributed ``share``."""
        if source not in self.sources:
            return 0.0
        column = self.sources.index(source)
        scale = 1.0 if self.measured[column] else share
        alive = self.planted[:, column][None, :] <= cut[:, None]
        expected = (alive * np.minimum(self.rate[:, column] * scale, _CERTAIN)).sum(axis=1)
        return float(weights @ expected)


@dataclass(frozen=True, slots=True)
class Dues:
    """A trial laid out for asking many hypotheses.

    Attributes
    ----------
    trial : CanaryTrial
    due : mapping
        Source to float64[t, c]: each canary's rate at each cut time, 0 where it was not yet there.
    planted : mapping
        Source to bool[c].
    """

    trial: CanaryTrial
    due: Mapping[str, Floats]
    planted: Mapping[str, npt.NDArray[np.bool_]]


def dues_of(trial: CanaryTrial, cut: Floats) -> Dues:
    """Lay ``trial`` out over the ``cut`` times (float64[t], seconds since 1970)."""
    due, planted = {}, {}
    for column, source in enumerate(trial.sources):
        moment = trial.planted[:, column]
        planted[source] = np.isfinite(moment)
        due[source] = (moment[None, :] <= cut[:, None]) * trial.rate[:, column][None, :]
    return Dues(trial, due, planted)


def log_ratio(
    dues: Dues, active: Mapping[str, float], log_weights: Floats, settings: Settings
) -> float:
    """Log likelihood ratio of all hits and misses: ``active`` contributed, against nobody did.

    Parameters
    ----------
    dues : Dues
    active : mapping
        Source to the factor on its canaries' rates: 1 where they are measured, else its share.
    log_weights : float64[t]
        Log probabilities of the cut times; they sum to 1.
    settings : Settings
    """
    known = [source for source in active if source in dues.due]
    if not known:
        return 0.0
    rows = np.logical_or.reduce([dues.planted[source] for source in known])
    if not rows.any():
        return 0.0
    due = sum((dues.due[source][:, rows] * active[source] for source in known), start=_ZERO)
    return _mixed(due, dues.trial.hit[rows], dues.trial.floor[rows], log_weights, settings)


def _mixed(
    due: Floats,
    hit: npt.NDArray[np.bool_],
    floor: Floats,
    log_weights: Floats,
    settings: Settings,
) -> float:
    """Sum over cut times and hidden exclusions: ``due`` is float64[t, c]."""
    factors = np.array([factor for factor, _weight in settings.exclusion])
    weights = np.log([weight for _factor, weight in settings.exclusion])
    present = np.minimum(due[None, :, :] * factors[:, None, None], _CERTAIN)
    total = np.log1p(-present[:, :, ~hit]).sum(axis=2)
    if hit.any():
        found, other = present[:, :, hit], floor[hit]
        total = total + np.log((found + other - found * other) / other).sum(axis=2)
    return float(np.logaddexp.reduce((total + weights[:, None] + log_weights[None, :]).ravel()))
