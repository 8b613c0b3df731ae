"""Tail probabilities, against plain enumeration and against SciPy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from leaktrace.attribution.fitting.innocents import upper_bound
from leaktrace.attribution.fitting.tails import hits_law, many_tail

CHANCES = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6)


@given(CHANCES)
def test_the_law_of_hits_is_that_of_counting_every_outcome(chances: list[float]) -> None:
    law = hits_law(np.array([chances]), len(chances))[0]
    counted = np.zeros(len(chances) + 1)
    for outcome in itertools.product((False, True), repeat=len(chances)):
        parts = [one if hit else 1.0 - one for one, hit in zip(chances, outcome, strict=True)]
        counted[sum(outcome)] += np.prod(parts)
    assert law == pytest.approx(counted, abs=1e-12)
    assert law.sum() == pytest.approx(1.0)


def test_the_law_of_hits_ends_where_asked() -> None:
    whole = hits_law(np.full((2, 5), 0.3), 5)
    assert hits_law(np.full((2, 5), 0.3), 2) == pytest.approx(whole[:, :3])


@given(st.integers(0, 60), st.integers(1, 60), st.floats(0.001, 0.9), st.floats(0.001, 0.4))
def test_a_tail_of_correlated_trials_is_beta_binomial(
    found: int, trials: int, mean: float, correlation: float
) -> None:
    found = min(found, trials)
    size = 1.0 / correlation - 1.0
    oracle = stats.betabinom.sf(found - 1, trials, mean * size, (1.0 - mean) * size)
    assert many_tail(found, trials, mean, correlation) == pytest.approx(oracle, abs=1e-8)


def test_correlated_trials_have_longer_tails() -> None:
    loose, tied = (many_tail(12, 400, 0.01, one) for one in (1e-6, 0.01))
    assert loose < tied < 0.1


@pytest.mark.parametrize("found", [0, 1, 7, 300, 999])
def test_the_upper_bound_is_clopper_and_pearsons(found: int) -> None:
    oracle = stats.beta.ppf(0.95, found + 1, 1000 - found)
    assert upper_bound(found, 1000) == pytest.approx(oracle, rel=1e-5)


def test_all_as_high_leaves_no_bound() -> None:
    assert upper_bound(1000, 1000) == 1.0
