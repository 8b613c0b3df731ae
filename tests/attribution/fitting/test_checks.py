"""Each check by itself, on explanations written by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from leaktrace.attribution.case_model import CaseModel, model_of
from leaktrace.attribution.fits import fit_shares
from leaktrace.attribution.fitting.canaries import hits_check, strays_check
from leaktrace.attribution.fitting.cells import cells_check
from leaktrace.attribution.fitting.check import Check
from leaktrace.attribution.fitting.coverage import coverage_check
from leaktrace.attribution.fitting.explained import Explained, explanations_of
from leaktrace.attribution.fitting.fit import Checked, left_of
from leaktrace.attribution.fitting.patterns import pattern_check
from leaktrace.attribution.hypotheses import Hypothesis
from leaktrace.attribution.inference import points_of
from leaktrace.attribution.observation import Observation
from tests.attribution.fitting.test_stating import SEEN, made
from tests.attribution.made_case import held_list


def pure(*readings: str, unseen: bool = False, share: float = 1.0) -> Explained:
    """A contributed ``share``; ``readings`` are lists that merely overlap."""
    told = (("A", "contributed"), *((one, "overlapped") for one in readings))
    return Explained(Hypothesis(told, (), unseen), {"A": share}, 1.0, {})


@cache
def model(**how: int) -> CaseModel:
    return model_of(made(**how))


def seen(**how: int) -> Observation:
    return model(**how).observations[0]


def fitted(one: Observation, explained: Explained, case: CaseModel):
    bits = tuple(one.lists.index(name) for name, _how in explained.hypothesis.readings)
    rows = case.premises.settings.rows_that_count(one.real)
    return fit_shares(one.table, one.parts, one.rest, bits, rows)


@pytest.mark.parametrize(
    ("hits", "misses", "fits"),
    [(4, 16, True), (6, 14, True), (1, 9, True), (12, 8, True), (0, 60, False)],
)
def test_hits_are_as_many_as_were_due(hits: int, misses: int, fits: bool) -> None:
    case = model(hits=hits, misses=misses)
    found = hits_check(case.observations[0], "A", pure(), case.premises)
    assert found is not None and found.observed == hits
    assert (found.p > 0.01) == fits


def test_hits_are_of_canaries_that_were_there() -> None:
    assert hits_check(seen(), "B", pure(), model().premises) is None


@pytest.mark.parametrize(("strays", "fits"), [(0, True), (1, True), (3, False)])
def test_strays_are_rare(strays: int, fits: bool) -> None:
    case = model(strays=strays)
    found = strays_check(case.observations[0], pure(), case.premises.settings)
    assert found is not None and found.observed == strays
    assert (found.p > 0.002) == fits
    hosts = ("X0", "X1", "X2")
    shares = dict.fromkeys(("A", *hosts), 0.25)
    told = Explained(Hypothesis((("A", "contributed"),), hosts, False), shares, 1.0, {})
    assert strays_check(case.observations[0], told, case.premises.settings) is None


def test_a_former_owners_number_is_no_stray() -> None:
    case = model(strays=3)
    one = case.observations[0]
    floor = np.where(one.trial.hit, case.premises.settings.recycled_road, one.trial.floor)
    other = replace(one, trial=replace(one.trial, floor=floor))
    found = strays_check(other, pure(), case.premises.settings)
    assert found is not None and found.observed == 0


def test_people_in_no_list_are_as_many_as_the_list_lacks() -> None:
    whole, half = model(), model(strangers=400)
    for case, fits in ((whole, True), (half, False)):
        one = case.observations[0]
        found = coverage_check(one, fitted(one, pure(), case), pure(), case.premises)
        assert found is not None
        assert (found.p > 0.01) == fits
    one = half.observations[0]
    beside = coverage_check(one, fitted(one, pure(), half), pure(unseen=True), half.premises)
    assert beside is not None and beside.p > 0.3  # somebody else brought them


@pytest.mark.parametrize(("step", "fits"), [(5, True), (6, False)])
def test_people_stand_in_the_lists_that_the_source_s_own_stand_in(step: int, fits: bool) -> None:
    """B's list holds a sixth of A's people; a batch of just those is no sample of A's."""
    case = made()
    case.lists["B"] = held_list([*range(0, 2000, 6), *range(5000, 6500)])
    case.add_batch("b1", held_list(range(0, 2000, step)), SEEN)
    whole = model_of(case)
    one = whole.observations[0]
    found = pattern_check(one, fitted(one, pure(), whole), whole.premises.settings)
    assert found is not None and (found.p > 0.1) == fits and (found.p < 0.002) != fits
    assert found.sources == ("A", "B") or fits


