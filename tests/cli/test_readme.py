"""Every command line that the README shows is one that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from leaktrace.cli.root import root_command

README = Path(__file__).resolve().parents[2] / "README.md"
_FENCE = re.compile(r"^\s*```\w*\n(.*?)^\s*```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:^|[\s/\\])leaktrace(?:\.exe)?\s+(.*)$")


def _lines() -> list[str]:
    blocks = _FENCE.findall(README.read_text(encoding="utf-8"))
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def _examples() -> list[str]:
    pieces = [piece for line in _lines() for piece in line.split("&&")]
    found = [_COMMAND.search(piece.split(" #")[0].strip().strip('"')) for piece in pieces]
    return [match[1].strip() for match in found if match]


def test_set_up_is_one_line_each() -> None:
    lines = _lines()
    if not lines:
        pytest.skip("the README shows no command yet")
    assert [line for line in lines if "venv" in line and line.endswith("leaktrace demo")]
    assert [line for line in lines if ".[test]" in line and "pytest" in line]


@pytest.mark.parametrize("example", _examples())
def test_example_is_a_command_that_there_is(example: str) -> None:
    from typer.models import Context

    command: Any = root_command()
    words = shlex.split(example.replace("\\", "/"))
    while words:
        known = {name for parameter in command.params for name in parameter.opts}
        word = words.pop(0)
        if word.startswith("-"):
            assert word.split("=")[0] in known | {"--help"}, example
            if word in ("-C", "--case", "--lang"):
                words.pop(0)
        elif hasattr(command, "list_commands"):
            with Context(command) as context:
                assert word in command.list_commands(context), example
                command = command.get_command(context, word)
