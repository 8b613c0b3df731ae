"""The command line inside this process: what most tests look at takes no process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaktrace.cli.main import main
from leaktrace.intake.worker import Worker
from leaktrace.messages import choose_language, current_language


def run_inside(
    *arguments: object, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """What :func:`tests.conftest.run_leaktrace` answers, without the second that a start takes.

    For tests of what a command does and says. How a process starts, what it imports, its locale
    and its signals need a real one; so do help texts in a language, which are made once.
    """
    command = [sys.executable, "-m", "leaktrace", *map(str, arguments)]
    surroundings = {"PYTHONIOENCODING": "utf-8", **(env or {})}
    language = current_language()
    with _surroundings(command, cwd, surroundings) as (out, error):
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        said = out.getvalue(), error.getvalue()
    choose_language(language)
    return subprocess.CompletedProcess(command, status, *said)


@contextmanager
def _surroundings(
    command: list[str], cwd: Path, env: Mapping[str, str]
) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Folder, environment, streams and command of a process; gives what it writes."""
    out, error = io.BytesIO(), io.BytesIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        warnings.catch_warnings(),
        Path(os.devnull).open(encoding="utf-8") as nothing,
    ):
        for name, value in env.items():
            patch.setenv(name, value)
        patch.chdir(cwd)
        patch.setattr(sys, "argv", command[2:])
        patch.setattr(sys, "stdin", nothing)
        encoding = env["PYTHONIOENCODING"]
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding))
        patch.setattr(sys, "stderr", io.TextIOWrapper(error, encoding))
        yield out, error


class LentWorker:
    """The worker of a call that brings none: one for all tests, since each takes a second to start.

    It starts with the first list that is read. What commands do with one of their own, those show
    that run in a process of their own.
    """

    _lent = Worker()

    def __enter__(self) -> Worker:
        return self._lent

    def __exit__(self, *_error: object) -> None:
        """It is handed back."""
