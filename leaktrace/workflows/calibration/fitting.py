"""What ships with a version: the temperature and the bound, fitted on trials.

- The temperature: the exponent on the evidence at which the posteriors fit best (maximum
  likelihood of a logistic law through the prior).
- The cap of the likelihood ratios: their empirical upper bound,
  :func:`leaktrace.workflows.calibration.ratios.empirical_bounds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.calibration import calibrated
from leaktrace.workflows.calibration.figures import as_numbers, figures_of
from leaktrace.workflows.calibration.ratios import empirical_bounds
from leaktrace.workflows.calibration.trials import Trial

Floats = npt.NDArray[np.float64]


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
    if not trials:
        return 0.0
    ratios = np.array([one.log10_lr for one in trials])
    truth = np.array([one.contributed for one in trials], dtype=bool)
    return round(empirical_bounds(ratios, truth)[1], 2)


def fitted_validation(
    trials: Sequence[Trial], families: Sequence[str], seeds: tuple[int, int]
) -> dict[str, Any]:
    """The document ``validation.json`` that belongs to ``trials``.

    Parameters
    ----------
    trials : sequence of Trial
        Of :func:`leaktrace.workflows.calibration.raw_trials`, with those that are not listed.
    families, seeds
        Which worlds they are from; the first and the last seed.
    """
    listed = [one for one in trials if one.listed]
    temperature, cap = fitted_temperature(listed), upper_bound(listed)
    spoken = [
        replace(one, posterior=calibrated(one.posterior, one.prior, temperature))
        if one.listed
        else one
        for one in trials
    ]
    return {
        "temperature": temperature,
        "log10_lr_cap": cap,
        "worlds": len({(one.family, one.seed) for one in trials}),
        "statements": len(listed),
        "families": list(families),
        "seeds": list(seeds),
        "figures": as_numbers(figures_of(spoken, cap)),
    }


def _log_odds(probability: Floats) -> Floats:
    return np.asarray(np.log(probability) - np.log1p(-probability))
