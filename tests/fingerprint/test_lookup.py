"""Exact lookups, and who of one list is who of another."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.fingerprint.held import TokenIndex
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.lookup import (
    NOBODY,
    lookup,
    match_people,
    observable,
    shared_pairs,
    shared_tokens,
)
from leaktrace.fingerprint.sketch import sketch_of

from .conftest import held_of, random_held

SMALL = st.lists(st.integers(1, 30), max_size=20)


@given(SMALL, SMALL)
def test_lookup_finds_every_run(held: list[int], asked: list[int]) -> None:
    tokens = np.array(sorted(held), dtype=np.uint64)
    index = TokenIndex(tokens, np.arange(len(held), dtype=np.uint32))
    start, stop = lookup(index, np.array(asked, dtype=np.uint64))
    for token, first, last in zip(asked, start, stop, strict=True):
        assert (tokens[first:last] == token).all()
        assert last - first == held.count(token)


@given(SMALL, SMALL)
def test_pairs_are_those_of_a_join(a: list[int], b: list[int]) -> None:
    left, right = (
        TokenIndex(np.array(sorted(x), dtype=np.uint64), np.arange(len(x), dtype=np.uint32))
        for x in (a, b)
    )
    pairs = shared_pairs(left, right, 30)
    found = sorted(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True))
    expected = [(i, j) for i, x in enumerate(sorted(a)) for j, y in enumerate(sorted(b)) if x == y]
    assert found == expected


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_shared_tokens_are_counted(a: set[int], b: set[int]) -> None:
    left, right = (np.array(sorted(x), dtype=np.uint64) for x in (a, b))
    assert shared_tokens(left, right) == len(a & b)


def test_full_identifiers_match() -> None:
    a = held_of([{"mobile": 11}, {"mobile": 12}, {"email": 13}])
    b = held_of([{"email": 13}, {"mobile": 11}])
    assert match_people(a, b).tolist() == [1, NOBODY, 0]


def test_different_id_numbers_are_never_one_person() -> None:
    a = held_of([{"id_number": 1, "mobile": 11}, {"mobile": 12}])
    b = held_of([{"id_number": 2, "mobile": 11}, {"id_number": 3, "mobile": 12}])
    assert match_people(a, b).tolist() == [NOBODY, 1]


def test_the_id_number_decides_before_the_mobile() -> None:
    a = held_of([{"id_number": 1, "mobile": 11}])
    b = held_of([{"mobile": 11}, {"id_number": 1}])
    assert match_people(a, b).tolist() == [1]


def test_a_switchboard_names_nobody() -> None:
    a = held_of([{"landline": 9}])
    b = held_of([{"landline": 9, "mobile": n} for n in range(10, 16)])
    assert match_people(a, b).tolist() == [NOBODY]
    assert match_people(a, held_of([{"landline": 9}])).tolist() == [0]


def test_partial_identifiers_match_only_where_a_side_has_no_full_one() -> None:
    known = {"mobile": 11, "name_mobile_masked": 50}
    other = {"mobile": 12, "name_mobile_masked": 50}
    washed = {"name_mobile_masked": 50}
    full, washed_list = held_of([known], full=[True]), held_of([washed], full=[False])
    assert match_people(full, held_of([other], full=[True])).tolist() == [NOBODY]
    assert match_people(washed_list, full).tolist() == [0]
    assert match_people(full, washed_list).tolist() == [0]


def test_a_washed_person_is_found_among_many_with_the_same_mask() -> None:
    crowd = [{"mobile": n, "mobile_masked": 7} for n in range(10, 30)]
    b = held_of([*crowd, {"mobile_masked": 7}], full=[True] * 20 + [False])
    a = held_of([{"mobile": 99, "mobile_masked": 7}], full=[True])
    assert match_people(a, b).tolist() == [20]


def test_matching_does_not_depend_on_which_list_is_longer() -> None:
    long, short = random_held(300, 1), random_held(300, 1)
    cut = held_of([{"mobile": int(short.index["mobile"].tokens[n])} for n in range(0, 300, 7)])
    forth, back = match_people(cut, long), match_people(long, cut)
    assert (forth != NOBODY).all()
    assert np.count_nonzero(back != NOBODY) == len(cut.people)
    assert (back[forth] == np.arange(len(forth))).all()


def test_observable_is_what_the_sample_could_show() -> None:
    whole = random_held(3_000, 2)
    sketch = sketch_of(whole, Key(bytes(32)), scaled=10).to_held()
    seen = observable(whole, sketch)
    matched = match_people(whole, sketch) != NOBODY
    assert (seen == matched).all()
    assert 0.15 < seen.mean() < 0.23
    assert observable(whole, whole).all()


def test_a_list_of_mobiles_cannot_be_seen_in_one_of_emails() -> None:
    assert observable(held_of([{"mobile": 1}]), held_of([{"email": 2}])).tolist() == [False]
