"""The inference against a plain enumeration of every hypothesis, on random small batches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.attribution.case_model import CaseModel, model_of
from leaktrace.attribution.coverage import Coverage
from leaktrace.attribution.evidence import Question, evidence_of
from leaktrace.attribution.hypotheses import SILENT
from leaktrace.attribution.inference import points_of
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Point, Points
from leaktrace.attribution.pooling import pool
from leaktrace.attribution.readings import read
from leaktrace.attribution.runs import Runs
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.weigher import Weigher
from leaktrace.attribution.without import left_out
from tests.attribution.made_case import MadeCase, canary, held_list
from tests.attribution.plain_inference import plain_points

FIRST = 100_000
DATES = ("2024-06-01", "2025-03-01", "2025-11-01", "2026-02-20", "2026-06-01")


@dataclass(frozen=True)
class Version:
    """What cells say: for a source's own copy, the more the larger its share."""

    weight: float

    def log_ratio(self, share: float) -> float:
        return self.weight * share**0.5

    def detail(self) -> dict[str, int]:
        return {"compared": 7, "own": 5}


def random_case(rng: np.random.Generator) -> MadeCase:
    """Up to three lists that overlap, hosts with and without hits, canaries shared by sources."""
    case = MadeCase()
    names = []
    for number in range(int(rng.integers(1, 4))):
        first = int(rng.integers(0, 600))
        people = range(first, first + int(rng.integers(200, 700)))
        days = {one: 19_000 + (one * 7) % 1500 for one in people} if rng.random() < 0.5 else None
        told = int(len(people) / rng.uniform(0.5, 1.0)) if rng.random() < 0.7 else None
        names.append(f"L{number}")
        case.add_source(names[-1], told, reference=held_list(people, days=days))
    for number in range(int(rng.integers(0, 5))):
        names.append(f"U{number}")
        case.add_source(names[-1], int(rng.integers(50, 3000)) if rng.random() < 0.7 else None)
    people = list(range(int(rng.integers(0, 300)), int(rng.integers(310, 900)), 3))
    hits = []
    for number in range(int(rng.integers(0, 8))):
        places = sorted({*rng.choice(names, size=int(rng.integers(1, 4))).tolist()})
        planted = [(one, str(rng.choice(DATES))) for one in places]
        case.planted.append(canary(f"c{number}", FIRST + number, *planted))
        hits += [FIRST + number] if rng.random() < 0.4 else []
    case.add_batch("b1", held_list([*people, *hits, *range(5_000, 5_000 + rng.integers(0, 200))]))
    return case


def random_model(seed: int) -> tuple[CaseModel, Observation]:
    """A case of one batch, whose premises and cells are random too."""
    rng = np.random.default_rng(seed)
    model = model_of(random_case(rng), Settings(temperature=float(rng.choice([1.0, 0.8]))))
    seen, premises = model.observations[0], model.premises
    coverage = {
        one: replace(known, doubted=0.4) if rng.random() < 0.3 else known
        for one, known in premises.coverage.items()
    }
    prior = {one: float(rng.uniform(0.01, 0.3)) for one in premises.prior}
    versions = {
        one: Version(float(rng.normal(0.0, 3.0))) for one in premises.prior if rng.random() < 0.3
    }
    model = replace(model, premises=replace(premises, coverage=coverage, prior=prior))
    return model, replace(seen, versions=versions)


def same(found: Points, wanted: list[Point]) -> None:
    """Both are the same points (the order of equally promising ones may differ)."""

    def key(point: Point) -> tuple[object, ...]:
        shares = tuple((one, round(share, 7)) for one, share in sorted(point.shares.items()))
        return (*map(str, (point.hypothesis, shares)), round(point.log_score, 6))

    assert len(found) == len(wanted)
    for one, other in zip(sorted(found, key=key), sorted(wanted, key=key), strict=True):
        assert one.hypothesis == other.hypothesis
        assert one.log_score == pytest.approx(other.log_score, abs=1e-9)
        for mine, theirs in ((one.shares, other.shares), (one.errors, other.errors)):
            assert dict(mine) == pytest.approx(dict(theirs), abs=1e-9)
        assert dict(one.silent) == pytest.approx(dict(other.silent), abs=1e-9)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32))
