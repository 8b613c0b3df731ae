"""What agreement in cells says for and against a source's own copy."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.attribution.versions.agreement import Agreement, Rivalry
from leaktrace.attribution.versions.columns import DAY, KINDS, NAME, NUMBER, PLACE
from leaktrace.attribution.versions.headers import FACT, OWN
from leaktrace.attribution.versions.laws import (
    PARTS,
    RATES,
    USUAL,
    USUAL_TYPED,
    Beta,
    ColumnOf,
    HolderLaws,
    Reading,
    drawn_law,
    mixed,
)
from leaktrace.attribution.versions.likelihood import Matched, version_evidence
from leaktrace.attribution.versions.ratio import MOST_AGAINST, MOST_FOR, SHARES, VersionEvidence
from leaktrace.attribution.words import evidence_text

LAWS = HolderLaws(
    {kind: mixed(USUAL[kind]) for kind in KINDS}, {kind: mixed(USUAL_TYPED[kind]) for kind in KINDS}
)
ICC = 0.004


def column(
    kind: str, people: int, says: float, typed: float = 0.0, *, nature: str = OWN, at: int = 0
) -> Agreement:
    same = round(people * says)
    return Agreement(
        kind, people, same, round(people * typed), 0.001, True, True, people, same, column=at,
        nature=nature,
    )  # fmt: skip


def evidence(
    *columns: Agreement, people: int = 500, of: int = 500, laws: HolderLaws = LAWS
) -> VersionEvidence:
    found = version_evidence("S01", columns, Matched(people, of, 0.9), laws, ICC)
    assert found is not None
    return found


def test_a_copy_speaks_for_its_source_and_others_dates_against() -> None:
    own = evidence(column(DAY, 500, 0.99, 0.99), column(NUMBER, 500, 1.0, 1.0, at=1))
    assert own.log_ratio(1.0) == pytest.approx(MOST_FOR)
    other = evidence(column(DAY, 500, 0.01, 0.0), column(NUMBER, 500, 0.0, 0.0, at=1))
    assert -MOST_AGAINST <= other.log_ratio(1.0) < -log(10)


def test_who_retypes_a_list_does_not_wash_it() -> None:
    raw = evidence(column(DAY, 500, 0.97, 0.97), column(PLACE, 500, 0.98, 0.98, at=1))
    retyped = evidence(column(DAY, 500, 0.97, 0.0), column(PLACE, 500, 0.98, 0.0, at=1))
    assert log(5) < retyped.log_ratio(1.0) <= raw.log_ratio(1.0)


def test_a_share_says_how_many_ought_to_agree() -> None:
    half = evidence(column(DAY, 500, 0.5, 0.5), column(NUMBER, 500, 0.5, 0.5, at=1))
    assert half.log_ratio(0.5) > half.log_ratio(1.0) + log(2)
    assert half.log_ratio(0.5) > half.log_ratio(0.05) + log(10)
    whole = evidence(column(DAY, 500, 0.97, 0.97))
    assert whole.log_ratio(1.0) > whole.log_ratio(0.3) + log(10)


def test_nothing_to_compare_says_nothing() -> None:
    assert version_evidence("S01", [], Matched(500, 500, 1.0), LAWS, ICC) is None
    names = column(NAME, 500, 1.0, 1.0)
    assert version_evidence("S01", [names], Matched(500, 500, 1.0), LAWS, ICC) is None
    usual = replace(column(DAY, 500, 1.0, 1.0), chance=0.95)
    assert version_evidence("S01", [usual], Matched(500, 500, 1.0), LAWS, ICC) is None
    assert evidence(column(DAY, 500, 0.9)).log_ratio(0.0) == 0.0


def test_facts_are_the_same_at_every_holder() -> None:
    fact = [column(NUMBER, 500, 1.0, 1.0, nature=FACT, at=at) for at in range(3)]
    own = [column(NUMBER, 500, 1.0, 1.0, at=at) for at in range(3)]
    unknown = [column(NUMBER, 500, 1.0, 1.0, nature="", at=at) for at in range(3)]
    said = [evidence(*columns).log_ratio(1.0) for columns in (fact, unknown, own)]
    assert said[0] < log(10)
    assert said[0] < said[1] < said[2]
    assert said[1] < 1.3 * log(10)  # columns of facts come together: they count once


def test_what_other_references_show_of_a_column_counts() -> None:
    seen = replace_seen({("S01", 0): (0.97, 0.99, 0.98)})
    agreed = evidence(column(NUMBER, 500, 0.99, 0.99), laws=seen).log_ratio(1.0)
    apart = replace_seen({("S01", 0): (0.0, 0.01, 0.0)})
    assert agreed < log(6)
    assert evidence(column(NUMBER, 500, 0.99, 0.99), laws=apart).log_ratio(1.0) > log(20)


def replace_seen(seen: dict[tuple[str, int], tuple[float, ...]]) -> HolderLaws:
    return HolderLaws(LAWS.others, LAWS.typing, seen)


def test_errors_that_a_batch_shares_with_a_source_tell_whose_it_is() -> None:
    place = column(PLACE, 500, 0.97, 0.9, nature="")
    beside = replace(place, alone=0, alone_same=0, speakers=("S02",), usual=1.0, apart=60)
    own = evidence(replace(beside, apart_same=58))
    third = evidence(replace(beside, apart_same=30))
    theirs = evidence(replace(beside, apart_same=0))
    assert own.log_ratio(1.0) > log(10)
    assert third.log_ratio(1.0) < 0
    assert theirs.log_ratio(1.0) <= third.log_ratio(1.0) + 0.5


def test_who_was_purged_from_a_list_is_hardly_held_against_it() -> None:
    """Of a source that gave a part the list may hold others' people alone."""
    other = [column(DAY, 60, 0.0), column(NUMBER, 60, 0.0, at=1)]
    told = evidence(*other, people=60, of=600)
    sure = evidence(*other, people=600, of=600)
    assert sure.log_ratio(1.0) < told.log_ratio(0.4) - 0.3
    assert told.log_ratio(0.4) > -log(40)


