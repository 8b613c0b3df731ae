"""On a world whose truth is known: what fits is left alone, and innocents score as told."""

from __future__ import annotations

from functools import cache

import numpy as np

from leaktrace.attribution.answer import Answer
from leaktrace.attribution.answers import Answers, answers_of
from leaktrace.attribution.calibration import laws_of
from leaktrace.attribution.case_model import model_of
from leaktrace.attribution.fitting.explained import inside_of
from leaktrace.attribution.fitting.innocents import Answered, innocents_like, score_changes
from leaktrace.attribution.fitting.named import elsewhere_of
from leaktrace.simulate import World, draw_world, preset
from leaktrace.workflows.worldcase import WorldCase


@cache
def whole() -> tuple[World, Answers]:
    world = draw_world(
        preset("recycled").with_changes(batches=25, population=(2_000, 12_000)), 1013
    )
    case = WorldCase(world)
    return world, answers_of(case, model_of(case), laws_of(None))


def pairs() -> list[tuple[Answer, str, bool]]:
    """Every batch with every source that was weighed, and whether it contributed."""
    world, found = whole()
    batches = {one.id: one for one in world.seen}
    return [
        (answer, source, source in world.contributors(batches[answer.seen.batch.id]))
        for answer in found.batches
        if answer.seen.real and answer.seen.made_up.probability < 0.95
        for source in answer.alone
    ]


def test_hardly_any_right_statement_is_lost() -> None:
    refused = [
        answer.stating is not None and source in answer.stating.fit.refused
        for answer, source, right in pairs()
        if right and (answer.stating is not None)
    ]
    assert len(refused) > 15
    assert sum(refused) <= 0.1 * len(refused)


def test_innocents_score_about_as_high_as_told() -> None:
    """Of the sources that did not contribute as many reach even odds as are drawn to."""
    _world, found = whole()
    elsewhere = elsewhere_of(found.batches, found.model)
    expected = reached = 0.0
    for answer, source, right in pairs():
        if right or not len(answer.points):
            continue
        inside = float(answer.weights @ inside_of(answer.points, source))
        odds = np.log(max(inside, 1e-4)) - np.log(max(1.0 - inside, 1e-4))
        changes = score_changes(answered(answer, found), source, {}, elsewhere)
        expected += float((odds + changes >= 0.0).mean())
        reached += inside >= 0.5
    assert expected <= 6.0 * max(reached, 1.0)
    assert reached <= 6.0 * max(expected, 1.0)


def answered(answer: Answer, found: Answers) -> Answered:
    premises = found.model.premises_of(answer.seen)
    states = answer.cavity.log_states
    return Answered(answer.seen, answer.points, answer.weights, states, premises)


def test_hardly_any_innocent_is_like_a_source_that_is_named() -> None:
    _world, found = whole()
    elsewhere = elsewhere_of(found.batches, found.model)
    high = [
        innocents_like(answered(answer, found), source, {}, elsewhere).as_high
        for answer, source, right in pairs()
        if right and answer.final[source] >= 0.95 and source in answer.alone and len(answer.points)
    ]
    assert len(high) > 10
    assert np.median(high) <= 1 and np.mean(high) < 50
