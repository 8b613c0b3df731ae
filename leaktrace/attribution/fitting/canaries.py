"""Whether the canaries came as an explanation has it: neither too few nor too many of the named
source's, and hardly any of others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.fitting.check import HITS, STRAYS, Check
from leaktrace.attribution.fitting.explained import Explained, cut_weights
from leaktrace.attribution.fitting.elsewhere import unexplained
from leaktrace.attribution.fitting.tails import hits_law
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.settings import Settings

Floats = npt.NDArray[np.float64]
_CERTAIN = 0.98
# The model allows for a hidden filter that keeps (nearly) all canaries out. A source that is named
# although hardly any of its canaries came is not what it allows that for.
_LEAST_FACTOR = 0.5
# A run of registrations that holds just the days of planting, or a cut of the part of the source
# where the canaries are, brings more than its share of them.
_GATHERED = ((3.0, 0.05),)
# Without a list the rate rests on the number of people: roughly told, or guessed.
_PEOPLE_TOLD = ((2.0, 0.15), (4.0, 0.1), (8.0, 0.05))
_PEOPLE_GUESSED = ((0.1, 0.2), (0.3, 0.2), (3.0, 0.2), (10.0, 0.2), (30.0, 0.1))


def hits_check(
    seen: Observation, source: str, explained: Explained, premises: Premises
) -> Check | None:
    """The hits among ``source``'s canaries against those that were due at its share, both tails."""
    trial = seen.trial
    if source not in trial.sources:
        return None
    column = trial.sources.index(source)
    own = trial.planted[:, column] <= seen.grid.cut[0]
    if not own.any():
        return None
    share = explained.share_of(source)
    scale = 1.0 if trial.measured[column] else share
    rate = trial.rate[own, column] * scale
    alive = trial.planted[own, column][None, :] <= seen.grid.cut[:, None]
    factors = _factors(source, bool(trial.measured[column]), premises)
    weights = np.outer(np.array([w for _f, w in factors]), cut_weights(seen, explained)).ravel()
    weights /= weights.sum()
    due = np.concatenate([np.minimum(alive * rate[None, :] * f, _CERTAIN) for f, _w in factors])
    found = int(trial.hit[own].sum())
    floor = premises.settings.other_road
    law = weights @ hits_law(due + floor * (1.0 - due), found)
    at_most, less = float(law.sum()), float(law[:-1].sum())
    expected = float(weights @ due.sum(axis=1))
    p = min(1.0, 2.0 * min(at_most, max(0.0, 1.0 - less)))
    return Check(HITS, (source,), float(found), expected, p)


def _factors(source: str, measured: bool, premises: Premises) -> list[tuple[float, float]]:
    """By what the rate of a source's canaries may be off, with weights."""
    usual = [(f, w) for f, w in premises.settings.exclusion if f >= _LEAST_FACTOR]
    if measured:
        return [*usual, *_GATHERED]
    return [*usual, *(_PEOPLE_TOLD if source in premises.told else _PEOPLE_GUESSED)]


def strays_check(seen: Observation, explained: Explained, settings: Settings) -> Check | None:
    """The hits among canaries that no contributor explains: they came by other roads."""
    trial = seen.trial
    if not trial.ids:
        return None
    elsewhere = unexplained(seen, explained.shares)
    if not elsewhere.any():
        return None
    # A number that was somebody else's before comes back under that name: it tells of no source.
    stray = elsewhere & trial.hit & (trial.floor < settings.recycled_road)
    found = int(stray.sum())
    chances = np.full((1, int(elsewhere.sum())), settings.other_road)
    law = hits_law(chances, max(found - 1, 0))[0] if found else np.zeros(1)
    p = max(0.0, 1.0 - float(law.sum()))
    names = sorted(
        {
            one
            for place, one in enumerate(trial.sources)
            if np.isfinite(trial.planted[stray, place]).any()
        }
    )
    return Check(STRAYS, tuple(names), float(found), float(chances.sum()), p)
