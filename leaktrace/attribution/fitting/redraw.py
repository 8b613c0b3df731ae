"""Drawing anew what an innocent source would show of itself in a batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canaries import CanaryLaw
from leaktrace.attribution.fitting.elsewhere import Elsewhere
from leaktrace.attribution.fitting.explained import Explained, cut_weights
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.settings import Settings

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
MISSED, OWN_NAME, OTHER_NAME = 0, 1, 2
_CERTAIN = 0.98
# Cut times that are less likely than this are left out.
_LEAST_LIKELY = 1e-4


def drawn_finds(
    canaries: int, draws: int, case: Elsewhere, correlation: float, rng: np.random.Generator
) -> Codes:
    """Which canaries of an innocent are in the batch: int8[draws, canaries] of :data:`MISSED`,
    :data:`OWN_NAME` and :data:`OTHER_NAME`.

    Whatever road they took brought others along: the rate of each draw is Beta distributed about
    that of the case, so that two finds are correlated by ``correlation``.
    """
    chance = rng.random((draws, canaries))
    own, other = (
        _rates(mean, draws, correlation, rng)[:, None] for mean in (case.own_name, case.other_name)
    )
    by_own = chance < own
    by_other = ~by_own & (chance < own + other)
    return (by_own * OWN_NAME + by_other * OTHER_NAME).astype(np.int8)


def _rates(mean: float, draws: int, correlation: float, rng: np.random.Generator) -> Floats:
    if mean <= 0.0 or correlation <= 0.0:
        return np.full(draws, mean)
    size = 1.0 / correlation - 1.0
    return rng.beta(mean * size, (1.0 - mean) * size, draws)


def common_roads(seen: Observation, source: str, finds: Codes, settings: Settings) -> Floats:
    """For each outcome by how much one road that all finds took explains them better than a road
    for each: float64[draws]. See :meth:`leaktrace.attribution.canaries.CanaryLaw.by_common_road`.
    """
    trial = seen.trial
    mine = np.zeros(len(trial.ids), dtype=bool)
    mine[own_canaries(seen, source)] = True
    law = CanaryLaw.of(trial.keeping(mine), seen.grid.cut, settings)
    floors = np.array([settings.other_road, settings.other_road, settings.recycled_road])

    def said(outcome: Codes) -> float:
        found = replace(law.trial, hit=outcome > MISSED, floor=floors[outcome])
        return replace(law, trial=found).by_common_road(source)

    return _by_outcome(finds, said)


def own_canaries(seen: Observation, source: str) -> npt.NDArray[np.intp]:
    """The canaries planted at ``source`` before the batch was seen, in order."""
    here = seen.trial.plantings_of(source)
    there = seen.trial.moments[here] <= seen.grid.cut[0]
    return np.asarray(seen.trial.row[here][there])


def _by_outcome(finds: Codes, value: Callable[[Codes], float]) -> Floats:
    """``value`` of each row of ``finds``, asked once for equal rows."""
    found = np.full(len(finds), value(np.zeros(finds.shape[1], dtype=np.int8)))
    known: dict[bytes, float] = {}
    for row in np.flatnonzero(finds.any(axis=1)).tolist():
        key = finds[row].tobytes()
        if key not in known:
            known[key] = value(finds[row])
        found[row] = known[key]
    return found


@dataclass(frozen=True, slots=True)
class SourceTrial:
    """The canaries of one source in one batch, laid out for many outcomes.

    Attributes
    ----------
    missed : float64[k]
        Log likelihood ratio where none is found, for each of k cases: cut times by hidden filters.
    gains : float64[3, k, c]
        What a find adds to it: nothing, or by the name under which the canary stands.
    log_weights : float64[k]
        Of the cases.
    observed : int8[c]
    """

    missed: Floats
    gains: Floats
    log_weights: Floats
    observed: Codes

    def log_ratios(self, finds: Codes) -> Floats:
        """Log likelihood ratio of "the source contributed" for each outcome, against a road for
        each find: float64[draws]."""
        return _by_outcome(finds, self._ratio)

    def _ratio(self, finds: Codes) -> float:
        found = np.flatnonzero(finds)
        total = self.missed + self.gains[finds[found], :, found].sum(axis=0) + self.log_weights
        top = float(total.max())
        return top + float(np.log(np.exp(total - top).sum()))


def source_trial(
    seen: Observation, source: str, explained: Explained, settings: Settings, scale: float = 1.0
) -> SourceTrial:
    """The trial of ``source`` at the share that the explanation gives it, its rates times
    ``scale``, over the canaries of :func:`own_canaries`."""
    trial = seen.trial
    here = trial.plantings_of(source)
    there = trial.moments[here] <= seen.grid.cut[0]
    share = 1.0 if trial.is_measured(source) else explained.share_of(source)
    cuts = cut_weights(seen, explained)
    likely = cuts >= _LEAST_LIKELY
    alive = trial.moments[here][there][None, :] <= seen.grid.cut[likely, None]
    factors, chances = np.array(settings.exclusion).T
    due = factors[:, None, None] * (alive * (trial.rates[here][there] * (share * scale))[None, :])
    present = np.minimum(due, _CERTAIN).reshape(len(factors) * int(likely.sum()), -1)
    misses = np.log1p(-present)
    gains = [np.zeros_like(present)]
    for floor in (settings.other_road, settings.recycled_road):
        gains.append(np.log((present + floor - present * floor) / floor) - misses)
    log_weights = np.log(np.outer(chances, cuts[likely]).ravel())
    rows = own_canaries(seen, source)
    named = np.where(trial.named[rows], OWN_NAME, OTHER_NAME)
    observed = np.where(trial.hit[rows], named, MISSED).astype(np.int8)
    return SourceTrial(misses.sum(axis=1), np.array(gains), log_weights, observed)
