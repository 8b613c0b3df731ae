"""Laws of the figures of likelihood ratios; what they are worth is checked in ``test_lir``."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.workflows.calibration.ratios import (
    cllr,
    cllr_min,
    empirical_bounds,
    pool_adjacent_violators,
    shares_above,
)

sides = st.tuples(
    *[st.lists(st.integers(-60, 60), min_size=1, max_size=40) for _side in ("true", "false")]
)


def trials(both: tuple[list[int], list[int]]) -> tuple[np.ndarray, np.ndarray]:
    ratios = np.array([*both[0], *both[1]]) / 10
    return ratios, np.arange(len(ratios)) < len(both[0])


def test_saying_nothing_costs_one_bit_and_all_true_or_none_is_unknown() -> None:
    assert cllr(np.zeros(4), np.array([True, False, True, False])) == pytest.approx(1.0)
    for truth in (np.ones(3, bool), np.zeros(3, bool)):
        assert isnan(cllr(np.zeros(3), truth)) and isnan(cllr_min(np.zeros(3), truth))
        assert empirical_bounds(np.ones(3), truth) == (0.0, 0.0)


@given(sides)
def test_recalibration_never_costs_more(both: tuple[list[int], list[int]]) -> None:
    ratios, truth = trials(both)
    assert -1e-12 <= cllr_min(ratios, truth) <= min(cllr(ratios, truth), 1.0) + 1e-12


@given(sides)
def test_blocks_rise_and_hold_everything(both: tuple[list[int], list[int]]) -> None:
    ratios, truth = trials(both)
    blocks = pool_adjacent_violators(ratios, truth)
    assert (blocks.low <= blocks.high).all() and (blocks.low[1:] > blocks.high[:-1]).all()
    assert (blocks.worth[1:] > blocks.worth[:-1]).all()
    assert blocks.pairs.sum() == len(ratios)
    again = blocks.recalibrated(ratios)
    assert np.isfinite(again[truth & (again > 0)]).all() or truth[again == np.inf].all()
    finite = np.clip(again, -20.0, 20.0)
    assert cllr_min(finite, truth) == pytest.approx(cllr_min(ratios, truth), abs=1e-9)


@given(sides, st.floats(0.1, 3.0), st.floats(-2.0, 2.0))
def test_telling_apart_does_not_depend_on_the_scale(
    both: tuple[list[int], list[int]], scale: float, shift: float
) -> None:
    ratios, truth = trials(both)
    assert cllr_min(ratios * scale + shift, truth) == pytest.approx(cllr_min(ratios, truth))


@given(sides)
def test_the_two_sides_swapped_are_the_mirror_image(both: tuple[list[int], list[int]]) -> None:
    ratios, truth = trials(both)
    assert cllr(-ratios, ~truth) == pytest.approx(cllr(ratios, truth))
    assert cllr_min(-ratios, ~truth) == pytest.approx(cllr_min(ratios, truth))


def test_bounds_of_both_sides_by_plain_loops() -> None:
    rng = np.random.default_rng(4)
    true, false = rng.normal(0.8, 0.9, 700), rng.normal(-0.8, 0.9, 900)
    ratios, truth = np.concatenate([true, false]), np.arange(1600) < 700
    lower, upper = empirical_bounds(ratios, truth)

    def costs_more(threshold: float) -> bool:
        missed = (sum(true <= threshold) + 1) / 701
        misled = (sum(false > threshold) + 1) / 901
        ignoring = min(1.0, 10**threshold)
        return bool(missed + 10**threshold * misled > ignoring)

    over = next(step for step in range(400) if costs_more(step / 100 + 1e-9))
    under = next(step for step in range(400) if costs_more(-step / 100 - 1e-9))
    assert upper == pytest.approx((over - 1) / 100, abs=0.0101)
    assert lower == pytest.approx(-(under - 1) / 100, abs=0.0101)
    assert lower < -1 and upper > 1


def test_what_is_given_is_not_changed() -> None:
    ratios, truth = np.array([-300.0, 300.0, 1.0]), np.array([False, True, False])
    before = ratios.copy()
    empirical_bounds(ratios, truth)
    pool_adjacent_violators(ratios, truth)
    assert (ratios == before).all()


def test_a_ratio_that_equals_the_threshold_is_in_a_tippett_plot() -> None:
    ratios, truth = np.array([1.0, 2.0, 0.0]), np.array([True, True, False])
    true, false = shares_above(ratios, truth, np.array([0.0, 0.5, 1.0, 2.0, 2.1]))
    assert true.tolist() == [1.0, 1.0, 1.0, 0.5, 0.0]
    assert false.tolist() == [1.0, 0.0, 0.0, 0.0, 0.0]
    assert np.isnan(shares_above(ratios, np.ones(3, bool), np.zeros(1))[1]).all()
