"""The explanation: pieces, priors, contributors, the innocent ways, and what would change it."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution import Trace, trace_case
from leaktrace.attribution.calibration import laws_of
from leaktrace.attribution.case_model import model_of
from leaktrace.attribution.evidence import Question, log10_lr_without
from leaktrace.attribution.explaining.changes import would_change
from leaktrace.attribution.explaining.contributors import contributors_of
from leaktrace.attribution.explaining.innocent import innocent_log10_odds
from leaktrace.attribution.explaining.sensitivity import (
    PRIORS,
    calibrated_log10_lr,
    posterior_at,
    prior_sensitivity,
)
from leaktrace.attribution.explaining.waterfall import waterfalls_of
from leaktrace.attribution.findings import log10_odds
from leaktrace.attribution.inference import points_of
from leaktrace.attribution.pooling import pool
from leaktrace.attribution.result import BatchFinding, Interval, SourceFinding
from tests.attribution.made_case import MadeCase, canary, held_list

PLANTED = "2025-06-01"


@cache
def traced() -> tuple[MadeCase, Trace]:
    """A list of A and B with canaries of both, one of A that nothing tells from its twin."""
    case = MadeCase()
    case.add_source("A", 2000, reference=held_list(range(2000)))
    case.add_source("B", 2000, reference=held_list(range(1900, 3900)))
    for one in range(3):
        case.add_source(f"X{one}", 5000)
    case.planted = [canary(f"a{one}", 10**5 + one, ("A", PLANTED)) for one in range(20)]
    case.planted += [canary(f"b{one}", 10**6 + one, ("B", PLANTED)) for one in range(20)]
    people = [*range(0, 1900, 5), *range(2000, 3900, 10), 10**5, 10**5 + 1, 10**6, 10**6 + 1]
    case.add_batch("mixed", held_list(people))
    case.add_batch("open", held_list(range(1, 1900, 9)), "2026-03-02")
    case.add_batch("strange", held_list(range(500_000, 500_500)), "2026-03-03")
    padded = [*range(3, 1900, 7), *range(600_000, 600_015), 10**5 + 4, 10**5 + 5]
    case.add_batch("padded", held_list(padded), "2026-03-04")
    return case, trace_case(case)


def finding(batch: str) -> BatchFinding:
    return next(one for one in traced()[1].batches if one.batch == batch)


@given(
    prior=st.floats(0.001, 0.5),
    posterior=st.floats(0.001, 0.9999),
    cap=st.floats(1.0, 4.0),
)
def test_another_prior_moves_the_posterior_by_bayes_rule(
    prior: float, posterior: float, cap: float
) -> None:
    share = Interval(0.1, 0.2, 0.3)
    found = SourceFinding("A", posterior, prior, share, 1.0, False, "weak")
    steps = prior_sensitivity(found, cap)
    assert [one.prior for one in steps] == list(PRIORS)
    ratio = calibrated_log10_lr(found, cap)
    assert abs(ratio) <= cap
    for one in steps:
        assert log10_odds(one.posterior) == pytest.approx(
            min(log10_odds(one.prior) + ratio, log10_odds(0.9999)), abs=1e-6
        )
    assert [one.posterior for one in steps] == sorted((s.posterior for s in steps), reverse=True)
    if abs(log10_odds(posterior) - log10_odds(prior)) < cap:
        assert posterior_at(prior, ratio) == pytest.approx(posterior, rel=1e-6)


def test_the_pieces_are_reproduced_without_them() -> None:
    case, trace = traced()
    cap = trace.model.limits["log10_lr_cap"]
    model = model_of(case)
    pooled = pool(
        [points_of(seen, model.premises_of(seen)) for seen in model.observations], model.premises
    )
    place = [seen.batch.id for seen in model.observations].index("mixed")
    seen, cavity = model.observations[place], pooled.cavities[place]
    compared = 0
    for source in ("A", "B"):
        prior = model.premises.prior[source]
        question = Question(model, seen, cavity, source, prior, 0.5, laws=laws_of(None))
        whole = log10_lr_without(question, None)
        for piece in finding("mixed").evidence:
            if piece.source == source:
                left = log10_lr_without(question, piece.code)
                assert piece.log10_lr == pytest.approx(min(max(whole - left, -cap), cap))
                assert piece.without == pytest.approx(min(max(left, -cap), cap))
                compared += 1
    assert compared >= 6


def test_a_waterfall_holds_the_figures_of_the_finding() -> None:
    found = finding("mixed")
    falls = waterfalls_of(found)
    assert [one.source for one in falls] == [one.source for one in found.sources[: len(falls)]]
    for fall, source in zip(falls, found.sources, strict=False):
        pieces = [one for one in found.evidence if one.source == fall.source]
        assert [one.log10_lr for one in fall.pieces] == pytest.approx(
            sorted((one.log10_lr for one in pieces), key=lambda one: -abs(one)), rel=1e-3
        )
        assert fall.log10_lr == pytest.approx(source.log10_lr, rel=1e-3)
        assert fall.log10_prior == pytest.approx(log10_odds(source.prior), rel=1e-3)
        assert fall.log10_posterior == pytest.approx(log10_odds(source.posterior), rel=1e-3)


def test_the_best_explanation_has_fewer_and_more_beside_it() -> None:
    mixed = finding("mixed").contributors
    assert mixed is not None
    assert (mixed.best.contributors, sorted(mixed.best.sources)) == (2, ["A", "B"])
    assert mixed.best.log10_odds == 0
    assert sum(mixed.best.sources.values()) == pytest.approx(1.0, abs=0.02)
    assert mixed.best.posteriors["A"] > 0.95
    compared = 0
    for found in traced()[1].batches:
        told = found.contributors
        assert told is not None
        for one, step in ((told.fewer, -1), (told.more, 1)):
            if one is not None:
                assert one.contributors - told.best.contributors == step
                assert one.log10_odds <= 0
                compared += 1
    assert compared >= 2
    alone = finding("open").contributors
    assert alone is not None and alone.best.contributors == 1 and alone.fewer is None


def test_the_explanations_of_all_counts_share_out_the_points() -> None:
    case, _trace = traced()
    model = model_of(case)
    points = points_of(model.observations[0], model.premises)
    weights = pool([points], model.premises).weights[0]
    found = contributors_of(points, weights, ["A"], 0.01)
    assert found is not None
    mass: dict[int, float] = {}
    inside: dict[int, float] = {}
    for point, weight in zip(points, weights, strict=True):
        twins = sum(how == "twin" for _one, how in point.hypothesis.readings)
        unseen = point.hypothesis.unseen and 1 - sum(point.shares.values()) >= 0.01
        count = sum(share >= 0.01 for share in point.shares.values()) + twins + unseen
        mass[count] = mass.get(count, 0.0) + float(weight)
        inside[count] = inside.get(count, 0.0) + float(weight) * ("A" in point.shares)
    for one in (found.best, found.fewer, found.more):
        if one is not None:
            told = inside[one.contributors] / mass[one.contributors]
            assert one.posteriors["A"] == pytest.approx(told, abs=0.01)
    assert contributors_of([], weights[:0], ["A"], 0.01) is None


def test_the_innocent_ways_share_out_the_rest() -> None:
    for found in traced()[1].batches:
        for source in found.sources:
            if source.innocent is None:
                continue
            assert sum(source.innocent.parts.values()) == pytest.approx(1.0)
            odds = innocent_log10_odds(source)
            part = source.innocent.parts[source.innocent.kind]
            plain = math.log10(part) - log10_odds(source.posterior)
            assert odds == pytest.approx(max(plain, -log10_odds(0.9999)))
    twin = finding("open").sources[0]
    assert twin.innocent is not None and twin.innocent.kind == "twin"
    assert "mortgage" in twin.innocent.twins and "mortgage" in finding("open").alternative


def test_what_would_change_a_verdict() -> None:
    for change in would_change(finding("mixed")):
        assert change["code"] in ("change.without", "change.none")
        if change["code"] == "change.without":
            piece = next(
                one
                for one in finding("mixed").evidence
                if (one.source, one.code) == (change["source"], change["piece"])
            )
            source = next(one for one in finding("mixed").sources if one.source == piece.source)
            assert piece.without is not None
            assert change["posterior"] == posterior_at(source.prior, piece.without) < 0.95
    hits = [one for one in would_change(finding("mixed")) if one["piece"] == "canary.hit"]
    assert {one["source"] for one in hits} == {"A", "B"}
    open_ = would_change(finding("open"))
    assert [one["text"] for one in open_] == [one["text"] for one in finding("open").undecided]
    assert finding("strange").verdict in ("unknown-source", "undetermined")
    assert would_change(replace(finding("strange"), verdict="unknown-source"))[0]["code"] == (
        "change.known"
    )
    assert would_change(replace(finding("strange"), verdict="no-source"))[0]["code"] == (
        "change.real"
    )


def test_where_no_piece_decides_it_is_said() -> None:
    found = finding("mixed")
    sure = tuple(
        replace(one, without=3.0) if one.source == "A" else replace(one, without=None)
        for one in found.evidence
    )
    changes = would_change(replace(found, evidence=sure))
    assert [one["code"] for one in changes] == ["change.none"]
    assert "A" in changes[0]["text"]


def test_only_the_batches_asked_about_are_explained() -> None:
    case, whole = traced()
    some = trace_case(case, explain={"open"})
    for found, full in zip(some.batches, whole.batches, strict=True):
        assert bool(found.contributors) == (found.batch == "open")
        if found.batch == "open":
            assert found == full
    assert some.next == ()
