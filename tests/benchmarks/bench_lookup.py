"""A batch of 5,000 against a stored source of 10,000,000, against DuckDB's semi join.

``python -m tests.benchmarks.bench_lookup [SIZE]``
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from leaktrace.fingerprint.built import BuiltList
from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.lookup import NOBODY, match_people, shared_tokens
from leaktrace.fingerprint.store import open_held, write_list
from leaktrace.fingerprint.summary import ListSummary

SIZE = 10_000_000
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Result:
    """Milliseconds: opening, counting, matching people, DuckDB's semi join; and the hits."""

    open: float
    count: float
    people: float
    duckdb: float
    hits: int

    def line(self) -> str:
        """What was found, in words."""
        return (
            f"opened in {self.open:.1f} ms; {self.hits} hits counted in {self.count:.2f} ms, "
            f"people matched in {self.people:.2f} ms; DuckDB's semi join {self.duckdb:.1f} ms"
        )


def measure(size: int = SIZE, batch: int = BATCH, times: int = 7) -> Result:
    """The best of ``times`` runs of each; half of the batch is in the source."""
    generator = np.random.default_rng(1)
    tokens = np.unique(generator.integers(1, 2**64, size + batch, dtype=np.uint64))
    generator.shuffle(tokens)
    source, other = tokens[:size], tokens[size:]
    rows = np.concatenate((source[: batch // 2], other[: batch // 2]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "source"
        write_list(folder, BuiltList(_held(source), ListSummary("", 0, *[0] * 6), None, None, ""))
        begin = time.perf_counter()
        held = open_held(folder)
        opened = (time.perf_counter() - begin) * 1e3
        cut = _held(rows)
        index = held.index["mobile"]
        hits = shared_tokens(cut.index["mobile"].tokens, index.tokens)
        assert hits == np.count_nonzero(match_people(cut, held) != NOBODY)
        pair = (cut.index["mobile"].tokens, index.tokens)
        count = _best(partial(shared_tokens, *pair), times)
        people = _best(partial(match_people, cut, held), times)
        theirs = _duckdb(rows, source, hits, times)
        # Windows does not remove a folder whose files are mapped.
        del held, index, pair
    return Result(opened, count, people, theirs, hits)


def _held(tokens: np.ndarray) -> HeldList:
    order = np.argsort(tokens)
    index = TokenIndex(tokens[order], order.astype(np.uint32))
    size = len(tokens)
    people = PeopleTable(
        id_token=np.zeros(size, np.uint64),
        registered=np.full(size, NO_DAY, np.int32),
        carrier=np.zeros(size, np.uint8),
        region=np.zeros(size, np.uint16),
        swept=np.zeros(size, np.bool_),
        never_issued=np.zeros(size, np.bool_),
        full=np.ones(size, np.bool_),
    )
    counts = {"mobile": size}
    return HeldList(people, {"mobile": index}, 1, size, counts, counts)


def _duckdb(rows: np.ndarray, source: np.ndarray, hits: int, times: int) -> float:
    connection = duckdb.connect()
    for name, values in (("batch", np.unique(rows)), ("source", np.sort(source))):
        connection.register("view", pa.table({"token": values}))
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM view")
        connection.unregister("view")
    query = "SELECT count(*) FROM batch SEMI JOIN source USING (token)"
    found = connection.execute(query).fetchall()[0][0]
    assert found == hits
    return _best(lambda: connection.execute(query).fetchall(), times)


def _best(work: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return min(found) * 1e3


if __name__ == "__main__":
    print(measure(*map(int, sys.argv[1:2])).line())
