"""Who leaked, by the calls: what speaks for it, what does not, and what stays open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leaktrace.calls.leaking import Assumed, Business, Touch, what_calls_say
from leaktrace.calls.leaking.telling import cases_of, scene_of
from leaktrace.calls.leaking.tempering import EXPONENTS, tempering_of
from leaktrace.times import DAY
from tests.calls.leaking.heards import LEAKS, leaked, situation

SOLD = ("loan", "property", "insurance")
OTHERS = [[f"B{at}"] for at in range(15)]


def test_two_lines_rung_far_more_than_the_controls_say_a_leak() -> None:
    found = leaked(
        situation([["A"], ["A"], *OTHERS], [(0, 14, 90, 200, SOLD), (1, 12, 95, 220, SOLD)])
    )
    assert found["A"] > 0.85
    assert max(chance for source, chance in found.items() if source != "A") < 0.3


def test_what_rings_everybody_accuses_nobody() -> None:
    rung = [(at, 12, 100, 140, ("loan",)) for at in range(17 + 20)]
    found = leaked(situation([["A"], ["A"], *OTHERS], rung))
    assert max(found.values()) < 0.5


def test_silent_lines_do_not_acquit_much_and_never_accuse() -> None:
    found = leaked(situation([["A"], ["A"], *OTHERS]))
    assert min(found.values()) > 0.01
    assert found["A"] < LEAKS * 1.2


def test_which_of_two_that_share_the_only_line_it_was_stays_open() -> None:
    found = leaked(situation([["A", "B"], *OTHERS], [(0, 30, 90, 200, SOLD)]))
    assert found["A"] == pytest.approx(found["B"], abs=0.06)
    assert 0.2 < found["A"] < 0.6


def test_the_others_line_of_one_decides_between_two_that_share_a_line() -> None:
    heard = situation(
        [["A", "B"], ["A"], ["B"], *OTHERS], [(0, 30, 90, 200, SOLD), (1, 20, 90, 200, SOLD)]
    )
    found = leaked(heard)
    assert found["A"] > 0.95
    assert found["B"] < 0.1


def test_a_source_that_rings_about_its_own_business_is_not_accused() -> None:
    own = {"A": Business("education")}
    planted = [["A"], ["A"], ["A"], *OTHERS]
    rung = [(line, 12, 6, 360, ("education",)) for line in range(3)]
    assert leaked(situation(planted, rung, businesses=own))["A"] < 0.5
    strange = [(line, 12, 6, 360, ("loan", "insurance", "medical")) for line in range(3)]
    assert leaked(situation(planted, strange, businesses=own))["A"] > 0.9


def test_a_source_of_no_known_business_may_ring_about_one_thing() -> None:
    planted = [["A"], ["A"], ["A"], *OTHERS]
    rung = [(line, 12, 6, 360, ("dental",)) for line in range(3)]
    rung = [(line, many, a, b, ("medical",)) for line, many, a, b, _sold in rung]
    unknown = {"A": Business()}
    assert leaked(situation(planted, rung, businesses=unknown))["A"] < 0.5


def test_campaigns_that_ring_its_lines_and_few_others_speak_for_a_leak() -> None:
    planted = [["A"], ["A"], ["A"], *OTHERS]
    alone = situation(planted, campaigns=[([0, 1, 2], 100.0), ([0, 2], 130.0), ([1, 2], 150.0)])
    mixed = situation(planted, campaigns=[([0, 5, 9], 100.0), ([20, 2], 130.0), ([1, 14], 150.0)])
    assert leaked(alone)["A"] > 0.8
    assert leaked(mixed)["A"] < 0.4


def test_marks_recited_speak_for_where_they_were_told() -> None:
    rung = [(0, 6, 90, 200, SOLD), (1, 5, 90, 200, SOLD)]
    plain = leaked(situation([["A"], ["A"], *OTHERS], rung))
    told = leaked(situation([["A"], ["A"], *OTHERS], rung, recites={0: "A", 1: "A"}))
    assert told["A"] > plain["A"]
    assert told["A"] > 0.95
    elsewhere = leaked(situation([["A"], ["A"], *OTHERS], rung, recites={0: "B1", 1: "B1"}))
    assert elsewhere["A"] <= plain["A"] + 0.02


def test_touches_before_the_planting_say_nothing() -> None:
    heard = situation([["A"], ["A"], *OTHERS], [(0, 14, 90, 200, SOLD), (1, 12, 95, 220, SOLD)])
    lines = list(heard.lines)
    for at in (0, 1):
        lines[at] = replace(lines[at], planted={"A": 230.0 * DAY})
    assert leaked(replace(heard, lines=tuple(lines)))["A"] < 0.2


def test_a_public_source_explains_calls_to_lines_that_it_shares() -> None:
    planted = [["A", "P"], ["A", "P"], *OTHERS]
    rung = [(0, 14, 90, 200, SOLD), (1, 12, 95, 220, SOLD)]
    private = leaked(situation(planted, rung))["A"]
    public = leaked(situation(planted, rung, businesses={"P": Business(public=True)}))["A"]
    assert public < 0.35 < private


def test_a_line_that_never_rang_is_no_evidence_where_it_may_be_dead() -> None:
    heard = situation([["A"], ["A"], *OTHERS], [(0, 14, 90, 200, SOLD)])
    touches = tuple(one for one in heard.touches if one.line != 1)
    lines = list(heard.lines)
    listened = leaked(replace(heard, touches=touches))["A"]
    lines[1] = replace(lines[1], spans=())
    missing = leaked(replace(heard, touches=touches, lines=tuple(lines)))["A"]
    assert missing > listened


def test_the_same_calls_give_the_same_answer() -> None:
    heard = situation([["A", "B"], ["A"], ["B"], *OTHERS], [(0, 30, 90, 200, SOLD)])
    assert what_calls_say(heard, LEAKS) == what_calls_say(heard, LEAKS)


def test_controls_of_an_even_background_are_not_tempered_and_bursts_are() -> None:
    calm = situation([["A"], *OTHERS], controls=24)
    assert tempering_of(scene_of(calm, Assumed())) == EXPONENTS[0]
    rng = np.random.default_rng(3)
    touches = list(calm.touches)
    for line in range(16, 40):  # each control is rung in bursts of its own, by nobody's list
        day = rng.uniform(60, 300)
        for moment in rng.uniform(day, day + 25, 40):
            touches.append(Touch(line, float(moment) * DAY, str(rng.choice(SOLD))))
    touches.sort(key=lambda one: (one.at, one.line))
    wild = replace(calm, touches=tuple(touches))
    assert tempering_of(scene_of(wild, Assumed(), ["A"])) < EXPONENTS[0]


def test_innocents_are_believed_as_often_as_they_should() -> None:
    """Over many quiet worlds the mean likelihood ratio of an innocent is about 1 or below."""
    ratios = []
    for seed in range(6):
        heard = situation([["A"], ["A"], *OTHERS], seed=100 + seed)
        scene = scene_of(heard, Assumed())
        ratios += [np.exp(case.odds(1.0).log_lr) for case in cases_of(scene).values()]
    assert np.mean(ratios) < 1.2
