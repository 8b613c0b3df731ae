"""The pages of the README, run as a reader would paste them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import run_leaktrace

README = Path(__file__).resolve().parents[1] / "README.md"
_FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _pages() -> dict[str, list[list[str]]]:
    """Language to the commands of its pages, in order."""
    english, chinese = README.read_text(encoding="utf-8").split("# 中文说明")
    return {"en": _commands(english), "zh": _commands(chinese)}


def _commands(text: str) -> list[list[str]]:
    lines = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("leaktrace ")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_of_the_pages_runs(language: str, tmp_path: Path) -> None:
    commands = _pages()[language]
    assert len(commands) > 15
    env = {"LEAKTRACE_LANG": language, "LEAKTRACE_KEYS": str(tmp_path / "keys")}
    said = {}
    for command in commands:
        done = run_leaktrace(*command, cwd=tmp_path, env=env)
        assert done.returncode == 0, (command, done.stderr.decode("utf-8"))
        said[" ".join(command)] = done.stdout.decode("utf-8")
    assert (tmp_path / "mycase.html").stat().st_size > 50_000
    watch = next(text for command, text in said.items() if command.endswith("-C watch trace"))
    assert "S03" in watch


def test_both_languages_show_the_same_commands() -> None:
    pages = _pages()
    english = [" ".join(command) for command in pages["en"] if "graph" not in command]
    chinese = [" ".join(command).removeprefix("--lang zh ") for command in pages["zh"]]
    assert chinese == english
