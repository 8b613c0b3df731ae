"""All lists at once against a reference: what matching them one by one tells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.attribution import matching
from leaktrace.attribution.matching import Between, Crowd, Members
from leaktrace.fingerprint.held import HeldList, TokenIndex
from leaktrace.fingerprint.lookup import match_people
from tests.attribution.made_case import held_list, mixed

KINDS = ("id_number", "mobile", "name_mobile_masked", "name_last4", "mobile_masked")


def random_list(rng: np.random.Generator, size: int) -> HeldList:
    """People with shared and missing identifiers, hubs, some without a full identifier."""
    plain = held_list(range(size))
    full = rng.random(size) < 0.7
    ids = np.where(rng.random(size) < 0.4, rng.integers(1, 60, size), 0).astype(np.uint64)
    index = {}
    for kind in KINDS:
        if rng.random() < 0.2:
            continue
        shown = rng.random(size) < 0.8
        if kind in ("id_number", "mobile"):
            shown &= full
        people = np.flatnonzero(shown)
        values = ids[people] if kind == "id_number" else rng.integers(1, 120, len(people))
        # A few values stand beside many people.
        values = np.where(rng.random(len(people)) < 0.1, 7, values).astype(np.uint64)
        tokens = mixed(values.tolist(), len(kind))
        order = np.lexsort((people, tokens))
        index[kind] = TokenIndex(tokens[order], people[order].astype(np.uint32))
    table = replace(plain.people, id_token=ids, full=None if rng.random() < 0.3 else full)
    return replace(plain, people=table, index=index)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0, 40, 10**9]))
def test_a_crowd_matches_as_each_of_its_lists_does(seed: int, lookup: int) -> None:
    rng = np.random.default_rng(seed)
    lists = [random_list(rng, int(rng.integers(0, 60))) for _list in range(int(rng.integers(1, 5)))]
    before = matching._LOOKUP
    matching._LOOKUP = lookup  # both roads: looking tokens up, and putting them aside
    try:
        crowd = Crowd(lists)
        for reference in [random_list(rng, int(rng.integers(0, 80))) for _list in range(3)]:
            matched = crowd.against(reference)
            for place, one in enumerate(lists):
                told = matched.of(place).dense(len(one.people))
                assert told.tolist() == match_people(one, reference).tolist()
    finally:
        matching._LOOKUP = before


def test_between_tells_who_is_who_both_ways() -> None:
    lists = {"A": held_list(range(100)), "B": held_list(range(50, 200)), "C": held_list(range(9))}
    between = Between(lists)
    for one in lists:
        for other in lists:
            told = between.matched(one, other)
            assert told.tolist() == match_people(lists[one], lists[other]).tolist()
    assert set(between.within(held_list(range(150, 160)))) == {"B"}


def test_members_of_a_part_are_numbered_in_it() -> None:
    members = Members(np.array([1, 4, 7]), np.array([10, 3, 5], dtype=np.uint32))
    part = members.among(np.array([0, 4, 5, 7]))
    assert (part.rows.tolist(), part.people.tolist()) == ([1, 3], [3, 5])
    within = members.within(np.array([3, 10]))
    assert (within.rows.tolist(), within.people.tolist()) == ([1, 4], [1, 0])
    nobody = np.zeros(0, dtype=np.int64)
    assert len(members.among(nobody).rows) == len(members.within(nobody).rows) == 0


@pytest.mark.parametrize("lists", [[], [held_list([])]])
def test_nobody_is_in_nothing(lists: list[HeldList]) -> None:
    matched = Crowd(lists).against(held_list(range(5)))
    assert not len(matched.rows) and not len(matched.inside())
