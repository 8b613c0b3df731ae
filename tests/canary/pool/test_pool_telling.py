from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.canary.pool import (
    Told,
    due,
    former_callers,
    import_numbers,
    read_pool,
    states,
    tell,
)
from leaktrace.canary.pool.logbook import import_happenings
from leaktrace.canary.pool.reading import read_entry
from leaktrace.case import Case, ImportOutcome
from leaktrace.case.chain import chain_faults
from leaktrace.errors import LeaktraceError
from leaktrace.intake.worker import Worker
from leaktrace.times import Moment, read_moment
from tests.canary.pool.pooldata import HAPPENINGS, number, write


def told(number: str, what: str, at: str, to: str = "", until: str = "") -> Told:
    return Told(number, what, read_moment(at), to, read_moment(until) if until else None)


def on(text: str) -> Moment:
    return read_moment(text)


def logged(case: Case, worker: Worker, folder: Path, *lines: tuple[str, ...]) -> ImportOutcome:
    rows = [(*line, *[""] * (len(HAPPENINGS) - len(line))) for line in lines]
    return import_happenings(case, write(folder / "H.csv", *rows, header=HAPPENINGS), worker=worker)


def test_a_heartbeat_is_a_run_of_its_own_and_told_twice_only_once(pool: Case) -> None:
    beats = [told("N1", "heartbeat", "2024-06-01"), told("N3", "missed", "2024-06-01 10:00")]
    done = tell(pool, "canary heartbeat", beats, numbers=["N1", "N3"])
    assert (done.added, done.unchanged) == (2, 0)
    assert pool.runs()[-1].command == "canary heartbeat"
    assert pool.runs()[-1].arguments == {"numbers": ["N1", "N3"]}
    runs = len(pool.runs())
    again = tell(pool, "canary heartbeat", beats)
    assert (again.added, again.unchanged, len(pool.runs())) == (0, 2, runs)
    found = states(pool, on("2024-06-02"))
    assert (found["N1"].code, found["N3"].code) == ("planted", "silent")
    assert chain_faults(pool.ledger, pool.key) == []


def test_what_is_told_late_counts_from_when_it_happened(pool: Case) -> None:
    tell(pool, "canary heartbeat", [told("N1", "missed", "2024-06-10")])
    assert states(pool, on("2024-06-20"))["N1"].code == "silent"
    tell(pool, "canary heartbeat", [told("N1", "heartbeat", "2024-06-12")])
    tell(pool, "canary heartbeat", [told("N1", "missed", "2024-06-11")])
    assert states(pool, on("2024-06-20"))["N1"].code == "planted"
    assert states(pool, on("2024-06-11"))["N1"].since.text == "2024-06-10"


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (told("N9", "heartbeat", "2024-06-01"), "unknown-number"),
        (told("N1", "heartbeat", "2999-06-01"), "future"),
        (told("N1", "handed", "2024-06-01"), "no-custodian"),
        (told("N1", "extended", "2024-06-01"), "no-date"),
        (told("N1", "freed", "2024-06-01"), "in-use"),
        (told("N2", "quarantined", "2024-06-01", until="2024-09-01"), "in-use"),
    ],
)
def test_all_or_nothing_is_told(pool: Case, one: Told, code: str) -> None:
    runs = len(pool.runs())
    with pytest.raises(LeaktraceError) as refused:
        tell(pool, "canary heartbeat", [told("N1", "heartbeat", "2024-06-01"), one])
    assert refused.value.code == code
    assert len(pool.runs()) == runs
    assert [item.what for item in read_entry(pool, "N1").history] == ["taken", "planted"]


def test_a_number_that_was_given_back_takes_no_more(pool: Case) -> None:
    tell(pool, "canary pool return", [told("N3", "returned", "2024-06-01")])
    with pytest.raises(LeaktraceError, match="2024-06-01") as refused:
        tell(pool, "canary heartbeat", [told("N3", "heartbeat", "2024-06-02")])
    assert refused.value.code == "returned"
    # Before that day it was still there to ring.
    assert tell(pool, "canary heartbeat", [told("N3", "heartbeat", "2024-05-20")]).added == 1
    assert states(pool)["N3"].code == "returned"


def test_numbers_are_handed_on(pool: Case) -> None:
    tell(pool, "canary hand", [told("N1", "handed", "2024-06-01", to="赵六")])
    assert tell(pool, "canary hand", [told("N1", "handed", "2024-07-01", to="赵六")]).added == 0
    assert {one.id: one.custodian for one in read_pool(pool)}["N1"] == "赵六"
    assert read_entry(pool, "N1", on("2024-05-31")).number.custodian == "王五"


