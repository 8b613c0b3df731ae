"""Help: in both languages, on any console, without a heavy import."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import Run

CANARY = [
    "import", "plan", "sheet", "plant", "commit", "prove", "check", "pool import", "pool list",
    "pool show", "pool log", "pool extend", "pool topup", "pool free", "pool rest", "pool return",
    "pool burn", "due", "heartbeat", "hand", "list", "show", "knows", "burn", "retire",
]  # fmt: skip
COMMANDS = [
    "demo", "compare", "key new", "key export", "key import", "fingerprint", "init",
    "source import", "source reference", *(f"canary {name}" for name in CANARY), "offer import",
    "offer list", "offer match", "calls import", "calls list", "calls campaigns", "ingest",
    "batch list", "batch show", "batch count", "custody", "verify", "trace", "graph export",
    "report", "simulate",
]  # fmt: skip
ENGLISH = ("Usage", "Options", "Arguments", "Commands", "required", "default", "show this help")


def test_root_help_names_every_command(run_cli: Run) -> None:
    done = run_cli("--help")
    assert done.returncode == 0
    assert done.stderr == b""
    text = done.stdout.decode()
    assert all(name.split()[0] in text for name in COMMANDS)


def test_chinese_help_has_no_english_words() -> None:
    commands = ["", "key", "source", "canary", "canary pool", "offer", "calls", "graph", *COMMANDS]
    # One process: all texts are in the language that it begins with.
    script = (
        "from leaktrace.cli.main import run\n"
        f"for command in {commands!r}:\n"
        "    print('=====', run([*command.split(), '--help', '--lang', 'zh']), flush=True)"
    )
    *pages, _end = _output(script).split("===== 0\n")
    assert len(pages) == len(commands)
    for page in pages:
        assert "用法" in page and "选项" in page
        assert not [word for word in ENGLISH if word in page]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_is_not_cut_where_the_terminal_is_narrow(run_cli: Run, language: str) -> None:
    command = ("--lang", language, "canary", "plant", "--help")
    narrow, wide = (
        run_cli(*command, env={"COLUMNS": width}).stdout.decode() for width in ("80", "240")
    )
    assert narrow.count("…") == wide.count("…")
    whole = "".join(narrow.replace("│", "").split())
    assert all(end in whole for end in ("annual-report", "--note"))


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_survives_any_console(run_cli: Run, encoding: str, language: str) -> None:
    done = run_cli("--lang", language, "ingest", "--help", env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode(encoding)


def test_gbk_console_shows_chinese(run_cli: Run) -> None:
    done = run_cli("--help", env={"PYTHONIOENCODING": "gbk", "LEAKTRACE_LANG": "zh"})
    assert "用法" in done.stdout.decode("gbk")
    assert "\\u" not in done.stdout.decode("gbk")


def test_version(run_cli: Run) -> None:
    done = run_cli("--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, b"leaktrace")


def test_help_imports_nothing_heavy() -> None:
    heavy = ("pandas", "numpy", "pyarrow", "datasketch", "scipy", "networkx", "jinja2", "msgspec")
    script = (
        "import sys; from leaktrace.cli.main import run; status = run(['--help']);"
        f"print(status, [name for name in {heavy!r} if name in sys.modules])"
    )
    assert _output(script).splitlines()[-1] == "0 []"


def test_importing_the_library_is_light() -> None:
    modules = _output("import sys, leaktrace; print(sorted(sys.modules))")
    for name in ("fastexcel", "python_calamine", "jinja2", "networkx", "pandas", "typer"):
        assert f"'{name}'" not in modules


def _output(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().replace("\r\n", "\n")
