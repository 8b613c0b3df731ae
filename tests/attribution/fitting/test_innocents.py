"""Of 1,000 innocents like a named source, how many would have scored as high."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy import stats

from leaktrace.attribution import to_json, trace_case
from leaktrace.attribution.canaries import CanaryLaw, lone
from leaktrace.attribution.case_model import model_of
from leaktrace.attribution.fitting.elsewhere import Elsewhere, elsewhere_in
from leaktrace.attribution.fitting.explained import cut_weights
from leaktrace.attribution.fitting.innocents import Answered, innocents_like, score_changes
from leaktrace.attribution.fitting.redraw import (
    MISSED,
    OWN_NAME,
    common_roads,
    drawn_finds,
    source_trial,
)
from leaktrace.attribution.inference import points_of
from leaktrace.attribution.pooling import weights_under
from tests.attribution.fitting.test_checks import model, pure
from tests.attribution.fitting.test_stating import made

NOTHING = np.zeros(0)
RARE = Elsewhere(0.0005, 0.0, NOTHING)


def answered(hits: int = 6, misses: int = 14) -> Answered:
    case = model_of(made(hits, misses))
    seen, premises = case.observations[0], case.premises
    points = points_of(seen, premises)
    return Answered(seen, points, weights_under(points, {}, premises), {}, premises)


def test_hardly_any_innocent_has_six_hits() -> None:
    found = innocents_like(answered(), "A", {"twin": 1.0}, RARE)
    assert (found.drawn, found.as_high) == (1000, 0)
    assert found.upper == pytest.approx(0.00299, abs=1e-5)


def test_every_innocent_has_as_few_hits_as_none() -> None:
    found = innocents_like(answered(0, 3), "A", {"twin": 1.0}, RARE)
    assert found.as_high == 1000 and found.upper == 1.0


@pytest.mark.parametrize("rate", [0.002, 0.02])
def test_one_hit_comes_as_often_as_canaries_stray(rate: float) -> None:
    """One hit among 20 canaries: so many innocents have one too, as finds are correlated."""
    case, answer = Elsewhere(rate, 0.0, NOTHING), answered(1, 19)
    found = innocents_like(answer, "A", {"twin": 1.0}, case)
    size = 1.0 / answer.premises.settings.intraclass - 1.0
    expected = 1000 * stats.betabinom.sf(0, 20, rate * size, (1.0 - rate) * size)
    assert abs(found.as_high - expected) < 4 * np.sqrt(expected)
    assert found.upper > found.as_high / 1000


def test_it_is_seeded_by_batch_and_source() -> None:
    one, other = (score_changes(answered(1, 19), "A", {"overlap": 0.5}, RARE) for _again in "ab")
    assert np.array_equal(one, other)
    assert not np.array_equal(one, score_changes(answered(1, 19), "B", {"overlap": 0.5}, RARE))


def test_the_source_s_own_finds_change_nothing() -> None:
    case = model(hits=3, misses=7)
    trial = source_trial(case.observations[0], "A", pure(), case.premises.settings)
    assert (trial.observed == OWN_NAME).sum() == 3 and (trial.observed == MISSED).sum() == 7
    ratios = trial.log_ratios(np.stack([trial.observed, np.zeros_like(trial.observed)]))
    assert ratios[0] > ratios[1] + 5.0


@pytest.mark.parametrize(("hits", "misses"), [(3, 7), (0, 10), (6, 14)])
def test_the_trial_agrees_with_the_model_s_own(hits: int, misses: int) -> None:
    """The same ratio as the one that the hypotheses are weighed with."""
    case = model(hits=hits, misses=misses)
    seen, settings = case.observations[0], case.premises.settings
    trial = source_trial(seen, "A", pure(), settings)
    law = CanaryLaw.of(seen.trial, seen.grid.cut, settings)
    weights = np.outer(law.chances, cut_weights(seen, pure()))
    cases = lone(law, "A", np.ones(1))[:, :, 0] + np.log(weights + 1e-300)
    found = trial.observed[None, :]
    own = trial.log_ratios(found)[0] - common_roads(seen, "A", found, settings)[0]
    assert own == pytest.approx(np.logaddexp.reduce(cases.ravel()), abs=0.01)


def test_finds_are_drawn_at_their_rates_and_come_together() -> None:
    case = Elsewhere(0.01, 0.03, NOTHING)
    alone, tied = (
        drawn_finds(100, 4000, case, one, np.random.default_rng(1)) for one in (0.0, 0.02)
    )
    for finds in (alone, tied):
        assert (finds == 1).mean() == pytest.approx(0.01, abs=0.002)
        assert (finds == 2).mean() == pytest.approx(0.03, abs=0.003)
    assert (tied == 1).sum(axis=1).var() > 2 * (alone == 1).sum(axis=1).var()


def test_rates_are_learnt_from_the_case() -> None:
    case = model(strays=2)
    seen, settings = case.observations[0], case.premises.settings
    quiet = elsewhere_in([(model().observations[0], {"A": 1.0})] * 60, case.premises)
    loud = elsewhere_in([(seen, {"A": 1.0})] * 60, case.premises)
    assert quiet.own_name < settings.other_road < loud.own_name
    assert loud.own_name == pytest.approx(121 / (60 * 30 + 2000))
    assert elsewhere_in([], case.premises).own_name == pytest.approx(settings.other_road)


def test_cells_are_the_case_s_own_or_a_bound() -> None:
    rng = np.random.default_rng(2)
    alone = Elsewhere(0.0, 0.0, NOTHING).drawn_cells(20_000, rng)
    for level in (1.0, 3.0):
        assert (alone >= level).mean() == pytest.approx(np.exp(-level), abs=0.01)
    many = Elsewhere(0.0, 0.0, np.full(297, -3.0)).drawn_cells(20_000, rng)
    assert (many == -3.0).mean() == pytest.approx(0.99, abs=0.005)


def test_it_stands_beside_every_named_source() -> None:
    document = json.loads(to_json(trace_case(made())))["batches"][0]
    first, *rest = document["sources"]
    assert first["innocents"]["drawn"] == 1000 and first["innocents"]["as_high"] == 0
    assert first["innocents"]["upper"] == pytest.approx(0.00299, abs=1e-5)
    assert "1,000" in first["innocents"]["text"] and "A" in first["innocents"]["text"]
    assert all(one["innocents"] is None for one in rest)
