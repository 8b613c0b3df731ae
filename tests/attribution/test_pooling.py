"""The source or its twin: messages against enumeration of the hidden states."""

from __future__ import annotations

from itertools import product
from math import exp, log

import numpy as np
import pytest

from leaktrace.attribution import pooling
from leaktrace.attribution.hypotheses import (
    CONTRIBUTED,
    OVERLAPPED,
    TWIN,
    Hypothesis,
    Premises,
)
from leaktrace.attribution.points import Point
from leaktrace.attribution.pooling import pool
from leaktrace.attribution.samples import OverlapLaw
from leaktrace.attribution.settings import Settings

ODDS, BOTH = 0.25, 0.25
PREMISES = Premises(
    Settings(both_leak=BOTH),
    10,
    {},
    OverlapLaw(1, 3, 0.25),
    {"A": ODDS, "B": 0.5},
    {"A": 0.1, "B": 0.1},
    lambda _source, _other: 0.0,
    {},
)
STATES = ("itself", "twin", "both")


def point(score: float, **readings: str) -> Point:
    given = Hypothesis(tuple(sorted(readings.items())), (), True)
    return Point(given, {}, {}, {}, score)


def factor(state: str, how: str | None, odds: float) -> float:
    """P(reading | state) over the prior of the reading in a point's own score."""
    if how in (None, OVERLAPPED):
        return 1.0
    own, twin = 1 / (1 + odds), odds / (1 + odds)
    chance = {
        "itself": {CONTRIBUTED: 1.0, TWIN: 1e-12},
        "twin": {CONTRIBUTED: 1e-12, TWIN: 1.0},
        "both": {CONTRIBUTED: 0.5, TWIN: 0.5},
    }[state][how]
    return chance / (own if how == CONTRIBUTED else twin)


def enumerated(batches: list[list[Point]], odds: dict[str, float]):
    """Weights of all points and probabilities of all states, over every joint state."""
    sources = sorted(odds)
    weights = [np.zeros(len(points)) for points in batches]
    states = {one: np.zeros(3) for one in sources}
    for chosen in product(range(3), repeat=len(sources)):
        state = {one: STATES[place] for one, place in zip(sources, chosen, strict=True)}
        joint = 1.0
        for one in sources:
            alone = (1 - BOTH) / (1 + odds[one])
            joint *= {"itself": alone, "twin": odds[one] * alone, "both": BOTH}[state[one]]
        parts = []
        for points in batches:
            part = np.array([exp(one.log_score) for one in points])
            for place, one in enumerate(points):
                for source, how in one.hypothesis.readings:
                    part[place] *= factor(state[source], how, odds[source])
            parts.append(part)
        whole = joint * np.prod([part.sum() for part in parts])
        for place, part in enumerate(parts):
            weights[place] += whole * part / part.sum()
        for one, number in zip(sources, chosen, strict=True):
            states[one][number] += whole
    return [one / one.sum() for one in weights], {k: v / v.sum() for k, v in states.items()}


def telling(lead: float, source: str = "A") -> list[Point]:
    """A batch in which ``source`` leads its twin by ``lead`` nats beyond the prior."""
    return [
        point(lead, **{source: CONTRIBUTED}),
        point(log(PREMISES.twin_odds[source]), **{source: TWIN}),
        point(-1.0),
    ]


def test_messages_equal_the_enumeration_of_the_hidden_states(monkeypatch) -> None:
    monkeypatch.setattr(pooling, "_DEPENDENCE", 1.0)
    rng = np.random.default_rng(3)
    one = [point(rng.normal(), A=CONTRIBUTED), point(rng.normal(), A=TWIN), point(0.3)]
    both = [
        point(rng.normal(), A=how, B=other)
        for how in (CONTRIBUTED, TWIN, OVERLAPPED)
        for other in (CONTRIBUTED, TWIN, OVERLAPPED)
    ]
    other = [point(0.5, B=CONTRIBUTED), point(1.7, B=TWIN), point(-0.2, B=OVERLAPPED)]
    batches = [one, telling(-0.8), both, other, [point(0.0)]]
    found = pool(batches, PREMISES)
    weights, states = enumerated(batches, {"A": ODDS, "B": 0.5})
    for got, wanted in zip(found.weights, weights, strict=True):
        assert got == pytest.approx(wanted, abs=1e-9)
    for source in ("A", "B"):
        assert found.states[source] == pytest.approx(states[source], abs=1e-9)


def test_what_nothing_tells_from_its_twin_stays_below_certainty() -> None:
    batch = [point(0.0, A=CONTRIBUTED), point(log(ODDS), A=TWIN)]
    assert 0.65 < pool([batch], PREMISES).weights[0][0] < 0.85
    many = pool([batch] * 20, PREMISES)
    assert all(0.65 < weights[0] < 0.9 for weights in many.weights)


def test_many_small_misses_decide_together_for_the_twin() -> None:
    alone = pool([telling(-1.0)], PREMISES)
    together = pool([telling(-1.0) for _batch in range(12)], PREMISES)
    assert alone.states["A"][0] > alone.states["A"][1]
    assert together.states["A"][1] > 0.8
    assert together.weights[0][0] < 0.25 * alone.weights[0][0]
    assert together.weights[0][0] < 0.1


def test_many_small_leads_decide_together_for_the_source() -> None:
    together = pool([telling(1.0) for _batch in range(12)], PREMISES)
    assert together.states["A"][0] > 0.9
    assert together.weights[0][1] < 0.02


def test_a_state_never_makes_a_batch_without_evidence_of_its_own_certain() -> None:
    sure = [telling(6.0) for _batch in range(50)]
    weak = [point(log(0.1), A=CONTRIBUTED), point(log(0.025), A=TWIN), point(log(0.875))]
    found = pool([*sure, weak], PREMISES)
    # What the others know is whose people they are, not that these are they: at most 1 + odds.
    assert found.weights[-1][0] <= 0.1 * (1 + ODDS) + 1e-9
    assert found.weights[-1][2] >= 0.85
    stranger = [point(0.0), point(-1.0, B=CONTRIBUTED)]
    alone = pool([stranger], PREMISES).weights[0]
    assert pool([*sure, stranger], PREMISES).weights[-1] == pytest.approx(alone)


def test_a_batchs_own_word_does_not_come_back_to_it() -> None:
    found = pool([telling(3.0), telling(0.0)], PREMISES)
    alone = pool([telling(3.0)], PREMISES)
    assert found.cavities[1].states["A"][0] > found.cavities[0].states["A"][0]
    assert alone.cavities[0].states["A"] == pytest.approx(
        [(1 - BOTH) / (1 + ODDS), ODDS * (1 - BOTH) / (1 + ODDS), BOTH]
    )
