"""One tiny world, scored, kept and printed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from leaktrace.simulate import Holder, Reference, World, WorldSettings, draw_world
from leaktrace.simulate.people import Int32
from leaktrace.simulate.settings import STANDARD_MIX
from tests.benchmarks.attribution import __main__ as command
from tests.benchmarks.attribution import keep
from tests.benchmarks.attribution.baselines import BASELINES
from tests.benchmarks.attribution.done import lines
from tests.benchmarks.attribution.families import DEFAULT, TRAPS, settings_of, single_families
from tests.benchmarks.attribution.made_row import made_row, ours, truth
from tests.benchmarks.attribution.printing import as_text, as_values
from tests.benchmarks.attribution.rows import OURS, STATED, Answer, WorldRow
from tests.benchmarks.attribution.score import scored, unlisted_log10_lr
from tests.benchmarks.attribution.truth import evident_by, has_cells, untold_sources

SETTINGS = WorldSettings(
    sources=5, batches=8, towns=2, town_people=(20_000, 40_000), blocks=(60, 150),
    population=(1_000, 4_000), batch_size=(200, 600), controls=3, referenced=0.8,
    canaries=(15, 25), canaried=0.8, mix={**STANDARD_MIX, "twin": 0.2},
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return draw_world(SETTINGS, 3)


@pytest.fixture(scope="module")
def row(world: World) -> WorldRow:
    return scored(world, "easy", "v1")


def test_every_method_answers_every_batch(world: World, row: WorldRow) -> None:
    batches = {batch.id for batch in world.seen}
    assert set(row.answers) == {OURS, *BASELINES}
    assert all(set(answers) == batches for answers in row.answers.values())
    for batch in row.batches:
        said = row.answer(OURS, batch.id)
        assert said.stated == {one for one, score in said.scores.items() if score >= STATED}
        assert set(row.listed[batch.id]) == set(said.scores)


def test_the_truth_is_the_worlds(world: World, row: WorldRow) -> None:
    for batch, told in zip(
        sorted(world.seen, key=lambda one: one.id), sorted(row.batches, key=lambda one: one.id),
        strict=True,
    ):  # fmt: skip
        assert set(told.sources) == world.contributors(batch)
        assert told.parents == world.parents(batch)
        assert told.root == (not (batch.parent >= 0).any())
        assert set(told.evident) <= set(told.sources)


def test_a_pair_is_evident_by_a_good_list_or_by_two_canaries(world: World) -> None:
    batch = next(one for one in world.seen if has_cells(one) and (one.origin >= 0).any())
    place = int(batch.origin[batch.origin >= 0][0])
    holder = world.holders[place]
    blind = replace(world, canaries=())
    full = replace(holder, reference=_list_of(holder.members))
    part = replace(holder, reference=_list_of(holder.members[: int(0.69 * len(holder.members))]))
    twin = replace(world.holders[-1], twin_of=holder.id)
    assert evident_by(_with(blind, place, full), batch, holder.id) == "list"
    assert evident_by(_with(blind, place, part), batch, holder.id) == ""
    # Beside a twin the list alone is not enough: the batch has to carry cells.
    beside = replace(
        _with(blind, place, full),
        holders=(*_with(blind, place, full).holders, twin),
    )
    bare = replace(batch, columns=("mobile",))
    assert evident_by(beside, batch, holder.id) == "list"
    assert evident_by(beside, bare, holder.id) == ""
    people = batch.people[:2]
    early, late = batch.seen_day - 1, batch.seen_day
    for days, expected in (((early, early), "both"), ((early, late), "list")):
        canaries = tuple(
            replace(world.canaries[0], person=int(one), plantings=((holder.id, day),))
            for one, day in zip(people, days, strict=True)
        )
        full_world = replace(_with(world, place, full), canaries=canaries)
        assert evident_by(full_world, batch, holder.id) == expected


def _list_of(people: Int32) -> Reference:
    return Reference(people, None, "full", ("mobile",))


def _with(world: World, place: int, holder: Holder) -> World:
    holders = list(world.holders)
    holders[place] = holder
    return replace(world, holders=tuple(holders))


def test_a_source_is_untold_without_canaries_and_cells(world: World) -> None:
    bare = replace(
        world,
        canaries=(),
        batches=tuple(replace(one, columns=("mobile",)) for one in world.batches),
    )
    listed = {one.id for one in world.sources if one.reference is not None}
    assert set(untold_sources(bare)) == listed
    planted = {name for one in world.canaries for name, _day in one.plantings}
    assert set(untold_sources(replace(bare, canaries=world.canaries))) == listed - planted
    leaked = {one for batch in world.seen if has_cells(batch) for one in world.contributors(batch)}
    assert not set(untold_sources(replace(world, canaries=()))) & leaked


def test_a_row_is_kept_under_its_version(tmp_path: Path, row: WorldRow) -> None:
    keep.keep(tmp_path, row)
    assert keep.kept_row(tmp_path, "v1", "easy", 3) == row
    assert keep.kept_row(tmp_path, "v2", "easy", 3) is None
    assert keep.kept_row(tmp_path, "v1", "hard", 3) is None
    next(tmp_path.rglob("*.json")).write_text("{", encoding="utf-8")
    assert keep.kept_row(tmp_path, "v1", "easy", 3) is None


def test_the_version_is_that_of_the_code() -> None:
    assert keep.code_version() == keep.code_version()
    assert len(keep.code_version()) == 16


def test_kept_worlds_are_not_scored_again(
    tmp_path: Path, row: WorldRow, capsys: pytest.CaptureFixture[str]
) -> None:
    version = keep.code_version()
    for seed in (3, 4):
        keep.keep(tmp_path, replace(row, version=version, seed=seed))
    assert command.main(["2", "3", "easy", "--keep", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "easy: 2 worlds" in printed
    assert "evident pairs at .5" in printed
    assert command.main(["2", "3", "easy", "--keep", str(tmp_path), "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["worlds"] == {"easy": [["easy", 3], ["easy", 4]]}
    assert set(values["methods"]["easy"]) == {OURS, *BASELINES}


def test_a_failing_world_is_told_and_the_others_are_printed(
    tmp_path: Path, row: WorldRow, capsys: pytest.CaptureFixture[str]
) -> None:
    keep.keep(tmp_path, replace(row, version=keep.code_version(), family="standard"))
    found = command.main(["1", "3", "standard", "no-such", "--keep", str(tmp_path)])
    captured = capsys.readouterr()
    assert found == 1
    assert "failed: no-such 3" in captured.err
    assert "standard: 1 worlds" in captured.out


def _good(family: str) -> WorldRow:
    """A world in which everything is said, and the baselines say nothing."""
    said = [
        (truth(f"B{place}", {"S1": 1.0}, evident={"S1": "list"}), ours({"S1": 0.999}))
        for place in range(20)
    ]
    said.append((truth("C", {"S1": 1.0}, parents={"B1": 1.0}), ours({"S1": 0.999}, {"B1": 0.99})))
    return made_row(said, family=family)


def test_lines_are_met_by_good_worlds_and_not_by_bad_ones() -> None:
    wrong = ours({"S2": 0.999}, {"B2": 0.99})
    bad = made_row(
        [
            (truth(name, {"S1": 1.0}, evident={"S1": "list"}, parents={"B1": 1.0}), wrong)
            for name in ("X", "Y")
        ],
        rival=Answer({"S1": 1.0}, frozenset({"S1"}), frozenset({"S1"})),
    )
    for make, expected in ((_good, True), (lambda family: replace(bad, family=family), False)):
        rows = {name: [make(name)] * 3 for name in ("easy", "hard", "twins")}
        everything = [one for worlds in rows.values() for one in worlds]
        found = {
            (one.family, one.text): one.met
            for one in lines(rows, everything)
            if one.family in ("easy", "hard", "innocent") and "llr" not in one.text
        }
        assert set(found.values()) == {expected}
        assert len(found) == 19


def test_a_world_is_won_only_where_both_figures_are_better() -> None:
    batch = truth("B1", {"S1": 1.0})
    tied = Answer({"S1": 0.6}, frozenset({"S1"}), frozenset({"S1"}))
    row = made_row([(batch, ours({"S1": 0.9}))], rival=tied)
    won = next(one for one in lines({"hard": [row]}, [row]) if one.text.startswith("Brier and F1"))
    assert (won.figure.count, won.figure.of) == (0, 1)
    assert won.beside.startswith("Brier 1, F1 0")


def test_nothing_to_measure_is_neither_met_nor_missed() -> None:
    met = {one.text: one.met for one in lines({}, [])}
    assert set(met.values()) == {None, True}
    assert [text for text, one in met.items() if one] == [
        "guilt model's own example, largest error"
    ]
    silent = made_row([(truth("B1", {"S1": 1.0}), ours({}))], family="hard")
    false = [one for one in lines({"hard": [silent]}, [silent]) if one.text.startswith("false of")]
    assert [one.met for one in false if one.family == "hard"] == [None, None]


def test_false_statements_are_listed_with_their_batch() -> None:
    row = made_row([(truth("B1", {"S1": 0.3}, evident={"S1": "both"}), ours({"S2": 0.99}))])
    values = as_values({"hard": [row]}, [row], "v")
    assert [(one["batch"], one["source"]) for one in values["false_statements"]] == [("B1", "S2")]
    assert [(one["source"], one["evident_by"]) for one in values["evident_missed"]] == [
        ("S1", "both")
    ]
    assert any("0 + 0" in line for line in as_text({"hard": [row]}, [row], "v"))


def test_families() -> None:
    assert single_families(["innocent", "twins", "hard"]) == (*TRAPS, "hard")
    for family in single_families(DEFAULT):
        assert settings_of(family).batches
    assert settings_of("untold").cells == 0


def test_what_is_not_listed_is_below_a_thousandth() -> None:
    ratio = 10 ** unlisted_log10_lr(0.1)
    odds = ratio * 0.1 / 0.9
    assert odds / (1 + odds) == pytest.approx(0.001)
