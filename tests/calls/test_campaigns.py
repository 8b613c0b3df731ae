"""Calls that belong together, whatever number shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.calls import campaigns, import_calls, read_calls
from leaktrace.calls.campaign import find_campaigns, ofcase
from leaktrace.calls.records import SMS
from leaktrace.canary.pool.liveness import Interval
from leaktrace.case import Case
from leaktrace.case.records import Canary, Planting
from leaktrace.intake.worker import Worker
from leaktrace.times import read_moment
from tests.calls.made import CALLS, HOUSES, made_call, write

OTHER = "您好，这里是诚信财务，您公司的年报还没有申报，马上要被列入异常名录了，需要我们代办吗"


def test_one_script_from_rotating_numbers_is_one_campaign() -> None:
    calls = [
        made_call("C1", "17091234567", "2025-04-01 10:00:00", transcript=HOUSES[0]),
        made_call("C2", "17155550001", "2025-04-05 10:00:00", transcript=HOUSES[1]),
        made_call("C3", "16512345678", "2025-04-09 10:00:00", transcript=HOUSES[2]),
        made_call("C1", "13512345678", "2025-04-09 11:00:00", transcript=OTHER),
    ]
    planted = tuple(
        Canary(name, (Planting("S01", read_moment(day)),), {})
        for name, day in (("C1", "2025-03-01"), ("C2", "2025-03-01"), ("C3", "2025-05-01"))
    )
    (found,) = find_campaigns(calls, planted)
    assert found.canaries == ("C1", "C2", "C3") and found.sources == ("S01",)
    assert found.rotating and (found.numbers, found.blocks) == (3, 3)
    assert found.basis == ("script",) and len(found.calls) == 3
    assert find_campaigns(calls[::-1], planted) == (found,)


def test_a_script_that_comes_back_much_later_is_another_campaign() -> None:
    calls = [
        made_call(canary, "17091234567", day, transcript=HOUSES[0])
        for canary, day in (
            ("C1", "2025-01-01"), ("C2", "2025-01-05"), ("C1", "2025-06-01"), ("C2", "2025-06-05"),
        )
    ]  # fmt: skip
    assert [len(one.calls) for one in find_campaigns(calls)] == [2, 2]


def test_a_rotating_number_is_nobodys_identity() -> None:
    days = ("2025-04-01", "2025-04-04")
    near = [made_call(f"C{at}", "17091234567", day) for at, day in enumerate(days)]
    (found,) = find_campaigns(near)
    assert found.basis == ("caller",) and not found.rotating
    late = [near[0], made_call("C1", "17091234567", "2025-04-20")]
    assert find_campaigns(late) == ()
    # Two trades that share a number are two callers.
    trades = [
        made_call(f"C{at}", "17091234567", "2025-04-01", sector=sector)
        for at, sector in enumerate(("loan", "dental"))
    ]
    assert find_campaigns(trades) == ()


def test_hidden_numbers_link_nothing() -> None:
    assert find_campaigns([made_call(f"C{at}", "", "2025-04-01 10:00:00") for at in (1, 2)]) == ()


def test_a_block_links_in_a_burst_unless_it_is_a_neighbours() -> None:
    calls = [made_call(f"C{at}", f"1709123000{at}", f"2025-04-0{at} 10:00:00") for at in (1, 2, 3)]
    (found,) = find_campaigns(calls)
    assert found.basis == ("block",) and found.blocks == 1
    own = {f"C{at}": frozenset({"1709123"}) for at in (1, 2, 3)}
    assert find_campaigns(calls, own_blocks=own) == ()
    apart = [calls[0], made_call("C2", "17091230002", "2025-04-12 10:00:00")]
    assert find_campaigns(apart) == ()


def test_a_robot_and_a_human_who_recites_are_a_funnel() -> None:
    robots = [
        made_call("C1", "17091234567", "2025-04-01 10:00:00", transcript=HOUSES[0]),
        made_call("C2", "17155550001", "2025-04-01 11:00:00", transcript=HOUSES[1]),
    ]
    human = made_call("C1", "13512340000", "2025-04-02 16:00:00", recites="S01")
    (found,) = find_campaigns([*robots, human])
    assert human.id in found.calls and "funnel" in found.basis
    assert [(one.canary, one.second, one.basis) for one in found.funnels] == [
        ("C1", human.id, "recited")
    ]
    assert found.recited == human.recited
    late = made_call("C1", "13512340000", "2025-04-09 16:00:00", recites="S01")
    other = made_call("C3", "13512340000", "2025-04-02 16:00:00", recites="S01")
    for one in (late, other):
        (alone,) = find_campaigns([*robots, one])
        assert one.id not in alone.calls and alone.funnels == ()


def test_a_second_stage_with_a_script_of_its_own_is_followed() -> None:
    days = ("2025-04-01", "2025-04-03", "2025-04-05")
    first = [
        made_call(f"C{at}", "10690000123", f"{day} 10:00:00", kind=SMS, transcript=HOUSES[at])
        for at, day in enumerate(days)
    ]
    second = [
        made_call(f"C{at}", f"1355555000{at}", f"{day} 17:00:00", kind="human", transcript=OTHER)
        for at, day in enumerate(days)
    ]
    (found,) = find_campaigns([*first, *second])
    assert len(found.calls) == 6 and len(found.funnels) == 3
    # Where the messages went to others, they are two campaigns.
    elsewhere = [
        made_call(f"D{at}", f"1355555000{at}", f"{day} 17:00:00", kind="human", transcript=OTHER)
        for at, day in enumerate(days)
    ]
    assert len(find_campaigns([*first, *elsewhere])) == 2


def test_the_campaigns_of_a_case_have_sizes(watched: Case, worker: Worker, tmp_path: Path) -> None:
    days = ("2025-04-01 10:00:00", "2025-04-03 10:00:00", "2025-04-05 10:00:00")
    lines = [
        (f"1376123{4098 + at}", f"1709{at}234567", day, "", "robot", "", "", "", HOUSES[at])
        for at, day in enumerate(days)
    ]
    path = write(tmp_path / "CALLS.csv", CALLS, *lines)
    assert import_calls(watched, path, worker=worker).added == 3
    (found,) = campaigns(watched, read_calls(watched))
    assert found == campaigns(watched)[0]
    assert found.size is not None and found.size.people is not None
    assert (found.size.hit, found.size.planted, found.size.sources) == (3, 3, ("S01",))
    assert found.size.people.low > 3_000 and found.size.people.high == 12_000
    assert found.size.days is not None and found.size.days.low >= 4.0


def test_a_canary_that_was_silent_says_nothing(
    watched: Case, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        (f"1376123{4098 + at}", f"1709{at}234567", day, "", "robot", "", "", "", HOUSES[at])
        for at, day in enumerate(("2025-04-01 10:00:00", "2025-04-03 10:00:00"))
    ]
    path = write(tmp_path / "CALLS.csv", CALLS, *lines)
    assert import_calls(watched, path, worker=worker).added == 2

    def planted(*spans: tuple[str, str]) -> int:
        known = [
            Interval(read_moment(start).earliest, read_moment(end).earliest) for start, end in spans
        ]
        monkeypatch.setattr(ofcase, "live_intervals", lambda _case: {"C3": known})
        (found,) = campaigns(watched)
        assert found.size is not None
        return found.size.planted

    assert planted(("2025-03-01", "2025-05-01")) == 3
    assert planted(("2025-03-01", "2025-03-20")) == 3  # not heard of since, and not for long
    assert planted(("2024-01-01", "2024-12-01")) == planted() == 2
