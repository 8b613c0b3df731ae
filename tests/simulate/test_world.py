"""Worlds in memory: what is said to be true of them is true of their rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.errors import UsageError
from leaktrace.identifiers.segments import carrier_of, never_issued, region_of
from leaktrace.simulate import (
    MADE_UP,
    PRESETS,
    STRAY,
    World,
    WorldSettings,
    batch_days,
    draw_world,
    preset,
)
from leaktrace.simulate.settings import BATCH_TYPES

SMALL = WorldSettings(
    sources=7, batches=26, population=(800, 3_000), batch_size=(200, 600), canaries=(8, 12),
    town_people=(30_000, 60_000), blocks=(30, 60),
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return draw_world(seed=5)


@pytest.fixture(scope="module")
def hard() -> World:
    return draw_world(preset("hard"), seed=2)


def test_a_default_world_holds_every_type_and_the_asked_numbers(world: World) -> None:
    assert len(world.sources) == 12
    assert len(world.seen) == 60
    assert {batch.type for batch in world.seen} == set(BATCH_TYPES)
    assert sum(holder.reference is not None for holder in world.sources) == 6
    assert sum(not canary.plantings for canary in world.canaries) >= 20
    assert {holder.id for holder in world.holders if not holder.known} == {
        "unknown:U1", "unknown:U2", "unknown:T1",
    }  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), family=st.sampled_from(sorted(PRESETS)))
def test_every_row_comes_from_its_origin_before_the_cut(seed: int, family: str) -> None:
    changes = {
        name: getattr(SMALL, name) for name in ("sources", "batches", "population", "batch_size",
                                                "town_people", "blocks")
    }  # fmt: skip
    world = draw_world(preset(family).with_changes(**changes), seed)
    assert len(world.seen) == SMALL.batches
    for batch in world.batches:
        assert batch.cut_day <= batch.seen_day
        assert len(batch.people) == len(batch.origin) == len(batch.parent) > 0
        for origin in np.unique(batch.origin):
            people = batch.people[batch.origin == origin]
            if origin == MADE_UP:
                assert world.people.made_up[people].all()
            elif origin == STRAY:
                assert (world.people.canary[people] >= 0).all()
            else:
                holder = world.holders[origin]
                assert holder.leaks
                before = holder.members[holder.registered <= batch.cut_day]
                assert np.isin(people, before).all()


def test_no_canary_is_in_a_batch_cut_before_it_was_planted_there(hard: World) -> None:
    hits = 0
    for batch in hard.batches:
        for row in np.flatnonzero(hard.people.canary[batch.people] >= 0):
            canary = hard.canaries[hard.people.canary[batch.people[row]]]
            planted = dict(canary.plantings)
            assert canary.plantings, "a control was planted nowhere"
            if batch.origin[row] == STRAY:
                assert min(planted.values()) <= batch.seen_day
            else:
                assert planted[hard.holders[batch.origin[row]].id] <= batch.cut_day
            hits += 1
    assert hits > 20


def test_shares_add_up_and_name_the_contributors(world: World) -> None:
    for batch in world.seen:
        shares = world.shares(batch)
        repeated = 1 - len(np.unique(batch.people)) / len(batch.people)
        assert 1 - 1e-9 <= sum(shares.values()) <= 1 + 2 * repeated + 1e-9
        named = world.contributors(batch)
        assert named <= world.leaked()
        if batch.type in ("swept", "twin", "unknown"):
            assert not named
        if batch.type == "swept":
            assert shares == {"made-up": 1.0}
        if batch.type == "padded":
            assert 0.15 < shares["made-up"] < 0.55
        if batch.type == "blended":
            assert len(named) >= 3
        if batch.type in ("pure", "filtered", "old-cut"):
            assert len(named) == 1


def test_cuts_are_as_old_as_their_type_says(world: World) -> None:
    for batch in world.seen:
        age = batch.seen_day - batch.cut_day
        if batch.type == "old-cut":
            assert age > 200
        elif not batch.type.startswith("resold"):
            assert 0 <= age <= 400


def test_resold_rows_stand_in_their_parents_with_the_same_origin(hard: World) -> None:
    chains = 0
    for place, batch in enumerate(hard.batches):
        for parent in np.unique(batch.parent[batch.parent >= 0]):
            assert parent < place
            earlier = hard.batches[parent]
            assert earlier.seen_day <= batch.seen_day
            rows = batch.parent == parent
            theirs = set(zip(earlier.people.tolist(), earlier.origin.tolist(), strict=True))
            mine = set(zip(batch.people[rows].tolist(), batch.origin[rows].tolist(), strict=True))
            assert mine <= theirs
            chains += bool((earlier.parent >= 0).any())
        known = hard.parents(batch)
        assert batch.hidden or all(name.startswith("B") for name in known)
        assert (
            batch.type not in ("resold", "resold-merged")
            or known
            or any(hard.batches[parent].hidden for parent in np.unique(batch.parent) if parent >= 0)
        )
    assert chains
    assert any(batch.hidden for batch in hard.batches)


def test_twins_leak_instead_of_innocent_sources_and_hold_no_canaries() -> None:
    world = draw_world(preset("twins"), seed=4)
    by_id = {holder.id: holder for holder in world.holders}
    twins = [holder for holder in world.holders if holder.twin_of]
    assert len(twins) == 3
    for twin in twins:
        host = by_id[str(twin.twin_of)]
        assert not host.leaks
        assert host.id not in world.leaked()
        ordinary = host.members[world.people.canary[host.members] < 0]
        assert 0.88 < np.isin(ordinary, twin.members).mean() < 0.99
        assert (world.people.canary[twin.members] < 0).all()


def test_unknown_sources_share_people_as_asked() -> None:
    world = draw_world(preset("unknown-third"), seed=8)
    for holder in world.holders:
        if holder.road == "unknown":
            shares = [np.isin(holder.members, known.members).mean() for known in world.sources]
            assert 0.15 < max(shares) < 0.6


def test_sources_of_one_estate_overlap_strongly(world: World) -> None:
    def most(pairs: list[tuple[int, int]]) -> float:
        books = world.sources
        return max(float(np.isin(books[a].members, books[b].members).mean()) for a, b in pairs)

    every = [(a, b) for a in range(12) for b in range(12) if a != b]
    near = [(a, b) for a, b in every if world.sources[a].cluster == world.sources[b].cluster]
    apart = [(a, b) for a, b in every if world.sources[a].town != world.sources[b].town]
    assert most(near) > 0.5
    assert most(apart) < 0.2


def test_references_are_what_their_type_says() -> None:
    world = draw_world(preset("hard").with_changes(sources=20, referenced=0.9), seed=6)
    types = set()
    for holder in world.sources:
        reference = holder.reference
        if reference is None:
            continue
        types.add(reference.type)
        assert np.isin(reference.people, holder.members).all()
        share = len(reference.people) / len(holder.members)
        if reference.type == "full":
            assert share > 0.93
        elif reference.type == "partial":
            assert 0.6 < share < 0.97
        elif reference.type == "stale":
            assert share < 1
        if reference.registered is not None:
            assert len(reference.registered) == len(reference.people)
    assert {"full", "partial", "stale", "purged"} <= types


def test_a_purged_reference_lacks_leaked_people() -> None:
    world = draw_world(preset("purged"), seed=3)
    found = 0
    for place, holder in enumerate(world.sources):
        if holder.reference and holder.reference.type == "purged":
            leaked = np.unique(
                np.concatenate([batch.people[batch.origin == place] for batch in world.batches])
            )
            if len(leaked):
                assert np.isin(leaked, holder.reference.people).mean() < 0.5
                found += 1
    assert found


def test_numbers_are_distinct_except_where_recycled_or_made_up(world: World) -> None:
    real = ~world.people.made_up
    assert len(np.unique(world.people.mobile[real])) == real.sum()
    assert len(np.unique(world.people.id_number[real])) == real.sum()
    assert (world.people.mobile // 10**8 >= 130).all()
    assert (world.people.mobile < 2 * 10**10).all()
    recycled = draw_world(preset("recycled"), seed=3)
    former = [canary for canary in recycled.canaries if canary.recycled_from is not None]
    assert former
    for canary in former:
        assert recycled.people.mobile[canary.person] == recycled.people.mobile[canary.recycled_from]


def test_numbers_are_issued_where_and_by_whom_the_world_says(world: World) -> None:
    real = ~world.people.made_up
    mobiles = world.people.mobile[real]
    assert np.array_equal(carrier_of(mobiles), world.people.carrier[real])
    assert not never_issued(mobiles).any()
    found = region_of(mobiles)
    said = np.array(world.space.regions)[world.people.number_town[real]]
    assert ((found == said) | (found == 0)).all()
    assert (found == said).mean() > 0.6
    every = [block for town in world.space.blocks for blocks in town for block in blocks]
    assert len(every) == len(set(every))


def test_populations_are_exact_rough_or_missing(world: World) -> None:
    for holder in world.sources:
        if holder.population is not None:
            assert 0.68 < holder.population / len(holder.members) < 1.32
    easy = draw_world(preset("easy"), seed=5)
    assert all(holder.population == len(holder.members) for holder in easy.sources)


def test_dates_shown_are_those_of_the_origin(world: World) -> None:
    shown = 0
    for batch in world.seen:
        days = batch_days(world, batch)
        if days is None:
            continue
        rows = batch.origin >= 0
        assert days[rows].max() <= batch.cut_day
        shown += 1
    assert shown


def test_seeds_give_different_worlds_and_the_same_seed_the_same() -> None:
    one, again, other = (draw_world(SMALL, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.people.mobile, again.people.mobile)
    assert all(
        np.array_equal(a.people, b.people) for a, b in zip(one.batches, again.batches, strict=True)
    )
    assert not np.array_equal(one.people.mobile[:500], other.people.mobile[:500])


@pytest.mark.parametrize(
    "changes",
    [
        {"sources": 1, "twins": 0},
        {"batches": 0},
        {"population": (60, 120), "batch_size": (20, 60)},
        {"towns": 1},
        {"unknown_sources": 0, "twins": 0},
        {"leaking": 1.0, "twins": 0},
        {"controls": 0, "canaried": 0.0},
        {"missing_parents": 1.0},
    ],
)
def test_worlds_at_the_edge_can_be_drawn(changes: dict[str, object]) -> None:
    world = draw_world(SMALL.with_changes(**changes), seed=9)
    assert len(world.seen) == world.settings.batches
    assert world.summary()["sources"] == world.settings.sources


def test_a_world_in_which_no_known_source_leaks_accuses_none() -> None:
    world = draw_world(SMALL.with_changes(leaking=0.0), seed=1)
    assert not any(world.contributors(batch) for batch in world.batches)


@pytest.mark.parametrize(
    "changes",
    [{"sources": 0}, {"batches": -1}, {"twins": 7}, {"mix": {"no-such": 1.0}},
     {"leaking": 0.0, "unknown_sources": 0, "twins": 0, "mix": {"pure": 1.0}}],
)  # fmt: skip
def test_impossible_settings_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        draw_world(SMALL.with_changes(**changes), seed=1)


def test_an_unknown_family_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="standard"):
        preset("no-such")
