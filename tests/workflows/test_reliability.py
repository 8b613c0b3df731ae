"""Reliability, Brier score, calibration error: the laws that they keep, and figures by hand."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.workflows.calibration.reliability import (
    STEPS,
    brier_parts,
    calibration_error,
    reliability_steps,
    wilson,
)

statements = st.lists(
    st.tuples(st.floats(0.0, 1.0, allow_nan=False), st.booleans()), min_size=1, max_size=60
)


def arrays(pairs: list[tuple[float, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([one[0] for one in pairs]), np.array([one[1] for one in pairs])


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_that_of_the_textbook(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)


def test_wilson_of_nothing_is_unknown_and_of_all_reaches_one() -> None:
    assert all(map(isnan, wilson(0, 0)))
    assert wilson(7, 7)[1] == 1.0


@given(statements)
def test_the_parts_make_the_brier_score(pairs: list[tuple[float, bool]]) -> None:
    said, true = arrays(pairs)
    parts = brier_parts(said, true)
    assert parts.score == pytest.approx(np.mean((said - true) ** 2))
    assert parts.score == pytest.approx(
        parts.reliability - parts.resolution + parts.uncertainty + parts.within
    )
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0


def test_nothing_is_left_over_where_each_step_is_a_point() -> None:
    said, true = arrays([(0.25, False)] * 3 + [(0.25, True)] + [(0.97, True)] * 5)
    parts = brier_parts(said, true)
    assert parts.within == pytest.approx(0.0, abs=1e-12)
    assert parts.reliability == pytest.approx(5 / 9 * 0.03**2)


@given(statements)
def test_every_listed_statement_is_in_one_step(pairs: list[tuple[float, bool]]) -> None:
    said, true = arrays(pairs)
    steps = reliability_steps(said, true)
    assert sum(one.count for one in steps) == int((said >= STEPS[0]).sum())
    assert sum(one.true for one in steps) == int(true[said >= STEPS[0]].sum())
    for one in steps:
        inside = (said >= one.low) & ((said < one.high) | (one.high == 1.0))
        assert one.count == int(inside.sum())
        assert isnan(one.mean) == (one.count == 0)


def test_a_step_says_how_often_it_was_true() -> None:
    said, true = arrays([(0.93, True)] * 93 + [(0.91, False)] * 7)
    step = next(one for one in reliability_steps(said, true) if one.low == 0.9)
    assert (step.count, step.true, step.share) == (100, 93, 0.93)
    assert step.interval == wilson(93, 100)


def test_the_calibration_error_by_hand() -> None:
    said, true = arrays([(0.9, True)] * 8 + [(0.9, False)] * 2 + [(0.3, False)] * 10)
    assert calibration_error(said, true) == pytest.approx(0.5 * 0.1 + 0.5 * 0.3)
    assert isnan(calibration_error(np.array([0.04]), np.array([True])))
