"""Intervals of 90% for lists of known length hold the truth about nine times in ten."""

from __future__ import annotations

import pytest

from leaktrace.calls.campaign import Exposed, list_size
from leaktrace.times import DAY
from tests.benchmarks.calls.lists import FAMILIES, made_lists


@pytest.mark.parametrize("family", FAMILIES)
def test_intervals_hold_the_truth(family: str) -> None:
    made = list(made_lists(21, 250, family))
    sizes = [list_size(one.exposed, one.first_hits, one.dials_each) for one in made]
    people = [
        size.people is not None and size.people.low <= one.people <= size.people.high
        for size, one in zip(sizes, made, strict=True)
    ]
    dials = [
        size.dials_a_day is not None
        and size.dials_a_day.low <= one.dials_a_day <= size.dials_a_day.high
        for size, one in zip(sizes, made, strict=True)
    ]
    # Three standard errors (of 250) below 0.9; a whole source is always held.
    assert 0.82 <= sum(people) / len(made) <= (1.0 if family == "whole" else 0.96)
    assert 0.82 <= sum(dials) / len(made) <= 0.97


def test_an_estimate_is_in_its_interval_and_grows_with_the_hits() -> None:
    hits = [at * DAY for at in range(4)]
    few, many = (list_size([Exposed("S", 10_000, 40, hit)], hits).people for hit in (4, 20))
    assert few is not None and many is not None
    assert few.low <= few.estimate <= few.high < many.estimate
    assert 300 < few.low < 1_000 < few.high < 2_500


def test_what_cannot_be_told_is_none_and_says_why() -> None:
    hits = [0.0, 5 * DAY]
    unknown = list_size([Exposed("S", None, 40, 2)], hits)
    assert (unknown.people, unknown.dials_a_day, unknown.why_none) == (None, None, "no-population")
    assert unknown.days is not None and unknown.days.low >= 5.0
    one = list_size([Exposed("S", 10_000, 40, 1)], hits[:1])
    assert (one.people, one.days, one.why_none) == (None, None, "few-hits")
    assert list_size([], []).why_none == "few-hits"


def test_the_same_calls_give_the_same_figures() -> None:
    exposed = [Exposed("S", 10_000, 40, 5), Exposed("T", 3_000, 10, 10)]
    hits = [at * DAY for at in range(15)]
    assert list_size(exposed, hits, 1.4) == list_size(exposed, hits, 1.4)
