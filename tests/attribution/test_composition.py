"""Who shared people are: alike in a cut, of one source only by chance."""

from __future__ import annotations

import numpy as np
import pytest

from leaktrace.attribution.lineage.composition import composition_of
from leaktrace.fingerprint.lookup import NOBODY

PEOPLE = 900


def members(inside: range, people: int) -> np.ndarray:
    found = np.full(people, NOBODY, dtype=np.uint32)
    found[list(inside)] = np.arange(len(inside))
    return found


def matched(shared: list[int], others: int) -> np.ndarray:
    return np.array([*shared, *[NOBODY] * others], dtype=np.uint32)


# Of the earlier list a third each is in A's list, in B's, and in none.
EARLIER = {"A": members(range(300), PEOPLE), "B": members(range(300, 600), PEOPLE)}


def later(shared: list[int], others: int, source: str = "A") -> dict[str, np.ndarray]:
    """The later list's members: the shared as in the earlier list, the others of ``source``."""
    found = {}
    for one in ("A", "B"):
        own = EARLIER[one][shared]
        beside = range(others) if one == source else range(0)
        found[one] = np.concatenate([own, members(beside, others)])
    return found


def test_a_cut_takes_of_all_kinds_alike() -> None:
    shared = list(range(0, PEOPLE, 2))
    found = composition_of(matched(shared, 0), EARLIER, later(shared, 0), PEOPLE)
    assert found.alike > 3
    assert found.strangers == pytest.approx(0.0, abs=0.05)
    assert found.inside == 1.0 and found.told == 1.0


def test_two_cuts_of_one_source_share_its_people_only() -> None:
    shared = list(range(0, 300, 2))
    found = composition_of(matched(shared, 300), EARLIER, later(shared, 300), PEOPLE)
    assert found.alike < 0
    assert found.strangers < -2


def test_what_stands_beside_a_cut_comes_from_elsewhere() -> None:
    shared = list(range(0, PEOPLE, 2))
    beside = composition_of(matched(shared, 400), EARLIER, later(shared, 400, "B"), PEOPLE)
    assert beside.unlike > 3
    whole = list(range(PEOPLE))
    half = np.array([one if one % 2 else NOBODY for one in whole], dtype=np.uint32)
    one_list = composition_of(half, EARLIER, EARLIER, PEOPLE)
    assert one_list.unlike < 0


def test_few_strangers_tell_nothing() -> None:
    shared = list(range(0, 600, 2))
    found = composition_of(matched(shared, 3), EARLIER, later(shared, 3, "none"), PEOPLE)
    assert found.told == 0.0 and found.inside == 0.0
