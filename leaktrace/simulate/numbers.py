"""Mobiles and ID numbers of worlds: drawn in town-owned blocks of real prefixes, or made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.segments import carrier_of, never_issued, region_of
from leaktrace.simulate.tables import ID_REGIONS

Int64 = npt.NDArray[np.int64]
UInt64 = npt.NDArray[np.uint64]
UInt8 = npt.NDArray[np.uint8]

#: Share of the people by carrier (index into ``identifiers.segments.CARRIERS``).
CARRIER_SHARES = (0.0, 0.55, 0.20, 0.22, 0.03)
# Share of a town's blocks whose place no table tells.
_PLACELESS = 0.12
_ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.int64)
_CHECK = np.array(list("10X98765432"))
SWEEPS = ("consecutive", "dense", "stepped", "uniform")


@dataclass(frozen=True, slots=True)
class NumberSpace:
    """``blocks[town][carrier]``: ascending seven-digit blocks that the carrier issued there.

    ``regions[town]`` is the place that the town stands for (``identifiers.segments.REGIONS``).
    """

    blocks: tuple[tuple[Int64, ...], ...]
    regions: tuple[int, ...]


@cache
def _issued() -> tuple[Int64, UInt8, npt.NDArray[np.uint16]]:
    """Every seven-digit block that a carrier issued, its carrier and its place (0: unknown)."""
    blocks = np.arange(1_300_000, 2_000_000, dtype=np.int64)
    numbers = (blocks * 10_000).astype(np.uint64)
    carrier = carrier_of(numbers)
    kept = np.flatnonzero((carrier > 0) & (carrier < len(CARRIER_SHARES)) & ~never_issued(numbers))
    return blocks[kept], carrier[kept], region_of(numbers[kept])


@cache
def _places() -> Int64:
    """Places by how many blocks the three big carriers have there, most first."""
    _blocks, carrier, region = _issued()
    counts = np.array(
        [np.bincount(region[carrier == code], minlength=region.max() + 1) for code in (1, 2, 3)]
    ).min(axis=0)
    counts[0] = 0
    found: Int64 = np.argsort(-counts, kind="stable")
    return found[: max(int((counts >= 100).sum()), 100)]


def draw_space(rng: np.random.Generator, towns: int, size: tuple[int, int]) -> NumberSpace:
    """The number blocks of ``towns`` towns, ``size`` of them for each town and big carrier.

    Each town stands for a place of its own, whose blocks it has, and some whose place no table
    tells. No block belongs to two towns.
    """
    blocks, carrier, region = _issued()
    places = rng.choice(_places(), towns, replace=False)
    by_town: list[list[Int64]] = [[np.empty(0, np.int64)] for _ in range(towns)]
    for code in range(1, len(CARRIER_SHARES)):
        counts = rng.integers(size[0], size[1], towns, endpoint=True)
        if CARRIER_SHARES[code] < 0.1:
            counts = counts // 10 + 3
        loose = rng.permutation(blocks[(carrier == code) & (region == 0)])
        for town, count in enumerate(counts.tolist()):
            local = blocks[(carrier == code) & (region == places[town])]
            near = rng.permutation(local)[: round(count * (1 - _PLACELESS))]
            # A place with too few blocks is filled up with those of no known place.
            room = min(count - len(near), len(loose) // towns)
            far = loose[town * (len(loose) // towns) :][: max(room, 0)]
            by_town[town].append(np.sort(np.concatenate([near, far])))
    return NumberSpace(tuple(tuple(row) for row in by_town), tuple(places.tolist()))


def ascending(values: Int64) -> Int64:
    """The distinct values in ascending order (numpy's hashed ``unique`` took ten times as long)."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def _distinct(draw: Callable[[Int64], Int64], count: int) -> UInt64:
    values = draw(np.arange(count))
    while True:
        first = np.unique(values, return_index=True)[1]
        if len(first) == count:
            return values.astype(np.uint64)
        repeated = np.ones(count, np.bool_)
        repeated[first] = False
        again = np.flatnonzero(repeated)
        values[again] = draw(again)


def draw_mobiles(
    rng: np.random.Generator, space: NumberSpace, town: UInt8, carrier: UInt8
) -> UInt64:
    """Distinct mobiles, uint64[n], in the blocks of each person's number town and carrier."""

    def draw(places: Int64) -> Int64:
        numbers = np.empty(len(places), np.int64)
        owner = town[places].astype(np.int64) * len(CARRIER_SHARES) + carrier[places]
        for code in np.unique(owner).tolist():
            here = np.flatnonzero(owner == code)
            blocks = space.blocks[code // len(CARRIER_SHARES)][code % len(CARRIER_SHARES)]
            numbers[here] = blocks[rng.integers(0, len(blocks), len(here))] * 10_000
        return numbers + rng.integers(0, 10_000, len(places))

    return _distinct(draw, len(town))


def draw_ids(rng: np.random.Generator, count: int) -> UInt64:
    """The first 17 digits of ``count`` distinct ID numbers, uint64[count], of adults."""
    regions = np.array(ID_REGIONS, np.int64)

    def draw(places: Int64) -> Int64:
        size = len(places)
        born = np.datetime64("1950-01-01") + rng.integers(0, 20_300, size).astype("timedelta64[D]")
        year = born.astype("datetime64[Y]").astype(np.int64) + 1970
        month = born.astype("datetime64[M]").astype(np.int64) % 12 + 1
        day = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
        date = year * 10_000 + month * 100 + day
        region = regions[rng.integers(0, len(regions), size)]
        found: Int64 = (region * 100_000_000 + date) * 1_000 + rng.integers(1, 1_000, size)
        return found

    return _distinct(draw, count)


def id_texts(numbers: UInt64) -> npt.NDArray[np.str_]:
    """ID numbers with their check digit (GB 11643), ``<U18[n]``, from the first 17 digits."""
    digits = (numbers.astype(np.int64)[:, None] // 10 ** np.arange(16, -1, -1, dtype=np.int64)) % 10
    check = _CHECK[(digits @ _ID_WEIGHTS) % 11]
    return np.strings.add(numbers.astype("U17"), check)


def draw_made_up(
    rng: np.random.Generator, space: NumberSpace, count: int, mode: str, near: int | None = None
) -> UInt64:
    """Made-up mobiles, uint64[count].

    ``mode``: ``consecutive`` (a run), ``stepped`` (a run with a constant step), ``dense`` (random
    within a few blocks), ``uniform`` (eight random digits behind random prefixes, issued or not).
    ``near``: a number through whose block the run should go.
    """
    if mode == "uniform":
        prefixes = ascending(_issued()[0] // 10_000)
        if rng.random() < 0.3:
            prefixes = np.arange(130, 200, dtype=np.int64)

        def draw(places: Int64) -> Int64:
            size = len(places)
            heads = prefixes[rng.integers(0, len(prefixes), size)]
            return heads * 100_000_000 + rng.integers(0, 100_000_000, size)

        return _distinct(draw, count)
    town = space.blocks[int(rng.integers(len(space.blocks)))]
    blocks = town[int(rng.integers(1, 4))]
    start = near if near is not None else int(blocks[rng.integers(len(blocks))]) * 10_000
    if mode == "dense":
        return _dense(rng, start // 10_000, count)
    step = 1 if mode == "consecutive" else int(rng.choice([2, 3, 5, 7, 10]))
    start -= int(rng.integers(0, count)) * step if near is not None else -int(rng.integers(5_000))
    return (start + step * np.arange(count, dtype=np.int64)).astype(np.uint64)


def _dense(rng: np.random.Generator, block: int, count: int) -> UInt64:
    room = int(np.ceil(count / rng.uniform(0.1, 0.6) / 10_000)) * 10_000
    drawn = block * 10_000 + rng.choice(room, count, replace=False)
    return drawn.astype(np.uint64)
