"""The packed sort is the stable sort."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.fingerprint.sorting import distinct_sorted, grouped, stable_sort

NEAR = st.integers(0, 7).map(lambda low: 2**64 - 8 + low)
VALUES = st.lists(st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 9), NEAR), max_size=60)


@given(VALUES)
def test_it_is_the_stable_order(values: list[int]) -> None:
    array = np.array(values, dtype=np.uint64)
    ordered, order = stable_sort(array)
    assert order.tolist() == np.argsort(array, kind="stable").tolist()
    assert ordered.tolist() == sorted(values)


@given(VALUES)
def test_groups_are_those_of_unique(values: list[int]) -> None:
    array = np.array(values, dtype=np.uint64)
    distinct, inverse, first = grouped(array)
    assert distinct.tolist() == sorted(set(values)) == distinct_sorted(array).tolist()
    assert distinct[inverse].tolist() == values
    assert first.tolist() == [values.index(value) for value in distinct.tolist()]


@pytest.mark.parametrize("high", [2**11, 2**45, 2**64 - 1])
def test_many_values(high: int) -> None:
    array = np.random.default_rng(1).integers(0, high, 50_000, dtype=np.uint64)
    array[::3] = array[1::3][: len(array[::3])]
    assert (stable_sort(array)[1] == np.argsort(array, kind="stable")).all()
