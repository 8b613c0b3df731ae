"""A short run of the fuzzer (``python -m tests.intake.fuzz`` for a long one)."""

from __future__ import annotations

from pathlib import Path

from tests.intake.fuzz import MEMORY, Fuzzer
from tests.intake.fuzzbatch import SLOW
from tests.intake.mutations import made


def test_nothing_is_found(tmp_path: Path) -> None:
    figures = Fuzzer(tmp_path, seed=20).run(400)
    assert figures.inputs == 400
    assert figures.findings == []
    assert figures.slowest < SLOW
    assert figures.memory < MEMORY


def test_an_input_is_always_the_same() -> None:
    seeds = [("a.csv", b"a,b\n" * 40), ("b.zip", b"PK\x03\x04" * 9)]
    assert [made(7, i, seeds) for i in range(50)] == [made(7, i, seeds) for i in range(50)]
