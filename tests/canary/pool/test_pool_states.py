from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.canary.pool.records import STATES, Happening, instant
from leaktrace.canary.pool.states import standing
from leaktrace.times import DAY, read_moment

WHATS = (
    "taken", "quarantined", "freed", "planted", "control", "heartbeat", "missed", "called",
    "topup", "extended", "lapsed", "handed", "resting", "retired", "returned", "burnt",
)  # fmt: skip


def at(text: str) -> float:
    return read_moment(text).earliest


def happened(number: int, what: str, when: str, **details: Any) -> Happening:
    return Happening(number, "number", "N1", what, read_moment(when), details)


def day(text: str) -> list[Any]:
    moment = read_moment(text)
    return [moment.earliest, moment.latest, moment.text]


def taken(**details: Any) -> Happening:
    return happened(1, "taken", "2024-01-01", quarantine_until=day("2024-03-31"), **details)


def said(history: list[Happening], when: str, **more: Any) -> tuple[str, str, str]:
    found = standing("mobile", history, at(when), **more)
    assert found is not None
    return found.state.code, found.state.since.text, found.state.reason


def test_a_number_is_in_quarantine_then_free() -> None:
    assert standing("mobile", [taken()], at("2023-12-31")) is None
    assert said([taken()], "2024-03-30") == ("quarantined", "2024-01-01", "acquired")
    assert said([taken()], "2024-03-31") == ("free", "2024-03-31", "quarantine-over")


def test_a_planted_number_falls_silent_without_heartbeats_and_rings_again() -> None:
    history = [
        taken(),
        happened(2, "planted", "2024-05-01", canary="C1", source="S1"),
        happened(3, "heartbeat", "2024-06-01"),
        happened(4, "heartbeat", "2024-09-01"),
    ]
    assert said(history, "2024-06-15")[0] == "planted"
    assert said(history, "2024-07-16 00:00:00")[0] == "planted"
    over = "2024-07-16T00:00:00+08:00"
    assert said(history, "2024-07-16 00:00:01") == ("silent", over, "no-heartbeat")
    assert said(history, "2024-07-17", silent_after=60)[0] == "planted"
    assert said(history, "2024-09-01") == ("planted", "2024-05-01", "planted")


def test_a_missed_heartbeat_silences_at_once_also_while_free() -> None:
    history = [taken(), happened(2, "missed", "2024-05-01"), happened(3, "missed", "2024-05-03")]
    assert said(history, "2024-05-04") == ("silent", "2024-05-01", "missed-heartbeat")
    later = [*history, happened(4, "heartbeat", "2024-05-05")]
    assert said(later, "2024-05-06")[0] == "free"


def test_a_contract_that_ends_silences_until_it_is_extended() -> None:
    history = [
        taken(contract_end=day("2024-06-30")),
        happened(2, "planted", "2024-05-01"),
        happened(6, "heartbeat", "2024-06-25"),
    ]
    assert said(history, "2024-06-30 23:59:59")[0] == "planted"
    over = "2024-07-01T00:00:00+08:00"
    assert said(history, "2024-07-01 10:00") == ("silent", over, "contract-ended")
    # It rings, but whose is it?
    rings = [*history, happened(3, "heartbeat", "2024-07-02")]
    assert said(rings, "2024-07-03")[0] == "silent"
    extended = happened(4, "extended", "2024-07-05", contract_end=day("2025-06-30"))
    assert said([*rings, extended], "2024-07-06")[0] == "planted"
    lapsed = happened(5, "lapsed", "2024-07-10")
    assert said([*rings, extended, lapsed], "2024-07-11")[2] == "lapsed"


