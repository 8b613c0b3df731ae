"""The made-up leaks are as they are said to be, and as those of a plan's trials."""

from __future__ import annotations

import random

import numpy as np
import pytest

from leaktrace.canary.planning.codes import balanced_code
from leaktrace.canary.planning.trials import Assumed
from leaktrace.canary.planning.trials import leaked as tried
from tests.benchmarks.canaries.worlds import LEAKS, PLAIN, WORLDS, World, filtered, leaked

CODE = balanced_code(40, 60, 12, np.random.default_rng(1))


@pytest.mark.parametrize("world", [PLAIN, *WORLDS], ids=lambda one: one.cut.__name__)
def test_three_sources_leak_and_three_tenths_are_lost(world: World) -> None:
    rng, lists = random.Random(4), [list(range(20)), list(range(10, 30)), list(range(20, 40))]
    left = [sum(map(len, world.cut(lists, rng))) for _trial in range(2_000)]
    assert np.mean(left) / 60 == pytest.approx(0.7, abs=0.015)
    truth, back = leaked(CODE, world, 3, 0)
    assert len(set(truth)) == LEAKS and back.shape == (60,)
    again = leaked(CODE, world, 3, 0)
    assert again[0] == truth and (again[1] == back).all()


def test_a_carrier_s_numbers_are_lost_from_every_list() -> None:
    lists = [list(range(30)), list(range(15, 45))]
    first, second = filtered(lists, random.Random(2))
    assert {one for one in first if one >= 15} == {one for one in second if one < 30}
    assert len(first) < 30


def test_as_many_numbers_come_back_as_in_the_trials_of_a_plan() -> None:
    rng, trials = np.random.default_rng(6), 2_000
    here = [leaked(CODE, PLAIN, 5, trial)[1].sum() for trial in range(trials)]
    there = [tried(CODE, Assumed(), rng)[1].sum() for _trial in range(trials)]
    error = np.hypot(np.std(here), np.std(there)) / trials**0.5
    assert abs(np.mean(here) - np.mean(there)) < 4 * error
    assert np.std(here) == pytest.approx(np.std(there), rel=0.1)