@dataclass(frozen=True)
class Column:
    people: int
    same: int


@dataclass(frozen=True)
class Versions:
    """Cells that speak for a share of ``best``."""

    best: float
    columns: tuple[Column, ...] = (Column(200, 100),)
    expected: tuple[float, ...] = (0.1,)

    def log_ratio(self, share: float) -> float:
        return 0.0 if share == 0 else max(-3.45, 5.76 - 40.0 * abs(share - self.best))


@pytest.mark.parametrize(("share", "fits"), [(0.45, True), (0.5, True), (1.0, False)])
def test_cells_agree_as_the_share_has_it(share: float, fits: bool) -> None:
    one = replace(seen(), versions={"A": Versions(0.48)})  # type: ignore[dict-item]
    found = cells_check(one, "A", pure(share=share))
    assert found is not None and (found.p > 0.01) == fits
    assert found.observed == 100 and found.expected == pytest.approx(
        200 * (0.93 * share + 0.1 * (1 - share))
    )
    assert cells_check(one, "B", pure()) is None


def test_a_ratio_is_a_chance_at_most() -> None:
    """Markov: where the explanation holds, the others are t times as likely in one of t cases."""
    rng = np.random.default_rng(5)
    versions = [Likelihoods(float(one)) for one in rng.normal(1.0, 0.25, 4000)]
    one = seen()
    chances = np.array(
        [cells_check(replace(one, versions={"A": each}), "A", pure()).p for each in versions]  # type: ignore[dict-item,union-attr]
    )
    for level in (0.2, 0.05, 0.01):
        assert (chances <= level).mean() <= level * 1.2


@dataclass(frozen=True)
class Likelihoods(Versions):
    """Of a normal observation (standard deviation 0.25) whose mean is the share."""

    def log_ratio(self, share: float) -> float:
        return (self.best**2 - (self.best - share) ** 2) / (2 * 0.25**2)


def test_explanations_are_told_apart_by_who_contributed() -> None:
    case = model()
    points = points_of(seen(), case.premises)
    weights = np.exp(points.scores - np.logaddexp.reduce(points.scores))
    found = explanations_of(points, weights)
    assert sum(one.weight for one in found) == pytest.approx(1.0)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    drawn = [
        (
            tuple(pair for pair in one.hypothesis.readings if pair[1] != "overlapped"),
            one.hypothesis.hosts,
            one.hypothesis.unseen,
        )
        for one in found
    ]
    assert len(set(drawn)) == len(drawn)
    assert found[0].shares["A"] == pytest.approx(1.0)
    assert found[0].part_of("A") == 1.0 and found[0].part_of("B") == 0.0


def test_what_is_left_are_the_explanations_that_fit() -> None:
    bad, good = Check("fit.strays", (), 3.0, 0.0, 1e-9), Check("fit.strays", (), 0.0, 0.0, 1.0)
    named = Explained(Hypothesis((("A", "contributed"),), (), False), {"A": 1.0}, 0.9, {})
    other = Explained(Hypothesis((), (), True), {}, 0.1, {})
    assert left_of([Checked(named, (good,)), Checked(other, (good,))], "A") == pytest.approx(0.9)
    assert left_of([Checked(named, (bad,)), Checked(other, (good,))], "A") == 0.0
    assert left_of([Checked(named, (good,)), Checked(other, (bad,))], "A") == 1.0
    assert left_of([Checked(named, (bad,)), Checked(other, (bad,))], "A") == 0.0


def test_the_envelope_allows_for_the_number_of_checks() -> None:
    explained = pure()
    check = Check("fit.strays", (), 2.0, 0.1, 0.004)
    fine = Check("fit.dates", (), 0.0, 1.0, 1.0)
    assert Checked(explained, (check,)).misfits == (check,)
    assert Checked(explained, (check, fine, fine)).misfits == ()
