"""Fresh worlds traced, and what is counted of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from leaktrace.attribution.calibration import Law, shipped_validation
from leaktrace.errors import UsageError
from leaktrace.simulate import draw_world
from leaktrace.workflows.calibration import (
    Calibration,
    Worlds,
    as_document,
    as_numbers,
    calibrate,
    figures_of,
    fitted_validation,
)
from leaktrace.workflows.calibration.trials import LISTED, at_hand, unlisted_log10_lr
from leaktrace.workflows.calibration.worlds import check_fresh, traced_worlds
from tests.workflows.calibrations import TINY, made_up


class Counting:
    """Counts how often it is told that work moved on."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def begin(self, stage: str, total: int | None = None) -> None:
        self.told.append(total)

    def advance(self, amount: int = 1) -> None:
        self.told.append("on")

    def end(self) -> None:
        self.told.append("over")


@pytest.fixture(scope="module")
def traced() -> Iterator[Calibration]:
    yield calibrate(TINY, processes=1)


def test_every_list_and_source_is_a_trial_beside_the_truth(traced: Calibration) -> None:
    place = 0
    for family, seed in TINY.each():
        world = draw_world(TINY.settings_of(family), seed)
        ordered = sorted(world.seen, key=lambda one: (one.seen_day, one.id))
        for batch in ordered:
            truth, hand = world.contributors(batch), at_hand(world, batch)
            for source in world.sources:
                one = traced.trials[place]
                assert (one.family, one.seed, one.batch, one.source) == (
                    family, seed, batch.id, source.id,
                )  # fmt: skip
                assert one.contributed == (source.id in truth)
                assert one.at_hand == hand[source.id]
                assert one.type == batch.type
                place += 1
    assert place == len(traced.trials)


def test_what_is_not_listed_is_below_what_would_be(traced: Calibration) -> None:
    silent = [one for one in traced.trials if not one.listed]
    assert silent
    for one in silent:
        assert one.posterior == 0.0
        odds = one.prior / (1 - one.prior) * 10**one.log10_lr
        assert odds / (1 + odds) == pytest.approx(LISTED)
    assert all(one.posterior >= LISTED for one in traced.trials if one.listed)


def test_two_processes_say_what_one_says_and_tell_of_every_world(traced: Calibration) -> None:
    watcher = Counting()
    assert traced_worlds(TINY, processes=2, progress=watcher) == traced.trials
    assert watcher.told == [2, "on", "on", "over"]


def test_what_is_at_hand_is_what_the_case_holds() -> None:
    world = draw_world(TINY.settings_of("hard"), TINY.first)
    for batch in world.seen:
        hand = at_hand(world, batch)
        for source in world.sources:
            planted = [
                one.person
                for one in world.canaries
                if any(name == source.id and day < batch.seen_day for name, day in one.plantings)
            ]
            hit = bool(np.isin(planted, batch.people).any())
            assert (hand[source.id] in ("both", "canaries")) == hit
            assert (hand[source.id] in ("both", "reference")) == (source.reference is not None)


@pytest.mark.parametrize(("first", "seeds"), [(0, 1), (-2, 3), (-5, 20), (2, 1)])
def test_no_seed_that_the_version_was_fitted_on(first: int, seeds: int) -> None:
    used, last = shipped_validation().seeds
    assert first <= last - used
    with pytest.raises(UsageError, match="fitted on the seeds"):
        check_fresh(Worlds(first=used + first, seeds=seeds))
    check_fresh(Worlds(first=last + 1, seeds=seeds))
    check_fresh(Worlds(first=used - seeds, seeds=seeds))
    check_fresh(Worlds())


@pytest.mark.parametrize(
    "wrong", [{"seeds": 0}, {"first": -1}, {"families": ("x",)}, {"sources": 0}]
)
def test_worlds_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        check_fresh(replace(TINY, **wrong))  # type: ignore[arg-type]


def test_right_posteriors_come_out_right() -> None:
    figures = made_up().figures
    assert figures.calibration_error < 0.04
    assert figures.brier.reliability < 0.001
    assert figures.cllr_cal < 0.06
    assert figures.pairs == 4000 and figures.lists == 400


def test_figures_by_hand() -> None:
    trials = made_up().trials
    figures = figures_of(trials, 3.6)
    stated = [one for one in trials if one.posterior >= 0.95]
    assert figures.stated == len(stated)
    assert figures.stated_true == sum(one.contributed for one in stated)
    batches: dict[tuple[int, str], list[bool]] = {}
    for one in trials:
        batches.setdefault((one.seed, one.family + one.batch), []).append(one.contributed)
    nobody = {which for which, truth in batches.items() if not any(truth)}
    assert figures.strangers == len(nobody)
    assert figures.strangers_named == len(
        {(one.seed, one.family + one.batch) for one in stated} & nobody
    )


def test_ratios_are_printed_cut_and_bounded_uncut() -> None:
    trials = made_up().trials
    assert figures_of(trials, 1.0).cllr > figures_of(trials, 3.6).cllr
    assert figures_of(trials, 1.0).upper == figures_of(trials, 3.6).upper > 1.0
    assert figures_of(trials, 3.6).lower < 0.0


def test_parts_hold_every_trial_once() -> None:
    calibration = made_up()
    for parts in calibration.parts.values():
        assert sum(one.pairs for one in parts.values()) == len(calibration.trials)
        assert sum(one.true for one in parts.values()) == calibration.figures.true


def test_the_document_is_plain_and_says_which_worlds() -> None:
    document = as_document(made_up())
    assert document["seeds"] == [1000, 1001] and document["worlds"] == 4
    assert document["figures"]["pairs"] == 4000
    assert set(document["by_evidence"]) == {"both", "reference", "canaries", "neither"}
    assert "lists" not in document["by_evidence"]["both"]
    steps = document["reliability"]
    assert sum(step["statements"] for step in steps) == document["figures"]["listed"]
    assert document["by_kind"]["pure"]["cllr"] == pytest.approx(
        document["by_kind"]["pure"]["cllr_min"] + document["by_kind"]["pure"]["cllr_cal"], abs=1e-3
    )


def test_what_could_not_be_measured_is_none() -> None:
    silent = [replace(one, contributed=False) for one in made_up(40).trials]
    numbers = as_numbers(figures_of(silent, 3.6))
    assert numbers["cllr"] is None and numbers["brier"] is not None
    assert unlisted_log10_lr(0.5) == pytest.approx(np.log10(LISTED / (1 - LISTED)))


def test_a_fitted_validation_is_what_ships() -> None:
    calibration = made_up()
    laws = {"list": Law(0.9, -0.5)}
    fitted = fitted_validation(laws, calibration.trials, ("easy", "hard"), (1000, 1001))
    assert fitted["laws"] == {"list": [0.9, -0.5]}
    assert fitted["log10_lr_cap"] == pytest.approx(calibration.figures.upper, abs=0.005)
    assert fitted["statements"] == calibration.figures.listed and fitted["worlds"] == 4
    assert fitted["figures"]["calibration_error"] < 0.05
    assert set(fitted) >= {"families", "seeds", "figures"}
