"""How many people a source has that told no number and gave no list, by its canaries.

Of a batch of ``n`` people, a share ``s`` from a source of ``N``, each of its canaries is in the
batch with probability ``n s / N``. The shares are not known, so that they are summed over; batches
that hold many of a source's canaries bound ``N`` from above all the same. What nobody told is taken
for :data:`~leaktrace.attribution.coverage.UNKNOWN_POPULATION` within a factor of four or so, which
stands where there are no hits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import comb

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.coverage import UNKNOWN_POPULATION
from leaktrace.attribution.observation import Observation

Floats = npt.NDArray[np.float64]
_GRID: Floats = np.exp(np.linspace(np.log(300.0), np.log(3e6), 93))
_SPREAD = np.log(4.0)
_SHARES: Floats = np.array([0.06, 0.12, 0.25, 0.4, 0.6, 0.8, 1.0])
_CERTAIN = 0.95
# Part of a source's canaries that came another way together, whatever the source.
_COMMON_ROAD = 0.002
# Lists that were cut from one another show the same hits again: no more than so many batches count.
_BATCHES_THAT_COUNT = 4.0
_FEWEST_HITS = 2


def counted(
    observations: Sequence[Observation],
    sources: Sequence[str],
    told: Mapping[str, float],
    prior: Mapping[str, float],
) -> dict[str, float]:
    """The number of people of each of ``sources``, for those of whose canaries two or more were in
    some batch.

    Where the very same canaries speak for two sources, a number that only one of them told must
    not tell them apart: the other's is then taken to be no larger.

    Parameters
    ----------
    observations : sequence of Observation
        Of every batch, rates for :data:`UNKNOWN_POPULATION`.
    sources : sequence of str
    told : mapping
        The number of people of the other sources, as far as it was told.
    prior : mapping
        Source to its prior probability of having contributed to a batch.
    """
    found = {}
    for source in sources:
        hits = [seen.trial.hit_counts().get(source, 0) for seen in observations]
        if max(hits, default=0) >= _FEWEST_HITS:
            telling = [seen for seen, hit in zip(observations, hits, strict=True) if hit]
            alike = [told[one] for one in _alike(source, telling) if one in told]
            found[source] = min([_headcount(source, telling, prior[source]), *alike])
    return found


def _alike(source: str, telling: Sequence[Observation]) -> set[str]:
    """The other sources of whose canaries the very same two or more are in some batch."""
    found = set()
    for seen in telling:
        hits = seen.trial.hits_of(source)
        if len(hits) >= _FEWEST_HITS:
            others = seen.trial.hit_counts()
            found |= {one for one in others if seen.trial.hits_of(one) == hits}
    return found - {source}


def recounted(seen: Observation, people: Mapping[str, float]) -> Observation:
    """``seen`` with the rates of canaries for the numbers of ``people`` by source."""
    rates = seen.trial.rates.copy()
    for source, count in people.items():
        here = seen.trial.plantings_of(source)
        if not seen.trial.is_measured(source):
            scale = max(UNKNOWN_POPULATION, seen.real) / max(count, seen.real)
            rates[here] = np.minimum(rates[here] * scale, _CERTAIN)
    return replace(seen, trial=replace(seen.trial, rates=rates))


def _headcount(source: str, telling: Sequence[Observation], prior: float) -> float:
    """The posterior mean of the logarithm, exponentiated."""
    said = sum(_log_likelihood(source, seen, prior) for seen in telling)
    weight = min(1.0, _BATCHES_THAT_COUNT / len(telling))
    log_people = np.log(_GRID)
    believed = -0.5 * ((log_people - np.log(UNKNOWN_POPULATION)) / _SPREAD) ** 2
    density = np.exp((total := weight * said + believed) - total.max())
    return float(np.exp(density @ log_people / density.sum()))


def _log_likelihood(source: str, seen: Observation, prior: float) -> Floats:
    """Of the hits in one batch, for each number of people in the grid: float64[g]."""
    trial = seen.trial
    here = trial.plantings_of(source)
    alive = trial.moments[here] <= seen.grid.cut[0]
    hit = trial.hit[trial.row[here]] & alive
    rate = trial.rates[here][alive] * max(UNKNOWN_POPULATION, seen.real)
    inside = hit[alive]
    rates = np.minimum(
        rate[None, None, :] * _SHARES[None, :, None] / np.maximum(_GRID, seen.real)[:, None, None],
        _CERTAIN,
    )
    each = np.where(inside, np.log(rates), np.log1p(-rates)).sum(axis=2)
    contributed = np.exp(each).mean(axis=1)
    elsewhere = _COMMON_ROAD / _ways(len(inside), int(inside.sum()))
    return np.asarray(np.log(prior * contributed + (1 - prior) * elsewhere))


def _ways(among: int, found: int) -> float:
    """In how many ways so many can be found, and how many they may be."""
    return float(comb(among, found) * (among + 1))
