"""A case with canaries, and the command on it."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

import pytest

from leaktrace.case import Case
from leaktrace.cli.main import run
from leaktrace.intake.worker import Worker
from tests.calls.conftest import case, folder, keys, watched, worker

__all__ = ["case", "folder", "keys", "watched", "worker"]


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The ``leaked`` of each source, which a test may set instead of tracing."""
    values: dict[str, float] = {}
    name = "leaktrace.workflows.watching.looking.leaked_figures"
    monkeypatch.setattr(name, lambda _case, _progress: dict(values))
    return values


@pytest.fixture
def shell(
    watched: Case,
    worker: Worker,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """Runs ``leaktrace watch``; its status, output and errors."""
    monkeypatch.setattr("leaktrace.intake.worker.Worker", lambda: nullcontext(worker))

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run(["-C", str(watched.folder), "watch", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err and "internal error" not in err
        return status, out, err

    return call


@pytest.fixture
def news(shell: Any) -> Any:
    """The same with ``--json``: its status and document."""

    def call(*arguments: object) -> tuple[int, Any]:
        status, out, _err = shell(*arguments, "--json")
        return status, json.loads(out)

    return call
