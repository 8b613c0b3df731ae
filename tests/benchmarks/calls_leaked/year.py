"""The log of a year, and everything that rings in it for no leak's sake."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tests.benchmarks.calls_leaked.callers import Firm, fixed_number, random_firm
from tests.benchmarks.calls_leaked.cast import DAYS, Generator, Knobs, Number, Source
from tests.benchmarks.calls_leaked.words import SECTORS, human_words, person, read_aloud, weighted


@dataclass(frozen=True)
class Ring:
    """A call, as the log has it, and its true ``cause``."""

    day: float
    number: Number
    caller: str
    duration: int
    kind: str
    sector: str
    claims: str
    transcript: str
    cause: str
    source: str = ""


@dataclass
class Year:
    """The log, and how calls come into it."""

    rng: Generator
    knobs: Knobs
    numbers: list[Number]
    sources: list[Source]
    firms: list[Firm]
    rings: list[Ring] = field(default_factory=list)

    def ring(
        self,
        number: Number,
        day: float,
        firm: Firm,
        cause: str,
        *,
        source: str = "",
        claims: str | None = None,
        recited: str = "",
        human: bool = False,
        trusted: bool = False,
    ) -> None:
        """``firm`` rings ``number``, unless the phone is dead or the carrier keeps it away.

        ``recited`` is a name that the caller says; a ``trusted`` caller is not filtered.
        """
        rng = self.rng
        if not 0 <= day < DAYS or number.dead(day):
            return
        if not trusted and firm.way != "fixed" and rng.random() < number.filtered:
            return
        robot = firm.robot and not human
        said = ""
        if robot and rng.random() < self.knobs["transcribed"]:
            said = (f"您好请问是{recited}吗，" if recited else "") + firm.script
        elif recited and rng.random() < 0.5:
            said = human_words(rng, recited) + "，" + firm.script.split("，")[1]
        if said:
            said = read_aloud(rng, said, self.knobs["misheard"])
        if claims is None:
            claims = firm.name if rng.random() < firm.names_itself else ""
        duration = int(rng.gamma(1.2, 30 if said else 12))
        # What a missed call sells nobody knows, unless it was called back.
        unheard = not said and rng.random() < self.knobs["unheard"] / (3 if trusted else 1)
        self.rings.append(
            Ring(
                day, number, firm.caller(rng, number.mobile), duration,
                "unknown" if unheard else "robot" if robot else "human",
                "" if unheard else firm.sector, "" if unheard else claims, said, cause, source,
            )
        )  # fmt: skip

    def hour(self, day: float) -> float:
        """A moment of ``day`` in which firms ring."""
        return float(np.floor(day) + (9 + 11 * self.rng.beta(1.6, 1.6)) / 24)


def ring_out_of_the_blue(year: Year) -> None:
    """Single calls at each number's own rate, a few by the same firm within a day or two."""
    rng = year.rng
    start = rng.uniform(-60, DAYS, len(year.firms))
    end = start + np.exp(rng.uniform(np.log(20), np.log(250), len(year.firms)))
    weight = rng.lognormal(0, 1, len(year.firms))
    for number in year.numbers:
        for day in rng.uniform(0, DAYS, rng.poisson(number.rate * DAYS / year.knobs["cluster"])):
            odds = weight * ((start <= day) & (day < end))
            if not odds.any():
                continue
            firm = year.firms[int(rng.choice(len(odds), p=odds / odds.sum()))]
            for _ in range(int(rng.geometric(1 / year.knobs["cluster"]))):
                claims = _posed(year, 0.03)
                moment = year.hour(day + rng.exponential(0.7))
                year.ring(number, moment, firm, "background", claims=claims)


def _posed(year: Year, share: float) -> str | None:
    """The name of any source, by callers who dial at random and say to be a known firm."""
    if year.rng.random() >= share:
        return None
    return year.sources[int(year.rng.integers(len(year.sources)))].name


