"""Patterns: tables, components, apparent shares, and leaving a list out."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution.case_model import model_of
from leaktrace.attribution.fits import fit_shares, search_fits
from leaktrace.attribution.patterns import (
    PatternTable,
    component,
    independent,
    nowhere,
    table_of,
    without_nowhere,
)
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.without import _drop_bit, without_list
from tests.attribution.made_case import MadeCase, held_list

MISFIT = 0.02


def every_pattern(lists: int, counts: np.ndarray | None = None) -> PatternTable:
    """All patterns of ``lists`` lists, everything seen."""
    values = np.arange(1 << lists, dtype=np.uint32)
    masks = np.full(len(values), (1 << lists) - 1, dtype=np.uint32)
    return PatternTable(values, masks, np.ones(len(values)) if counts is None else counts)


@st.composite
def rows(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    size, lists = draw(st.integers(1, 30)), draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (size, lists)
    return rng.random(shape) < 0.5, rng.random(shape) < 0.7, rng.random(size)


@given(rows())
def test_a_table_counts_each_pattern_by_its_weight_and_hides_what_was_not_seen(made) -> None:
    inside, seen, weights = made
    expected: dict[tuple[int, int], float] = {}
    for row, look, weight in zip(inside, seen, weights, strict=True):
        mask = sum(1 << bit for bit in range(len(row)) if look[bit])
        value = sum(1 << bit for bit in range(len(row)) if look[bit] and row[bit])
        expected[mask, value] = expected.get((mask, value), 0.0) + weight
    table = table_of(inside, seen, weights)
    found = dict(
        zip(
            zip(table.masks.tolist(), table.values.tolist(), strict=True), table.counts, strict=True
        )
    )
    assert found == pytest.approx(expected)
    assert table_of(inside, seen).people == len(inside)


@given(st.integers(1, 5), st.integers(0, 2**32))
def test_the_probabilities_of_all_patterns_sum_to_one_under_every_mask(
    lists: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    size = 40
    members = table_of(
        rng.random((size, lists)) < 0.4, np.ones((size, lists), bool), rng.random(size)
    )
    for mask in range(1, 1 << lists):
        values = np.array([v for v in range(1 << lists) if v & ~mask == 0], dtype=np.uint32)
        table = PatternTable(
            values, np.full(len(values), mask, dtype=np.uint32), rng.random(len(values)) + 0.1
        )
        for law in (component(table, members, MISFIT), nowhere(table, MISFIT), independent(table)):
            assert law.sum() == pytest.approx(1.0)
            assert (law > 0).all()


def test_a_component_is_the_frequency_among_the_lists_own_people() -> None:
    members = table_of(np.array([[1, 0], [1, 0], [1, 1], [1, 0]], bool), np.ones((4, 2), bool))
    law = component(every_pattern(2), members, 0.0)
    assert law.tolist() == [0.0, 0.75, 0.0, 0.25]


def drawn(seed: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Members of three overlapping lists, and a batch: half from the first, 0.3 third, 0.2 none."""
    rng = np.random.default_rng(seed)
    chance = np.array([[1.0, 0.3, 0.1], [0.4, 1.0, 0.2], [0.05, 0.3, 1.0]])
    lists = [rng.random((5000, 3)) < row for row in chance]
    batch = np.vstack([lists[0][:2000], lists[2][:1200], np.zeros((800, 3), bool)])
    table = table_of(batch, np.ones_like(batch))
    full = np.ones((5000, 3), bool)
    parts = np.vstack([component(table, table_of(one, full), MISFIT) for one in lists])
    return table, parts, nowhere(table, MISFIT)


def test_em_recovers_the_shares_of_drawn_data() -> None:
    table, parts, rest = drawn()
    fit = fit_shares(table, parts, rest, (0, 1, 2), table.people)
    assert fit.shares == pytest.approx([0.5, 0.0, 0.3], abs=0.02)
    assert all(error < 0.03 for error in fit.errors)
    assert (fit.errors[0], fit.errors[2]) == pytest.approx(np.sqrt(np.diag(fit.covariance))[[0, 2]])


def test_fewer_effective_rows_know_the_shares_less_well() -> None:
    table, parts, rest = drawn()
    sure = fit_shares(table, parts, rest, (0, 2), table.people)
    vague = fit_shares(table, parts, rest, (0, 2), table.people / 100)
    assert vague.errors[0] > 5 * sure.errors[0]
    assert vague.log_volume > sure.log_volume


def test_the_search_prefers_the_true_lists_and_keeps_the_empty_set() -> None:
    table, parts, rest = drawn()
    fits = search_fits(table, parts, rest, 400.0, cost=np.log(0.2))
    assert fits[0].lists == (0, 2)
    assert any(fit.lists == () for fit in fits)


@given(rows())
def test_dropping_a_list_is_the_table_of_the_other_lists(made) -> None:
    inside, seen, _weights = made
    for bit in range(inside.shape[1]):
        rest = [one for one in range(inside.shape[1]) if one != bit]
        table, where = _drop_bit(table_of(inside, seen), bit)
        direct = table_of(inside[:, rest], seen[:, rest])
        assert table.values.tolist() == direct.values.tolist()
        assert table.masks.tolist() == direct.masks.tolist()
        assert table.counts == pytest.approx(direct.counts)
        assert np.bincount(where, table_of(inside, seen).counts) == pytest.approx(direct.counts)


def test_dropping_a_list_sums_it_out_of_the_others_probabilities() -> None:
    rng = np.random.default_rng(1)
    members = rng.random((300, 3)) < 0.5
    full = table_of(members, np.ones_like(members))
    table = every_pattern(3, rng.random(8) * 10)
    for bit, rest in product(range(3), [MISFIT, 0.0]):
        narrow, where = _drop_bit(table, bit)
        summed = np.bincount(where, component(table, full, rest))
        others = [one for one in range(3) if one != bit]
        direct = component(narrow, table_of(members[:, others], np.ones((300, 2), bool)), rest)
        assert summed == pytest.approx(direct)


def test_leaving_a_sketch_out_counts_no_pattern_twice() -> None:
    case = MadeCase()
    case.add_source("A", 4000, reference=held_list(range(4000)))
    case.add_source("B", 4000, reference=held_list(range(2000, 6000), scaled=4))
    case.add_batch("b1", held_list(range(0, 6000, 3)))
    model = model_of(case, Settings())
    narrow = without_list(model.observations[0], "B", Settings())
    assert narrow.lists == ("A",)
    assert len(narrow.table.counts) == 2
    assert narrow.rest.sum() == pytest.approx(1.0)
    assert narrow.parts[0].sum() == pytest.approx(1.0, abs=0.005)


@given(st.lists(st.floats(0.1, 100), min_size=4, max_size=4), st.floats(0, 1))
def test_made_up_people_leave_only_the_pattern_of_no_list(
    counts: list[float], share: float
) -> None:
    table = every_pattern(2, np.array(counts))
    left = without_nowhere(table, share)
    assert left.counts[1:].tolist() == counts[1:]
    assert left.counts[0] == pytest.approx(max(0.0, counts[0] - share * sum(counts)), abs=1e-9)