def test_quarantine_rest_and_freeing(pool: Case) -> None:
    assert states(pool, on("2024-04-01"))["N3"].code == "quarantined"
    tell(pool, "canary pool free", [told("N3", "freed", "2024-04-02")])
    assert states(pool, on("2024-04-03"))["N3"].code == "free"
    again = told("N3", "quarantined", "2024-04-10", until="2024-08-01")
    tell(pool, "canary pool log", [again])
    assert states(pool, on("2024-07-31"))["N3"].code == "quarantined"
    assert states(pool, on("2024-08-01"))["N3"].code == "free"
    tell(pool, "canary pool rest", [told("N1", "resting", "2024-09-01")])
    assert states(pool, on("2024-12-01"))["N1"].code == "resting"
    tell(pool, "canary pool free", [told("N1", "freed", "2024-12-02")])
    assert states(pool, on("2024-12-03"))["N1"].code == "free"


def test_calls_of_the_former_owner_are_kept_and_change_no_state(
    pool: Case, worker: Worker, tmp_path: Path
) -> None:
    before = states(pool, on("2024-04-01"))
    lines = (
        ("N3", "2024-03-15 10:00:00", "called", "", "", "找老陈", "02088886666"),
        ("N3", "2024-03-15 10:00:00", "called", "", "", "", "02088887777"),
        ("N1", "2024-06-01", "called", "", "", "", "02088889999"),
    )
    assert logged(pool, worker, tmp_path, *lines).added == 3
    assert logged(pool, worker, tmp_path, *lines).unchanged == 3
    assert states(pool, on("2024-04-01")) == before
    # N1 was planted by then: that call may be one that tells.
    assert former_callers(pool) == {"N3": {"02088886666", "02088887777"}}


def test_a_table_of_happenings(pool: Case, worker: Worker, tmp_path: Path) -> None:
    lines = (
        ("N1", "2024-07-01", "heartbeat"),
        ("N1", "2024/6/1", "响铃"),
        ("N1", "2024-08-01", "handed", "赵六"),
        ("N2", "2024-12-01", "extended", "", "2025-12-31", "续一年"),
        ("N9", "2024-07-01", "heartbeat"),
        ("N1", "2024-07-32", "heartbeat"),
        ("N1", "", "heartbeat"),
        ("N1", "2024-07-01", "rang"),
        ("13761230001", "2024-07-01", "heartbeat"),
        ("N1", "2024-07-01", "extended"),
    )
    outcome = logged(pool, worker, tmp_path, *lines)
    assert outcome.added == 4
    assert [(one.row, one.code) for one in outcome.refused] == [
        (6, "unknown-number"),
        (7, "date"),
        (8, "no-date"),
        (9, "what"),
        (10, "identifier-as-id"),
        (11, "no-date"),
    ]
    assert not any("13761230001" in one.reason for one in outcome.refused)
    assert states(pool, on("2025-01-10"))["N2"].reason == "no-heartbeat"
    runs = len(pool.runs())
    assert logged(pool, worker, tmp_path, *lines[:4]).unchanged == 4
    assert len(pool.runs()) == runs


def test_what_is_due(pool: Case) -> None:
    tell(pool, "canary heartbeat", [told("N1", "heartbeat", "2024-05-20")])
    tell(pool, "canary heartbeat", [told("N3", "missed", "2024-06-03")])
    found = due(pool, on("2024-06-05"), within=20)
    assert [(one.custodian, one.number, one.what, one.due.text, one.overdue) for one in found] == [
        ("李四", "M1", "heartbeat", "2024-01-01", True),
        ("李四", "N3", "heartbeat", "2024-06-03", True),
        ("李四", "N3", "topup", "2024-06-10", False),
        ("王五", "N2", "heartbeat", "2024-05-02", True),
        ("王五", "N1", "heartbeat", "2024-06-19", False),
    ]
    assert [one.what for one in due(pool, on("2024-12-20")) if one.number == "N2"] == [
        "heartbeat", "contract-end",
    ]  # fmt: skip
    for day in ("2024-05-25", "2024-06-02"):
        over = [one for one in due(pool, on(day)) if one.what == "quarantine-over"]
        assert [(one.number, one.due.text, one.overdue) for one in over] == [
            ("N3", "2024-05-30", False)
        ]
    # A contract that has ended comes first: until then, who would be called?
    assert [one.what for one in due(pool, on("2025-01-20")) if one.number == "N2"] == [
        "contract-end"
    ]
    tell(pool, "canary pool rest", [told("N1", "resting", "2024-06-06")])
    assert not [one for one in due(pool, on("2025-01-20")) if one.number == "N1"]


def test_a_number_that_was_given_back_makes_no_new_canary(
    pool: Case, worker: Worker, tmp_path: Path
) -> None:
    value = next(one for one in read_pool(pool) if one.id == "N3").value
    tell(pool, "canary pool return", [told("N3", "returned", "2024-06-01")])
    line = number("N9", value, acquired_at="2025-01-01")
    again = import_numbers(pool, write(tmp_path / "N.csv", line), worker=worker)
    assert [one.code for one in again.refused] == ["number-given-back"]
    assert value not in again.refused[0].reason
