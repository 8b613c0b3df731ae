"""The benchmarks run, at a size that says nothing about speed."""

from __future__ import annotations

import pytest

from tests.benchmarks import (
    bench_fingerprint,
    bench_lookup,
    bench_size,
    bench_startup,
    bench_tokens,
)

pytestmark = pytest.mark.benchmark


def test_both_ways_find_the_same() -> None:
    for result in bench_fingerprint.measure(rows=3_000, times=1):
        assert result.usual.output == result.sets.output == result.store.output
        assert len(result.lines()) == 3


def test_lookups_find_what_duckdb_finds() -> None:
    assert bench_lookup.measure(size=20_000, batch=500, times=1).hits > 0


def test_tokens_and_startup_are_measured() -> None:
    assert bench_tokens.measure(count=100_000, loop=1_000, times=1).ours > 0
    assert bench_startup.measure(times=1).help > 0


def test_long_lists_are_counted_in_full() -> None:
    result = bench_size.measure(mobiles=20_000, times=1)
    assert result.sets.output == result.store.output
    assert 19_990 < int(result.sets.output) <= int(result.pyarrow.output) == 20_000
