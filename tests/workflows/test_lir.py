"""Our figures of likelihood ratios against those of ``lir``: as it gave them once, and again where
it is at hand.

Its conventions are ours: a misleading trial is added on both sides before the bounds are looked
for (the paper's own program adds it on one), ratios beyond 10^9 count as 10^9, a ratio that equals
a threshold is not above it, and in a Tippett plot it is.
"""

from __future__ import annotations

import importlib.util
import json
from typing import Any

import numpy as np
import pytest

from leaktrace.workflows.calibration.ratios import (
    cllr,
    cllr_min,
    empirical_bounds,
    pool_adjacent_violators,
    shares_above,
)
from tests.workflows.lir_figures import FILE, all_trials, drawn, lir_figures

TRIALS = all_trials()
WRITTEN: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
WITH_LIR = pytest.mark.skipif(
    importlib.util.find_spec("lir") is None, reason="lir is not installed: it is no part of [test]"
)


def our_figures(log10_lr: np.ndarray, true: np.ndarray, theirs: dict[str, Any]) -> dict[str, Any]:
    """What we say, at the places where ``lir`` was asked."""
    lower, upper = empirical_bounds(log10_lr, true)
    places = theirs["places"]
    curves = {}
    for name, side in (("true", 0), ("false", 1)):
        at = np.array([point[0] for point in theirs["tippett"][name]])
        curves[name] = np.column_stack([at, shares_above(log10_lr, true, at)[side]]).tolist()
    whole, least = cllr(log10_lr, true), cllr_min(log10_lr, true)
    worth = pool_adjacent_violators(log10_lr, true).recalibrated(log10_lr)
    return {
        "cllr": whole,
        "cllr_min": least,
        "cllr_cal": whole - least,
        "lower": lower,
        "upper": upper,
        "places": places,
        "recalibrated": [str(one) if np.isinf(one) else float(one) for one in worth[places]],
        "tippett": curves,
    }


def assert_alike(ours: Any, theirs: Any) -> None:
    """The same structure, numbers to 1e-6."""
    if isinstance(theirs, dict):
        assert ours.keys() == theirs.keys()
        for name in theirs:
            assert_alike(ours[name], theirs[name])
    elif isinstance(theirs, list):
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert_alike(one, other)
    elif isinstance(theirs, str):
        assert ours == theirs
    else:
        assert ours == pytest.approx(theirs, abs=1e-6)


def test_every_set_of_trials_is_written() -> None:
    assert WRITTEN.keys() == TRIALS.keys()


@pytest.mark.parametrize("name", TRIALS)
def test_our_figures_are_those_of_lir(name: str) -> None:
    assert_alike(our_figures(*TRIALS[name], WRITTEN[name]), WRITTEN[name])


@WITH_LIR
def test_what_was_written_is_what_lir_says() -> None:
    for name, trials in TRIALS.items():
        assert_alike(lir_figures(*trials), WRITTEN[name])


@WITH_LIR
def test_our_figures_are_those_of_lir_on_other_trials() -> None:
    for seed in range(60):
        rng = np.random.default_rng(seed)
        true, false = (int(one) for one in rng.integers(3, 400, 2))
        ratios, truth = drawn(seed, true, false, float(rng.uniform(-0.5, 3.0)))
        ratios = np.round(ratios, int(rng.integers(1, 7)))
        theirs = lir_figures(ratios, truth)
        assert_alike(our_figures(ratios, truth, theirs), theirs)
