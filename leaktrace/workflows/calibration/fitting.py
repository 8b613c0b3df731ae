"""What ships with a version: how the evidence counts, and the bound, fitted on trials.

- How the evidence counts (:class:`leaktrace.attribution.calibration.Law`), by what a statement
  rests on: a logistic law through the prior, of maximum likelihood.
- The cap of the likelihood ratios: their empirical upper bound,
  :func:`leaktrace.workflows.calibration.ratios.empirical_bounds`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.calibration import RESTS_ON, Law
from leaktrace.workflows.calibration.figures import as_numbers, figures_of
from leaktrace.workflows.calibration.ratios import empirical_bounds
from leaktrace.workflows.calibration.trials import Trial

Floats = npt.NDArray[np.float64]
# A ratio beyond e^12 says no more to the fit.
_MOST, _RIDGE = 12.0, 4.0
# Simulated worlds may take from what the evidence says of a source, and add nothing to it.
_SHIFTS: Floats = np.linspace(-3.0, 0.0, 31)


def fitted_laws(trials: Sequence[Trial]) -> dict[str, Law]:
    """How the evidence counts, by what a statement rests on: the slope and the shift that make the
    trials most likely, held to (1, 0) by a ridge, so that few trials change little."""
    return {kind: fitted_law([one for one in trials if one.rests_on == kind]) for kind in RESTS_ON}


def fitted_law(trials: Sequence[Trial]) -> Law:
    """The law of one kind of statement, on a grid."""
    prior = _log_odds(np.array([one.prior for one in trials]))
    evidence = np.array([one.log10_lr for one in trials]) * np.log(10.0)
    truth = np.array([one.contributed for one in trials], dtype=bool)
    evidence = np.clip(evidence, -_MOST, _MOST)
    best, law = np.inf, Law()
    for slope in np.linspace(0.4, 1.6, 61):
        odds = prior[:, None] + slope * evidence[:, None] + _SHIFTS[None, :]
        loss = np.logaddexp(0, np.where(truth[:, None], -odds, odds)).sum(axis=0)
        loss += _RIDGE * ((slope - 1) / 0.2) ** 2 / 2 + _RIDGE * _SHIFTS**2 / 2
        place = int(np.argmin(loss))
        if loss[place] < best:
            best = float(loss[place])
            law = Law(round(float(slope), 2), round(float(_SHIFTS[place]), 2))
    return law


def upper_bound(trials: Sequence[Trial]) -> float:
    """log10 of the largest likelihood ratio that the trials can vouch for."""
    if not trials:
        return 0.0
    ratios = np.array([one.log10_lr for one in trials])
    truth = np.array([one.contributed for one in trials], dtype=bool)
    return round(empirical_bounds(ratios, truth)[1], 2)


def fitted_validation(
    laws: Mapping[str, Law],
    spoken: Sequence[Trial],
    families: Sequence[str],
    seeds: tuple[int, int],
) -> dict[str, Any]:
    """The document ``validation.json``.

    Parameters
    ----------
    laws : mapping
        Of :func:`fitted_laws`.
    spoken : sequence of Trial
        What is said of the same worlds under these laws, those that are not listed too.
    families, seeds
        Which worlds they are from; the first and the last seed.
    """
    listed = [one for one in spoken if one.listed]
    cap = upper_bound(listed)
    return {
        "laws": {kind: [law.slope, law.shift] for kind, law in sorted(laws.items())},
        "log10_lr_cap": cap,
        "worlds": len({(one.family, one.seed) for one in spoken}),
        "statements": len(listed),
        "families": list(families),
        "seeds": list(seeds),
        "figures": as_numbers(figures_of(spoken, cap)),
    }


def _log_odds(probability: Floats) -> Floats:
    return np.asarray(np.log(probability) - np.log1p(-probability))
