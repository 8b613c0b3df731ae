from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.canary.planning.codes import balanced_code, best_weight, largest_overlap, own_code
from leaktrace.canary.planning.decoder import Returned, decode, planted_by
from leaktrace.canary.planning.trials import Assumed, leaked, naming_trials

CODE = balanced_code(40, 36, 9, np.random.default_rng(2))


def whole(code: np.ndarray, *sources: int) -> np.ndarray:
    return code[list(sources)].any(axis=0)


@given(st.integers(2, 60), st.integers(4, 60), st.integers(1, 12), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_a_code_is_balanced(sources: int, numbers: int, weight: int, seed: int) -> None:
    code = balanced_code(sources, numbers, weight, np.random.default_rng(seed))
    assert (code.sum(axis=1) == min(weight, numbers)).all()
    load = code.sum(axis=0)
    assert load.max() - load.min() <= 3


def test_a_code_overlaps_less_than_chance_would() -> None:
    rng = np.random.default_rng(1)
    weight = best_weight(90, 3)
    made = balanced_code(120, 90, weight, rng)
    chance = np.array([rng.permutation(np.arange(90) < weight) for _source in range(120)])
    assert 17 <= weight <= 24
    assert largest_overlap(made) < largest_overlap(chance)


def test_90_numbers_name_three_of_120_sources_with_unknown_rates() -> None:
    code = balanced_code(120, 90, best_weight(90, 3), np.random.default_rng([0, 90]))
    found = naming_trials(code, Assumed(3, 0.3, 0.02), 12, seed=5)
    assert found.exact >= 10 and found.wrong <= 1
    assert found.exact + found.wrong + found.untold == 12


def test_only_an_innocent_source_is_a_wrong_name() -> None:
    code = own_code(20, 1)
    few = naming_trials(code, Assumed(3, 0.6, 0.0), 30, seed=2)
    # Most trials show one or two of the three: too few are named, never another.
    assert few.wrong == 0 and few.untold > few.exact


def test_controls_help_to_name() -> None:
    code, assumed = own_code(20, 3), Assumed(2, 0.3, 0.03)
    alone = naming_trials(code, assumed, 40, seed=3)
    told = naming_trials(code, assumed, 40, seed=3, controls=200)
    assert told.exact > alone.exact


@pytest.mark.parametrize("truth", [(), (3,), (3, 17), (1, 20, 39)])
def test_a_whole_leak_of_any_number_of_sources_is_named(truth: tuple[int, ...]) -> None:
    found = decode(Returned(CODE, whole(CODE, *truth)))
    assert found.named == found.best == truth
    assert found.posterior > 0.8
    assert set(found.sure) == set(truth)
    assert sum(chance for _one, chance in found.sets) <= 1 + 1e-9


def test_it_cannot_tell_two_sources_that_hold_the_same_numbers() -> None:
    code = CODE.copy()
    code[7] = code[3]
    found = decode(Returned(code, whole(code, 3)))
    assert found.named is None and found.sure == ()
    assert found.sources[3] == pytest.approx(found.sources[7]) and found.sources[3] > 0.45


def test_order_of_sources_and_numbers_does_not_matter() -> None:
    rng = np.random.default_rng(4)
    truth, back = leaked(CODE, Assumed(2, 0.3, 0.02), rng)
    rows, columns = rng.permutation(40), rng.permutation(36)
    plain = decode(Returned(CODE, back))
    moved = decode(Returned(CODE[rows][:, columns], back[columns]))
    assert {int(rows[one]) for one in moved.best} == set(plain.best) == set(truth)
    assert moved.sources == pytest.approx(plain.sources[rows], abs=0.02)


def test_what_was_planted_after_the_leak_explains_nothing() -> None:
    planted = np.where(CODE, 100.0, np.nan)
    planted[3, np.flatnonzero(CODE[3])[4:]] = 300.0
    early = CODE[3] & (planted[3] == 100.0)
    known = planted_by(planted, seen_at=200.0)
    assert (known[3] == early).all() and known.sum() == CODE.sum() - 5
    assert decode(Returned(known, early)).named == (3,)
    assert decode(Returned(CODE, early)).posterior < decode(Returned(known, early)).posterior


def test_a_dead_number_s_silence_is_no_evidence() -> None:
    back = whole(CODE, 3)
    dead = CODE[3] & (np.cumsum(CODE[3]) > 5)
    heard = ~dead
    silent = decode(Returned(CODE, back & heard, heard=heard))
    missed = decode(Returned(CODE, back & heard))
    assert silent.sources[3] > missed.sources[3]


def test_a_filter_that_lets_nothing_through_clears_and_excuses() -> None:
    passes = np.ones(CODE.shape)
    passes[3, :] = np.where(np.cumsum(CODE[3]) <= 5, 1.0, 0.0)
    back = CODE[3] & (passes[3] > 0)
    with_filter = decode(Returned(CODE, back, passes=passes))
    assert with_filter.named == (3,)
    assert with_filter.posterior > decode(Returned(CODE, back)).posterior
    passes[3, :] = 0.0
    assert decode(Returned(CODE, whole(CODE, 3), passes=passes)).sources[3] < 0.1


def test_a_prior_may_rule_sizes_out() -> None:
    back = whole(CODE, 3, 17)
    three = decode(Returned(CODE, back), most=3, prior=(0, 0, 0, 1))
    assert {len(one) for one, _chance in three.sets} == {3}
    assert {3, 17} <= set(three.best)
    assert decode(Returned(CODE, back), most=3, prior=(1,)).best == ()


def test_controls_tell_the_background() -> None:
    code = own_code(20, 2)
    back = code[4] & (np.cumsum(code[4]) == 1)
    quiet = decode(Returned(code, back, controls=(200, 0)))
    loud = decode(Returned(code, back, controls=(200, 30)))
    assert quiet.sources[4] > 0.5 > 0.2 > loud.sources[4]


def test_its_probabilities_come_true() -> None:
    rng, stated, right = np.random.default_rng(11), 0.0, 0
    for _trial in range(40):
        size = int(rng.choice(4, p=[0.1, 0.4, 0.3, 0.2]))
        truth, back = leaked(CODE, Assumed(size, float(rng.uniform(0.1, 0.6)), 0.03), rng)
        found = decode(Returned(CODE, back), most=4)
        stated += found.posterior
        right += found.best == truth
    assert abs(stated - right) / 40 < 0.18
