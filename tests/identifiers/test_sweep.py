"""Made-up ranges are found, and people are left alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.identifiers import made_up_share, never_issued, swept

Numbers = npt.NDArray[np.uint64]
Maker = Callable[[np.random.Generator], Numbers]

SEGMENTS = np.array(
    [130, 133, 135, 136, 138, 139, 150, 151, 155, 158, 159, 176, 177, 180, 186, 188, 189]
)


def nation(size: int) -> Maker:
    """People from everywhere: a segment and eight random digits."""

    def make(rng: np.random.Generator) -> Numbers:
        return (rng.choice(SEGMENTS, size) * 10**8 + rng.integers(0, 10**8, size)).astype(np.uint64)

    return make


def town(size: int, blocks: int, sigma: float = 0.0, adjacent: int = 1) -> Maker:
    """People of one town: some blocks of 10,000, log-normally popular."""

    def make(rng: np.random.Generator) -> Numbers:
        starts = rng.choice(SEGMENTS, blocks // adjacent) * 10**4
        starts += rng.integers(0, 10**4 - adjacent, len(starts))
        heads = np.unique(starts[:, None] + np.arange(adjacent))
        weights = np.exp(sigma * rng.standard_normal(len(heads)))
        chosen = rng.choice(heads, size, p=weights / weights.sum())
        return (chosen * 10**4 + rng.integers(0, 10**4, size)).astype(np.uint64)

    return make


def range_of(size: int, span: int, step: int = 1) -> Maker:
    """``size`` of ``span`` numbers at even steps from a random start, shuffled."""

    def make(rng: np.random.Generator) -> Numbers:
        start = 13_000_000_000 + int(rng.integers(0, 6_900_000_000))
        return (start + step * rng.choice(span, size, replace=False)).astype(np.uint64)

    return make


PEOPLE = {
    "nation, 500": nation(500),
    "nation, 50,000": nation(50_000),
    "town, 5,000": town(5_000, 300),
    "town, 200,000": town(200_000, 300),
    "town, 100,000 in 100 blocks": town(100_000, 100),
    "town, 100,000 in 200 blocks": town(100_000, 200),
    "town, 100,000 in 120 adjacent blocks": town(100_000, 120, adjacent=120),
    "town, unequal blocks": town(20_000, 300, sigma=1.0),
    "town, unequal ranges of blocks": town(20_000, 300, sigma=0.7, adjacent=10),
    "a small town": town(3_000, 30),
    "twenty people": town(20, 3),
}
SWEPT = {
    "a run": range_of(5_000, 5_000),
    "a short run": range_of(300, 300),
    "5,000 of 100,000": range_of(5_000, 100_000),
    "1,000 of 10,000": range_of(1_000, 10_000),
    "50,000 of 400,000": range_of(50_000, 400_000),
    "every seventh": range_of(5_000, 5_000, step=7),
    "every 1,000th": range_of(5_000, 5_000, step=1_000),
    "half of every 137th": range_of(5_000, 10_000, step=137),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_people_are_left_alone(name: str) -> None:
    shares = [swept(PEOPLE[name](np.random.default_rng(seed))).mean() for seed in range(6)]
    assert np.mean(shares) < 0.001


@pytest.mark.parametrize("name", SWEPT)
def test_sweeps_are_found(name: str) -> None:
    shares = [swept(SWEPT[name](np.random.default_rng(seed))).mean() for seed in range(6)]
    assert min(shares) > 0.97


@pytest.mark.parametrize("people", ["nation", "town"])
@pytest.mark.parametrize("sweep", ["a run", "1,000 of 10,000"])
def test_a_sweep_among_people_is_told_apart(people: str, sweep: str) -> None:
    real = {"nation": nation(4_000), "town": town(4_000, 300)}[people]
    made_up = {"a run": range_of(1_000, 1_000), "1,000 of 10,000": SWEPT[sweep]}[sweep]
    false, missed = [], []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        flags = swept(np.concatenate([real(rng), made_up(rng)]))
        false.append(flags[:4_000].mean())
        missed.append(1 - flags[4_000:].mean())
    assert np.mean(false) < 0.001
    assert np.mean(missed) < 0.03


def test_a_run_inside_a_full_town_is_told_apart() -> None:
    rng = np.random.default_rng(5)
    people = town(200_000, 300)(rng)
    start = int(people[0]) // 10_000 * 10_000
    run = np.arange(start, start + 1_000, dtype=np.uint64)
    flags = swept(np.concatenate([people, run]))
    assert flags[200_000:].mean() > 0.97
    outside = (people < run[0] - 1_000) | (people > run[-1] + 1_000)
    assert flags[:200_000][outside].mean() < 0.001


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(sorted(SWEPT)))
def test_order_and_repetition_change_nothing(seed: int, name: str) -> None:
    rng = np.random.default_rng(seed)
    numbers = np.concatenate([SWEPT[name](rng)[:600], nation(600)(rng)])
    order = rng.permutation(np.concatenate([np.arange(len(numbers)), np.arange(50)]))
    assert (swept(numbers)[order] == swept(numbers[order])).all()


def test_nothing_is_no_sweep() -> None:
    assert swept(np.zeros(0, dtype=np.uint64)).tolist() == []
    assert swept(np.array([13912345670], dtype=np.uint64)).tolist() == [False]


def test_share_of_random_numbers() -> None:
    rng = np.random.default_rng(2)
    random = rng.integers(13_000_000_000, 20_000_000_000, 10_000).astype(np.uint64)
    both = np.concatenate([random, nation(10_000)(rng)])
    assert abs(made_up_share(int(never_issued(both).sum()), len(both)) - 0.5) < 0.05
    assert made_up_share(0, 0) == 0.0
    assert made_up_share(10, 10) == 1.0
