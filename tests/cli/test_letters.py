"""``report --for``: what it asks, tells, masks, refuses and burns."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from leaktrace.calls import import_calls
from leaktrace.case import Case
from leaktrace.intake.worker import Worker
from tests.calls.conftest import case, folder, keys, watched, worker
from tests.calls.made import CALLS, CANARIES, HOUSES, write
from tests.calls.shells import Shell, shell_on

__all__ = ["case", "folder", "keys", "watched", "worker"]


FIRST, SECOND = CANARIES["C1"][1], CANARIES["C2"][1]
LINES = (
    (FIRST, "17091234567", "2025-04-01 10:00:00", "35", "robot", "ai", "", "", HOUSES[0]),
    (SECOND, "17155550001", "2025-04-03 10:00:00", "35", "", "", "", "", HOUSES[1]),
    (FIRST, "13512340000", "2025-04-03 15:00", "65", "human", "", "", "", f"白晨曦吗，{FIRST}"),
    (FIRST, "95533", "2025-04-04", "", "", "", "", "阳光看房", ""),
)


@pytest.fixture
def shell(
    watched: Case,
    worker: Worker,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    path = write(tmp_path / "CALLS.csv", CALLS, *LINES)
    assert import_calls(watched, path, worker=worker).added == len(LINES)
    return shell_on(watched.folder, worker, capsys, monkeypatch)


def _burnt(shell: Shell) -> list[str]:
    _status, out, _err = shell("canary", "list", "--json")
    return [one["canary"] for one in json.loads(out)["canaries"] if one["state"] == "burnt"]


def _at_a_terminal(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    class Typed(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Typed(f"{answer}\n"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)


def test_nobody_is_asked_and_nothing_told_without_a_flag(shell: Shell) -> None:
    status, out, err = shell("report", "--for", "complaint")
    assert status == 0 and "17091234567" in out and "自动语音骚扰" in out
    assert FIRST not in out and SECOND not in out and "白晨曦" not in out
    assert "masked" in out and "--disclose CANARY" in err
    assert "3 of 3" in out and "1 call is left out" in out and "95533" not in out
    assert _burnt(shell) == []


def test_yes_tells_all_that_were_called_and_burns_them(shell: Shell) -> None:
    status, out, err = shell("report", "--for", "complaint", "--yes")
    assert status == 0 and FIRST in out and SECOND in out and "白晨曦吗" in out
    assert "Marked as burnt" in err and "masked" not in out + err
    assert _burnt(shell) == ["C1", "C2"]


def test_a_named_canary_is_told_once_that_is_agreed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out_file = tmp_path / "carrier.html"
    asked = ("report", "--for", "carrier", out_file, "--disclose", "C1")
    status, _out, err = shell(*asked)
    assert status == 2 and "--yes" in err and not out_file.exists()
    _at_a_terminal(monkeypatch, "n")
    status, _out, err = shell(*asked)
    assert status == 1 and "nothing was done" in err and not out_file.exists()
    assert _burnt(shell) == []
    _at_a_terminal(monkeypatch, "y")
    status, out, _err = shell(*asked)
    page = out_file.read_text(encoding="utf-8")
    assert status == 0 and "carrier.html" in out and FIRST in page and SECOND not in page
    assert _burnt(shell) == ["C1"]
    if os.name == "posix":
        assert out_file.stat().st_mode & 0o077 == 0


def test_who_says_no_to_a_complaint_gets_it_masked(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_a_terminal(monkeypatch, "n")
    status, out, err = shell("report", "--for", "complaint", "--canary", "C2")
    assert status == 0 and "C2" in err and SECOND not in out and "1 of 1" in out
    assert _burnt(shell) == []


def test_a_letter_that_cannot_be_written_burns_nothing(shell: Shell, tmp_path: Path) -> None:
    nowhere = tmp_path / "missing" / "c.html"
    status, _out, err = shell("report", "--for", "complaint", nowhere, "--yes")
    assert status == 1 and "its folder does not exist" in err
    assert _burnt(shell) == []


def test_json_says_what_was_told(shell: Shell, tmp_path: Path) -> None:
    asked = ("report", "--for", "complaint", "--json", "--disclose", "C2", "--yes")
    status, out, _err = shell(*asked, tmp_path / "c.txt")
    said = json.loads(out)
    assert status == 0 and said == {
        "for": "complaint", "file": str(tmp_path / "c.txt"), "calls": 3, "burnt": ["C2"],
        "masked": ["C1"],
    }  # fmt: skip
    assert SECOND in (tmp_path / "c.txt").read_text(encoding="utf-8")
    _status, out, _err = shell("report", "--for", "police", "--json")
    said = json.loads(out)
    assert said["file"] is None and said["burnt"] == [] and "17091234567" in said["text"]
    assert FIRST not in out


def test_calls_are_chosen_on_the_command_line(shell: Shell) -> None:
    _status, out, _err = shell("calls", "list", "--json")
    ids = [one["call"] for one in json.loads(out)["calls"]]
    _status, out, _err = shell("calls", "campaigns", "--json")
    (campaign,) = [one["campaign"] for one in json.loads(out)["campaigns"]]
    wanted = ("report", "--for", "complaint")
    assert "95533" in shell(*wanted, "--call", ids[-1])[1]
    assert "3 of 3" in shell(*wanted, "--campaign", campaign)[1]
    assert f"Campaign {campaign}" in shell(*wanted, "--campaign", campaign, "--by-campaign")[1]
    assert "1 of 1" in shell(*wanted, "--since", "2025-04-02", "--until", "2025-04-03T12:00")[1]
    for asked in (
        ("--campaign", "K0"),
        ("--call", "0"),
        ("--canary", "C9"),
        ("--since", "2030-1-1"),
    ):
        status, _out, err = shell(*wanted, *asked)
        assert status == 1 and ("there is no" in err or "no call" in err)
    status, _out, err = shell(*wanted, "--since", "2025-04-04")
    assert status == 1 and "--call ID" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report",), "OUT.html is missing"),
        (("report", "r.html", "--source", "S01"), "--for"),
        (("report", "r.html", "--disclose", "C1"), "--for"),
        (("report", "--for", "police", "--reveal-canaries"), "--disclose"),
        (("report", "--for", "police", "--source", "S01"), "--source"),
        (("report", "--for", "carrier", "--by-campaign"), "--by-campaign"),
        (("report", "--for", "carrier", "--without", "dates"), "carrier"),
        (("report", "--for", "press", "--disclose", "C1"), "no canary's number"),
        (("report", "--for", "company"), "--source ID"),
        (("report", "--for", "complaint", "c.csv"), ".html or .txt"),
        (("report", "--for", "everybody"), "complaint"),
    ],
)
def test_wrong_usage_is_said(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = shell(*arguments)
    assert status == 2 and said in err and not out
    assert _burnt(shell) == []


def test_letters_from_a_case_without_lists(shell: Shell, tmp_path: Path) -> None:
    status, _out, err = shell("report", "--for", "company", "--source", "S03")
    assert status == 1 and "does not speak for S03" in err
    status, out, _err = shell("report", "--for", "press")
    assert status == 0 and FIRST not in out and "17091234567" not in out and "阳光" not in out
    status, out, _err = shell("report", "--for", "regulator", tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert status == 0 and "17091234567" not in page and FIRST not in page
