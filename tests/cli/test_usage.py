"""Wrong usage: status 2, said in the chosen language, and nothing on standard output."""

from __future__ import annotations

import pytest

from leaktrace.cli.main import run
from tests.conftest import Run

WRONG = [
    (["unheard-of"], "no command"),
    (["key", "unheard-of"], "no command"),
    (["ingest", "--unheard-of"], "no option"),
    (["compare", "only-one.csv"], "missing"),
    (["fingerprint", "list.csv"], "missing"),
    (["fingerprint", "list.csv", "-o"], "needs a value"),
    (["trace", "--json=yes"], "takes no value"),
    (["trace", "superfluous"], "no use for"),
    (["simulate", "world", "--seed", "x"], "takes a number"),
    (["--lang", "fr", "trace"], "takes one of"),
    (["-C", "somewhere"], "a command is missing"),
    (["ingest"], "name the files"),
    (["ingest", "list.csv", "--seen-at", "yesterday"], "--seen-at"),
    (["ingest", "list.csv", "--map", "3"], "--map"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    first = shown.err.splitlines()[0]
    assert first.startswith("leaktrace: ") and said in first


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_usage_in_chinese(
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LEAKTRACE_LANG", "zh")
    assert run(arguments) == 2
    first = capsys.readouterr().err.splitlines()[0]
    # An unknown --lang is answered in English: no other language was chosen.
    if arguments[0] != "--lang":
        assert said not in first or said.startswith("--")
        assert any("\u4e00" <= character <= "\u9fff" for character in first)


def test_a_group_alone_shows_its_help(run_cli: Run) -> None:
    done = run_cli("key")
    assert done.returncode == 2
    assert b"export" in done.stdout


def test_what_was_typed_is_masked(run_cli: Run) -> None:
    done = run_cli("trace", "13912345678")
    assert done.returncode == 2
    assert b"13912345678" not in done.stderr


@pytest.mark.parametrize("arguments", [["-C", "nowhere", "trace"], ["trace", "-C", "nowhere"]])
def test_global_options_stand_anywhere(run_cli: Run, arguments: list[str]) -> None:
    done = run_cli(*arguments)
    assert done.returncode == 1
    assert b"nowhere" in done.stderr
