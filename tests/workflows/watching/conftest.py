"""A case with canaries, and the command on it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leaktrace.case import Case
from leaktrace.intake.worker import Worker
from tests.calls.conftest import case, folder, keys, watched, worker
from tests.calls.shells import shell_on

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
    return shell_on(watched.folder, worker, capsys, monkeypatch, "watch")


@pytest.fixture
def news(shell: Any) -> Any:
    """The same with ``--json``: its status and document."""

    def call(*arguments: object) -> tuple[int, Any]:
        status, out, _err = shell(*arguments, "--json")
        return status, json.loads(out)

    return call
