"""Whether the canaries came as an explanation has it: neither too few nor too many of the named
source's, and hardly any of others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.fitting.check import HITS, STRAYS, Check
from leaktrace.attribution.fitting.elsewhere import unexplained
from leaktrace.attribution.fitting.explained import Explained, cut_weights
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
# where the canaries are, brings more than its share of them. (Of 880 batches with a right statement
# three had four times as many finds as were due.)
_GATHERED = ((3.0, 0.05), (8.0, 0.02))
# Without a list the rate rests on the number of people: roughly told, or guessed.
_PEOPLE_TOLD = ((2.0, 0.15), (4.0, 0.1), (8.0, 0.05), (16.0, 0.02))
_PEOPLE_GUESSED = ((0.1, 0.2), (0.3, 0.2), (3.0, 0.2), (10.0, 0.2), (30.0, 0.1), (100.0, 0.05))
# Cut times that are less likely than this are left out.
_LEAST_LIKELY = 1e-4


def hits_check(
    seen: Observation, source: str, explained: Explained, premises: Premises
) -> Check | None:
    """The hits among ``source``'s canaries against those that were due at its share, both tails."""
    trial = seen.trial
    here = trial.plantings_of(source)
    there = trial.moments[here] <= seen.grid.cut[0]
    if not there.any():
        return None
    measured = trial.is_measured(source)
    rate = trial.rates[here][there] * (1.0 if measured else explained.share_of(source))
    cuts = cut_weights(seen, explained)
    likely = cuts >= _LEAST_LIKELY
    alive = trial.moments[here][there][None, :] <= seen.grid.cut[likely, None]
    factors, parts = np.array(_factors(source, premises, measured=measured)).T
    weights = np.outer(parts, cuts[likely]).ravel()
    weights /= weights.sum()
    due = np.minimum(factors[:, None, None] * (alive * rate[None, :]), _CERTAIN)
    due = due.reshape(len(weights), -1)
    found = int(trial.hit[trial.row[here][there]].sum())
    floor = premises.settings.other_road
    law = weights @ hits_law(due + floor * (1.0 - due), found)
    at_most, less = float(law.sum()), float(law[:-1].sum())
    p = min(1.0, 2.0 * min(at_most, max(0.0, 1.0 - less)))
    return Check(HITS, (source,), float(found), float(weights @ due.sum(axis=1)), p)


def _factors(source: str, premises: Premises, *, measured: bool) -> list[tuple[float, float]]:
    """By what the rate of a source's canaries may be off, with weights."""
    usual = [(f, w) for f, w in premises.settings.exclusion if f >= _LEAST_FACTOR]
    if measured:
        return [*usual, *_GATHERED]
    return [*usual, *(_PEOPLE_TOLD if source in premises.told else _PEOPLE_GUESSED)]


def strays_check(seen: Observation, explained: Explained, settings: Settings) -> Check | None:
    """The hits among canaries that no contributor explains: they came by other roads."""
    trial = seen.trial
    elsewhere = unexplained(seen, explained.shares)
    if not elsewhere.any():
        return None
    # A number that was somebody else's before comes back under that name: it tells of no source.
    stray = elsewhere & trial.hit & (trial.floor < settings.recycled_road)
    found, chance = int(stray.sum()), settings.other_road
    p = 1.0
    if found:
        law = hits_law(np.full((1, int(elsewhere.sum())), chance), found - 1)
        p = max(0.0, 1.0 - float(law.sum()))
    places = np.unique(trial.column[stray[trial.row]])
    names = tuple(trial.sources[place] for place in places)
    return Check(STRAYS, names, float(found), chance * float(elsewhere.sum()), p)
