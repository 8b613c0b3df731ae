"""The command line on a case with canaries, in this process."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Protocol

import pytest

from leaktrace.cli.main import run
from leaktrace.intake.worker import Worker


class Shell(Protocol):
    """Runs a command; its status, output and errors."""

    def __call__(self, *arguments: object) -> tuple[int, str, str]: ...


def shell_on(
    folder: Path,
    worker: Worker,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *words: str,
) -> Shell:
    """A shell on the case in ``folder``, each command beginning with ``words``; ``worker`` reads
    its files."""
    monkeypatch.setattr("leaktrace.intake.worker.Worker", lambda: nullcontext(worker))

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run(["-C", str(folder), *words, *map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err and "internal error" not in err
        return status, out, err

    return call