def test_the_points_are_those_of_a_plain_enumeration(seed: int) -> None:
    model, seen = random_model(seed)
    same(points_of(seen, model.premises), plain_points(seen, model.premises))


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_both_sides_of_a_question_are_kept(seed: int, use_dates: bool) -> None:
    model, seen = random_model(seed)
    asked = sorted(model.premises.prior)[seed % len(model.premises.prior)]
    found = points_of(seen, model.premises, asked=asked, use_dates=use_dates)
    same(found, plain_points(seen, model.premises, asked, use_dates))


def test_points_of_arrays_are_the_points_they_were_made_of() -> None:
    model, seen = random_model(7)
    points = points_of(seen, model.premises)
    for one, other in zip(Points.of(list(points)), points, strict=True):
        assert dict(one.hypothesis.readings) == dict(other.hypothesis.readings)
        assert one.hypothesis.hosts == other.hypothesis.hosts
        assert (one.shares, one.silent) == (other.shares, other.silent)
        assert (one.errors, one.log_score) == (other.errors, other.log_score)
    assert points[-1] == points[len(points) - 1]
    assert list(points[2:4]) == [points[2], points[3]]
    assert SILENT not in points.silent


def explained(seed: int, change: Callable[[Observation], Observation]) -> dict[str, float]:
    """The pieces of evidence about the first listed source, by code."""
    model, seen = random_model(seed)
    seen = change(seen)
    source = seen.lists[0]
    points = points_of(seen, model.premises)
    cavity = pool([points], model.premises).cavities[0]
    prior = model.premises.prior[source]
    found = evidence_of(Question(model, seen, cavity, source, prior, 0.5), 300.0)
    return {one.code: one.log10_lr for one in found}


def with_version(weight: float) -> Callable[[Observation], Observation]:
    return lambda seen: replace(seen, versions={seen.lists[0]: Version(weight)})


def test_cells_are_evidence_by_leaving_them_out() -> None:
    for seed in range(40, 60):
        _model, seen = random_model(seed)
        if seen.lists:
            break
    own, other = explained(seed, with_version(4.0)), explained(seed, with_version(-4.0))
    assert own["cells.version"] > 0.3
    assert other["cells.version"] < -0.3
    assert "cells.version" not in explained(seed, lambda seen: replace(seen, versions={}))
    bare = left_out(with_version(4.0)(seen), seen.lists[0], "cells.version", Settings())
    assert not bare.versions


def test_a_purged_list_may_hold_what_its_canaries_say() -> None:
    model, seen = random_model(3)
    purged = {one: Coverage(0.9, 0.05, doubted=0.3) for one in model.premises.coverage}
    premises = replace(model.premises, coverage=purged)
    same(points_of(seen, premises), plain_points(seen, premises))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_what_runs_share_stands(seed: int) -> None:
    """Each piece left out beside all others gives what it gives by itself."""
    model, seen = random_model(seed)
    runs = Runs(model, seen)
    usual = model.premises_of(seen)
    whole = read(seen, usual, raised=Weigher(seen, usual).bounds())
    for source in sorted(model.premises.prior)[:2]:
        for code in (None, "canary.hit", "canary.miss", "reference.overlap", "cells.version"):
            listed = code == "reference.overlap"
            if listed and source not in seen.overlaps:
                continue
            left = left_out(seen, source, code, model.premises.settings)
            premises = model.premises_of(left)  # canaries tell of the lists, too
            alike = not listed and premises.coverage == usual.coverage
            readings = whole if alike else None
            plain = points_of(left, premises, asked=source, readings=readings)
            same(runs.points(source, code), list(plain))