def test_people_told_by_masked_numbers_may_be_others() -> None:
    columns = [column(PLACE, 300, 0.2, 0.2, nature="")]
    sure, vague = (
        version_evidence("S01", columns, Matched(300, 3000, 1.0, vague=vague), LAWS, ICC)
        for vague in (False, True)
    )
    assert sure is not None
    assert vague is not None
    assert max(vague.curve) < max(sure.curve)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS), st.integers(8, 1500), st.floats(0, 1), st.floats(0, 1),
            st.sampled_from(["", OWN, FACT]),
        ),
        min_size=1, max_size=4,
    ),
    st.floats(0, 1),
)  # fmt: skip
def test_ratios_are_finite_capped_and_nothing_at_nothing(
    drawn: list[tuple[str, int, float, float, str]], share: float
) -> None:
    columns = [
        column(kind, people, says, says * typed, nature=nature, at=at)
        for at, (kind, people, says, typed, nature) in enumerate(drawn)
    ]
    found = version_evidence("S01", columns, Matched(1500, 1600, 0.8), LAWS, ICC)
    if found is not None:
        assert len(found.curve) == len(SHARES)
        assert found.log_ratio(0.0) == 0.0
        assert -MOST_AGAINST - 1e-9 <= found.log_ratio(share) <= MOST_FOR + 1e-9
        assert found.detail()["people"] == 1500


def test_laws_are_laws() -> None:
    assert len(RATES) == len(Beta(2.0, 3.0).weights())
    assert Beta(2.0, 3.0).weights() @ RATES == pytest.approx(0.4, abs=1e-3)
    one = ColumnOf("S01", 0, DAY, OWN, sure=True)
    for apart in (False, True):
        table = LAWS.same(one, Reading(retyped=False, facts=False), apart=apart)
        assert table.shape == (len(PARTS), len(RATES))
        assert np.allclose(table.sum(axis=1), 1.0)
        assert np.all(np.diff(table @ RATES) > 0)
    assert np.allclose(LAWS.typed(DAY).sum(axis=1), 1.0)


def test_a_law_follows_the_case_and_keeps_a_doubt() -> None:
    usual = mixed(USUAL[PLACE])
    few, many = (drawn_law([0.6] * count, usual, 3.0) for count in (1, 30))
    near = np.abs(RATES - 0.6) < 0.1
    assert usual[near].sum() < few[near].sum() < many[near].sum()
    assert many[RATES > 0.97].sum() > 0.005
    assert drawn_law([], usual, 3.0) is usual


def test_a_rate_is_the_average_over_its_law() -> None:
    """The evidence of one column in closed form, by the mean of binomial chances."""
    people, same = 100, 40
    scale = 1 / (1 + (people - 1) * ICC)
    told = ColumnOf("S01", 0, DAY, OWN, sure=True)
    table = LAWS.same(told, Reading(retyped=False, facts=False), apart=False)
    rates = 0.001 + 0.999 * RATES
    chances = np.exp(scale * (same * np.log(rates) + (people - same) * np.log1p(-rates)))
    expected = log(float(table[-1] @ chances) / float(table[0] @ chances))
    found = evidence(replace(column(DAY, people, same / people), read=False))
    assert found.log_ratio(1.0) == pytest.approx(expected, abs=1e-6)


def test_the_text_gives_rates_and_no_cell() -> None:
    found = replace(
        evidence(column(DAY, 500, 0.98, 0.5), column(NAME, 480, 0.97, 0.97, at=1)),
        rivalries=(Rivalry("S02", 40, 38, 2), Rivalry("S03", 4, 4, 0)),
    )
    detail = found.detail()
    assert detail["rival"] == {"source": "S02", "cells": 40, "own": 38, "theirs": 2}
    text = evidence_text("cells.version", {"source": "S01", **detail})
    for part in ("S01", "98%", "50%", "S02", "38", "<5"):
        assert part in text
    assert exp(found.log_ratio(1.0)) > 1
