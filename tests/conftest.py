"""What all tests share: no key folder, case or language of the user's is ever touched or heard."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from leaktrace.case import workers
from leaktrace.errors import LeaktraceError
from leaktrace.messages import choose_language
from tests.inside import LentWorker, run_inside

settings.register_profile(
    "leaktrace", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("leaktrace")

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
_LONG = ("test_readme_pages.py", "test_pool_years.py")


@pytest.fixture(scope="session")
def _key_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders that are not there yet: to find a free name, pytest looks at all it made."""
    room = tmp_path_factory.mktemp("keys")
    return (room / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_surroundings(
    _key_folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A key folder for this test alone, no enclosing case, English."""
    monkeypatch.setenv("LEAKTRACE_KEYS", str(next(_key_folders)))
    monkeypatch.setenv("LEAKTRACE_LANG", "en")
    for name in ("LEAKTRACE_CASE", "LEAKTRACE_DEBUG", "COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    choose_language("en")
    yield
    choose_language("en")


@pytest.fixture(autouse=True, scope="session")
def _one_worker_for_all_tests() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "Worker", LentWorker)
        yield


_IDENTIFIER = re.compile(
    r"(?<![0-9a-zA-Z])(?:1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx]|[\w.]+@[\w.]+[a-z])(?![0-9a-zA-Z])"
)


@pytest.fixture(autouse=True, scope="session")
def _no_identifier_in_any_error() -> Iterator[None]:
    """No message of any error raised in any test shows an identifier of a person."""
    raised: list[str] = []
    original = LeaktraceError.__init__

    def recording(self: LeaktraceError, message: str, *, code: str = "failed") -> None:
        raised.append(message)
        original(self, message, code=code)

    LeaktraceError.__init__ = recording  # type: ignore[method-assign]
    yield
    LeaktraceError.__init__ = original  # type: ignore[method-assign]
    assert [message for message in raised if _IDENTIFIER.search(message)] == []


def run_leaktrace(
    *arguments: object, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run ``python -m leaktrace`` in a process of its own; its output comes back as bytes."""
    return subprocess.run(
        [sys.executable, "-m", "leaktrace", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )


@pytest.fixture
def run_cli(tmp_path: Path) -> Run:
    """:func:`run_leaktrace` in ``tmp_path``, unless another folder is named."""

    def run(
        *arguments: object, env: Mapping[str, str] | None = None, cwd: Path = tmp_path
    ) -> subprocess.CompletedProcess[bytes]:
        return run_leaktrace(*arguments, cwd=cwd, env=env)

    return run


@pytest.fixture
def run_here(tmp_path: Path) -> Run:
    """The same in this process, where what a command does and says is all that is looked at."""

    def run(
        *arguments: object, env: Mapping[str, str] | None = None, cwd: Path = tmp_path
    ) -> subprocess.CompletedProcess[bytes]:
        return run_inside(*arguments, cwd=cwd, env=env)

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests come first, so that two processes end at about the same time."""
    items.sort(key=lambda item: item.path.name not in _LONG)
