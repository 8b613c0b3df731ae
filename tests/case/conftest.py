"""A case of its own for each test, and one worker for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaktrace.case import Case, create_case, open_case
from leaktrace.intake.worker import Worker


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "keys"
    monkeypatch.setenv("LEAKTRACE_KEYS", str(folder))
    return folder


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    with Worker() as one:
        yield one


@pytest.fixture
def folder(tmp_path: Path, keys: Path) -> Path:
    return create_case(tmp_path / "case").folder


@pytest.fixture
def case(folder: Path) -> Iterator[Case]:
    with open_case(folder) as opened:
        yield opened
