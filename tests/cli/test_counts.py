"""Counts in words: one row is no "1 rows"."""

from __future__ import annotations

from pathlib import Path

from leaktrace.cli.output import people_text, rows_text
from tests.cli.lists import PEOPLE, write_list
from tests.conftest import Run


def test_one_is_told_from_many() -> None:
    assert [rows_text(number) for number in (0, 1, 1234)] == ["0 rows", "1 row", "1,234 rows"]
    assert [people_text(number) for number in (1, 2)] == ["1 person", "2 people"]


def test_a_list_of_one_person(run_here: Run, tmp_path: Path) -> None:
    write_list(tmp_path / "one.csv", PEOPLE[:1])
    run_here("init", "case")
    told = run_here("-C", "case", "ingest", "one.csv", "--seen-at", "2026-03-01").stdout.decode()
    assert "1 row = 1 identified" in told and "; 1 person" in told
    assert (
        "1 row (duplicates among them: 0), 1 person"
        in run_here("-C", "case", "batch", "show", "one").stdout.decode()
    )
