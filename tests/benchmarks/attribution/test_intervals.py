"""The intervals beside every figure."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from tests.benchmarks.attribution.intervals import (
    clopper_pearson,
    mean,
    pooled,
    proportion,
    upper_bound,
)


@pytest.mark.parametrize(("count", "of"), [(0, 7), (1, 200), (12, 40), (39, 40), (5, 5)])
def test_clopper_pearson_is_scipys(count: int, of: int) -> None:
    exact = binomtest(count, of).proportion_ci(0.95, method="exact")
    assert clopper_pearson(count, of) == pytest.approx((exact.low, exact.high), abs=1e-9)


def test_the_one_sided_bound_of_nothing_seen_is_three_in_n() -> None:
    assert upper_bound(0, 600) == pytest.approx(3 / 600, rel=0.01)
    exact = binomtest(2, 500, alternative="less").proportion_ci(0.95, method="exact").high
    assert upper_bound(2, 500) == pytest.approx(exact, abs=1e-9)
    assert isnan(upper_bound(0, 0))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8))
def test_an_interval_holds_its_proportion_and_clopper_pearsons(
    drawn: list[tuple[int, int]],
) -> None:
    counts = [(min(pair), max(pair)) for pair in drawn]
    found = proportion(counts)
    if not found.of:
        assert not found.known
        return
    assert found.count is not None
    low, high = clopper_pearson(found.count, found.of)
    assert 0 <= found.low <= low <= found.value <= high <= found.high <= 1


def test_worlds_that_differ_widen_the_interval_of_a_proportion() -> None:
    even, odd = proportion([(50, 100)] * 10), proportion([(0, 100), (100, 100)] * 5)
    assert even.value == odd.value
    assert odd.high - odd.low > 2 * (even.high - even.low)


def test_a_mean_leaves_out_worlds_without_a_value_and_draws_the_same_each_time() -> None:
    values = [*np.random.default_rng(3).normal(5, 1, 200).tolist(), nan]
    found = mean(values)
    assert found == mean(values)
    assert found.value == pytest.approx(np.nanmean(values))
    assert found.high - found.low == pytest.approx(2 * 1.96 / np.sqrt(200), rel=0.2)
    assert not mean([nan]).known
    assert isnan(mean([0.4, nan]).low)


def test_a_pooled_measure_is_that_of_all_worlds() -> None:
    found = pooled([1.0, 2.0, 6.0], lambda rows: float(np.median(rows)))
    assert (found.value, found.low, found.high) == (2.0, 1.0, 6.0)
