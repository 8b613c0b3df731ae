"""Every file of the corpus gives exactly what stands in it, or is refused for what it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaktrace.errors import InputRefused
from leaktrace.intake.worker import Worker
from tests.data.make import all_cases, write
from tests.data.make.case import Case
from tests.data.make.documents import SECRET
from tests.intake.corpus import Seen, is_right, seen

_CASES = all_cases()
_SECONDS = 20
_MEMORY = 3 << 29


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(seconds=_SECONDS, memory=_MEMORY) as started:
        yield started


@pytest.fixture(scope="module")
def report() -> Iterator[list[str]]:
    lines: list[str] = []
    yield lines
    if "LEAKTRACE_CORPUS_REPORT" in os.environ:
        text = "\n".join(sorted(lines)) + "\n"
        Path(os.environ["LEAKTRACE_CORPUS_REPORT"]).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the files, with one beside each that none of them may bring in."""
    folder = tmp_path_factory.mktemp("corpus") / "files"
    folder.mkdir()
    return folder


def look(worker: Worker, path: Path, passwords: tuple[str, ...], spool: Path) -> Seen:
    """What comes of ``path``, a crash of the worker included."""
    try:
        return worker.call(seen, path, passwords, spool)
    except InputRefused as error:
        return Seen(failure=f"{error.code}: {error.message[-160:]}")


@pytest.mark.parametrize("case", _CASES, ids=[f"{case.family}-{case.name}" for case in _CASES])
def test_a_file_of_the_corpus(
    case: Case, worker: Worker, report: list[str], outside: Path, tmp_path: Path
) -> None:
    path = write(case, outside)
    (path.parent / "outside-secret.txt").write_text(SECRET, encoding="ascii")
    got = look(worker, path, case.passwords, tmp_path / "spool")
    path.unlink()
    good = is_right(case, got)
    report.append(
        f"{'ok  ' if good else 'FAIL'} {case.family}/{case.name}\t"
        f"expected: {case.expected[:200]}\tgot: {got.outcome}\t{got.seconds:.2f} s"
    )
    assert good, f"expected {case.expected}; got {got.outcome}"
    assert not list(outside.parent.rglob("outside.csv"))
    assert not Path("/tmp/leaktrace-outside").exists()


def test_the_names_are_distinct() -> None:
    assert len({(case.family, case.name.lower()) for case in _CASES}) == len(_CASES) >= 160
