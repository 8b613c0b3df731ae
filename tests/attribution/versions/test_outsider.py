"""Honesty on cases that the simulator did not make: what is said for somebody else's copy."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from leaktrace.attribution.versions.ratio import MOST_AGAINST, MOST_FOR
from tests.attribution.versions.outsider import Outsider

LOG10 = log(10.0)
Found = list[tuple[float, list[float], float]]


@pytest.fixture(scope="module")
def found() -> Found:
    """For each pair: the true share, the ratios at that and at the apparent share, the highest."""
    pairs = []
    for seed in range(200, 210):
        for _batch, _source, share, apparent, evidence in Outsider(seed).evidence():
            ratios = [evidence.log_ratio(share), evidence.log_ratio(min(apparent, 1.0))]
            assert min(evidence.curve) >= -MOST_AGAINST - 1e-9
            assert max(evidence.curve) <= MOST_FOR + 1e-9
            pairs.append((share, ratios, max(evidence.curve)))
    return pairs


def test_somebody_elses_copy_hardly_speaks_for_a_source(found: Found) -> None:
    false = [(ratios[1], most) for share, ratios, most in found if share == 0.0]
    assert len(false) > 250
    for level in (1.0, 1.5, 2.0):
        # Turing's bound: a ratio of 10^x comes up by mistake once in 10^x times at most.
        assert np.mean([most >= level * LOG10 for _, most in false]) <= 10**-level
    assert not any(said >= 2 * LOG10 for said, _ in false)
    assert np.mean([exp(said) for said, _ in false]) <= 1.0
    assert np.median([said for said, _ in false]) < -0.7 * LOG10


def test_a_sources_own_copy_speaks_for_it_retyped_or_not(found: Found) -> None:
    true = [ratios[0] for share, ratios, _ in found if share > 0.9]
    assert len(true) > 25
    assert np.median(true) > 1.5 * LOG10
    assert np.mean([said > 0 for said in true]) > 0.9