def test_burnt_and_returned_are_for_good() -> None:
    history = [
        taken(),
        happened(2, "burnt", "2024-05-01", why="x"),
        happened(3, "heartbeat", "2024-06-01"),
        happened(4, "freed", "2024-06-02"),
        happened(5, "returned", "2024-07-01"),
        happened(6, "planted", "2024-07-02"),
    ]
    assert said(history, "2024-06-03") == ("burnt", "2024-05-01", "burnt")
    assert said(history, "2024-08-01") == ("returned", "2024-07-01", "returned")


def test_a_rest_a_control_and_a_planting_that_is_older_than_the_pool() -> None:
    old = happened(9, "planted", "2023-06-01")
    assert said([taken(), old], "2024-01-02")[0] == "silent"
    assert said([taken(), old, happened(10, "heartbeat", "2024-01-01")], "2024-01-02") == (
        "planted", "2023-06-01", "planted",
    )  # fmt: skip
    control = happened(2, "control", "2024-04-01")
    assert said([taken(), control], "2024-04-02") == ("control", "2024-04-01", "control")
    both = [taken(), happened(2, "planted", "2024-04-01"), happened(3, "control", "2024-04-02")]
    assert said(both, "2024-04-03") == ("planted", "2024-04-01", "planted")
    rest = happened(3, "resting", "2024-04-05")
    assert said([taken(), control, rest], "2024-12-01") == ("resting", "2024-04-05", "resting")


def test_the_custodian_and_dates_are_those_of_that_time() -> None:
    history = [
        taken(custodian="王五", topup_due=day("2024-02-01")),
        happened(2, "handed", "2024-06-01", to="李四"),
        happened(3, "topup", "2024-02-01", topup_due=day("2024-08-01")),
    ]
    before, after = (standing("mobile", history, at(one)) for one in ("2024-01-15", "2024-06-01"))
    assert before and after
    assert (before.custodian, after.custodian) == ("王五", "李四")
    assert before.topup_due == read_moment("2024-02-01")
    assert after.topup_due == read_moment("2024-08-01")


@pytest.mark.parametrize(("kind", "code"), [("email", "silent"), ("address", "planted")])
def test_what_cannot_ring_is_not_silent(kind: str, code: str) -> None:
    found = standing(kind, [taken(), happened(2, "planted", "2024-05-01")], at("2025-01-01"))
    assert found and found.state.code == code


def details_of(what: str, value: int) -> Mapping[str, Any]:
    moment = instant(value * DAY)
    values = [moment.earliest, moment.latest, moment.text]
    return {
        "taken": {"quarantine_until": values, "custodian": str(value), "contract_end": None},
        "quarantined": {"quarantine_until": values},
        "extended": {"contract_end": values},
        "topup": {"topup_due": values},
        "handed": {"to": str(value)},
    }.get(what, {})


@st.composite
def stories(draw: st.DrawFn) -> list[Happening]:
    days = draw(st.lists(st.integers(1, 400), min_size=1, max_size=12, unique=True))
    story = []
    for place, when in enumerate(days):
        what = draw(st.sampled_from(WHATS))
        details = details_of(what, draw(st.integers(1, 500)))
        story.append(Happening(place, "number", "N1", what, instant(when * DAY), details))
    return story


@given(stories(), st.integers(0, 500), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(
    story: list[Happening], when: int, chance: random.Random
) -> None:
    ids = [one.id for one in story]
    chance.shuffle(ids)
    again = [
        Happening(number, one.subject, one.subject_id, one.what, one.at, one.details)
        for number, one in zip(ids, story, strict=True)
    ]
    chance.shuffle(again)
    assert standing("mobile", story, when * DAY) == standing("mobile", again, when * DAY)


@given(stories(), st.integers(0, 500))
def test_a_state_depends_on_what_was_until_then_alone(story: list[Happening], when: int) -> None:
    until = [one for one in story if one.at.earliest <= when * DAY]
    found = standing("mobile", story, when * DAY)
    assert found == standing("mobile", until, when * DAY)
    assert found is None or (
        found.state.code in STATES and found.state.since.earliest <= when * DAY
    )
