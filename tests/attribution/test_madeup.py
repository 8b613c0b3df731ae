"""Swept segments, random digits, and real lists that only look odd."""

from __future__ import annotations

import numpy as np
import pytest

from leaktrace.attribution.madeup import made_up_people, real_lists
from leaktrace.attribution.matching import Members
from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable
from leaktrace.identifiers.segments import carrier_of, never_issued, region_of
from leaktrace.identifiers.sweep import swept

NOBODY_KNOWN: dict[str, Members] = {}


def numbers_list(mobiles: np.ndarray) -> HeldList:
    mobiles = mobiles.astype(np.uint64)
    count = len(mobiles)
    table = PeopleTable(
        np.zeros(count, dtype=np.uint64),
        np.full(count, NO_DAY, dtype=np.int32),
        carrier_of(mobiles),
        region_of(mobiles),
        swept(mobiles),
        never_issued(mobiles),
    )
    return HeldList(table, {}, 1, count, {})


def digits(rng: np.random.Generator, count: int) -> np.ndarray:
    """Random digits behind 1[3-9]."""
    return rng.integers(13_000_000_000, 20_000_000_000, count)


def town(rng: np.random.Generator, count: int, blocks: int = 120) -> np.ndarray:
    """Numbers of one town, in blocks of places known and near to each other."""
    heads = np.arange(1_380_000, 1_390_000, dtype=np.uint64)
    regions = region_of(heads * np.uint64(10_000))
    common = np.argsort(-np.bincount(regions[regions > 0]))[:3]
    own = heads[np.isin(regions, common)][:blocks]
    return rng.choice(own, count).astype(np.int64) * 10_000 + rng.integers(0, 10_000, count)


@pytest.fixture(scope="module")
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture(scope="module")
def towns(rng: np.random.Generator) -> list[HeldList]:
    return [numbers_list(town(rng, 3000)) for _list in range(3)]


def test_a_swept_segment_is_made_up(rng: np.random.Generator, towns: list[HeldList]) -> None:
    held = numbers_list(13_905_550_000 + np.arange(3000))
    found = made_up_people(held, NOBODY_KNOWN, real_lists(towns, []))
    assert found.people.all()
    assert found.probability >= 0.95
    assert found.share.low > 0.95
    assert found.swept == 3000


def test_random_digits_are_made_up_where_real_lists_are_not(rng, towns) -> None:
    found = made_up_people(numbers_list(digits(rng, 2000)), NOBODY_KNOWN, real_lists(towns, []))
    assert found.probability >= 0.95
    assert found.share.low >= 0.85
    assert found.never_issued > 100


def test_a_real_list_is_not_made_up(rng, towns) -> None:
    found = made_up_people(numbers_list(town(rng, 2000)), NOBODY_KNOWN, real_lists(towns, []))
    assert found.probability < 0.05
    assert found.share.estimate == 0.0
    assert not found.people.any()


def test_padding_is_measured(rng, towns) -> None:
    held = numbers_list(np.concatenate([town(rng, 1400), digits(rng, 600)]))
    found = made_up_people(held, NOBODY_KNOWN, real_lists(towns, []))
    assert found.share.low - 0.1 <= 0.3 <= found.share.high + 0.1
    assert found.share.estimate > 0.15
    assert found.hidden + found.people.sum() == pytest.approx(found.share.estimate * 2000, abs=1)
    assert found.probability < 0.05


def test_where_real_numbers_are_random_digits_nothing_real_is_called_made_up(rng) -> None:
    look = real_lists([numbers_list(digits(rng, 3000)) for _list in range(3)], [])
    for size in (300, 2000):
        found = made_up_people(numbers_list(digits(rng, size)), NOBODY_KNOWN, look)
        assert found.probability < 0.95
        assert not found.people.any()
        assert found.share.estimate <= 0.1


def test_without_references_the_batches_themselves_say_what_is_real(rng) -> None:
    batches = [numbers_list(digits(rng, 1500)) for _list in range(4)]
    found = made_up_people(batches[0], NOBODY_KNOWN, real_lists([], batches))
    assert found.probability < 0.95
    assert not found.people.any()


def test_known_people_are_not_among_the_random_digits(rng, towns) -> None:
    held = numbers_list(digits(rng, 2000))
    matched = Members(np.arange(300), np.arange(300, dtype=np.uint32))
    found = made_up_people(held, {"A": matched}, real_lists(towns, []))
    assert not found.people[:300].any()
    assert found.share.high <= 0.86


@pytest.mark.parametrize("known", [0, 60, 300, 900])
def test_a_sweep_hits_real_numbers_too(known: int, towns) -> None:
    held = numbers_list(13_905_550_000 + np.arange(2000))
    matched = Members(np.arange(known), np.arange(known, dtype=np.uint32))
    found = made_up_people(held, {"A": matched}, real_lists(towns, []))
    assert found.probability >= 0.95
    assert found.people.all()


def test_a_run_that_is_in_a_reference_list_is_a_real_run(rng, towns) -> None:
    held = numbers_list(13_905_550_000 + np.arange(1000))
    matched = Members(np.arange(100, 1000), np.arange(900, dtype=np.uint32))
    found = made_up_people(held, {"A": matched}, real_lists(towns, []))
    assert not found.people.any()
    assert found.probability < 0.05


def test_nobody_at_all(towns: list[HeldList]) -> None:
    found = made_up_people(numbers_list(np.zeros(0)), NOBODY_KNOWN, real_lists(towns, []))
    assert (found.probability, found.hidden, len(found.people)) == (0.0, 0.0, 0)
