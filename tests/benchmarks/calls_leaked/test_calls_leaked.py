"""The simulated year and its scoring, on a tiny world and on rows made by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.benchmarks.calls_leaked import measures
from tests.benchmarks.calls_leaked.baselines import ANY_CALL, MORE_THAN_CONTROLS, said
from tests.benchmarks.calls_leaked.printing import as_text
from tests.benchmarks.calls_leaked.scoring import Job, Row, row_of
from tests.benchmarks.calls_leaked.world import make_world, write_world

FILES = ("SOURCES.csv", "PLANTINGS.csv", "NUMBERS.csv", "HAPPENINGS.csv", "CALLS.csv", "TRUTH.json")


def test_a_seed_is_the_same_world_each_time_and_no_dead_phone_rings(tmp_path: Path) -> None:
    world = make_world(3, "tiny")
    write_world(world, tmp_path / "a")
    write_world(make_world(3, "tiny"), tmp_path / "b")
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    rings = world.year.rings
    assert rings and not any(one.number.dead(one.day) for one in rings)
    told = {leak.source: leak.first_sold for leak in world.leaks}
    leaked = [one for one in rings if one.cause == "leak"]
    assert leaked
    for one in leaked:
        first = min(leak.first_sold for leak in world.leaks if leak.source == one.source)
        assert one.day > max(first, one.number.planted[one.source]) and one.source in told
    with (tmp_path / "a" / "CALLS.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(rings)


def test_a_tiny_world_goes_through_the_library(tmp_path: Path) -> None:
    row = row_of(Job("tiny", 3, tmp_path))
    sources = json.loads((tmp_path / "tiny-3" / "TRUTH.json").read_text(encoding="utf-8"))[
        "sources"
    ]
    assert set(row.leaked) == {one for one, about in sources.items() if not about["public"]}
    assert row.leakers and row.rung() <= row.leakers <= set(row.leaked)
    assert row.said[ANY_CALL] >= row.rung()
    assert "recall, of those rung" in as_text([row])


def test_baselines_count_after_the_planting_and_without_own_numbers(tmp_path: Path) -> None:
    day = "2025-02-{:02d}T12:00:00+08:00".format
    _write(tmp_path / "SOURCES.csv", "id,own_numbers", ["S1,95500;95501", "S2,", "S3,"])
    plantings = [f"C{at},,{day(1)},1{at}" for at in range(4)]
    plantings += [f"P1,S1,{day(5)},21", f"P2,S2,{day(5)},22", f"P3,S3,{day(5)},23"]
    _write(tmp_path / "PLANTINGS.csv", "canary_id,source_id,planted_at,mobile", plantings)
    calls = [f"1{at},7,{day(8)},robot" for at in range(3)]
    calls += [f"21,95501,{day(9)},", f"21,106,{day(9)},sms", f"22,7,{day(4)},", f"22,7,{day(9)},"]
    calls += [f"23,7,{day(9 + at)}," for at in range(3)]
    _write(tmp_path / "CALLS.csv", "callee,caller,started_at,kind", calls)
    # The controls have 1, 1, 1 and 0 calls: a mean of 0.75, a deviation of 0.5.
    assert said(tmp_path) == {ANY_CALL: {"S2", "S3"}, MORE_THAN_CONTROLS: {"S3"}}


def test_measures_by_hand() -> None:
    about = {"leaks": [1], "leak_calls": 2, "own_calls": 0}
    truth = {
        "A": about,
        "B": {**about, "leak_calls": 0},
        "C": {"leaks": [], "leak_calls": 0, "own_calls": 3},
        "D": {"leaks": [], "leak_calls": 0, "own_calls": 0},
        "E": about,
    }
    leaked = {"A": 0.99, "B": 0.1, "C": 0.97, "D": 0.1, "E": 0.98}
    baselines = {ANY_CALL: frozenset("ACDE"), MORE_THAN_CONTROLS: frozenset("A")}
    row = Row("main", 1, leaked, truth, baselines, 10, {})
    assert measures.recall([row], Row.at).mean == 1
    assert measures.recall_of_all([row], Row.at).mean == pytest.approx(2 / 3)
    assert measures.false([row], Row.at).mean == pytest.approx(1 / 3)
    assert measures.accused([row], Row.at).mean == 1
    assert measures.brier([row]) == pytest.approx(
        (0.01**2 + 0.9**2 + 0.97**2 + 0.1**2 + 0.02**2) / 5
    )
    assert measures.better(row) == MORE_THAN_CONTROLS
    found = measures.duel(row, MORE_THAN_CONTROLS)
    assert found is not None and (found.theirs, found.at_share, found.at_rate) == (0.5, 1.0, 1.0)


def _write(path: Path, header: str, lines: list[str]) -> None:
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
