"""A calibration of made-up trials, and tiny worlds, for the tests of its figures and its page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leaktrace.attribution.calibration import Validation, laws_of
from leaktrace.simulate.settings import BATCH_TYPES
from leaktrace.workflows.calibration import Calibration, Trial, Worlds
from leaktrace.workflows.calibration.trials import AT_HAND, LISTED, unlisted_log10_lr

TINY = Worlds(families=("easy", "hard"), first=1000, seeds=1, sources=5, batches=5)
SHIPPED = Validation(laws_of(0.98), 3.6, 27, 13_534, ("easy", "hard"), (2000, 2002))
PRIOR = 0.1


def made_up(count: int = 4000, seed: int = 1) -> Calibration:
    """Trials whose posteriors are exactly right, ten sources to a list."""
    rng = np.random.default_rng(seed)
    truth = rng.random(count) < PRIOR
    scores = np.where(truth, 1.7, -1.7) + rng.normal(0.0, 1.7 * 0.76, count)
    ratios = scores * 2 / 0.76**2 / 1.7 * np.log10(np.e)
    trials = [_trial(place, float(ratios[place]), bool(truth[place])) for place in range(count)]
    worlds = Worlds(families=("easy", "hard"), first=1000, seeds=2)
    return Calibration(worlds, tuple(trials), SHIPPED)


def _trial(place: int, ratio: float, true: bool) -> Trial:
    batch = place // 10
    odds = PRIOR / (1 - PRIOR) * 10**ratio
    posterior = min(odds / (1 + odds), 0.9999)
    one = Trial(
        ("easy", "hard")[batch % 2], 1000 + batch // 2 % 2, f"B{batch:03d}",
        BATCH_TYPES[batch % len(BATCH_TYPES)], f"S{place % 10:02d}", posterior, PRIOR, ratio, true,
        True, AT_HAND[place % 4],
    )  # fmt: skip
    if posterior < LISTED:
        return replace(one, posterior=0.0, log10_lr=unlisted_log10_lr(PRIOR), listed=False)
    return one
