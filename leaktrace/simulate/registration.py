"""Who registers where and when: sources with their people as virtual numbers, before faces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leaktrace.simulate.numbers import Int64, ascending
from leaktrace.simulate.people import ESTATE_PEOPLE, HOUSEHOLD, TOWN_STRIDE, Int32
from leaktrace.simulate.settings import WorldSettings
from leaktrace.simulate.tables import KIND_PROFILES, LOOSE_KINDS, PROPERTY_CHAIN
from leaktrace.simulate.world import END, START

#: Every holder is open well before the first list is seen.
LAST_OPENING = END - 900
# How people spread for each scope: cluster of estates, rest of the town, rest of the country.
_SPREAD = {"estate": (0.70, 0.25, 0.05), "town": (0.10, 0.80, 0.10), "country": (0.0, 0.25, 0.75)}


@dataclass(frozen=True, slots=True)
class Register:
    """A holder's book: distinct virtual people int64[n] and the day each came, ascending by day."""

    kind: str
    town: int
    cluster: tuple[int, int]
    opened: int
    people: Int64
    days: Int32


@dataclass(frozen=True, slots=True)
class Country:
    """How many people live in each town."""

    towns: tuple[int, ...]


def draw_country(rng: np.random.Generator, settings: WorldSettings) -> Country:
    """Towns with their sizes."""
    low, high = settings.town_people
    return Country(tuple(rng.integers(low, high, settings.towns, endpoint=True).tolist()))


def log_uniform(rng: np.random.Generator, bounds: tuple[int, int]) -> int:
    """An integer between ``bounds``, uniform in its logarithm."""
    return round(float(np.exp(rng.uniform(np.log(bounds[0]), np.log(bounds[1])))))


def draw_kinds(rng: np.random.Generator, count: int) -> list[list[str]]:
    """Kinds of the sources, in families: chains around estates, and sources that stand alone.

    A world of six or more has at least one chain.
    """
    families: list[list[str]] = []
    left = count
    while left:
        if (left == count >= 6) or (left >= 3 and rng.random() < 0.25):
            length = int(rng.integers(3, min(len(PROPERTY_CHAIN), left) + 1))
            families.append(list(PROPERTY_CHAIN[:length]))
        else:
            families.append([str(rng.choice(LOOSE_KINDS))])
        left -= len(families[-1])
    return families


def draw_registers(
    rng: np.random.Generator, settings: WorldSettings, country: Country
) -> list[Register]:
    """The books of all known sources, in random order."""
    books: list[Register] = []
    for family in draw_kinds(rng, settings.sources):
        town = int(rng.integers(len(country.towns)))
        cluster = draw_cluster(rng, country, town)
        sizes = sorted((log_uniform(rng, settings.population) for _ in family), reverse=True)
        for kind, size in zip(family, sizes, strict=True):
            upstream = _upstream(rng, books, kind, town, cluster)
            books.append(draw_register(rng, settings, country, kind, town, cluster, size, upstream))
    return [books[place] for place in rng.permutation(len(books))]


def draw_cluster(rng: np.random.Generator, country: Country, town: int) -> tuple[int, int]:
    """A run of neighbouring estates, [first, last), of ``town``."""
    estates = max(country.towns[town] // ESTATE_PEOPLE, 1)
    size = min(int(rng.integers(8, 21)), estates)
    first = int(rng.integers(0, estates - size + 1))
    return first, first + size


def _upstream(
    rng: np.random.Generator,
    books: list[Register],
    kind: str,
    town: int,
    cluster: tuple[int, int],
) -> Register | None:
    """The book that people of ``kind`` mostly come through, where there is one around."""
    for feeder in KIND_PROFILES[kind].feeds:
        near = [book for book in books if book.kind == feeder and book.town == town]
        same = [book for book in near if book.cluster == cluster]
        if same or (near and rng.random() < 0.5):
            pool = same or near
            return pool[int(rng.integers(len(pool)))]
    return None


def draw_register(
    rng: np.random.Generator,
    settings: WorldSettings,
    country: Country,
    kind: str,
    town: int,
    cluster: tuple[int, int],
    size: int,
    upstream: Register | None,
) -> Register:
    """A book of about ``size`` people, part of them out of ``upstream``."""
    scope = KIND_PROFILES[kind].scope
    if upstream is None:
        opened = int(rng.integers(START, LAST_OPENING))
        people, days = np.empty(0, np.int64), np.empty(0, np.int32)
        rest = size
    else:
        opened = upstream.opened
        # Around an estate most customers come from upstream, elsewhere only some do.
        share = rng.uniform(*settings.nesting) * (1.0 if scope == "estate" else 0.3)
        people, days = follow(rng, upstream, opened, int(size * share))
        rest = min(size - len(people), int(len(people) * (1 - share) / share))
    newcomers = live_around(rng, country, scope, town, cluster, rest, settings.household)
    people = np.concatenate([people, newcomers])
    days = np.concatenate([days, arrival_days(rng, opened, len(newcomers))])
    return bind(kind, town, cluster, opened, people, days)


def bind(
    kind: str, town: int, cluster: tuple[int, int], opened: int, people: Int64, days: Int32
) -> Register:
    """A book without repetitions (the first entry stays), by day."""
    order = np.argsort(days, kind="stable")
    people, days = people[order], days[order]
    first = np.sort(np.unique(people, return_index=True)[1])
    return Register(kind, town, cluster, opened, people[first], days[first].astype(np.int32))


def follow(
    rng: np.random.Generator, upstream: Register, opened: int, count: int
) -> tuple[Int64, Int32]:
    """``count`` people of ``upstream`` (or all there are) who came on some weeks later."""
    delay = rng.gamma(1.5, 40.0, len(upstream.days)).astype(np.int32)
    days = np.maximum(upstream.days + delay, opened)
    able = np.flatnonzero(days <= END)
    chosen = rng.choice(able, min(count, len(able)), replace=False)
    return upstream.people[chosen], days[chosen].astype(np.int32)


def arrival_days(rng: np.random.Generator, opened: int, count: int) -> Int32:
    """Days of registration, int32[count]: a steady stream with two rushes."""
    span = END - opened
    steady = rng.beta(1.0, rng.uniform(0.7, 1.5), count)
    rush = np.clip(rng.choice(rng.random(2), count) + rng.normal(0, 0.02, count), 0, 1)
    place = np.where(rng.random(count) < 0.3, rush, steady)
    return (opened + place * span).astype(np.int32)


def live_around(
    rng: np.random.Generator,
    country: Country,
    scope: str,
    town: int,
    cluster: tuple[int, int],
    count: int,
    household: float,
) -> Int64:
    """About ``count`` distinct virtual people around a place, some with a household member."""
    alone = int(count / (1 + household))
    near, around, far = rng.multinomial(alone, _SPREAD[scope])
    low, high = cluster[0] * ESTATE_PEOPLE, cluster[1] * ESTATE_PEOPLE
    parts = [
        town * TOWN_STRIDE + rng.integers(low, high, near),
        town * TOWN_STRIDE + rng.integers(0, country.towns[town], around),
    ]
    home = rng.choice(len(country.towns), far)
    parts.append(home * TOWN_STRIDE + rng.integers(0, np.array(country.towns)[home]))
    drawn = ascending(np.concatenate(parts))
    brought = drawn[rng.random(len(drawn)) < household]
    place = brought % TOWN_STRIDE % HOUSEHOLD
    partner = brought - place + (place + 1) % HOUSEHOLD
    found: Int64 = rng.permutation(ascending(np.concatenate([drawn, partner])))
    return found
