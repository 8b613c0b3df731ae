"""Leaks: when, to whom they are sold, and whom the buyers ring."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.benchmarks.calls_leaked.callers import Firm, random_firm
from tests.benchmarks.calls_leaked.cast import Number, Source
from tests.benchmarks.calls_leaked.words import SECTORS, weighted
from tests.benchmarks.calls_leaked.year import Year


@dataclass
class Leak:
    """Data of ``source`` that got out on ``day``; a ``feed`` goes on, lead by lead."""

    source: str
    day: float
    first_sold: float
    feed: bool
    sectors: list[str] = field(default_factory=list)


def leak(year: Year) -> list[Leak]:
    """The year's leaks, with their calls."""
    rng = year.rng
    restricted = [one for one in year.sources if not one.public]
    count = round(year.knobs["leaking"] * len(year.sources))
    found = []
    for at in sorted(rng.permutation(len(restricted))[:count].tolist()):
        feed = bool(rng.random() < year.knobs["feeds"])
        found.append(_leak(year, restricted[at], feed))
        if rng.random() < year.knobs["again"]:
            found.append(_leak(year, restricted[at], False))
    return found


def _leak(year: Year, source: Source, feed: bool) -> Leak:
    rng, knobs = year.rng, year.knobs
    delay = float(knobs["delay_days"] * rng.lognormal(0, 2.3))
    first = min((one.planted[source.id] for one in source.numbers), default=30.0)
    day = first if feed else float(rng.uniform(40, 300))
    if feed:
        delay = min(delay, 30.0) * 0.1
    got = [one for one in source.numbers if feed or one.planted[source.id] < day]
    got = [one for one in got if rng.random() < knobs["carried"]]
    found = Leak(source.id, day, day + delay, feed)
    sold = day + delay
    for _ in range(1 + int(rng.poisson(knobs["resold"]))):
        _sell(year, source, got, sold, found)
        sold += float(rng.exponential(knobs["resale_days"]))
    return found


def _sell(year: Year, source: Source, got: list[Number], sold: float, found: Leak) -> None:
    """One buyer: a robot over some days, and a human after it where somebody listened."""
    rng, knobs = year.rng, year.knobs
    own = source.sector and rng.random() < knobs["own_sector"]
    sector = source.sector if own else weighted(rng, SECTORS)
    buyer = random_firm(rng, sector, knobs["spoofed"])
    if rng.random() < knobs["also_random"]:
        known = [one for one in year.firms if one.sector == sector] or year.firms
        buyer = known[int(rng.integers(len(known)))]
    closer = Firm(buyer.name, buyer.sector, buyer.script, "rotating", (), False, 0.3)
    found.sectors.append(buyer.sector)
    claims = source.name if rng.random() < knobs["posing"] else None
    recites = rng.random() < 2 * knobs["recites"]
    days, first_wait = rng.uniform(2, 30), rng.exponential(0.5)
    for number in got:
        if rng.random() >= knobs["rung"]:
            continue
        planted = number.planted[source.id]
        wait = rng.exponential(0.02) if found.feed else first_wait + rng.uniform(0, days)
        start = max(sold, planted + (sold - found.day)) + wait if found.feed else sold + wait
        for at in range(1 + int(rng.poisson(knobs["more_tries"]))):
            day = start if found.feed and at == 0 else year.hour(start + at * rng.uniform(0.2, 4))
            if day <= max(sold, planted):
                day = year.hour(max(sold, planted) + 1)
            said = number.name if recites and rng.random() < 0.5 else ""
            year.ring(number, day, buyer, "leak", source=source.id, claims=claims, recited=said)
            if rng.random() < knobs["second_stage"]:
                later = year.hour(day + rng.uniform(0, 3))
                said = number.name if recites else ""
                later = max(later, day + 0.01)
                year.ring(
                    number, later, closer, "leak", source=source.id, claims=claims, recited=said,
                    human=True,
                )  # fmt: skip
                break