def ring_in_storms(year: Year) -> None:
    """A firm rings many of all numbers within days; a posing one under one source's name."""
    rng = year.rng
    for _ in range(int(rng.poisson(year.knobs["storms"]))):
        firm = year.firms[int(rng.integers(len(year.firms)))]
        start, days = rng.uniform(0, DAYS), rng.uniform(0.3, 4)
        reach = min(year.knobs["storm_reach"] * rng.gamma(2, 0.5), 0.9)
        claims = _posed(year, 0.1)
        for number in year.numbers:
            if rng.random() < reach:
                for _ in range(int(rng.geometric(0.75))):
                    moment = year.hour(start + rng.uniform(0, days))
                    year.ring(number, moment, firm, "storm", claims=claims)


def ring_in_sweeps(year: Year) -> None:
    """A firm dials a segment number by number: neighbours ring within the hour."""
    rng = year.rng
    segments = sorted({one.segment for one in year.numbers})
    for _ in range(int(rng.poisson(year.knobs["sweeps"]))):
        firm = year.firms[int(rng.integers(len(year.firms)))]
        segment = segments[int(rng.integers(len(segments)))]
        here = sorted(
            (one for one in year.numbers if one.segment == segment), key=lambda one: one.mobile
        )
        size = int(np.ceil(len(here) * rng.uniform(0.2, 1.0)))
        first = int(rng.integers(len(here) - size + 1))
        start = year.hour(rng.uniform(0, DAYS))
        seconds = rng.uniform(2, 40)
        for number in here[first : first + size]:
            if rng.random() < year.knobs["sweep_reach"]:
                gone = (int(number.mobile) - int(here[first].mobile)) * seconds / 86_400
                year.ring(number, start + gone, firm, "sweep")


def ring_in_a_boom(year: Year) -> tuple[str, float]:
    """One sector rings everybody for a month; which, and from which day."""
    rng = year.rng
    sector = weighted(rng, SECTORS)
    start = float(rng.uniform(60, DAYS - 40))
    firms = [one for one in year.firms if one.sector == sector]
    firms += [random_firm(rng, sector, year.knobs["spoofed"]) for _ in range(3)]
    mean = (year.knobs["boom"] - 1) * 30 / year.knobs["days_between"] * 0.4
    for number in year.numbers:
        for _ in range(int(rng.poisson(mean))):
            firm = firms[int(rng.integers(len(firms)))]
            year.ring(number, year.hour(start + rng.uniform(0, 30)), firm, "boom")
    return sector, start


def ring_for_former_owners(year: Year) -> None:
    """Few callers ask for who had the number before, from the start; and his data is sold, too."""
    rng = year.rng
    for number in (one for one in year.numbers if one.recycled):
        former = person(rng)
        for _ in range(int(rng.integers(1, 4))):
            sector = "collection" if rng.random() < 0.6 else weighted(rng, SECTORS)
            firm = random_firm(rng, sector, 0.0)
            kept = tuple(fixed_number(rng, "mobile") for _ in range(int(rng.integers(1, 5))))
            firm = Firm(firm.name, sector, firm.script, "fixed", kept, firm.robot, 0.5)
            lasts = float(np.exp(rng.uniform(np.log(30), np.log(500))))
            for day in rng.exponential(lasts, rng.poisson(lasts * rng.uniform(0.02, 0.2))):
                said = former if rng.random() < 0.7 else ""
                year.ring(number, year.hour(day), firm, "former-owner", recited=said)
        for _ in range(int(rng.poisson(0.6))):
            firm = year.firms[int(rng.integers(len(year.firms)))]
            start = rng.uniform(0, DAYS)
            for day in start + rng.uniform(0, 15, int(rng.integers(1, 4))):
                said = former if rng.random() < 0.4 else ""
                year.ring(number, year.hour(day), firm, "former-owner-sold", recited=said)
