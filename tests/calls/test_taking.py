"""Taking calls in: matched, refused, sealed, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.calls import import_calls, read_calls
from leaktrace.calls.records import RecitedMarks
from leaktrace.case import Case
from leaktrace.errors import UsageError
from leaktrace.intake.worker import Worker
from tests.calls.made import CALLS, HOUSES, write
from tests.calls.test_forms import ASTERISK, BACKUP, MESSAGES

MOBILE = "13761234098"
DAY = "2025-04-01 10:00:00"
LINES = (
    (MOBILE, "17091234567", DAY, "35", "robot", "ai", "", "恒远", HOUSES[0]),
    (MOBILE, "13512340000", "2025-04-01 15:00", "1:05", "人工", "", "房产", "", "是白晨曦对吧"),
    ("021-6123 4567", "95533", "2025-04-02", "", "", "回拨", "", "", ""),
)


def taken(case: Case, worker: Worker, tmp_path: Path, *lines: tuple[str, ...]) -> tuple[int, ...]:
    path = write(tmp_path / "CALLS.csv", CALLS, *lines)
    got = import_calls(case, path, worker=worker)
    return got.added, got.updated, got.unchanged, len(got.refused)


def test_calls_are_read_back(watched: Case, worker: Worker, tmp_path: Path) -> None:
    assert taken(watched, worker, tmp_path, *LINES) == (3, 0, 0, 0)
    robot, human, landline = read_calls(watched)
    assert (robot.canaries, robot.kind, robot.call_mode) == (("C1",), "robot", "ai")
    assert (robot.sector, robot.inferred) == ("property", ("sector",))
    assert (robot.caller.kind, robot.duration_s, robot.claims_to_be) == ("virtual", 35.0, "恒远")
    assert (human.kind, human.duration_s, human.sector) == ("human", 65.0, "property")
    assert human.recited == (RecitedMarks("C1", "S01", ("name",)),)
    assert (landline.canaries, landline.call_mode) == (("C5",), "call-back")
    assert landline.at.latest - landline.at.earliest == 86_399


def test_the_same_file_twice_changes_nothing(watched: Case, worker: Worker, tmp_path: Path) -> None:
    taken(watched, worker, tmp_path, *LINES)
    before = read_calls(watched), len(watched.runs())
    assert taken(watched, worker, tmp_path, *LINES) == (0, 0, 3, 0)
    assert (read_calls(watched), len(watched.runs())) == before


def test_what_a_second_file_knows_more_is_added(
    watched: Case, worker: Worker, tmp_path: Path
) -> None:
    backup = tmp_path / "calls.xml"
    backup.write_text(BACKUP, encoding="utf-8")
    got = import_calls(watched, backup, callee=MOBILE, worker=worker)
    assert (got.added, len(got.refused)) == (3, 0)
    assert [warning.code for warning in got.warnings] == ["outgoing"]
    assert taken(watched, worker, tmp_path, LINES[0]) == (0, 1, 0, 0)
    # The backup knows nothing that is not there already, also where it comes once more.
    again = import_calls(watched, backup, callee=MOBILE, worker=worker)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)
    assert next(call.transcript for call in read_calls(watched)) == HOUSES[0]
    assert len(read_calls(watched)) == 3


def test_a_note_to_the_minute_is_of_the_call_in_it(
    watched: Case, worker: Worker, tmp_path: Path
) -> None:
    exact = (MOBILE, "17091234567", "2025-04-01 10:32:17", "35", "", "", "", "", "")
    noted = (MOBILE, "17091234567", "2025-04-01 10:32", "", "robot", "", "loan", "", "要贷款吗")
    assert taken(watched, worker, tmp_path, exact) == (1, 0, 0, 0)
    assert taken(watched, worker, tmp_path, noted) == (0, 1, 0, 0)
    assert taken(watched, worker, tmp_path, exact, noted) == (0, 0, 2, 0)
    (call,) = read_calls(watched)
    assert (call.sector, call.duration_s, call.at.latest - call.at.earliest) == ("loan", 35.0, 0)
    # Of two calls in that minute nobody knows which it was, and another number is another call.
    twice = (MOBILE, "17091234567", "2025-04-01 10:32:50", "5", "", "", "", "", "")
    other = (MOBILE, "17091234568", "2025-04-01 10:32", "", "", "", "", "", "")
    assert taken(watched, worker, tmp_path, twice, other) == (2, 0, 0, 0)


def test_the_second_is_told_after_the_minute(watched: Case, worker: Worker, tmp_path: Path) -> None:
    noted = (MOBILE, "17091234567", "2025-04-01 10:32", "", "robot", "", "", "", "")
    exact = (MOBILE, "17091234567", "2025-04-01 10:32:17", "35", "", "", "", "", "")
    assert taken(watched, worker, tmp_path, noted) == (1, 0, 0, 0)
    assert taken(watched, worker, tmp_path, exact) == (0, 1, 0, 0)
    (call,) = read_calls(watched)
    assert call.at.earliest == call.at.latest


def test_messages_of_one_second_are_two(watched: Case, worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "sms.xml"
    path.write_text(
        MESSAGES.replace("13512340000", "10690000123").replace("insert", "x"), encoding="utf-8"
    )
    assert import_calls(watched, path, callee=MOBILE, worker=worker).added == 2
    assert {call.kind for call in read_calls(watched)} == {"sms"}


def test_an_exchange_names_who_was_called(watched: Case, worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "Master.csv"
    path.write_text(ASTERISK, encoding="utf-8")
    assert import_calls(watched, path, worker=worker).added == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("13900000001", "95533", DAY), "not-a-canary"),
        (("C1", "95533", DAY), "callee"),
        (("", "95533", DAY), "callee"),
        ((MOBILE, "95533", ""), "no-date"),
        ((MOBILE, "95533", "2025-02-30"), "date"),
        ((MOBILE, "95533", "2099-01-01"), "future"),
        ((MOBILE, "1.38E+10", DAY), "damaged-number"),
        ((MOBILE, "95533", DAY, "long"), "duration"),
        ((MOBILE, "95533", DAY, "", "dog"), "kind"),
        ((MOBILE, "95533", DAY, "", "", "dog"), "call-mode"),
    ],
)
def test_a_line_is_refused_without_a_number(
    watched: Case, worker: Worker, tmp_path: Path, line: tuple[str, ...], code: str
) -> None:
    whole = (*line, *[""] * (9 - len(line)))
    got = import_calls(
        watched, write(tmp_path / "CALLS.csv", CALLS, LINES[2], whole), worker=worker
    )
    assert got.added == 1
    (refusal,) = got.refused
    assert (refusal.code, refusal.row) == (code, 3)
    assert "CALLS.csv, row 3: " in refusal.reason
    assert "13900000001" not in refusal.reason and MOBILE not in refusal.reason


def test_a_backup_needs_to_be_told_whose_phone_it_was(
    watched: Case, worker: Worker, tmp_path: Path
) -> None:
    path = tmp_path / "calls.xml"
    path.write_text(BACKUP, encoding="utf-8")
    got = import_calls(watched, path, worker=worker)
    assert got.nothing_accepted and {one.code for one in got.refused} == {"callee"}
    assert "--callee" in got.refused[0].reason
    with pytest.raises(UsageError):
        import_calls(watched, path, callee="301", worker=worker)


def test_callers_and_words_are_sealed(watched: Case, worker: Worker, tmp_path: Path) -> None:
    taken(watched, worker, tmp_path, *LINES)
    for path in watched.folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert b"17091234567" not in raw and MOBILE.encode() not in raw
            assert "恒远".encode() not in raw
    for call in read_calls(watched):
        assert "1709123" not in repr(call) and "恒远" not in repr(call)
