"""Drawing anew what an innocent source would show of itself in a batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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


def drawn_finds(canaries: int, draws: int, case: Elsewhere, rng: np.random.Generator) -> Codes:
    """Which canaries of an innocent are in the batch: int8[draws, canaries] of :data:`MISSED`,
    :data:`OWN_NAME` and :data:`OTHER_NAME`."""
    chance = rng.random((draws, canaries))
    own = chance < case.own_name
    other = ~own & (chance < case.own_name + case.other_name)
    return (own * OWN_NAME + other * OTHER_NAME).astype(np.int8)


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
        """Log likelihood ratio of "the source contributed" for each outcome: float64[draws]."""
        nothing = self._ratio(np.zeros(finds.shape[1], dtype=np.int8))
        totals = np.full(len(finds), nothing)
        known: dict[bytes, float] = {}
        for row in np.flatnonzero(finds.any(axis=1)).tolist():
            key = finds[row].tobytes()
            if key not in known:
                known[key] = self._ratio(finds[row])
            totals[row] = known[key]
        return totals

    def _ratio(self, finds: Codes) -> float:
        found = np.flatnonzero(finds)
        total = self.missed + self.gains[finds[found], :, found].sum(axis=0) + self.log_weights
        top = float(total.max())
        return top + float(np.log(np.exp(total - top).sum()))


def source_trial(
    seen: Observation, source: str, explained: Explained, settings: Settings, scale: float = 1.0
) -> SourceTrial | None:
    """The trial of ``source`` at the share that the explanation gives it, its rates times
    ``scale``; None where no canary of it was planted before the batch was seen."""
    trial = seen.trial
    here = trial.plantings_of(source)
    there = trial.moments[here] <= seen.grid.cut[0]
    if not there.any():
        return None
    share = 1.0 if trial.is_measured(source) else explained.share_of(source)
    cuts = cut_weights(seen, explained)
    likely = cuts >= _LEAST_LIKELY
    alive = trial.moments[here][there][None, :] <= seen.grid.cut[likely, None]
    factors, chances = np.array(settings.exclusion).T
    due = factors[:, None, None] * (alive * (trial.rates[here][there] * (share * scale))[None, :])
    present = np.minimum(due, _CERTAIN).reshape(len(factors) * int(likely.sum()), -1)
    floors = (settings.other_road, settings.recycled_road)
    misses = np.log1p(-present)
    gains = [np.zeros_like(present)]
    gains += [np.log((present + f - present * f) / f) - misses for f in floors]
    log_weights = np.log(np.outer(chances, cuts[likely]).ravel())
    rows = trial.row[here][there]
    named = np.where(trial.named[rows], OWN_NAME, OTHER_NAME)
    observed = np.where(trial.hit[rows], named, MISSED).astype(np.int8)
    return SourceTrial(misses.sum(axis=1), np.array(gains), log_weights, observed)
