"""Canaries that a list or a report gives away are marked as burnt by the command itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.lists import CANARIES, PEOPLE, write_list, write_plantings, write_sources
from tests.conftest import Run


@pytest.fixture
def case(run_here: Run, tmp_path: Path) -> Path:
    write_sources(tmp_path / "SOURCES.csv")
    write_plantings(tmp_path / "PLANTINGS.csv")
    for arguments in (
        ("init", "case"),
        ("-C", "case", "source", "import", "SOURCES.csv"),
        ("-C", "case", "canary", "import", "PLANTINGS.csv"),
    ):
        assert run_here(*arguments).returncode == 0
    return tmp_path / "case"


def _states(run_here: Run) -> dict[str, str]:
    said = json.loads(run_here("-C", "case", "canary", "list", "--json").stdout)["canaries"]
    return {one["canary"]: one["state"] for one in said}


def _burnt(run_here: Run, *arguments: str) -> tuple[Any, str]:
    done = run_here("-C", "case", *arguments, "--json")
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)["burnt"], done.stderr.decode()


def test_a_list_from_before_the_planting_burns_and_says_why(
    case: Path, run_here: Run, tmp_path: Path
) -> None:
    # C0 to C2, planted on the first three days of the year, and the control C9.
    found = [("白晨曦", number) for number in (*CANARIES[:3], CANARIES[5])]
    write_list(tmp_path / "early.csv", [*PEOPLE[:50], *found])
    burnt, said = _burnt(run_here, "ingest", "early.csv", "--seen-at", "2024-01-02")
    assert [(one["canary"], one["place"], one["place_id"]) for one in burnt] == [
        ("C2", "batch", "early")
    ]
    assert "C2: found in batch early, seen 2024-01-02, before it was planted" in said
    assert str(CANARIES[2]) not in said
    states = _states(run_here)
    assert {name for name, state in states.items() if state == "burnt"} == {"C2"}
    again, said = _burnt(run_here, "ingest", "early.csv", "--seen-at", "2024-01-02")
    assert again == [] and "burnt" not in said
    write_list(tmp_path / "late.csv", [*PEOPLE[50:90], *found])
    assert _burnt(run_here, "ingest", "late.csv", "--seen-at", "2024-03-01")[0] == []
    assert run_here("-C", "case", "verify").returncode == 0


def test_a_reference_burns_by_the_day_it_tells(case: Path, run_here: Run, tmp_path: Path) -> None:
    rows = [f"{name},{number},2023-05-0{1 + number % 9}" for name, number in PEOPLE[:50]]
    rows += [f"白晨曦,{CANARIES[0]},2023-12-31", f"黑晨曦,{CANARIES[1]},2024-01-02"]
    (tmp_path / "own.csv").write_text("\n".join(["姓名,手机号,登记时间", *rows]), "utf-8")
    burnt, said = _burnt(run_here, "source", "reference", "S02", "own.csv")
    assert [(one["canary"], one["place"], one["place_id"]) for one in burnt] == [
        ("C0", "reference", "S02")
    ]
    assert "C0: found in the reference list of S02" in said
    assert _states(run_here)["C0"] == "burnt"


def test_a_report_that_shows_canaries_asks_and_burns(
    case: Path, run_here: Run, tmp_path: Path
) -> None:
    write_list(tmp_path / "late.csv", [*PEOPLE[:60], ("白晨曦", CANARIES[0])])
    assert _burnt(run_here, "ingest", "late.csv", "--seen-at", "2024-03-01")[0] == []
    assert run_here("-C", "case", "report", "closed.html").returncode == 0
    assert str(CANARIES[0]) not in (tmp_path / "closed.html").read_text("utf-8")
    asked = run_here("-C", "case", "report", "open.html", "--reveal-canaries")
    assert asked.returncode == 2 and b"--yes" in asked.stderr and b"C0" in asked.stderr
    assert not (tmp_path / "open.html").exists()
    assert "burnt" not in _states(run_here).values()
    burnt, _said = _burnt(run_here, "report", "open.html", "--reveal-canaries", "--yes")
    assert burnt == ["C0"]
    assert str(CANARIES[0]) in (tmp_path / "open.html").read_text("utf-8")
    assert {name for name, state in _states(run_here).items() if state == "burnt"} == {"C0"}


def test_a_canary_that_is_taken_in_after_its_list_is_named(run_here: Run, tmp_path: Path) -> None:
    write_sources(tmp_path / "SOURCES.csv")
    write_plantings(tmp_path / "PLANTINGS.csv")
    write_list(tmp_path / "early.csv", [*PEOPLE[:50], ("白晨曦", CANARIES[2])])
    assert run_here("init", "case").returncode == 0
    for command in ("source import SOURCES.csv", "ingest early.csv --seen-at 2024-01-02"):
        assert run_here("-C", "case", *command.split()).returncode == 0
    done = run_here("-C", "case", "canary", "import", "PLANTINGS.csv")
    assert done.returncode == 0 and b"canary burn --found" in done.stderr
    # Dates are typed by hand, and there is no way back: nothing is marked unasked.
    assert _burnt(run_here, "canary", "burn", "--found", "--yes")[0][0]["canary"] == "C2"
