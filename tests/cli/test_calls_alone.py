"""A case with calls and no list: what is said, suggested and refused there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.inside import run_inside

Done = subprocess.CompletedProcess[bytes]
PHONE = Path(__file__).resolve().parents[2] / "examples" / "my-phone"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of the example, with its keys; ``silent`` is the same without a call."""
    room = tmp_path_factory.mktemp("phone")
    env = {"LEAKTRACE_KEYS": str(room / "keys")}

    def done(case: str, *arguments: object) -> None:
        run = run_inside(*arguments, "-C", case, cwd=room, env=env)
        assert run.returncode == 0, run.stdout + run.stderr

    for case in ("phone", "silent"):
        assert run_inside("init", case, cwd=room, env=env).returncode == 0
        done(case, "source", "import", PHONE / "SOURCES.csv")
        done(case, "canary", "import", PHONE / "PLANTINGS.csv")
    done("phone", "calls", "import", PHONE / "CALLS.csv")
    return room


@pytest.fixture
def on(template: Path, tmp_path: Path, run_here: Run) -> Any:
    """Runs a command on a copy of a case of :func:`template`."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    shutil.copytree(template / "keys", os.environ["LEAKTRACE_KEYS"], dirs_exist_ok=True)

    def call(case: str, *arguments: object) -> tuple[int, str, str]:
        done = run_here("-C", tmp_path / case, *arguments)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return call


def test_trace_speaks_of_calls_and_suggests_what_fits(on: Any) -> None:
    status, out, err = on("phone", "trace")
    assert status == 0
    assert out.startswith("The case holds no list: what follows is from the calls alone.")
    assert "Of 2 sources the calls tell nothing much, either way." in out
    assert "ingest" not in out + err and "graph export" not in err
    assert "report --for complaint" in err and " watch " in err and "report.html" in err


def test_trace_of_nothing_suggests_lists_and_calls(on: Any) -> None:
    status, out, err = on("silent", "trace")
    assert status == 0
    for said in (out, err):
        assert "ingest FILE" in said and "calls import FILE" in said
    assert "report" not in err


def test_the_report_of_calls_alone_is_not_empty(on: Any, tmp_path: Path) -> None:
    assert on("phone", "report", tmp_path / "calls.html")[0] == 0
    page = (tmp_path / "calls.html").read_text(encoding="utf-8")
    short = page.partition('<section id="short"')[2].partition("</section>")[0]
    assert "(S01) most probably circulates" in short
    assert "recited what was told at S01" in page
    assert "claims.most" not in page and "twin_odds" not in page


def test_after_plantings_calls_are_named_too(on: Any) -> None:
    _status, _out, err = on("silent", "canary", "import", PHONE / "PLANTINGS.csv")
    assert "ingest FILE" in err and "calls import FILE" in err


def test_refused_lines_show_the_file_once(on: Any, tmp_path: Path) -> None:
    table = tmp_path / "refused.csv"
    table.write_text(
        "callee,caller,started_at\n19871056172,18936571152,never\n"
        "19871056172,18936571153,2025-01-22 10:00\n19871056172,18936571152,soon\n",
        encoding="utf-8",
    )
    status, out, _err = on("silent", "calls", "import", table)
    assert status == 3
    assert out.count(str(table)) == 1
    assert [line.split()[0] for line in out.splitlines() if "not a date" in line] == ["2", "4"]
    wide = [line for line in out.splitlines() if str(table) not in line]
    assert max(map(len, wide)) < 120
