"""Which canaries could be in a batch, and which are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leaktrace.attribution.canaries import CanaryTrial
from leaktrace.attribution.case_model import burnt_canaries, model_of
from leaktrace.attribution.rates import FAR
from leaktrace.attribution.samples import ReferenceSet
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.sightings import find_canary
from leaktrace.attribution.weigher import Weigher
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.lookup import full_people
from tests.attribution.made_case import MASKED, WITH_NAMES, MadeCase, canary, held_list

C = 13_912_345_678
EARLY = ("A", "2025-01-01")
SETTINGS = Settings()


def trial_in(case: MadeCase) -> CanaryTrial:
    return model_of(case, SETTINGS).observations[0].trial


def case_with(held: HeldList, *canaries, population: int = 10_000, **source) -> MadeCase:
    case = MadeCase()
    case.add_source("A", population, **source)
    case.planted = list(canaries)
    case.add_batch("b1", held)
    return case


def sighting(held: HeldList, **how):
    return find_canary(canary("c", C, EARLY, **how), held, full_people(held))


def test_a_canary_in_a_batch_from_before_its_planting_is_burnt() -> None:
    case = MadeCase()
    case.add_source("A", 1000)
    case.planted = [
        canary("burnt", C, ("A", "2025-06-01")),
        canary("same-day", C + 1, ("A", "2025-05-01")),
        canary("fine", C + 2, ("A", "2025-01-01")),
        canary("elsewhere-first", C + 3, ("A", "2025-06-01"), ("A", "2025-02-01")),
        canary("absent", C + 4, ("A", "2025-06-01")),
        canary("control", C + 5, (None, "2025-06-01")),
    ]
    case.add_batch("b1", held_list([C, C + 1, C + 2, C + 3, C + 5]), "2025-05-01")
    case.add_batch("b2", held_list([C, C + 2]), "2026-01-01")
    assert burnt_canaries(case, ReferenceSet({})) == {"burnt"}
    later = model_of(case, SETTINGS).observations[1].trial
    assert "burnt" not in later.ids
    assert later.hits_of("A") == ["fine"]


def test_a_chance_match_of_a_masked_number_burns_nothing() -> None:
    case = MadeCase()
    case.add_source("A", 1000)
    case.planted = [canary("c", C, ("A", "2025-06-01"))]
    crowd = [C, *range(13_800_000_000, 13_800_020_000)]
    case.add_batch("b1", held_list(crowd, kinds=("mobile_masked",)), "2025-01-01")
    assert burnt_canaries(case, ReferenceSet({})) == frozenset()


def test_a_recycled_number_under_another_name_has_a_high_floor() -> None:
    own = case_with(held_list([C, 1, 2], kinds=WITH_NAMES), canary("c", C, EARLY))
    other = case_with(held_list([C, 1, 2], kinds=WITH_NAMES), canary("c", C, EARLY, called=123_456))
    nameless = case_with(held_list([C, 1, 2]), canary("c", C, EARLY, called=123_456))
    told = [trial_in(case) for case in (own, other, nameless)]
    assert all(one.hit.tolist() == [True] for one in told)
    assert [bool(one.named[0]) for one in told] == [True, False, True]
    floors = [float(one.floor[0]) for one in told]
    assert floors == [SETTINGS.other_road, SETTINGS.recycled_road, SETTINGS.other_road]


def test_a_masked_number_is_hit_by_chance_in_a_long_list() -> None:
    by_size = []
    for size in (600, 60_000):
        held = held_list([C, *range(1_000_000, 1_000_000 + size - 1)], kinds=("mobile_masked",))
        found = sighting(held)
        assert found.kind == "mobile_masked"
        by_size.append(found.chance)
    assert by_size == pytest.approx([600 / 6e5, 60_000 / 6e5])
    trial = trial_in(case_with(held, canary("c", C, EARLY)))
    assert trial.hit.tolist() == [True]
    assert trial.floor[0] == pytest.approx(SETTINGS.other_road + 0.1)


def test_a_name_beside_the_masked_number_makes_chance_rare() -> None:
    crowd = [C, *range(1_000_000, 1_005_000)]
    found = sighting(held_list(crowd, kinds=MASKED))
    assert found.kind == "name_mobile_masked"
    assert found.chance < 1e-3 < sighting(held_list(crowd, kinds=("mobile_masked",))).chance
    assert 0.001 < sighting(held_list(crowd, kinds=("name_last4",))).chance <= 0.5


def test_a_masked_number_under_another_name_is_another_person() -> None:
    assert sighting(held_list([C, 1, 2], kinds=MASKED), called=123_456) is None


def test_somebody_with_another_full_number_is_not_the_canary() -> None:
    twin = C + 10_000  # the same first three and last four digits
    names = {twin: C % 997}
    assert sighting(held_list([twin, 1, 2], kinds=WITH_NAMES, names=names)) is None
    assert sighting(held_list([twin, 1, 2], kinds=MASKED, names=names)) is not None


def test_somebody_with_an_id_number_is_not_the_canary_of_a_masked_mobile() -> None:
    held = held_list([C, 1, 2], kinds=MASKED)
    assert sighting(held) is not None
    full = replace(held, people=replace(held.people, full=np.ones(3, dtype=bool)))
    assert sighting(full) is None


def test_a_hit_among_swept_numbers_says_nothing() -> None:
    swept, real = range(13_900_000_000, 13_900_000_200), range(400)
    for crowd, hit in (([C, *swept], False), (swept, True)):
        held = held_list([C, *swept, *real], swept=crowd)
        assert trial_in(case_with(held, canary("c", C, EARLY))).hit.tolist() == [hit]


@pytest.mark.parametrize("referenced", [False, True])
def test_other_carriers_canaries_are_missing_from_a_filtered_list(referenced: bool) -> None:
    everybody = range(1000, 3000)
    carrier = {one: 1 + one % 2 for one in everybody}
    reference = held_list(everybody, carrier=carrier) if referenced else None
    batch = held_list([one for one in everybody if carrier[one] == 1][:400], carrier=carrier)
    case = case_with(
        batch, canary("same", C, EARLY, carrier=1), canary("other", C + 1, EARLY, carrier=2),
        canary("unknown", C + 2, EARLY), population=2000, reference=reference,
    )  # fmt: skip
    trial = trial_in(case)
    same, other, unknown = trial.rate[:, 0]
    assert other <= FAR * 0.21
    # All 400 are among the 1,000 of the carrier.
    assert same == pytest.approx(0.4, abs=0.02)
    if not referenced:
        assert unknown == pytest.approx(0.2, abs=0.01)


def test_an_unfiltered_list_treats_all_carriers_alike() -> None:
    carrier = {one: 1 + one % 2 for one in range(400)}
    case = case_with(
        held_list(range(400), carrier=carrier), canary("x", C, EARLY, carrier=1),
        canary("y", C + 1, EARLY, carrier=2), population=2000,
    )  # fmt: skip
    assert trial_in(case).rate[:, 0] == pytest.approx([0.2, 0.2])


def test_the_rate_is_that_of_those_registered_about_the_planting() -> None:
    from leaktrace.times import read_moment

    first = read_moment("2024-01-01").day
    everybody = range(1000, 5000)
    days = {one: first + (one - 1000) // 8 for one in everybody}
    batch = held_list(range(3000, 5000, 2))  # every second one of the newer half
    case = case_with(
        batch, canary("old", C, ("A", "2024-02-01")), canary("new", C + 1, ("A", "2025-02-01")),
        population=4000, reference=held_list(everybody, days=days),
    )  # fmt: skip
    old, new = trial_in(case).rate[:, 0]
    assert new == pytest.approx(0.5, abs=0.06)
    assert old < 0.06


def test_controls_and_foreign_plantings_are_no_part_of_the_trial() -> None:
    case = case_with(
        held_list([C, C + 1]), canary("control", C, (None, "2025-01-01")),
        canary("foreign", C + 1, ("nobody", "2025-01-01")), canary("own", C + 2, EARLY),
    )  # fmt: skip
    trial = trial_in(case)
    assert trial.ids == ("own",)
    assert trial.sources == ("A",)
    assert np.isfinite(trial.planted).all()


def test_a_measured_rate_stands_whatever_the_share_and_a_guessed_one_does_not() -> None:
    for reference in (held_list(range(1000, 3000)), None):
        case = case_with(
            held_list([*range(1000, 1400), C]), canary("c", C, EARLY), population=2000,
            reference=reference,
        )  # fmt: skip
        model = model_of(case, SETTINGS)
        weigher = Weigher(model.observations[0], model.premises)
        weights = weigher.cuts([()])[1][[0, 0]]
        assert weigher.columns == ("A",)
        whole, half = weigher.ratios(np.ones((2, 1), dtype=bool), np.array([[1.0], [0.5]]), weights)
        assert (whole == half) == (reference is not None)
