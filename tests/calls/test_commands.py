"""The commands: what they print, hide and answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaktrace.case import Case
from leaktrace.intake.worker import Worker
from tests.calls.made import CALLS, HOUSES, write
from tests.calls.shells import Shell, shell_on

LINES = (
    ("13761234098", "17091234567", "2025-04-01 10:00:00", "35", "robot", "ai", "", "", HOUSES[0]),
    ("13761234099", "17155550001", "2025-04-03 10:00:00", "35", "", "", "", "", HOUSES[1]),
    ("13761234100", "16512345678", "2025-04-05 10:00:00", "35", "", "", "", "", HOUSES[2]),
    ("13761234098", "13512340000", "2025-04-01 15:00", "65", "human", "", "", "", "白晨曦对吧"),
    ("021-61234567", "95533", "2025-04-02", "", "", "", "", "", ""),
)


@pytest.fixture
def shell(
    watched: Case,
    worker: Worker,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    return shell_on(watched.folder, worker, capsys, monkeypatch, "calls")


def test_calls_are_taken_in_listed_and_put_together(shell: Shell, tmp_path: Path) -> None:
    status, out, err = shell("campaigns")
    assert status == 0 and "no call" in out and "leaktrace -C" in err and "calls import" in err
    files = [write(tmp_path / f"{at}.csv", CALLS, *LINES[at : at + 3]) for at in (0, 3)]
    status, out, err = shell("import", *files)
    assert status == 0 and "5 added" in out and "calls campaigns" in err
    status, out, err = shell("list")
    assert status == 0 and "calls campaigns" in err
    assert "17091234567" not in out and "170********" in out and "95533" in out
    assert "恒远" not in out and "S01: name" in out
    status, out, err = shell("campaigns")
    assert status == 0 and "rotating" in out and "C1, C2, C3" in out and "S01" in out
    assert "4 of 5 calls" in out and "800 to 1,000" in out and "leaktrace -C" in err


def test_json_has_codes_and_hides_numbers(shell: Shell, tmp_path: Path) -> None:
    path = write(tmp_path / "CALLS.csv", CALLS, *LINES)
    status, out, _err = shell("import", path, "--json")
    assert status == 0
    assert json.loads(out) == {
        "added": 5, "updated": 0, "unchanged": 0, "refused": [], "warnings": [],
    }  # fmt: skip
    _status, out, _err = shell("list", "--json")
    calls = json.loads(out)["calls"]
    assert [one["caller_kind"] for one in calls] == [
        "virtual",
        "mobile",
        "95",
        "virtual",
        "virtual",
    ]
    assert "17091234567" not in out and "transcript" not in calls[0] and calls[0]["has_transcript"]
    _status, out, _err = shell("list", "--json", "--reveal", "--canary", "C2")
    (one,) = json.loads(out)["calls"]
    assert one["caller"] == "17155550001" and one["transcript"] == HOUSES[1]
    _status, out, _err = shell("campaigns", "--json")
    (campaign,) = json.loads(out)["campaigns"]
    assert campaign["canaries"] == ["C1", "C2", "C3"] and campaign["rotating"]
    assert campaign["funnels"][0]["basis"] == "recited"
    assert campaign["recited"] == [{"canary": "C1", "source": "S01", "kinds": ["name"]}]
    people = campaign["list"]["people"]
    assert people["low"] <= people["estimate"] <= people["high"] == 12_000
    assert "17091234567" not in out


def test_refusals_and_wrong_usage_have_their_status(shell: Shell, tmp_path: Path) -> None:
    bad = ("13900000001", "95533", "2025-04-02", *[""] * 6)
    mixed = write(tmp_path / "mixed.csv", CALLS, LINES[0], bad)
    status, out, err = shell("import", mixed)
    assert status == 3 and "  3   " in out and "13900000001" not in out + err
    status, _out, err = shell("import", write(tmp_path / "bad.csv", CALLS, bad))
    assert status == 1 and "nothing was taken in" in err
    status, out, _err = shell("import", tmp_path / "none.csv", "--json")
    assert status == 1 and json.loads(out)["refused"][0]["code"] == "missing"
    assert shell("import", mixed, "--callee", "301")[0] == 2
    assert shell("list", "--canary", "C99")[0] == 1
