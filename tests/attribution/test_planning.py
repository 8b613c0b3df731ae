"""What to do next: the information that a step is expected to bring, and their order."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution import Trace, trace_case
from leaktrace.attribution.case_model import CaseModel, model_of
from leaktrace.attribution.planning.chances import (
    list_chances,
    parent_chances,
    planting_chances,
    unseen_size,
)
from leaktrace.attribution.planning.pairs import OpenPair, open_bits, open_pairs
from leaktrace.attribution.planning.preposterior import entropy, information, settled
from leaktrace.attribution.planning.words import about_text
from leaktrace.attribution.result import Related
from leaktrace.fingerprint.heldcells import CellColumn, HeldCells
from tests.attribution.made_case import MadeCase, canary, held_list

chance = st.floats(0.0, 1.0)


@given(posterior=chance, good=chance, bad=chance)
def test_information_is_never_below_zero_nor_above_what_is_unknown(
    posterior: float, good: float, bad: float
) -> None:
    bits = information(posterior, good, bad)
    assert 0.0 <= bits <= entropy(posterior) + 1e-9
    assert information(posterior, good, good) == pytest.approx(0.0, abs=1e-9)
    assert bits == pytest.approx(information(1 - posterior, bad, good), abs=1e-9)
    assert information(posterior, 1 - good, 1 - bad) == pytest.approx(bits, abs=1e-9)
    assert 0.0 <= settled(posterior, good, bad) <= 1.0 + 1e-9


def test_information_by_hand() -> None:
    assert entropy(0.5) == 1.0
    assert information(0.5, 1.0, 0.0) == pytest.approx(1.0)
    # A binary symmetric channel of error 0.1 carries 1 - H(0.1) bits.
    assert information(0.5, 0.9, 0.1) == pytest.approx(1.0 - entropy(0.1))
    assert settled(0.5, 0.96, 0.04) == pytest.approx(1.0)
    assert settled(0.5, 0.9, 0.1) == 0.0
    assert settled(0.1, 0.96, 0.5) == 0.0  # a source that was not likely needs no clearing


@cache
def traced() -> tuple[CaseModel, Trace, tuple[OpenPair, ...]]:
    """A list of A's people without a canary, one of people whom nobody knows."""
    case = MadeCase()
    case.add_source("A", 2000, reference=held_list(range(2000)))
    case.add_source("B", 2000, reference=held_list(range(3000, 5000)))
    case.add_source("big", 900_000)
    case.add_source("small", 2000)
    case.planted = [canary(f"s{one}", 10**6 + one, ("small", "2025-06-01")) for one in range(3)]
    case.add_batch("open", held_list(range(0, 2000, 4)))
    case.add_batch("strange", held_list(range(500_000, 500_500)), "2026-03-02")
    model, trace = model_of(case), trace_case(case)
    return model, trace, tuple(open_pairs(case, model, trace.batches))


def pair(batch: str, source: str) -> OpenPair:
    return next(one for one in traced()[2] if (one.batch, one.source) == (batch, source))


def test_the_open_pairs_are_those_of_open_lists() -> None:
    _model, trace, pairs = traced()
    open_ = {one.batch for one in trace.batches if one.verdict == "undetermined"}
    assert {one.batch for one in pairs} <= open_
    assert trace.open_bits == open_bits(pairs) > 0
    assert all(0.02 <= one.finding.posterior <= 0.98 for one in pairs)


def test_the_steps_are_ranked_and_name_what_is_open() -> None:
    _model, trace, pairs = traced()
    assert trace.next
    assert [one.bits for one in trace.next] == sorted((s.bits for s in trace.next), reverse=True)
    for step in trace.next:
        assert set(step.batches) <= {one.batch for one in pairs}
        assert 0 < step.bits <= trace.open_bits
        assert (step.amount > 0) == (step.code in ("plant", "parent"))
        assert step.source in step.text
    assert len({(one.code, one.source, one.batches) for one in trace.next}) == len(trace.next)


def test_where_nothing_tells_a_source_from_its_twin_a_planting_comes_first() -> None:
    trace = traced()[1]
    about = [one for one in trace.next if one.source == "A"]
    assert about[0].code == "plant" and about[0].footing == "measured"
    # Its list is at hand, and whole: another one of it would tell nothing.
    assert not [one for one in about if one.code in ("reference", "fresh-reference")]


def test_a_list_is_asked_for_where_there_is_none() -> None:
    asked = {one.source for one in traced()[1].next if one.code == "reference"}
    assert {"big", "small"} & asked and not {"A", "B"} & asked


def test_more_canaries_tell_more_and_a_larger_source_needs_more_of_them() -> None:
    model = traced()[0]
    few, many = (planting_chances(pair("open", "A"), n, model) for n in (5, 50))
    assert few.bad < many.bad < 0.1 and few.good < many.good < 1.0
    small, big = (
        planting_chances(pair("strange", one), 20, model).good for one in ("small", "big")
    )
    assert small > big


def test_a_list_tells_less_where_a_twin_is_what_it_would_be_taken_for() -> None:
    model = traced()[0]
    open_, strange = pair("open", "A"), pair("strange", "small")
    twin = list_chances(open_, model)
    assert information(open_.finding.posterior, twin.good, twin.bad) < 0.1
    known = list_chances(strange, model)
    assert known.good - known.bad > 0.4


def test_an_unseen_list_is_looked_for_only_where_it_is_smaller_than_its_source() -> None:
    model = traced()[0]
    assert unseen_size(Related("open", "strange", 125, 0.25), ["big"], model) == 2000
    assert unseen_size(Related("open", "strange", 125, 0.25), ["A"], model) is None
    assert unseen_size(Related("open", "strange", 490, 0.98), ["big"], model) is None
    larger = parent_chances(pair("strange", "small"), 5000, model)
    assert larger.good > larger.bad
    assert parent_chances(pair("strange", "big"), 5000, model).good == 0.0


def test_cells_are_asked_for_where_the_list_has_some_and_the_source_none() -> None:
    def nothing(people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        none = np.zeros((len(people), 2), dtype=np.uint64)
        return none, none

    for named, asked in ((False, ["open"]), (True, [])):
        case = MadeCase()
        case.add_source("A", 2000, reference=held_list(range(2000)))
        case.add_batch("open", held_list(range(0, 2000, 4)))
        columns = (CellColumn(0, 0, name=True), CellColumn(0, 1, name=named))
        case.cells["open"] = HeldCells(columns, 2, nothing)
        steps = [one for one in trace_case(case).next if one.code == "cells"]
        assert [one.batches[0] for one in steps] == asked


def test_no_open_list_leaves_nothing_to_plan() -> None:
    empty = trace_case(MadeCase())
    assert (empty.next, empty.open_bits) == ((), 0.0)


def test_many_lists_are_told_by_the_first_few() -> None:
    assert about_text(["a", "b"]) == "a, b"
    assert about_text(list("abcdef")) == "a, b, c, d and 2 more"
