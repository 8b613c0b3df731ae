"""Which earlier list a batch was cut from."""

from __future__ import annotations

import numpy as np
import pytest

from leaktrace.attribution import trace_case
from leaktrace.attribution.lineage.containment import Containment, log_ratios
from leaktrace.attribution.lineage.features import NAMES
from leaktrace.attribution.lineage.overlap import overlap_of
from leaktrace.attribution.lineage.parents import probability_of
from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.lookup import match_people
from leaktrace.simulate.drawing import draw_world
from leaktrace.simulate.presets import preset
from leaktrace.workflows.worldcase import WorldCase


def held(mobiles):
    mobiles = np.asarray(mobiles, dtype=np.uint64)
    order = np.argsort(mobiles)
    nothing = np.zeros(len(mobiles))
    people = PeopleTable(
        nothing.astype(np.uint64),
        np.full(len(mobiles), NO_DAY, np.int32),
        nothing.astype(np.uint8),
        nothing.astype(np.uint16),
        nothing.astype(bool),
        nothing.astype(bool),
    )
    index = {"mobile": TokenIndex(mobiles[order], order.astype(np.uint32))}
    return HeldList(people, index, 1, len(mobiles), {"mobile": len(mobiles)})


def overlap(earlier, later):
    matched = match_people(held(later), held(earlier))
    return overlap_of("A", "B", matched, len(earlier))


def test_two_stretches_of_one_unseen_list_are_a_window():
    unseen = np.random.default_rng(1).permutation(5000) + 1
    found = overlap(unseen[:2000], unseen[1200:3000])
    assert (found.people, found.ascending, found.window) == (800, True, True)


def test_a_stretch_of_the_earlier_list_with_others_behind_it_is_no_window():
    unseen = np.random.default_rng(1).permutation(5000) + 1
    found = overlap(unseen[:2000], np.concatenate([unseen[600:1400], unseen[3000:4000]]))
    assert (found.people, found.ascending, found.window) == (800, True, False)


def test_a_shuffled_part_is_neither():
    rng = np.random.default_rng(2)
    unseen = rng.permutation(5000) + 1
    found = overlap(unseen[:2000], rng.permutation(unseen[:2000])[:700])
    assert (found.people, found.ascending, found.window) == (700, False, False)


@pytest.mark.parametrize("rate", [0.02, 0.2, 0.5])
def test_a_whole_part_speaks_for_a_cut_and_a_chance_part_against(rate):
    whole, _common = log_ratios(Containment(398, 400, rate, 1.0), 0.99)
    chance, _common = log_ratios(Containment(400 * rate, 400, rate, 1.0), rate)
    assert whole > 10 > -5 > chance


def test_more_of_the_same_evidence_counts_no_more_than_300_people():
    some, _common = log_ratios(Containment(300, 300, 0.1, 1.0), 1.0)
    many, _common = log_ratios(Containment(90_000, 90_000, 0.1, 1.0), 1.0)
    assert many == pytest.approx(some)


def test_the_judge_knows_every_feature():
    assert 0.0 <= probability_of(np.zeros(len(NAMES))) <= 0.05


def test_resold_lists_find_their_parents_and_nothing_is_its_own_ancestor():
    world = draw_world(preset("standard"), 4100)
    trace = trace_case(WorldCase(world), explain=False)
    truth = {batch.id: world.parents(batch) for batch in world.seen}
    said = {
        (one.batch, parent.batch)
        for one in trace.batches
        for parent in one.parents
        if parent.posterior >= 0.5
    }
    right = {(child, parent) for child, parent in said if truth[child].get(parent, 0) >= 0.02}
    asked = {(c, p) for c, parents in truth.items() for p, share in parents.items() if share > 0.05}
    assert len(right) >= 0.8 * len(said) and len(right & asked) >= 0.7 * len(asked) > 0
    seen = {one.id: one.seen_at.earliest for one in WorldCase(world).batches()}
    assert all(seen[parent] <= seen[child] for child, parent in said)
    assert not {(parent, child) for child, parent in said} & said
