"""Batches that surely came from a source stand in for its list."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leaktrace.attribution.lineage.kin import kin_of
from leaktrace.attribution.matching import Between
from leaktrace.attribution.result import Parent
from leaktrace.attribution.surrogates import Lender, surrogates_of
from leaktrace.fingerprint.lookup import NOBODY, match_people
from leaktrace.fingerprint.parts import joined, part_of
from tests.attribution.made_case import held_list

FIRST = 13_000_000_000
NO_BATCH = Between({})


def people(seed: int, count: int, of: int = 2_000) -> set[int]:
    drawn = np.random.default_rng(seed).choice(of, count, replace=False)
    return {FIRST + int(one) for one in drawn}


def lender(name: str, seed: int, count: int = 400) -> Lender:
    return Lender(name, 0.95, 1.0, held_list(people(seed, count)))


def test_a_part_matches_the_people_of_the_whole():
    whole = held_list(people(1, 300))
    chosen = np.arange(0, 300, 3)
    part = part_of(whole, chosen)
    assert part.size == len(chosen)
    assert match_people(part, whole).tolist() == chosen.tolist()


def test_joined_lists_hold_everyone_once():
    first, second = people(1, 500), people(2, 500)
    whole, rows = joined([held_list(first), held_list(second)])
    assert whole.size == len(first | second)
    assert len(np.intersect1d(*rows)) == len(first & second)
    assert bool((match_people(held_list(second), whole) != NOBODY).all())


def test_kin_are_ancestors_descendants_and_what_shares_an_ancestor():
    parents = {
        "B": (Parent("A", 0.9, 1.0),),
        "C": (Parent("B", 0.9, 1.0),),
        "D": (Parent("A", 0.9, 1.0), Parent("X", 0.1, 1.0)),
    }
    kin = kin_of(parents)
    assert kin["C"] == {"A", "B", "D"}
    assert kin["A"] == {"B", "C", "D"}
    assert "X" not in kin


def test_a_batch_and_its_kin_lend_themselves_nothing():
    found = surrogates_of(
        {"S": [lender("A", 1), lender("B", 2), lender("C", 3)]},
        {},
        {"A": frozenset({"B"})},
        NO_BATCH,
    )
    assert found.seen_from("A")["S"].batches == ("C",)
    assert found.seen_from("Z")["S"].batches == ("A", "B", "C")
    assert found.seen_from("Y")["S"] is found.seen_from("Z")["S"]


def test_the_coverage_is_counted_where_nothing_was_told():
    found = surrogates_of({"S": [lender("A", 1), lender("B", 2), lender("C", 3)]}, {}, {}, NO_BATCH)
    surrogate = found.seen_from("Z")["S"]
    assert surrogate.coverage.mean == pytest.approx(surrogate.held.size / 2_000, rel=0.15)
    assert surrogate.identity == pytest.approx(1 - 0.05**3)


def test_one_lender_is_measured_by_the_canaries_it_holds():
    """Nothing told, nothing to count: 9 of 33 canaries are in it, so about 28% of the people."""
    canaries = [f"C{number}" for number in range(33)]
    one = replace(lender("A", 1), planted=frozenset(canaries), found=frozenset(canaries[:9]))
    told = surrogates_of({"S": [one]}, {}, {}, NO_BATCH).seen_from("Z")["S"]
    assert told.coverage.mean == pytest.approx(9 / 33, rel=0.05)
    assert told.population == pytest.approx(400 / (9 / 33), rel=0.05)
    other = replace(lender("B", 2), planted=frozenset(canaries), found=frozenset(canaries[5:14]))
    both = surrogates_of({"S": [one, other]}, {"S": 2_000}, {}, NO_BATCH).seen_from("Z")["S"]
    assert both.population == pytest.approx(2_000)


def test_a_dump_is_told_by_what_its_cuts_share():
    """Told 20,000 people, but all lists were cut from a tenth of them."""
    lenders = [lender("A", 1), lender("B", 2), lender("C", 3)]
    coverage = (
        surrogates_of({"S": lenders}, {"S": 20_000}, {}, NO_BATCH).seen_from("Z")["S"].coverage
    )
    assert coverage.mean == pytest.approx(0.05, abs=0.01)
    assert coverage.doubted is not None
    assert coverage.doubted > 0.3


def test_lists_of_masked_numbers_lend_nobody():
    masked = held_list(people(1, 100), kinds=("mobile_masked",))
    masked = type(masked)(
        type(masked.people)(
            *(getattr(masked.people, one) for one in masked.people.__slots__[:6]),
            full=np.zeros(100, dtype=bool),
        ),
        masked.index, 1, 100, masked.distinct,
    )  # fmt: skip
    assert not surrogates_of({"S": [Lender("A", 0.95, 1.0, masked)]}, {}, {}, NO_BATCH).pools


def test_who_of_a_batch_is_in_a_surrogate_is_what_matching_them_tells():
    lenders = [lender("A", 1), lender("B", 2), lender("C", 3)]
    lists = {one.batch: one.held for one in lenders} | {"Z": held_list(people(9, 300))}
    found = surrogates_of({"S": lenders}, {}, {}, Between(lists))
    for batch, held in lists.items():
        surrogate = found.seen_from(batch)["S"]
        told = surrogate.members_of(batch).dense(len(held.people))
        assert told.tolist() == match_people(held, surrogate.held).tolist()
    assert len(found.seen_from("Z")["S"].members_of("nobody").rows) == 0
