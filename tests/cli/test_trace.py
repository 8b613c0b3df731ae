"""``trace``: explaining one batch, planning, and what is assumed, on one small case."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from leaktrace.cli.main import run
from tests.cli.lists import CANARIES, PEOPLE, write_list, write_plantings, write_sources
from tests.conftest import Run
from tests.inside import run_inside

Done = subprocess.CompletedProcess[bytes]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a list that canaries name, and one that nothing tells; and its keys."""
    room = tmp_path_factory.mktemp("template")
    write_sources(room / "SOURCES.csv")
    write_list(room / "own.csv", PEOPLE[:300])
    write_plantings(room / "PLANTINGS.csv")
    caught = [*PEOPLE[50:150], *(("金丝雀", mobile) for mobile in CANARIES[:3])]
    write_list(room / "caught.csv", caught)
    write_list(room / "open.csv", PEOPLE[150:290])
    for arguments in (
        ["init", "case"],
        ["source", "import", "SOURCES.csv", "-C", "case"],
        ["source", "reference", "S01", "own.csv", "-C", "case"],
        ["canary", "import", "PLANTINGS.csv", "-C", "case"],
        ["ingest", "caught.csv", "open.csv", "--seen-at", "2024-06-01", "-C", "case"],
    ):
        done = run_inside(*arguments, cwd=room, env={"LEAKTRACE_KEYS": str(room / "keys")})
        assert done.returncode == 0, done.stdout + done.stderr
    return room


@pytest.fixture
def trace(template: Path, tmp_path: Path, run_here: Run) -> Any:
    """Runs ``trace`` on the case of :func:`template`, this test's own."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    shutil.copytree(template / "keys", os.environ["LEAKTRACE_KEYS"], dirs_exist_ok=True)

    def traced(*arguments: str, env: dict[str, str] | None = None) -> Done:
        return run_here("-C", tmp_path / "case", *(arguments or ("trace",)), env=env)

    return traced


def _said(done: Done) -> str:
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_trace_ends_with_the_open_batch_to_explain(trace: Any) -> None:
    done = trace()
    assert "trace --explain open " in done.stderr.decode()
    assert done.stderr.decode().count("leaktrace -C") == 3


@pytest.mark.parametrize("language", ["en", "zh"])
def test_explain_shows_the_figures_of_the_document(trace: Any, language: str) -> None:
    shown = _said(trace("trace", "--explain", "caught", env={"LEAKTRACE_LANG": language}))
    (batch,) = json.loads(_said(trace("trace", "--explain", "caught", "--json")))["batches"]
    whole = json.loads(_said(trace("trace", "--json")))["batches"]
    assert batch == next(one for one in whole if one["batch"] == "caught")
    (fall,) = batch["waterfalls"]
    assert fall["source"] == "S01" and len(fall["pieces"]) >= 2
    for piece in fall["pieces"]:
        number = abs(round(piece["log10_lr"], 1))
        assert (f"{number:.1f}" if number else "0") in shown
    for step in batch["sources"][0]["prior_sensitivity"]:
        assert f"1 in {round(1 / step['prior']):,}" in shown or language == "zh"
    assert "█" in shown
    assert not [mobile for mobile in CANARIES if str(mobile) in shown]


def test_a_plain_console_gets_plain_bars(trace: Any) -> None:
    shown = _said(trace("trace", "--explain", "open", env={"PYTHONIOENCODING": "ascii"}))
    assert "###" in shown and "\\u" not in shown


def test_an_unknown_batch_is_answered_with_what_comes_near(trace: Any) -> None:
    done = trace("trace", "--explain", "opne")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "did you mean open?" in done.stderr.decode()


def test_next_ranks_what_to_do(trace: Any) -> None:
    shown = _said(trace("trace", "--next"))
    document = json.loads(_said(trace("trace", "--next", "--json")))
    assert document["open"]["batches"] == ["open"] and document["next"]
    for step in document["next"]:
        assert step["text"] in shown and f"{step['bits']:.2f}" in shown
    assert shown.index("Plant") > 0
    assert trace("trace", "--next", "--explain", "open").returncode == 2


def test_what_is_assumed_is_used_and_said(trace: Any, tmp_path: Path) -> None:
    arguments = ("--prior", "S01=1/50", "--twin", "贷款APP=1:2", "--without", "dates")
    document = json.loads(_said(trace("trace", *arguments, "--json")))
    model = document["model"]
    assert model["off"] == ["dates"]
    assert model["prior"]["sources"] == {"S01": 0.02}
    assert model["prior"]["twin_odds_by_kind"] == {"loan-app": 0.5}
    first = document["batches"][0]["sources"][0]
    assert (first["source"], first["prior"]) == ("S01", 0.02)
    shown = _said(trace("trace", *arguments))
    assert "S01 0.02" in shown and "dates" in shown
    assert _said(trace("report", "r.html", *arguments))
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "S01 0.02" in page and "Left out, as asked for: dates." in page


def test_a_table_of_assumptions(trace: Any, tmp_path: Path) -> None:
    table = tmp_path / "assumed.csv"
    table.write_text(
        "对象,先验概率,孪生赔率,最低单价,最高单价,单一运营商\n"
        "S01,20%,,,,\nproperty-viewing,,1/2,0.2,1.5,否\n运营商,,,,,是\n",
        encoding="gbk",
    )
    said = json.loads(_said(trace("trace", "--assume", str(table), "--json")))["model"]["prior"]
    assert said["sources"] == {"S01": 0.2}
    assert said["twin_odds_by_kind"] == {"property-viewing": 0.5}
    assert said["market"] == {
        "property-viewing": {"price_low": 0.2, "price_high": 1.5, "one_carrier": False},
        "telecom": {"price_low": None, "price_high": None, "one_carrier": True},
    }
    table.write_text("about,prior\nS01,maybe\n", encoding="utf-8")
    done = trace("trace", "--assume", str(table))
    assert done.returncode == 1 and "row 2" in done.stderr.decode()


def test_wrong_assumptions_are_refused(
    trace: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, said in (
        (("--prior", "S1=0.2"), "did you mean S01"),
        (("--prior", "S01=2"), "between 0 and 1"),
        (("--prior", "S01"), "--prior takes SOURCE=P"),
        (("--prior", "S01=1/0"), "--prior takes SOURCE=P"),
        (("--twin", "loan-apps=0.2"), "did you mean loan-app"),
        (("--twin", "loan-app="), "--twin takes KIND=ODDS"),
        (("--without", "canary"), "did you mean canaries"),
    ):
        status = run(["-C", str(tmp_path / "case"), "--lang", "en", "trace", *arguments])
        shown = capsys.readouterr()
        assert (status, shown.out) == (2, "")
        assert said in shown.err and shown.err.count("\n") == 1
