"""Sources flow along the lineage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution.lineage.inheritance import Taken, inherited

PRIOR = {"S1": 0.1, "S2": 0.1}
chances = st.floats(0.001, 0.999)


def taken(probability=1.0, people=500, posterior=0.99, share=1.0):
    return Taken("A", probability, people, {"S1": posterior}, {"S1": share})


def test_without_parents_the_list_speaks_alone():
    assert inherited({"S1": 0.3}, PRIOR, [], {}, 5) == {"S1": 0.3}


def test_a_source_of_the_parent_is_one_of_the_child():
    found = inherited({"S1": 0.1}, PRIOR, [taken()], {}, 5)
    assert 0.5 < found["S1"] < 0.6


def test_a_parent_that_is_none_says_nothing():
    found = inherited({"S1": 0.1}, PRIOR, [taken(probability=0.0)], {}, 5)
    assert found["S1"] == pytest.approx(0.1)


def test_what_the_child_shows_to_be_missing_did_not_come_along():
    found = inherited({"S1": 0.001}, PRIOR, [taken(share=0.02)], {}, 5)
    assert found["S1"] < 0.1


def test_people_of_no_parent_have_sources_of_their_own():
    found = inherited({"S2": 0.8}, PRIOR, [taken()], {"S2": 0.9}, 5)
    assert found["S2"] == pytest.approx(0.85)


@given(chances, chances, chances, chances)
def test_posteriors_are_probabilities_and_rise_with_the_parents(alone, posterior, sure, share):
    less = inherited({"S1": alone}, PRIOR, [taken(sure, 500, posterior / 2, share)], {}, 5)
    more = inherited({"S1": alone}, PRIOR, [taken(sure, 500, posterior, share)], {}, 5)
    assert 0.0 <= less["S1"] <= more["S1"] + 1e-12 <= 1.0 + 1e-9
