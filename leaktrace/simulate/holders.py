"""From books of virtual people to holders: unknown sources, twins, canaries, what is told."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from leaktrace.simulate.numbers import NumberSpace, ascending, draw_space
from leaktrace.simulate.people import ESTATE_PEOPLE, Int32, People, draw_people
from leaktrace.simulate.registration import (
    Country,
    Register,
    arrival_days,
    bind,
    draw_cluster,
    draw_country,
    draw_registers,
    follow,
    live_around,
    log_uniform,
)
from leaktrace.simulate.settings import WorldSettings
from leaktrace.simulate.tables import ESTATE_HEADS, ESTATE_TAILS, KIND_PROFILES, TOWNS
from leaktrace.simulate.world import END, Holder, PlantedCanary


@dataclass(frozen=True, slots=True)
class Setting:
    """A world before anything leaked."""

    space: NumberSpace
    people: People
    holders: tuple[Holder, ...]
    canaries: tuple[PlantedCanary, ...]


def draw_setting(rng: np.random.Generator, settings: WorldSettings) -> Setting:
    """People, holders and canaries of a world."""
    country = draw_country(rng, settings)
    known = draw_registers(rng, settings, country)
    leaking, hosts = draw_roles(rng, settings)
    unknown = [draw_unknown(rng, settings, country, known) for _ in range(settings.unknown_sources)]
    twins = [draw_twin(rng, settings, country, known[host]) for host in hosts]
    plan = draw_plan(rng, settings, known)
    space = draw_space(rng, settings.towns, settings.blocks)
    books = [*known, *unknown, *twins]
    virtual = ascending(np.concatenate([book.people for book in books]))
    homes = np.array([_home(rng, planting, known) for planting in plan], np.uint8)
    people = draw_people(rng, space, virtual, homes, min(country.towns) // ESTATE_PEOPLE)
    canaries = [
        PlantedCanary(
            f"C{place + 1:03d}",
            len(virtual) + place,
            tuple((f"S{source + 1:02d}", day) for source, day in planting),
        )
        for place, planting in enumerate(plan)
    ]
    holders = []
    for place, book in enumerate(books):
        members = np.searchsorted(virtual, book.people).astype(np.int32)
        holders.append(_holder(rng, book, members, place, len(known)))
    for place, host in enumerate(hosts):
        spot = len(known) + len(unknown) + place
        holders[spot] = replace(
            holders[spot], id=f"unknown:T{place + 1}", twin_of=holders[host].id, leaks=True
        )
    for place in range(len(known)):
        holders[place] = tell(rng, settings, plant(holders[place], canaries))
        holders[place] = replace(holders[place], leaks=place in leaking)
    people, recycled = recycle(rng, settings, people, canaries, holders[: len(known)])
    return Setting(space, people, tuple(holders), tuple(recycled))


def draw_roles(rng: np.random.Generator, settings: WorldSettings) -> tuple[set[int], list[int]]:
    """Which known sources leak, and the innocent ones that have a twin, by position."""
    order = rng.permutation(settings.sources).tolist()
    innocent = settings.sources - settings.twins
    leaking = min(round(settings.leaking * settings.sources), innocent)
    return set(order[:leaking]), order[innocent:]


def draw_unknown(
    rng: np.random.Generator, settings: WorldSettings, country: Country, known: list[Register]
) -> Register:
    """A book that the case does not know, a share of it registered with one known source too."""
    kind = str(rng.choice([kind for kind in KIND_PROFILES if kind != "annual-report"]))
    host = known[int(rng.integers(len(known)))]
    share = rng.uniform(*settings.unknown_overlap)
    size = min(log_uniform(rng, settings.population), int(len(host.people) / max(share, 0.01)))
    cluster = draw_cluster(rng, country, host.town)
    people, days = follow(rng, host, host.opened, int(size * share))
    scope = KIND_PROFILES[kind].scope
    others = live_around(
        rng, country, scope, host.town, cluster, size - len(people), settings.household
    )
    return bind(
        kind,
        host.town,
        cluster,
        host.opened,
        np.concatenate([people, others]),
        np.concatenate([days, arrival_days(rng, host.opened, len(others))]),
    )


def draw_twin(
    rng: np.random.Generator, settings: WorldSettings, country: Country, host: Register
) -> Register:
    """A book with most of ``host``'s people, each registered there by itself some days around."""
    share = rng.uniform(*settings.twin_share)
    kept = np.flatnonzero(rng.random(len(host.people)) < share)
    days = host.days[kept] + rng.normal(5, 20, len(kept)).astype(np.int32)
    extra = live_around(
        rng, country, "estate", host.town, host.cluster, len(host.people) // 25, 0.0
    )
    return bind(
        str(rng.choice([kind for kind, it in KIND_PROFILES.items() if it.scope == "estate"])),
        host.town,
        host.cluster,
        host.opened,
        np.concatenate([host.people[kept], extra]),
        np.concatenate(
            [np.clip(days, host.opened, END), arrival_days(rng, host.opened, len(extra))]
        ),
    )


