"""From a case's calls to who leaked: what is expected, what is heard once, what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from leaktrace.attribution import to_json, trace_case
from leaktrace.attribution.case_model import shipped_settings
from leaktrace.attribution.settings import Settings
from leaktrace.calls import import_calls
from leaktrace.calls.leaking import heard_in
from leaktrace.canary.pool.burning import burn
from leaktrace.case import Case, import_sources
from leaktrace.case.records import Canary
from leaktrace.intake.worker import Worker
from leaktrace.times import read_moment
from tests.calls.made import CALLS, write

FIRST, LAST = "2025-03-02 09:00", "2025-12-30 09:00"
AROUND = (
    ("13761234103", "13500000001", FIRST, "", "", "", "", "", ""),
    ("13761234103", "13500000002", LAST, "", "", "", "", "", ""),
)


def take(case: Case, worker: Worker, folder: Path, *rows: Sequence[str]) -> None:
    found = import_calls(case, write(folder / "C.csv", CALLS, *AROUND, *rows), worker=worker)
    assert not found.refused


def call(callee: str, caller: str, at: str, sector: str = "", **said: str) -> tuple[str, ...]:
    claims, words = said.get("claims", ""), said.get("words", "")
    return callee, caller, at, "20", said.get("kind", ""), "", sector, claims, words


def test_a_case_without_calls_says_nothing(watched: Case) -> None:
    assert heard_in(watched) is None
    assert all(not one.evidence for one in trace_case(watched).sources)


def test_calls_that_a_source_may_place_are_left_out(
    watched: Case, worker: Worker, tmp_path: Path
) -> None:
    rows = [
        call("13761234098", "02166660000", "2025-05-01 10:00", "property", claims="阳光看房"),
        call(
            "13761234099", "13822220000", "2025-05-02 10:00", words="您好，这里是阳光看房，回访一下"
        ),
        call("13761234099", "106912345", "2025-05-02 11:00", kind="sms", words="验证码 1234"),
        call("13761234101", "13822220001", "2025-05-03 10:00", claims="阳光看房"),
        call("13761234100", "13822220002", "2025-05-04 10:00", "loan"),
    ]
    take(watched, worker, tmp_path, *rows)
    heard = heard_in(watched)
    assert heard is not None
    after = [one for one in heard.touches if heard.lines[one.line].planted]
    # What names another source than its own is no call that its source may place.
    assert sorted(heard.lines[one.line].canaries[0] for one in after) == ["C3", "C4"]
    assert heard.expected == {"S01": 2}


def test_own_numbers_and_recipients_are_expected(
    watched: Case, worker: Worker, tmp_path: Path
) -> None:
    sources = write(
        tmp_path / "S.csv",
        "id,name,kind,population,recipients,own_numbers",
        ("S01", "阳光看房", "property-viewing", "12000", "安居装修", "95533;021-66660000"),
    )
    import_sources(watched, sources, worker=worker)
    rows = [
        call("13761234098", "021-66660000", "2025-05-01 10:00"),
        call("13761234098", "95533", "2025-05-02 10:00"),
        call("13761234099", "13822220000", "2025-05-02 10:00", claims="安居装修"),
        call("13761234101", "95533", "2025-05-03 10:00"),
    ]
    take(watched, worker, tmp_path, *rows)
    heard = heard_in(watched)
    assert heard is not None
    assert heard.expected == {"S01": 3}
    assert [heard.lines[one.line].canaries for one in heard.touches if one.fixed] == [("C4",)]
    assert heard.sources["S01"].recipients


def test_one_caller_and_one_burst_count_once(watched: Case, worker: Worker, tmp_path: Path) -> None:
    rows = [
        call("13761234098", "13822220000", f"2025-05-{day:02} 10:00", "loan") for day in range(1, 9)
    ]
    rows += [
        call("13761234099", f"1703333{at:04}", "2025-06-01 10:00", "loan")
        for at in range(0, 90, 30)
    ]
    take(watched, worker, tmp_path, *rows)
    heard = heard_in(watched)
    assert heard is not None
    after = [heard.lines[one.line].canaries[0] for one in heard.touches]
    assert after.count("C1") == 1
    assert after.count("C2") == 1


def test_after_it_was_burnt_a_canary_hears_nothing(
    watched: Case, worker: Worker, tmp_path: Path
) -> None:
    rows = [
        call("13761234098", "13822220000", "2025-05-01 10:00", "loan"),
        call("13761234098", "13833330000", "2025-09-01 10:00", "medical"),
    ]
    take(watched, worker, tmp_path, *rows)
    before = heard_in(watched)
    burn(watched, ["C1"], "told", read_moment("2025-07-01"))
    after = heard_in(watched)
    assert before is not None and after is not None
    lines = [
        [one.at for one in heard.touches if heard.lines[one.line].canaries == ("C1",)]
        for heard in (before, after)
    ]
    assert len(lines[0]) == 2
    assert lines[1] == lines[0][:1]


def _rung(number: str, first: int, sectors: Sequence[str]) -> list[tuple[str, ...]]:
    days = ["06-03", "06-14", "06-29", "07-11", "07-25", "08-09", "08-21", "09-02"]
    return [
        call(number, f"1{first + 7 * at}", f"2025-{day} 1{at % 8}:00", sectors[at % len(sectors)])
        for at, day in enumerate(days)
    ]


def test_the_trace_says_who_leaked_and_why(watched: Case, worker: Worker, tmp_path: Path) -> None:
    sold = ("insurance", "education", "medical", "investment")
    rows = [
        row
        for number, first in (
            ("13761234098", 3511110000),
            ("13761234099", 7022220000),
            ("13761234100", 8633330000),
        )
        for row in _rung(number, first, sold)
    ]
    take(watched, worker, tmp_path, *rows)
    found = {one.source: one for one in trace_case(watched).sources}
    assert found["S01"].leaked is not None and found["S02"].leaked is not None
    assert found["S01"].leaked > 0.7 > 0.3 > found["S02"].leaked
    codes = {piece.code for piece in found["S01"].evidence}
    assert {"leaked.calls", "calls.excess"} <= codes
    assert all(abs(p.log10_lr) <= shipped_settings().log10_lr_cap for p in found["S01"].evidence)
    deaf = trace_case(watched, settings=replaced("calls"))
    assert all(not one.evidence for one in deaf.sources)


def replaced(kind: str) -> Settings:
    return replace(shipped_settings(), without=frozenset({kind}))


def test_no_number_and_no_word_is_in_the_answer(
    watched: Case, worker: Worker, tmp_path: Path
) -> None:
    take(watched, worker, tmp_path, *_rung("13761234098", 3511110000, ("loan",)))
    text = to_json(trace_case(watched)).decode()
    assert "leaked.calls" in text
    assert "137612340" not in text
    assert "35111" not in text
    heard = heard_in(watched)
    assert "137612340" not in repr(heard)


def test_lines_are_canaries_of_one_number(watched: Case, worker: Worker, tmp_path: Path) -> None:
    take(watched, worker, tmp_path)
    heard = heard_in(watched)
    assert heard is not None
    by_canary: dict[str, Canary] = {one.id: one for one in watched.canaries()}
    assert sorted(one for line in heard.lines for one in line.canaries) == sorted(by_canary)


@pytest.mark.parametrize("without", ["calls", "canaries"])
def test_calls_can_be_left_out(watched: Case, worker: Worker, tmp_path: Path, without: str) -> None:
    take(watched, worker, tmp_path, *_rung("13761234098", 3511110000, ("loan",)))
    found = trace_case(watched, settings=replaced(without))
    assert all(not one.evidence for one in found.sources)
