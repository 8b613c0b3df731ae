"""The pages of the README, run as a reader would paste them."""

from __future__ import annotations

import csv
import json
import re
import runpy
import shlex
import shutil
from pathlib import Path

import pytest

from leaktrace.cli.main import run

README = Path(__file__).resolve().parents[1] / "README.md"
EXAMPLES = README.parent / "examples"
_FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _pages() -> dict[str, list[list[str]]]:
    """Language to the commands of its pages, in order."""
    english, chinese = README.read_text(encoding="utf-8").split("# 中文说明")
    return {"en": _commands(english), "zh": _commands(chinese)}


def _commands(text: str) -> list[list[str]]:
    lines = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("leaktrace ")]


@pytest.fixture(params=["en", "zh"])
def language(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The language of a page, in a fresh folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEAKTRACE_LANG", request.param)
    return str(request.param)


def test_every_command_of_the_pages_runs(
    language: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    commands = _pages()[language]
    assert len(commands) > 15
    said = {}
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    for command in commands:
        capfd.readouterr()
        status = run(command)
        out, error = capfd.readouterr()
        assert status == 0, (command, error)
        said[" ".join(command)] = out
    assert (tmp_path / "mycase.html").stat().st_size > 50_000
    watch = next(text for command, text in said.items() if command.endswith("-C watch trace"))
    assert "S03" in watch
    _check_first_year(tmp_path, said)


def _check_first_year(folder: Path, said: dict[str, str]) -> None:
    """The year of the page is the one that its text tells of."""
    year = {command.partition("-C team ")[2]: text for command, text in said.items()}
    # The sheet that comes filled in is the one that the plan asks for.
    planned = {(row["number_id"], row["source_id"]) for row in _rows(folder / "plan.csv")}
    for sheet in (folder / "sheet.csv", folder / "examples" / "first-year" / "SHEET.csv"):
        pairs = {(row["号码编号 number_id"], row["来源编号 source_id"]) for row in _rows(sheet)}
        assert pairs == {pair for pair in planned if pair[1]}
    assert {"N01": "S06", "N08": "S04"}.items() <= dict(planned).items()
    assert "march" in year["canary pool show N60"]
    (silent,) = (
        line for line in year["canary list --at 2025-10-21"].splitlines() if "2025-09-12" in line
    )
    assert silent.startswith("N03") and "S02" in silent
    assert "N03" in year["canary due --at 2025-10-20"]
    (found,) = (line for line in year["trace"].splitlines() if line.startswith("november  "))
    assert "S04" in found
    mobile = next(
        row["value"]
        for row in _rows(EXAMPLES / "first-year" / "NUMBERS.csv")
        if row["number_id"] == "N08"
    )
    name = next(
        row["姓名 Name"]
        for row in _rows(EXAMPLES / "first-year" / "SHEET.csv")
        if row["号码编号 number_id"] == "N08"
    )
    (checked,) = (text for command, text in said.items() if "canary check" in command)
    assert checked.count(name) == 1
    proof = json.loads((folder / "proof.json").read_text(encoding="utf-8"))
    assert mobile in json.dumps(proof, ensure_ascii=False)
    assert mobile not in "".join(text for command, text in said.items() if "check" not in command)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_example_is_made_by_its_program(tmp_path: Path) -> None:
    folder = EXAMPLES / "first-year"
    runpy.run_path(str(folder / "make.py"))["main"](tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    # A checkout may end lines in its own way.
    assert {name: text.split() for name, text in made.items()} == {
        name: text.split() for name, text in kept.items()
    }


def test_both_languages_show_the_same_commands() -> None:
    pages = _pages()
    english = [" ".join(command) for command in pages["en"] if "graph" not in command]
    chinese = [" ".join(command).removeprefix("--lang zh ") for command in pages["zh"]]
    assert chinese == english
