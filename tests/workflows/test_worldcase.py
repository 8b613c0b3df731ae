"""A world in memory and the same world through its files are one case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from leaktrace.attribution import CaseView, Trace, trace_case
from leaktrace.attribution.case_model import shipped_settings
from leaktrace.canary import import_plantings
from leaktrace.case import (
    Case,
    attach_reference,
    create_case,
    import_sources,
    ingest,
    open_case,
)
from leaktrace.case.records import Canary
from leaktrace.fingerprint.held import HeldList
from leaktrace.intake.worker import Worker
from leaktrace.simulate import World, WorldSettings, reference_files, write_world
from leaktrace.simulate.settings import STANDARD_MIX
from leaktrace.workflows.calibration import trials_of
from leaktrace.workflows.worldcase import WorldCase

SETTINGS = WorldSettings(
    sources=6,
    batches=10,
    towns=2,
    town_people=(20_000, 40_000),
    blocks=(60, 150),
    population=(1_000, 5_000),
    batch_size=(300, 1_000),
    controls=5,
    referenced=0.7,
    recycled=0.1,
    stray=0.1,
    last_four=0.4,
    # Sightings of one day come in the order of their hours in the files only.
    same_day=0.0,
    mix={**STANDARD_MIX, "masked": 0.3, "padded": 0.2, "twin": 0.1},
)
SEED = 1


class Roads:
    """One world, its case in memory and its case from files, both traced."""

    def __init__(self, world: World, case: Case) -> None:
        self.world = world
        self.views: dict[str, CaseView] = {"memory": WorldCase(world), "files": case}
        # What sellers claimed stands in the files alone.
        self.settings = replace(shipped_settings(), without=frozenset({"claims"}))
        self.traces = {
            name: trace_case(view, explain=False, settings=self.settings)
            for name, view in self.views.items()
        }

    def pair(self) -> tuple[Trace, Trace]:
        return self.traces["memory"], self.traces["files"]


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Roads]:
    folder = tmp_path_factory.mktemp("roads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEAKTRACE_KEYS", str(folder / "keys"))
        world = write_world(folder / "world", seed=SEED, settings=SETTINGS)
        with open_case(create_case(folder / "case").folder) as case, Worker() as worker:
            _fill(case, folder / "world", worker)
            yield Roads(world, case)


def _fill(case: Case, world: Path, worker: Worker) -> None:
    import_sources(case, world / "SOURCES.csv", worker=worker)
    for source, path in reference_files(world).items():
        attach_reference(case, source, path, None, worker=worker)
    import_plantings(case, world / "PLANTINGS.csv", worker=worker)
    assert not ingest(case, manifest=world / "BATCHES.csv", worker=worker).refused


def test_the_world_has_what_makes_roads_part(roads: Roads) -> None:
    assert {batch.form for batch in roads.world.seen} == {"full", "masked", "last-four"}
    assert {"pure", "twin", "padded", "unknown"} <= {batch.type for batch in roads.world.seen}


def test_sources_and_references_are_the_same(roads: Roads) -> None:
    memory, files = roads.views["memory"], roads.views["files"]
    for one, other in zip(memory.sources(), files.sources(), strict=True):
        assert (one.id, one.kind, one.population, one.access) == (
            other.id, other.kind, other.population, other.access,
        )  # fmt: skip
    for one, other in zip(memory.references(), files.references(), strict=True):
        assert (one.source, one.scaled) == (other.source, other.scaled)
        assert 0 <= one.people - other.people <= recycled(roads.world)


def recycled(world: World) -> int:
    """Numbers that two people had, one after the other: in a file without ID numbers these are
    one person, in memory two."""
    return sum(one.recycled_from is not None for one in world.canaries)


def plantings(one: Canary) -> list[tuple[str, int]]:
    return sorted((p.source, p.planted_at.day) for p in one.plantings if p.source)


def test_canaries_are_the_same(roads: Roads) -> None:
    memory = {one.id: one for one in roads.views["memory"].canaries()}
    files = {one.id: one for one in roads.views["files"].canaries()}
    assert memory.keys() == files.keys()
    for name, one in memory.items():
        other = files[name]
        assert (one.carrier, one.region) == (other.carrier, other.region)
        assert plantings(one) == plantings(other)
        assert set(one.tokens) <= set(other.tokens)
        assert {kind for kind in other.tokens if other.tokens[kind]} <= {
            *one.tokens, "id_number_masked",
        }  # fmt: skip


def counts(held: HeldList) -> dict[str, np.ndarray]:
    people = held.people
    return {
        "carrier": np.bincount(people.carrier, minlength=8),
        "region": np.bincount(people.region, minlength=1000),
        "swept": np.bincount(people.swept, minlength=2),
        "never": np.bincount(people.never_issued, minlength=2),
        "day": np.bincount((people.registered > 0) * people.registered, minlength=30_000),
    }


def test_reference_lists_are_held_alike(roads: Roads) -> None:
    room = recycled(roads.world)
    for one in roads.views["memory"].references():
        memory, files = (view.held_reference(one.source) for view in roads.views.values())
        assert set(memory.index) == set(files.index) - {"id_number_masked"}
        for name, count in counts(memory).items():
            assert np.abs(count - counts(files)[name]).sum() <= room, name


def test_lists_of_full_numbers_are_held_alike(roads: Roads) -> None:
    for batch in roads.world.seen:
        memory = roads.views["memory"].held_batch(batch.id)
        files = roads.views["files"].held_batch(batch.id)
        # Two people of one name and last four digits are one in a washed file.
        assert len(files.people) == pytest.approx(len(memory.people), abs=2)
        if batch.form == "full":
            room = recycled(roads.world)
            for name, count in counts(memory).items():
                if name == "day":  # a batch's own dates are in the file only; nothing asks for them
                    continue
                assert np.abs(count - counts(files)[name]).sum() <= room, name
            assert np.all(files.people.id_token != 0) == np.all(memory.people.id_token != 0)


def test_the_verdicts_are_the_same(roads: Roads) -> None:
    memory, files = roads.pair()
    assert {one.batch: one.verdict for one in memory.batches} == {
        one.batch: one.verdict for one in files.batches
    }
    assert len({one.verdict for one in memory.batches}) > 1


def test_posteriors_and_shares_are_nearly_the_same(roads: Roads) -> None:
    memory, files = roads.pair()
    forms = {batch.id: batch.form for batch in roads.world.seen}
    for one in memory.batches:
        other = next(found for found in files.batches if found.batch == one.batch)
        room = 0.03 if forms[one.batch] == "full" else 0.1
        said, read = ({found.source: found for found in answer.sources} for answer in (one, other))
        for source in sorted({*said, *read}):
            first, second = (
                found[source].posterior if source in found else 0.0 for found in (said, read)
            )
            assert first == pytest.approx(second, abs=room), (one.batch, source)
            if min(first, second) > 0.5:
                assert said[source].share.estimate == pytest.approx(
                    read[source].share.estimate, abs=room
                )
        assert one.made_up_share.estimate == pytest.approx(other.made_up_share.estimate, abs=0.01)


def test_overlaps_and_leaks_are_nearly_the_same(roads: Roads) -> None:
    memory, files = roads.pair()
    forms = {batch.id: batch.form for batch in roads.world.seen}
    for batch, overlaps in memory.overlap.items():
        room = 0 if forms[batch] == "full" else 15  # the first of several candidates is taken
        for source, count in overlaps.items():
            assert files.overlap[batch][source] == pytest.approx(count, abs=room)
    for one, other in zip(memory.sources, files.sources, strict=True):
        assert (one.leaked is None) == (other.leaked is None)
        if one.leaked is not None:
            assert one.leaked == pytest.approx(other.leaked, abs=0.08)


def test_a_case_in_memory_is_traced_alike_twice(roads: Roads) -> None:
    again = trace_case(WorldCase(roads.world), explain=False, settings=roads.settings)
    assert again == roads.traces["memory"]


def test_trials_hold_the_truth_of_the_world(monkeypatch: pytest.MonkeyPatch, roads: Roads) -> None:
    from leaktrace.workflows.calibration import trials as module

    monkeypatch.setattr(module, "draw_world", lambda _settings, _seed: roads.world)
    trials = trials_of("standard", SEED)
    assert trials
    known = {batch.id: batch for batch in roads.world.seen}
    for one in trials:
        assert one.contributed == (one.source in roads.world.contributors(known[one.batch]))
        assert 0.0 < one.prior < 1.0
    assert any(one.contributed for one in trials)
    assert any(abs(one.log10_lr) > 3.7 for one in trials)  # not cut
