"""Batches that share people."""

from __future__ import annotations

import numpy as np

from leaktrace.attribution import related
from leaktrace.attribution.matching import Between
from leaktrace.attribution.result import Related
from leaktrace.fingerprint.held import HeldList
from tests.attribution.made_case import held_list


def related_batches(lists: dict[str, HeldList]) -> tuple[Related, ...]:
    return related.related_batches(lists, Between(lists))


def test_a_cut_of_a_list_is_found_and_strangers_are_not() -> None:
    lists = {
        "B1": held_list(range(3000)),
        "B2": held_list(range(100, 400)),
        "B3": held_list(range(50_000, 53_000)),
        "B4": held_list([*range(4), *range(90_000, 90_500)]),
    }
    found = related_batches(lists)
    assert [(one.earlier, one.later, one.people, one.share) for one in found] == [
        ("B1", "B2", 300, 1.0)
    ]


def test_lsh_adds_candidates_and_removes_none(monkeypatch) -> None:
    lists = {"B1": held_list(range(1000)), "B2": held_list(range(200, 1000))}
    both = related_batches(lists)
    uncounted = np.ones(2, dtype=bool)
    monkeypatch.setattr(related, "_sharing", lambda held, kind: (set(), uncounted))
    assert related_batches(lists) == both
    monkeypatch.undo()
    monkeypatch.setattr(related, "_alike", lambda held, asked: set())
    assert related_batches(lists) == both
    assert len(both) == 1


def test_what_stands_in_too_many_lists_to_count_is_left_to_lsh(monkeypatch) -> None:
    monkeypatch.setattr(related, "_MOST_LISTS", 3)
    lists = {f"B{one}": held_list(range(500)) for one in range(5)}
    assert len(related_batches(lists)) == 10


def test_a_sample_of_the_tokens_finds_what_all_find(monkeypatch) -> None:
    lists = {f"B{one}": held_list(range(one * 700, one * 700 + 1500)) for one in range(5)}
    whole = related_batches(lists)
    monkeypatch.setattr(related, "_MOST_TOKENS", 3000)
    assert related_batches(lists) == whole
    assert len(whole) == 7


def test_no_list_has_no_pair() -> None:
    assert related_batches({}) == ()
    assert related_batches({"B1": held_list([])}) == ()
