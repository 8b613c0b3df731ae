"""Lists that were made by people who had not seen the code are read right, without options."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from leaktrace.engines.local import store_file
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.worker import Worker
from tests.data.wild import first, second, third

KEY = Key(bytes(range(32)))
LISTS = [
    pytest.param(made, number, id=f"{made.__name__.rpartition('.')[2]}-{number:02d}")
    for made in (first, second, third)
    for number in range(1, made.NUMBER + 1)
]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as started:
        yield started


@pytest.mark.parametrize(("made", "number"), LISTS)
def test_a_list_from_the_wild(
    made: ModuleType, number: int, worker: Worker, tmp_path: Path
) -> None:
    name, truth = made.make(tmp_path, number)
    summary = worker.call(
        store_file, tmp_path / name, KEY.secret, tmp_path / "store", spool=tmp_path / "spool"
    )
    # Kinds left open: the list can be read in more than one way.
    still_open = truth.get("open", [])
    found = {kind: n for kind, n in summary.identifiers.items() if kind not in still_open}
    assert found == truth["identifiers"]
    assert sum(table.rows for table in summary.counts) == summary.rows
    # Titles, totals and notes at the foot hold a filled cell: rows without an identifier.
    assert summary.rows >= (truth.get("rows") or 0)
