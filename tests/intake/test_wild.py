"""Lists that were made by people who had not seen the code are read right, without options."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaktrace.engines.local import store_file
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.worker import Worker
from tests.data.wild import third

KEY = Key(bytes(range(32)))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as started:
        yield started


@pytest.mark.parametrize("number", range(1, third.NUMBER + 1))
def test_a_list_from_the_wild(number: int, worker: Worker, tmp_path: Path) -> None:
    name, truth = third.make(tmp_path, number)
    summary = worker.call(
        store_file, tmp_path / name, KEY.secret, tmp_path / "store", spool=tmp_path / "spool"
    )
    assert summary.identifiers == truth["identifiers"]
    assert sum(table.rows for table in summary.counts) == summary.rows
    # Titles, totals and notes at the foot hold a filled cell: rows without an identifier.
    assert summary.rows >= (truth.get("rows") or 0)