def draw_plan(
    rng: np.random.Generator, settings: WorldSettings, known: list[Register]
) -> list[tuple[tuple[int, int], ...]]:
    """For each canary its plantings (position of the source, day), none for controls; shuffled."""
    plan: list[tuple[tuple[int, int], ...]] = [() for _ in range(settings.controls)]
    last = END - 20
    for place, book in enumerate(known):
        if rng.random() >= settings.canaried:
            continue
        count = int(rng.integers(settings.canaries[0], settings.canaries[1], endpoint=True))
        for day in rng.integers(max(book.opened, END - 1_100), last, count).tolist():
            plantings = [(place, day)]
            if len(known) > 1 and rng.random() < settings.shared_canaries:
                other = int((place + rng.integers(1, len(known))) % len(known))
                day = int(rng.integers(max(known[other].opened, day - 200), last))
                plantings.append((other, day))
            plan.append(tuple(plantings))
    return [plan[place] for place in rng.permutation(len(plan))]


def _home(
    rng: np.random.Generator, planting: tuple[tuple[int, int], ...], known: list[Register]
) -> int:
    return known[planting[0][0] if planting else int(rng.integers(len(known)))].town


def _holder(
    rng: np.random.Generator, book: Register, members: Int32, place: int, known: int
) -> Holder:
    profile = KIND_PROFILES[book.kind]
    town = TOWNS[book.town % len(TOWNS)]
    estate = estate_name(book.town, book.cluster[0])
    name = str(rng.choice(profile.names)).format(town=town, estate=estate)
    return Holder(
        id=f"S{place + 1:02d}" if place < known else f"unknown:U{place - known + 1}",
        name=name,
        kind=book.kind,
        town=book.town,
        cluster=book.cluster,
        opened=book.opened,
        members=members,
        registered=book.days,
        columns=("name", "mobile", *profile.columns),
        leaks=place >= known,
    )


def estate_name(town: int, estate: int) -> str:
    """The name of an estate: the same number is another estate in another town."""
    code = town * 97 + estate
    tails = len(ESTATE_TAILS)
    serial = code // (len(ESTATE_HEADS) * tails)
    ending = f"{serial + 1}期" if serial else ""
    return ESTATE_HEADS[code // tails % len(ESTATE_HEADS)] + ESTATE_TAILS[code % tails] + ending


def plant(holder: Holder, canaries: list[PlantedCanary]) -> Holder:
    """The holder with its canaries among its members, each from its day on."""
    here = [
        (canary.person, day)
        for canary in canaries
        for source, day in canary.plantings
        if source == holder.id
    ]
    if not here:
        return holder
    people = np.array([person for person, _ in here], np.int32)
    days = np.array([day for _, day in here], np.int32)
    registered = np.concatenate([holder.registered, days])
    order = np.argsort(registered, kind="stable")
    return replace(
        holder,
        members=np.concatenate([holder.members, people])[order],
        registered=registered[order],
    )


def tell(rng: np.random.Generator, settings: WorldSettings, holder: Holder) -> Holder:
    """The holder with its population as told: exact, rough or not at all."""
    lot = rng.random()
    true = len(holder.members)
    error = 1 + rng.uniform(-settings.population_error, settings.population_error)
    if lot < settings.population_exact:
        return replace(holder, population=true)
    if lot < settings.population_exact + settings.population_rough:
        return replace(holder, population=max(int(round(true * error, -2)), 100))
    return holder


def recycle(
    rng: np.random.Generator,
    settings: WorldSettings,
    people: People,
    canaries: list[PlantedCanary],
    sources: list[Holder],
) -> tuple[People, list[PlantedCanary]]:
    """Some canaries' numbers turn out to have been somebody's, who registered before planting."""
    mobile = people.mobile.copy()
    number_town, carrier = people.number_town.copy(), people.carrier.copy()
    result = []
    for canary in canaries:
        planted = {source for source, _ in canary.plantings}
        others = [source for source in sources if source.id not in planted]
        if rng.random() < settings.recycled and planted and others:
            first = min(day for _, day in canary.plantings)
            source = others[int(rng.integers(len(others)))]
            before = source.members[source.registered < first - 90]
            before = before[people.canary[before] < 0]
            if len(before):
                owner = int(rng.choice(before))
                mobile[canary.person] = mobile[owner]
                number_town[canary.person] = number_town[owner]
                carrier[canary.person] = carrier[owner]
                canary = replace(canary, recycled_from=owner)
        result.append(canary)
    return replace(people, mobile=mobile, number_town=number_town, carrier=carrier), result
