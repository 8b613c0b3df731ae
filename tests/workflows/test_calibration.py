"""How the evidence counts, and the bound, on made-up trials of known calibration."""

from __future__ import annotations

import numpy as np
import pytest

from leaktrace.attribution.calibration import RESTS_ON, Law, calibrated, shipped_validation
from leaktrace.workflows.calibration import Trial, fitted_law, fitted_laws, upper_bound


def trial(prior: float, ratio: float, contributed: bool) -> Trial:
    return Trial("made", 0, "b", "pure", "S", 0.5, prior, ratio, contributed)


def drawn(exponent: float, count: int = 20_000, seed: int = 1) -> list[Trial]:
    """Trials whose evidence is true once it is raised to ``exponent``."""
    rng = np.random.default_rng(seed)
    prior = rng.uniform(0.02, 0.3, count)
    said = rng.normal(0.0, 1.2, count)
    odds = prior / (1 - prior) * 10 ** (exponent * said)
    truth = rng.random(count) < odds / (1 + odds)
    return [trial(float(p), float(s), bool(t)) for p, s, t in zip(prior, said, truth, strict=True)]


@pytest.mark.parametrize("exponent", [0.5, 0.8, 1.0, 1.3])
def test_the_fitted_slope_is_the_true_exponent(exponent: float) -> None:
    law = fitted_law(drawn(exponent))
    assert law.slope == pytest.approx(exponent, abs=0.06)
    assert law.shift == pytest.approx(0.0, abs=0.1)


def test_a_kind_that_is_too_sure_throughout_is_shifted() -> None:
    trials = drawn(1.0)
    lifted = [trial(one.prior, one.log10_lr + 0.5, one.contributed) for one in trials]
    law = fitted_law(lifted)
    assert law.shift == pytest.approx(-0.5 * np.log(10.0), abs=0.15)


def test_few_trials_change_little_and_none_nothing() -> None:
    few = [trial(0.1, 1.0, False), trial(0.1, 1.0, True)]
    assert abs(fitted_law(few).shift) < 0.3
    assert fitted_laws([]) == dict.fromkeys(RESTS_ON, Law())


@pytest.mark.parametrize("exponent", [0.5, 0.8, 1.0])
def test_the_law_makes_the_posteriors_true(exponent: float) -> None:
    trials = drawn(exponent, seed=3)
    law = fitted_law(trials)
    odds = np.array([one.prior / (1 - one.prior) * 10**one.log10_lr for one in trials])
    said = np.array(
        [
            calibrated(float(one / (1 + one)), made.prior, law)
            for one, made in zip(odds, trials, strict=True)
        ]
    )
    truth = np.array([one.contributed for one in trials])
    for low, high in ((0.1, 0.3), (0.4, 0.6), (0.8, 0.95)):
        inside = (said > low) & (said < high)
        assert truth[inside].mean() == pytest.approx(said[inside].mean(), abs=0.05)


def test_a_slope_of_one_changes_nothing_and_none_moves_the_prior() -> None:
    assert calibrated(0.7, 0.1, Law()) == 0.7
    assert calibrated(0.2, 0.2, Law(0.5)) == pytest.approx(0.2)
    assert 0.1 < calibrated(0.9, 0.1, Law(0.5)) < 0.9
    assert calibrated(1.0, 0.1, Law(0.9)) < 1.0


def empirical_bound(trials: list[Trial]) -> float:
    """Vergeer et al.: the largest LR threshold at which deciding by the system still costs no more
    than deciding always for the other side, one misleading trial added; in plain loops."""
    true = [one.log10_lr for one in trials if one.contributed]
    false = [one.log10_lr for one in trials if not one.contributed]
    for step in range(1, 800):
        threshold = step / 100
        missed = sum(one < threshold for one in true) / len(true)
        misled = (sum(one >= threshold for one in false) + 1) / (len(false) + 1)
        if missed + 10**threshold * misled > 1.0:
            return (step - 1) / 100
    return 7.99


@pytest.mark.parametrize(("exponent", "count"), [(1.0, 2000), (0.6, 2000), (1.3, 4000)])
def test_the_bound_is_that_of_a_direct_computation(exponent: float, count: int) -> None:
    trials = drawn(exponent, count)
    assert upper_bound(trials) == pytest.approx(empirical_bound(trials), abs=0.0101)


def test_more_trials_vouch_for_more_and_no_trials_for_nothing() -> None:
    assert upper_bound([]) == upper_bound([trial(0.1, 2.0, True)]) == 0.0
    bounds = []
    for size in (100, 1000, 10_000):
        perfect = [trial(0.1, 5.0, True)] * size + [trial(0.1, -5.0, False)] * size
        bounds.append(upper_bound(perfect))
    assert bounds == pytest.approx([2.0, 3.0, 4.0], abs=0.02)


def test_one_bad_misleading_trial_lowers_the_bound() -> None:
    perfect = [trial(0.1, 5.0, True)] * 1000 + [trial(0.1, -5.0, False)] * 1000
    misled = [*perfect[:-1], trial(0.1, 4.0, False)]
    assert upper_bound(misled) == pytest.approx(upper_bound(perfect) - 0.3, abs=0.02)


def test_the_shipped_validation_is_sane() -> None:
    shipped = shipped_validation()
    assert all(0.4 <= law.slope <= 1.6 for law in shipped.laws.values())
    assert 0.0 < shipped.log10_lr_cap <= np.log10(max(shipped.statements, 1000))
