"""Hits and misses against a plain enumeration, floors, and times of planting."""

from __future__ import annotations

from math import exp, inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution.canaries import (
    CanaryLaw,
    CanaryTrial,
    lone,
    over_cuts,
    over_exclusions,
    shared,
    shared_among,
)
from leaktrace.attribution.settings import Settings

SETTINGS = Settings(common_road=())
CUT = np.array([100.0, 90.0, 60.0, 20.0])
WEIGHTS = np.log([0.4, 0.3, 0.2, 0.1])


def trial(
    hit: list[bool],
    planted: list[list[float]],
    rate: list[list[float]],
    floor: float | list[float] = 0.001,
    measured: list[bool] | None = None,
) -> CanaryTrial:
    count, width = np.array(planted).shape
    there = np.isfinite(np.array(planted, dtype=float).T)
    column, row = np.nonzero(there)
    return CanaryTrial(
        tuple(f"c{one}" for one in range(count)),
        np.array(hit, dtype=bool),
        np.broadcast_to(np.array(floor, dtype=float), (count,)).copy(),
        np.ones(count, dtype=bool),
        ("A", "B", "C")[:width],
        np.array(measured or [False] * width),
        row,
        column,
        np.array(planted, dtype=float).T[there],
        np.array(rate, dtype=float).T[there],
    )


def told(made: CanaryTrial, active: dict[str, float], settings: Settings = SETTINGS) -> float:
    law = CanaryLaw.of(made, CUT, settings)
    tables = sum(lone(law, one, np.array([share])) for one, share in active.items())
    for group in shared_among(made, list(active)):
        scales = np.array(list(active.values()))[list(group.places)]
        tables = tables + shared(law, group, scales[None, :])
    return float(over_cuts(over_exclusions(law, tables), WEIGHTS[:, None])[0])


def enumerated(made: CanaryTrial, active: dict[str, float], settings: Settings) -> float:
    """The same, in plain loops: over cut times, exclusions, canaries."""
    total = 0.0
    for moment, weight in zip(CUT, np.exp(WEIGHTS), strict=True):
        for factor, chance in settings.exclusion:
            product = float(weight) * chance
            for row in range(len(made.ids)):
                due = sum(
                    made.rate[row, made.sources.index(one)] * share
                    for one, share in active.items()
                    if made.planted[row, made.sources.index(one)] <= moment
                )
                there = min(due * factor, 0.98)
                other = float(made.floor[row])
                if made.hit[row]:
                    product *= (1 - (1 - there) * (1 - other)) / other
                else:
                    product *= 1 - there  # (1 - there)(1 - other) / (1 - other)
            total += product
    return log(total)


@st.composite
def trials(draw: st.DrawFn) -> tuple[CanaryTrial, dict[str, float]]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    count = draw(st.integers(1, 6))
    planted = rng.choice([10.0, 50.0, 70.0, 95.0, 150.0, inf], size=(count, 3))
    rate = np.where(np.isfinite(planted), rng.random((count, 3)), 0.0)
    made = trial(
        (rng.random(count) < 0.4).tolist(), planted.tolist(), rate.tolist(),
        rng.uniform(0.0005, 0.3, count).tolist(),
    )  # fmt: skip
    actives = [{"A": 0.6, "B": 0.3}, {"C": 1.0}, {"A": 0.2, "B": 0.5, "C": 0.3}]
    return made, actives[draw(st.integers(0, 2))]


@given(trials())
def test_the_ratio_is_that_of_a_plain_enumeration(given_trial) -> None:
    made, active = given_trial
    assert told(made, active) == pytest.approx(enumerated(made, active, SETTINGS), abs=1e-9)


def test_a_canary_planted_after_every_cut_explains_nothing() -> None:
    made = trial([True, False], [[150.0], [101.0]], [[0.5], [0.5]])
    assert told(made, {"A": 1.0}) == pytest.approx(0.0, abs=1e-12)


def test_a_canary_planted_on_the_moment_of_the_cut_was_there() -> None:
    assert told(trial([True], [[100.0]], [[0.5]]), {"A": 1.0}) > 0.5


def test_an_older_canary_is_more_surely_a_miss() -> None:
    old, young = (trial([False], [[moment]], [[0.5]]) for moment in (10.0, 95.0))
    assert told(old, {"A": 1.0}) < told(young, {"A": 1.0}) < 0.0


def test_a_canary_of_two_sources_points_at_both_alike() -> None:
    made = trial([True, False], [[10.0, 10.0], [10.0, 10.0]], [[0.1, 0.1], [0.1, 0.1]])
    one, other = told(made, {"A": 1.0}), told(made, {"B": 1.0})
    assert one == pytest.approx(other)
    assert one > 3.0
    # One hit is explained once: half each explains it as well as one of them alone.
    assert told(made, {"A": 0.5, "B": 0.5}) == pytest.approx(one)


def test_a_hit_says_nothing_of_a_source_where_it_is_not_planted() -> None:
    made = trial([True], [[10.0, inf]], [[0.3, 0.0]])
    assert told(made, {"B": 1.0}) == pytest.approx(0.0, abs=1e-12)
    assert told(made, {"elsewhere": 1.0}) == pytest.approx(0.0, abs=1e-12)


def test_the_more_likely_another_road_the_less_a_hit_says() -> None:
    said = [
        told(trial([True], [[10.0]], [[0.3]], floor), {"A": 1.0}) for floor in (0.0005, 0.02, 0.9)
    ]
    assert said[0] > said[1] > said[2] > 0.0
    plain = Settings(exclusion=((1.0, 1.0),), common_road=())
    ratio = told(trial([True], [[10.0]], [[0.3]], 0.02), {"A": 1.0}, plain)
    assert exp(ratio) == pytest.approx((0.3 + 0.02 - 0.3 * 0.02) / 0.02)


def test_hits_of_and_due_count_what_was_planted_in_time() -> None:
    made = trial(
        [True, True, False], [[10.0, inf], [inf, 10.0], [95.0, inf]],
        [[0.4, 0.0], [0.0, 0.2], [0.4, 0.0]], measured=[False, True],
    )  # fmt: skip
    assert made.hits_of("A") == ["c0"]
    assert made.hits_of("B") == ["c1"]
    assert made.hits_of("elsewhere") == []
    weights = np.exp(WEIGHTS)
    assert made.due("A", 0.5, CUT, weights) == pytest.approx(0.2 + 0.4 * 0.2)
    assert made.due("B", 0.5, CUT, weights) == pytest.approx(0.2)  # measured: whatever the share
    assert made.due("elsewhere", 0.5, CUT, weights) == 0.0


def of_ten(hits: int, rate: float) -> CanaryTrial:
    return trial([one < hits for one in range(10)], [[0.0]] * 10, [[rate]] * 10)


def test_hits_that_may_have_come_together_say_less() -> None:
    made = of_ten(2, 0.2)
    apart = told(made, {"A": 1.0})
    together = told(made, {"A": 1.0}, Settings(common_road=(0.01, 0.001, 0.0002)))
    # Two of ten: one road for both, 1/45 of the pairs, against 1/1000 for each by itself.
    expected = np.log(1.0 + 0.001 / 45 / 0.001**2)
    assert apart - together == pytest.approx(expected, abs=0.05)


def test_a_road_for_all_matters_less_the_more_canaries_were_found() -> None:
    settings = Settings(common_road=(0.01, 0.001, 0.0002))
    left = []
    for hits in (2, 5, 8):
        left.append(told(of_ten(hits, 0.6), {"A": 1.0}, settings))
    assert left == sorted(left)
