from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.stats import binom, hypergeom

from leaktrace.canary.planning.power import (
    Leak,
    canaries_needed,
    first_call_days,
    hits_chance,
    hits_distribution,
    least_hits,
    sample_needed,
)

SETTINGS = [
    (Leak(2_000_000, 5_000), 1_200),
    (Leak(2_000_000, 5_000, passes=0.6), 1_200),
    (Leak(2_000_000, 5_000, passes=0.3, kept=0.3), 500),
    (Leak(10_000, 400), 20),
    (Leak(10_000, 400, passes=0.5), 20),
    (Leak(10_000, 9_990, kept=0.9), 3),
    (Leak(500, 500), 2),
    (Leak(500, 250, passes=0.25, kept=0.6), 12),
    (Leak(80, 60, passes=0.8), 40),
    (Leak(100_000, 1), 90),
]


def after_the_filter(leak: Leak) -> tuple[int, int]:
    """The rows that are left, and how many of them leak; reckoned here, not by the code's own."""
    rows = round(leak.population * leak.kept)
    return rows, min(leak.sample, rows)


def mixture(leak: Leak, canaries: int, hits: int) -> float:
    passed = np.arange(canaries + 1)
    rows, drawn = after_the_filter(leak)
    each = hypergeom.pmf(hits, rows, passed, drawn)
    return float(binom.pmf(passed, canaries, leak.passes) @ each)


@pytest.mark.parametrize(("leak", "canaries"), SETTINGS)
def test_chances_are_the_exact_hypergeometric_ones(leak: Leak, canaries: int) -> None:
    found = hits_distribution(leak, canaries, 5)
    exact = [mixture(leak, canaries, hits) for hits in range(6)]
    assert found == pytest.approx(exact, rel=1e-6, abs=1e-9)
    assert hits_chance(leak, canaries) == pytest.approx(1 - exact[0], abs=1e-6)
    assert hits_chance(leak, canaries, 2) == pytest.approx(1 - exact[0] - exact[1], abs=1e-6)


@pytest.mark.parametrize(("leak", "canaries"), SETTINGS)
def test_chances_and_first_calls_agree_with_simulation(leak: Leak, canaries: int) -> None:
    rng, trials = np.random.default_rng(7), 20_000
    passed = rng.binomial(canaries, leak.passes, trials)
    rows, drawn = after_the_filter(leak)
    hits = rng.hypergeometric(passed, rows - passed, drawn)
    for least in (1, 2):
        chance = hits_chance(leak, canaries, least)
        error = np.sqrt(max(chance * (1 - chance), 1e-4) / trials)
        assert abs((hits >= least).mean() - chance) < 4 * error
    shown = hits[hits >= 1]
    if len(shown) < 500:
        return
    # The first of h in an order at random: the least of h uniform places.
    first = (drawn + 1) * (1 - (1 - rng.random(len(shown))) ** (1 / shown))
    days = first_call_days(leak, canaries, 100)
    assert days == pytest.approx(first.mean() / 100, abs=4 * first.std() / 100 / len(shown) ** 0.5)


def test_chances_agree_with_rows_that_are_filtered_and_drawn_one_by_one() -> None:
    leak, canaries, trials = Leak(80, 30, passes=0.5, kept=0.75), 6, 4_000
    rng, found = random.Random(9), [0, 0, 0]
    for _trial in range(trials):
        passed = [row for row in range(canaries) if rng.random() < 0.5]
        # The filter keeps 60 of the 80 rows: the canaries that pass, and others.
        rows = passed + rng.sample(range(canaries, 80), 60 - len(passed))
        hits = sum(row < canaries for row in rng.sample(rows, 30))
        found = [count + (hits >= least) for least, count in enumerate(found)]
    for least in (1, 2):
        chance = hits_chance(leak, canaries, least)
        assert abs(found[least] / trials - chance) < 4 * (chance * (1 - chance) / trials) ** 0.5


def test_a_small_cut_of_a_large_source_takes_over_a_thousand_canaries() -> None:
    leak = Leak(2_000_000, 5_000)
    assert canaries_needed(leak) == 1_197
    assert canaries_needed(leak, hits=2) == pytest.approx(1_896, abs=1)
    assert canaries_needed(Leak(2_000_000, 5_000, passes=0.5)) == pytest.approx(2_395, abs=3)


@pytest.mark.parametrize(("leak", "canaries"), SETTINGS)
def test_what_is_needed_is_the_least_that_does(leak: Leak, canaries: int) -> None:
    needed = canaries_needed(leak, 0.9)
    if needed is not None:
        assert hits_chance(leak, needed, 1) >= 0.9 > hits_chance(leak, needed - 1, 1)
    rows = sample_needed(leak, canaries, 0.9)
    assert rows is not None

    def shown(sample: int) -> float:
        return hits_chance(Leak(leak.population, sample, leak.passes, leak.kept), canaries)

    assert shown(rows) >= 0.9 > shown(rows - 1)


def test_no_number_of_canaries_passes_a_filter_that_keeps_none() -> None:
    assert canaries_needed(Leak(1_000, 500, passes=0.0)) is None
    assert first_call_days(Leak(1_000, 500, passes=0.0), 5, 100) is None
    assert canaries_needed(Leak(1_000, 1), hits=2) is None
    assert sample_needed(Leak(1_000, 10, passes=0.5), 1) is None


def test_one_canary_is_enough_only_where_nothing_rings_by_itself() -> None:
    assert least_hits(1, 0.0, 0.01) == 1
    assert least_hits(1, 0.02, 0.01) == 2
    assert least_hits(3, 0.005, 0.05) == 2
    assert least_hits(20, 0.02, 0.01) > 2
