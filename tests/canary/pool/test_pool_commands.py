"""The pool's commands: what they print, ask, hide and answer."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from leaktrace.canary.pool import logbook, taking
from leaktrace.case import Case
from leaktrace.cli.main import run
from leaktrace.intake.worker import Worker
from tests.canary.pool.pooldata import HAPPENINGS, mobile, number, write


class Shell:
    """The command line in this process, in one case."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        self._capsys.readouterr()
        status = run(["-C", str(self.folder), "canary", *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return status, out, err

    def json(self, *arguments: object, status: int = 0) -> Any:
        found, out, err = self(*arguments, "--json")
        assert found == status, err
        return json.loads(out)


@pytest.fixture
def shell(
    pool: Case,
    worker: Worker,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    for module in (logbook, taking):
        monkeypatch.setattr(module, "a_worker", lambda _given: nullcontext(worker))
    return Shell(pool.folder, capsys)


def test_import_tells_what_was_refused(shell: Shell, tmp_path: Path) -> None:
    got = number("N8", mobile(8), acquired_at="2024-01-01")
    path = write(tmp_path / "more.csv", got, number("N9", "12"))
    status, out, err = shell("pool", "import", path, "--quarantine-days", "10")
    assert status == 3
    assert "1 added" in out and "Next: leaktrace" in err
    assert re.search(r"^\s*3\s+value is not a phone number", out, re.MULTILINE)
    (one,) = (one for one in shell.json("pool", "list")["numbers"] if one["id"] == "N8")
    assert (one["state"], one["since"], one["reason"]) == ("free", "2024-01-11", "quarantine-over")
    bad = write(tmp_path / "bad.csv", number("N10", "12"))
    status, out, err = shell("pool", "import", bad)
    assert status == 1 and "nothing was taken in" in err


def test_a_list_hides_the_numbers_unless_asked(shell: Shell) -> None:
    status, out, err = shell("pool", "list", "--at", "2024-05-20")
    assert status == 0 and mobile(1) not in out + err
    assert [line.split()[0] for line in out.splitlines()[2:] if line.strip()] == [
        "M1", "N1", "N2", "N3",
    ]  # fmt: skip
    assert mobile(1) in shell("pool", "list", "--reveal")[1]
    said = shell.json("pool", "list", "--at", "2024-05-20", "--state", "control")
    assert [one["id"] for one in said["numbers"]] == ["N2"]
    assert "value" not in said["numbers"][0]
    assert shell("pool", "list", "--state", "dead")[0] == 2
    assert shell("pool", "list", "--at", "2024-02-30")[0] == 2


def test_show_gives_the_history(shell: Shell) -> None:
    said = shell.json("pool", "show", "N1")
    assert [(one["what"], one["at"]) for one in said["history"]] == [
        ("taken", "2024-01-01"),
        ("planted", "2024-05-01"),
    ]
    assert said["history"][0]["quarantine_until"] == "2024-03-31"
    status, out, _err = shell("pool", "show", "N1")
    assert status == 0 and "taken into the pool" in out and mobile(1) not in out
    status, _out, err = shell("pool", "show", mobile(1))
    assert status == 1 and mobile(1) not in err


def test_heartbeats_one_by_one_and_from_a_table(shell: Shell, tmp_path: Path) -> None:
    assert shell.json("heartbeat", "N1", "N3", "--at", "2024-06-01", "--note", "响了两声") == {
        "added": 2,
        "unchanged": 0,
    }
    assert shell.json("heartbeat", "N1", "--at", "2024-06-01")["unchanged"] == 1
    assert shell("heartbeat", "N1", "--missed", "--at", "2024-06-05")[0] == 0
    table = write(
        tmp_path / "beats.csv",
        ("N1", "2024-06-06", "", "", "", "", ""),
        ("N3", "2024-06-06", "missed", "", "", "", ""),
        ("N3", "2024-06-07", "returned", "", "", "", ""),
        header=HAPPENINGS,
    )
    said = shell.json("heartbeat", "--from", table, status=3)
    assert (said["added"], [one["code"] for one in said["refused"]]) == (2, ["what"])
    states = {one["id"]: one for one in shell.json("pool", "list", "--at", "2024-06-10")["numbers"]}
    assert (states["N1"]["state"], states["N3"]["state"]) == ("planted", "silent")
    assert states["N1"]["heartbeat"] == "2024-06-06"
    history = shell.json("pool", "show", "N1")["history"]
    assert [one.get("note") for one in history if one["what"] == "heartbeat"] == ["响了两声", None]
    for wrong in (("heartbeat",), ("heartbeat", "N1", "--from", table)):
        assert shell(*wrong)[0] == 2
    assert shell("heartbeat", "--from", table, "--missed")[0] == 2
    assert shell("heartbeat", "N7")[0] == 1
    assert shell("heartbeat", "N1", "--at", "2999-01-01")[0] == 1


def test_who_called_is_shown_only_when_asked(shell: Shell, tmp_path: Path) -> None:
    call = ("N3", "2024-03-15", "called", "", "", "找老陈", "13761239999")
    table = write(tmp_path / "calls.csv", call, header=HAPPENINGS)
    assert shell.json("pool", "log", table)["added"] == 1
    for more in ((), ("--json",)):
        status, out, _err = shell("pool", "show", "N3", *more)
        assert status == 0 and "找老陈" in out and "13761239999" not in out
        assert "13761239999" in shell("pool", "show", "N3", "--reveal", *more)[1]


def test_due_hand_and_the_rest_of_a_numbers_life(shell: Shell, pool: Case) -> None:
    said = shell.json("due", "--at", "2024-06-05", "--within", "0")
    assert [(one["number"], one["what"]) for one in said["due"]] == [
        ("M1", "heartbeat"), ("N3", "heartbeat"), ("N1", "heartbeat"), ("N2", "heartbeat"),
    ]  # fmt: skip
    assert said["due"][0]["custodian"] == "李四"
    assert "overdue" in shell("due", "--at", "2024-06-05")[1]
    assert shell.json("hand", "N1", "N2", "--to", "赵六", "--at", "2024-06-05")["added"] == 2
    assert shell("hand", "N1", "--to", " ")[0] == 2
    assert shell("pool", "extend", "N2", "--until", "2025-12-31", "--at", "2024-09-10")[0] == 0
    assert shell("pool", "topup", "N3", "--until", "2025-01-01", "--at", "2024-06-10")[0] == 0
    assert shell("pool", "rest", "N1", "--at", "2024-07-01")[0] == 0
    assert shell("pool", "free", "N1", "--at", "2024-08-01")[0] == 0
    assert shell("pool", "return", "N3", "--at", "2024-09-01")[0] == 0
    found = {one["id"]: one for one in shell.json("pool", "list", "--at", "2024-10-01")["numbers"]}
    assert [found[one]["state"] for one in ("N1", "N2", "N3")] == ["free", "silent", "returned"]
    assert (found["N2"]["contract_end"], found["N3"]["topup_due"]) == ("2025-12-31", "2025-01-01")
    pool.refresh()
    commands = [one.command for one in pool.runs()]
    assert commands[-6:] == [
        "canary hand", "canary pool extend", "canary pool topup", "canary pool rest",
        "canary pool free", "canary pool return",
    ]  # fmt: skip
    assert pool.runs()[-6].arguments["to"] == "赵六"
    assert shell("pool", "rest", "N3")[0] == 1


def test_burning_asks_first(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shell("burn", "C1", "--why", "x")[0] == 2
    assert shell("burn", "C1", "--yes")[0] == 2
    assert shell("burn", "--why", "x", "--yes")[0] == 2
    terminal = io.StringIO("n\n")
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr("leaktrace.cli.asking.sys.stderr.isatty", lambda: True, raising=False)
    status, _out, err = shell("burn", "C1", "--why", "x")
    assert status == 1 and "nothing was done" in err
    assert shell.json("burn", "C1", "--why", "complaint", "--yes")["added"] == 1
    assert shell("burn", "C9", "--why", "x", "--yes")[0] == 1
    assert shell.json("pool", "burn", "N3", "--why", "named aloud", "--yes")["added"] == 1
    found = {one["id"]: one["state"] for one in shell.json("pool", "list")["numbers"]}
    assert (found["N1"], found["N3"]) == ("burnt", "burnt")


def test_canaries_are_listed_and_shown(shell: Shell, tmp_path: Path) -> None:
    assert shell.json("knows", "C1", "--who", "钱七", "--at", "2024-07-01")["added"] == 1
    assert shell("heartbeat", "N1", "--missed", "--at", "2024-06-05")[0] == 0
    said = shell.json("list", "--at", "2024-06-10")["canaries"]
    assert [(one["canary"], one["state"]) for one in said] == [("C1", "silent"), ("C2", "control")]
    shown = shell.json("show", "C1")
    assert {(one["who"], one["how"]) for one in shown["knowers"]} == {
        ("王五", "custodian"), ("钱七", "named"),
    }  # fmt: skip
    assert "identity" not in shown and mobile(1) not in json.dumps(shown)
    assert shell.json("show", "C1", "--reveal")["identity"]["mobile"] == mobile(1)
    status, out, _err = shell("show", "C1")
    assert status == 0 and "王五" in out and mobile(1) not in out
    plain, full = tmp_path / "plain.csv", tmp_path / "full.csv"
    assert shell("list", "--csv", plain)[0] == 0 == shell("list", "--csv", full, "--reveal")[0]
    assert mobile(1) not in plain.read_text(encoding="utf-8-sig")
    text = full.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("canary_id,source_id,planted_at,mobile,name")
    assert f"C1,S1,2024-05-01,{mobile(1)},白晨曦" in text
    assert shell("list", "--reveal")[0] == 2
    assert shell("retire", "C2", "--at", "2024-08-01")[0] == 0
    assert shell.json("list")["canaries"][1]["state"] == "retired"
    assert shell("show", "C9")[0] == 1


def test_the_table_of_canaries_can_be_taken_in_again(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "full.csv"
    assert shell("list", "--csv", path, "--reveal")[0] == 0
    assert shell.json("import", path)["unchanged"] == 2


def test_a_number_that_stands_in_a_list_already(shell: Shell, tmp_path: Path) -> None:
    leaked = [("张三", mobile(one)) for one in (8, *range(900, 930))]
    path = write(tmp_path / "leak.csv", *leaked, header=("姓名", "手机号"))
    assert run(["-C", str(shell.folder), "ingest", str(path), "--seen-at", "2024-03-03"]) == 0
    status, _out, err = shell(
        "pool",
        "import",
        write(tmp_path / "n.csv", number("N8", mobile(8), acquired_at="2024-02-01")),
    )
    assert status == 0 and "burn --found" in err
    assert shell("burn", "--found")[0] == 2
    assert shell.json("burn", "--found", "--yes")["burnt"] == [
        {"number": "N8", "place": "batch", "place_id": "leak", "at": "2024-03-03"}
    ]
    (one,) = shell.json("pool", "list", "--state", "burnt")["numbers"]
    assert (one["id"], one["since"]) == ("N8", "2024-03-03")
    assert "found in batch leak" in shell("pool", "show", "N8")[1]


def test_a_typed_number_is_masked(shell: Shell) -> None:
    for arguments in (
        ("burn", mobile(1), "--why", "x"), ("pool", "burn", mobile(1), "--why", "x"),
        ("heartbeat", mobile(1)), ("show", mobile(1)), ("pool", "show", mobile(1)),
        ("knows", mobile(1), "--who", "x"), ("pool", "list", "--state", mobile(1)),
        ("retire", mobile(1)), ("hand", mobile(1), "--to", "x"),
    ):  # fmt: skip
        status, out, err = shell(*arguments)
        assert status in (1, 2) and mobile(1) not in out + err, arguments


def test_nothing_found_early(shell: Shell) -> None:
    assert shell.json("burn", "--found", "--yes") == {"burnt": []}
    assert shell("burn", "--found", "--why", "x")[0] == 2


def test_the_reason_stands_beside_the_state(shell: Shell) -> None:
    why = "named in a complaint"
    assert shell("burn", "C1", "--why", why, "--at", "2024-06-01", "--yes")[0] == 0
    assert shell("pool", "burn", "M1", "--why", "posted", "--yes")[0] == 0
    assert [line.split()[0] for line in shell("list")[1].splitlines() if why in line] == ["C1"]
    assert shell("show", "C1")[1].count(why) == 3  # the canary, its number, its history
    assert shell("pool", "show", "N1")[1].count(why) == 2
    assert shell("pool", "show", "M1")[1].count("posted") == 2
    assert why not in shell("pool", "show", "N1", "--at", "2024-05-20")[1]


def test_times_are_shown_to_the_minute(shell: Shell, tmp_path: Path) -> None:
    got = number("N8", mobile(8), acquired_at="2024-01-01 09:05:33")
    assert shell("pool", "import", write(tmp_path / "more.csv", got))[0] == 0
    out = shell("pool", "show", "N8")[1]
    assert "quarantine until 2024-03-31 09:05" in out and "+08:00" not in out


def test_a_revealed_table_is_for_its_owner_and_gives_days(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "canaries.csv"
    assert shell("list", "--csv", table, "--reveal", "--at", "2024-12-31")[0] == 0
    if os.name == "posix":
        assert table.stat().st_mode & 0o777 == 0o600
    with table.open(encoding="utf-8-sig", newline="") as file:
        since = [row["since"] for row in csv.DictReader(file)]
    assert since and all(len(one) == 10 for one in since)


def test_nothing_is_told_of_a_number_before_it_was_in_the_pool(
    shell: Shell, tmp_path: Path
) -> None:
    status, _out, err = shell("heartbeat", "N1", "--at", "2023-12-31")
    assert status == 1 and "in the pool since 2024-01-01" in err
    assert shell("heartbeat", "N1", "--at", "2024-01-01")[0] == 0
    line = ("N1", "2023-12-31", "", "", "", "", "")
    table = write(tmp_path / "beats.csv", line, header=HAPPENINGS)
    said = shell.json("heartbeat", "--from", table, status=1)
    assert [one["code"] for one in said["refused"]] == ["too-early"]
