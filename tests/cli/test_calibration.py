"""``leaktrace simulate --calibration``, and that ``simulate DIR`` is as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaktrace.attribution.calibration import shipped_validation
from leaktrace.cli.main import run
from tests.conftest import Run

TINY = ("--sources", "4", "--batches", "4")


def test_the_page_and_its_figures(run_cli: Run, tmp_path: Path) -> None:
    arguments = ("--family", "easy", "--family", "hard", "--seeds", "1", "--seed", "1000", *TINY)
    done = run_cli("simulate", "--calibration", "out.html", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    document = json.loads(done.stdout)
    assert document["file"] == "out.html"
    assert (document["families"], document["seeds"]) == (["easy", "hard"], [1000, 1000])
    assert document["figures"]["pairs"] == 32 and document["figures"]["lists"] == 8
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and "1000–1000" not in page
    assert [one.name for one in tmp_path.iterdir()] == ["out.html"]


def test_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    arguments = ["--family", "easy", "--seeds", "1", "--seed", "1001", *TINY]
    assert run(["simulate", "--calibration", str(out), *arguments]) == 0
    shown = capsys.readouterr()
    assert "Of the statements made at 95% or more" in shown.out
    assert "what these figures do not mean" in shown.err
    assert out.is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "DIR is missing"),
        (["world", "--calibration", "out.html"], "leave DIR out"),
        (["--calibration", "out.pdf"], "end the file name with .html"),
        (["--calibration", "out.html", "--family", "unheard-of"], "no family of worlds"),
        (["--calibration", "out.html", "--seeds", "0"], "--seeds"),
        (["--calibration", "out.html", "--seed", "x"], "takes a number"),
        (["world", "--seeds", "2"], "--calibration"),
        (["world", "--family", "easy", "--family", "hard"], "--calibration"),
    ],
)
def test_wrong_usage(
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["simulate", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and said in shown.err
    assert not list(tmp_path.iterdir())


def test_seeds_of_the_fitting_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    seed = str(shipped_validation().seeds[0])
    assert run(["simulate", "--calibration", str(tmp_path / "out.html"), "--seed", seed]) == 2
    assert "was fitted on the seeds" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_world_is_written_as_ever(run_cli: Run, tmp_path: Path) -> None:
    done = run_cli("simulate", "world", "--seed", "3", "--family", "easy", *TINY, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["seed"] == 3
    assert (tmp_path / "world" / "TRUTH.json").is_file()
