"""The pages of the README, run as a reader would paste them."""

from __future__ import annotations

import csv
import json
import re
import runpy
import shlex
import shutil
from dataclasses import replace
from math import exp, log
from pathlib import Path

import pytest

from leaktrace.attribution import Settings
from leaktrace.calls import read_calls
from leaktrace.calls.leaking import Heard, heard_in, what_calls_say
from leaktrace.case import open_case
from leaktrace.cli.commands.watch import SOMETHING_NEW
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
    commands = [command for command in _pages()[language] if not _of_the_phone(command)]
    assert len(commands) > 15
    said = _pasted(commands, tmp_path, capfd)
    assert (tmp_path / "mycase.html").stat().st_size > 50_000
    watch = next(text for command, text in said.items() if command.endswith("-C watch trace"))
    assert "S03" in watch
    _check_first_year(tmp_path, said)


def _of_the_phone(command: list[str]) -> bool:
    return "phone" in command


def _pasted(
    commands: list[list[str]], folder: Path, capfd: pytest.CaptureFixture[str]
) -> dict[str, str]:
    """What each command says, run one after another in ``folder``."""
    said = {}
    shutil.copytree(EXAMPLES, folder / "examples")
    for command in commands:
        capfd.readouterr()
        status = run(command)
        out, error = capfd.readouterr()
        watched = _of_the_phone(command) and "watch" in command
        assert status == (SOMETHING_NEW if watched else 0), (command, error)
        said[" ".join(command)] = out
    return said


def test_the_page_of_a_ringing_phone_tells_what_its_text_says(
    language: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    commands = [command for command in _pages()[language] if _of_the_phone(command)]
    said = {
        command.partition("-C phone ")[2]: text
        for command, text in _pasted(commands, tmp_path, capfd).items()
    }
    heard = _heard(tmp_path / "phone")
    leaked = _leaked(heard)
    assert leaked["S01"] > 0.99
    assert leaked["S02"] == pytest.approx(0.09, abs=0.005)
    assert leaked["S03"] == leaked["S02"]
    assert "99.45%" in said["trace"]
    assert not re.search(r"S0[23]  ", said["trace"])
    silent = [replace(one, recites=frozenset()) for one in heard.touches]
    assert _leaked(replace(heard, touches=tuple(silent)))["S01"] == pytest.approx(0.12, abs=0.005)
    assert len(re.findall("S01[:：]", said["calls list"])) == 6
    assert said["calls list --canary P3"].count("P3") == 13
    assert len([text for text in said["watch"].splitlines() if text.startswith("P")]) == 7
    (watched,) = (text for command, text in said.items() if command.startswith("watch --import"))
    assert [line[:2] for line in watched.splitlines() if line.startswith("P")] == ["P1", "P3"]
    _check_letters(tmp_path, said)


def _heard(folder: Path) -> Heard:
    """What had been heard before August, as ``trace`` on the page has it."""
    with open_case(folder) as case:
        calls = [call for call in read_calls(case) if call.at.text < "2025-08"]
        heard = heard_in(case, calls)
    assert heard is not None
    return heard


def _leaked(heard: Heard) -> dict[str, float]:
    before = log(Settings().leaks / (1.0 - Settings().leaks))
    return {
        one.source: 1.0 / (1.0 + exp(-before - one.log10_lr * log(10.0)))
        for one in what_calls_say(heard, Settings().leaks)
    }


def _check_letters(folder: Path, said: dict[str, str]) -> None:
    """The complaint tells a number only once that is agreed; the others tell none."""
    own = {row["canary_id"]: row for row in _rows(EXAMPLES / "my-phone" / "PLANTINGS.csv")}
    masked = next(text for command, text in said.items() if command.startswith("report --for"))
    told = (folder / "complaint.html").read_text(encoding="utf-8")
    assert "短信内容" in masked
    for what in ("mobile", "name"):
        assert own["P1"][what] in told
        assert own["P1"][what] not in masked
    for name in ("regulator", "company"):
        letter = (folder / f"{name}.html").read_text(encoding="utf-8")
        assert "99." in letter
        assert not [one for one in own.values() if one["mobile"] in letter]
        assert "松江银行" not in letter


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


@pytest.mark.parametrize("example", ["first-year", "my-phone"])
def test_the_example_is_made_by_its_program(example: str, tmp_path: Path) -> None:
    folder = EXAMPLES / example
    runpy.run_path(str(folder / "make.py"))["main"](tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in folder.glob("*.[cx]*")}
    # A checkout may end lines in its own way.
    assert {name: text.split() for name, text in made.items()} == {
        name: text.split() for name, text in kept.items()
    }


def test_both_languages_show_the_same_commands() -> None:
    pages = _pages()
    english = [" ".join(command) for command in pages["en"] if "graph" not in command]
    chinese = [" ".join(command).removeprefix("--lang zh ") for command in pages["zh"]]
    assert chinese == english
