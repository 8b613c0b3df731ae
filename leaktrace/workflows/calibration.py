"""Calibration on simulated worlds: the temperature and the bound that ship with a version.

Every (batch, source) pair that ``trace`` lists on a world is one trial: did the source contribute
at least max(5, 1%) of the people? From the trials come

- the temperature: the exponent on the evidence at which the posteriors fit best (maximum
  likelihood of a logistic law through the prior);
- the cap of the likelihood ratios: the empirical upper bound of Vergeer et al. (Science & Justice
  56, 2016): the largest threshold at which deciding by the system still costs no more than
  ignoring it, one misleading trial added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution import Settings, trace_case
from leaktrace.simulate.drawing import draw_world
from leaktrace.simulate.presets import preset
from leaktrace.workflows.worldcase import WorldCase

Floats = npt.NDArray[np.float64]
_UNCUT = 300.0


@dataclass(frozen=True, slots=True)
class Trial:
    """One source in one batch of a simulated world.

    Attributes
    ----------
    family, seed, batch, type, source
        Which.
    posterior, prior, log10_lr : float
        What the model said; ``log10_lr`` not cut.
    contributed : bool
        The truth.
    """

    family: str
    seed: int
    batch: str
    type: str
    source: str
    posterior: float
    prior: float
    log10_lr: float
    contributed: bool


def trials_of(family: str, seed: int, settings: Settings | None = None) -> list[Trial]:
    """The trials of one world."""
    world = draw_world(preset(family), seed)
    settings = settings or Settings(log10_lr_cap=_UNCUT)
    trace = trace_case(WorldCase(world), settings=settings, explain=False, temperature=1.0)
    known = {batch.id: batch for batch in world.seen}
    trials: list[Trial] = []
    for finding in trace.batches:
        batch = known[finding.batch]
        truth = world.contributors(batch)
        trials.extend(
            Trial(
                family, seed, batch.id, batch.type, one.source, one.posterior, one.prior,
                one.log10_lr, one.source in truth,
            )
            for one in finding.sources
        )  # fmt: skip
    return trials


def fitted_temperature(trials: Sequence[Trial]) -> float:
    """The exponent on the evidence that makes the trials most likely, in [0.3, 1.5]."""
    prior = _log_odds(np.array([one.prior for one in trials]))
    evidence = np.array([one.log10_lr for one in trials]) * np.log(10.0)
    truth = np.array([one.contributed for one in trials])
    grid = np.linspace(0.3, 1.5, 121)
    odds = prior[None, :] + grid[:, None] * np.clip(evidence, -50, 50)[None, :]
    loss = np.where(truth[None, :], np.logaddexp(0, -odds), np.logaddexp(0, odds)).sum(axis=1)
    return round(float(grid[int(np.argmin(loss))]), 2)


def upper_bound(trials: Sequence[Trial]) -> float:
    """log10 of the largest likelihood ratio that the trials can vouch for."""
    ratios = np.array([one.log10_lr for one in trials])
    truth = np.array([one.contributed for one in trials], dtype=bool)
    true, false = np.sort(ratios[truth]), np.sort(ratios[~truth])
    if len(true) == 0 or len(false) == 0:
        return 0.0
    bound = 0.0
    for threshold in np.arange(0.0, 8.0, 0.01):
        kept = 1.0 - np.searchsorted(true, threshold) / len(true)
        misled = (len(false) - np.searchsorted(false, threshold) + 1) / (len(false) + 1)
        if 10.0**threshold * misled > kept:
            break
        bound = float(threshold)
    return round(bound, 2)


def _log_odds(probability: Floats) -> Floats:
    return np.asarray(np.log(probability) - np.log1p(-probability))
