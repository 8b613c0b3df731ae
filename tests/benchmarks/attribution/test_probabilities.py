"""Calibration error and the cost of likelihood ratios, against slow and plain computations."""

from __future__ import annotations

from math import isnan, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.attribution import probabilities
from tests.benchmarks.attribution.made_row import made_row, ours, truth
from tests.benchmarks.attribution.rows import Listed


def plain_error(said: list[float], true: list[bool]) -> float:
    """Bin by bin, in loops."""
    total = 0.0
    for place in range(10):
        low, high = 0.05 + 0.095 * place, 0.05 + 0.095 * (place + 1)
        inside = [
            (one, right)
            for one, right in zip(said, true, strict=True)
            if low <= one < high or (place == 9 and one >= high)
        ]
        if inside:
            mean = sum(one for one, _ in inside) / len(inside)
            rate = sum(right for _, right in inside) / len(inside)
            total += len(inside) / len(said) * abs(mean - rate)
    return total


def test_calibration_error_is_that_of_a_plain_computation() -> None:
    rng = np.random.default_rng(5)
    said = rng.uniform(0.051, 1.0, 300)
    true = rng.random(300) < said**2
    assert probabilities.calibration_error(said, true) == pytest.approx(
        plain_error(said.tolist(), true.tolist())
    )
    assert isnan(probabilities.calibration_error(said[:0], true[:0]))


def test_few_statements_err_even_if_every_posterior_is_right() -> None:
    rng = np.random.default_rng(6)
    few, many = rng.uniform(0.1, 0.9, 40), rng.uniform(0.1, 0.9, 40_000)
    assert probabilities.error_if_right(few) > 0.05 > 10 * probabilities.error_if_right(many) / 2


def test_statements_are_what_is_said_above_a_twentieth() -> None:
    row = made_row([(truth("B1", {"S1": 1.0}), ours({"S1": 0.9, "S2": 0.05, "S3": 0.06}))])
    said, true = probabilities.statements([row])
    assert said.tolist() == [0.9, 0.06]
    assert true.tolist() == [True, False]


def plain_cllr(true: list[float], false: list[float]) -> float:
    missed = sum(log2(1 + 10**-one) for one in true) / len(true)
    misled = sum(log2(1 + 10**one) for one in false) / len(false)
    return (missed + misled) / 2


# In tenths: numbers that differ by next to nothing are one number after a little arithmetic.
RATIOS = st.lists(
    st.tuples(st.integers(-40, 40).map(lambda tenths: tenths / 10), st.booleans()),
    min_size=2,
    max_size=60,
).filter(lambda pairs: len({right for _one, right in pairs}) == 2)


@given(RATIOS)
def test_cllr_is_its_definition_and_no_recalibration_costs_more(
    pairs: list[tuple[float, bool]],
) -> None:
    said, true = (np.array(one) for one in zip(*pairs, strict=True))
    found = probabilities.cllr(said, true)
    assert found == pytest.approx(plain_cllr(said[true].tolist(), said[~true].tolist()))
    least = probabilities.cllr_min(said, true)
    assert -1e-12 <= least <= min(found, 1.0) + 1e-9
    assert probabilities.cllr_min(3 * said + 1, true) == pytest.approx(least, abs=1e-9)


def test_saying_nothing_costs_one_bit_and_telling_all_apart_costs_none() -> None:
    true = np.array([True, False, False])
    assert probabilities.cllr(np.zeros(3), true) == 1.0
    assert probabilities.cllr_min(np.zeros(3), true) == 1.0
    assert probabilities.cllr_min(np.array([0.2, 0.1, -3.0]), true) == 0.0


def test_ratios_of_a_known_law_lose_nothing_to_calibration() -> None:
    rng = np.random.default_rng(7)
    true = rng.random(40_000) < 0.5
    # Normal scores with means of plus and minus half their variance are natural log ratios.
    natural = rng.normal(np.where(true, 2.0, -2.0), 2.0)
    said = natural / np.log(10)
    lost = probabilities.cllr(said, true) - probabilities.cllr_min(said, true)
    assert 0 <= lost < 0.005
    worse = probabilities.cllr(2 * said, true) - probabilities.cllr_min(2 * said, true)
    assert worse > 0.05


def test_a_source_that_is_not_listed_counts_as_just_below_the_list() -> None:
    row = made_row(
        [(truth("B1", {"S1": 1.0}), ours({"S1": 0.9, "S2": 0.1}))],
        listed={"B1": {"S1": Listed(2.9, 0, 0, 0), "S2": Listed(-3.5, 0, 0, 0)}},
    )
    said, true = probabilities.ratios([row])
    assert said.tolist() == [2.9, -3.5, -2.0]
    assert true.tolist() == [True, False, False]
    assert probabilities.largest_excess([row]) == pytest.approx(0.5)


def test_what_the_worlds_vouch_for_is_the_empirical_upper_bound() -> None:
    pairs = [("S1", 3.0, True)] * 100 + [("S1", -3.0, False)] * 100
    batches = [
        (truth(f"B{place}", {"S1": 1.0} if right else {}), ours({"S1": 0.9}))
        for place, (_source, _ratio, right) in enumerate(pairs)
    ]
    listed = {
        f"B{place}": {source: Listed(ratio, 0, 0, 0)}
        for place, (source, ratio, _right) in enumerate(pairs)
    }
    # One misleading pair added to a hundred: 10 ** bound / 101 = 1.
    assert probabilities.vouched_for([made_row(batches, listed=listed)]) == pytest.approx(2.0)
