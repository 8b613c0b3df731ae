"""Who is there before anything rings: the numbers, the sources, and what was planted where."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from leaktrace.simulate.numbers import draw_space
from tests.benchmarks.calls_leaked.callers import Firm, fixed_number, random_firm
from tests.benchmarks.calls_leaked.knobs import Size
from tests.benchmarks.calls_leaked.words import (
    KINDS,
    PUBLIC_KINDS,
    SECTORS,
    address,
    firm,
    person,
    script,
    source_name,
    weighted,
)

Generator = np.random.Generator
DAYS = 365
Knobs = dict[str, float]


@dataclass
class Number:
    """A canary's number: ``silent`` is from which day to which it does not ring."""

    place: int
    mobile: str
    name: str
    address: str
    segment: int
    rate: float
    filtered: float
    silent: tuple[float, float] | None
    recycled: bool
    pooled: bool
    #: Day of planting by source; empty for a control.
    planted: dict[str, float] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """As the tables name the canary."""
        return f"C{self.place + 1:03d}"

    def dead(self, day: float) -> bool:
        """Whether its phone does not ring on ``day``."""
        return self.silent is not None and self.silent[0] <= day < self.silent[1]


@dataclass
class Source:
    """A source, with its own callers (``None`` where it rings nobody)."""

    id: str
    name: str
    kind: str
    sector: str
    population: int | None
    public: bool
    caller: Firm | None
    port: str
    declared: tuple[str, ...]
    recipients: tuple[Firm, ...]
    numbers: list[Number] = field(default_factory=list)


def draw_numbers(rng: Generator, size: Size, knobs: Knobs) -> list[Number]:
    """The numbers, in a few segments; the controls are any of them."""
    space = draw_space(rng, 4, (4, 8))
    blocks = [int(block) for town in space.blocks for kind in town[1:4] for block in kind]
    segments = rng.choice(blocks, int(rng.integers(6, 11)), replace=False)
    owner = np.sort(rng.integers(0, len(segments), size.numbers))
    runs = {}
    for segment in np.unique(owner).tolist():
        gaps = 1 + rng.geometric(0.08, int((owner == segment).sum()))
        places = (rng.integers(10_000) + np.cumsum(gaps)) % 10_000
        runs[segment] = iter(_apart(places.tolist()))
    mobiles = [(f"{segments[at]}{next(runs[at]):04d}", at) for at in owner.tolist()]
    by_carrier = rng.beta(2, 2, len(segments)) * 2 * knobs["filtered"]
    found = []
    for place, at in enumerate(rng.permutation(size.numbers).tolist()):
        number, segment = mobiles[at]
        found.append(
            Number(
                place, number, person(rng), address(rng), segment, _rate(rng, knobs),
                float(min(by_carrier[segment], 0.8)), _silent(rng, knobs),
                bool(rng.random() < knobs["recycled"]), bool(rng.random() < knobs["pooled"]),
            )
        )  # fmt: skip
    return found


def _apart(places: list[int]) -> list[int]:
    """``places`` with none twice."""
    taken: set[int] = set()
    for one in places:
        while one in taken:
            one = (one + 1) % 10_000
        taken.add(one)
    return list(taken)


def _rate(rng: Generator, knobs: Knobs) -> float:
    """Calls a day out of the blue, storms and sweeps aside."""
    if rng.random() < knobs["never_rung"]:
        return 0.0
    mean = 0.7 / knobs["days_between"] / (1 - knobs["never_rung"])
    return float(rng.gamma(knobs["shape"], mean / knobs["shape"]))


def _silent(rng: Generator, knobs: Knobs) -> tuple[float, float] | None:
    if rng.random() >= knobs["silent"]:
        return None
    start = float(rng.uniform(30, 300))
    return start, start + float(rng.uniform(40, 240))


def draw_sources(rng: Generator, size: Size, knobs: Knobs) -> list[Source]:
    """The sources, and who rings for them."""
    found: list[Source] = []
    names: set[str] = set()
    for place in range(size.sources):
        public = bool(rng.random() < knobs["public"])
        kind = PUBLIC_KINDS[int(rng.integers(2))] if public else _kind(rng)
        tail, sector = ("公示信息", "company-services") if public else KINDS[kind][1:]
        name = source_name(rng, tail)
        while name in names:
            name = source_name(rng, tail)
        names.add(name)
        caller = None
        if not public and rng.random() < knobs["first_party"]:
            caller = _own_caller(rng, name, sector, knobs)
        known = rng.random() >= knobs["unknown_population"]
        recipients: tuple[Firm, ...] = ()
        if not public and rng.random() < knobs["recipients"]:
            recipients = tuple(_recipient(rng) for _ in range(int(rng.integers(1, 3))))
        found.append(
            Source(
                f"S{place + 1:03d}", name, kind, sector,
                int(np.exp(rng.normal(8.5, 1.3))) + 50 if known else None,
                public, caller, fixed_number(rng, "sms"), _declared(rng, caller, knobs),
                recipients,
            )
        )  # fmt: skip
    return found


def _kind(rng: Generator) -> str:
    return weighted(rng, {kind: about[0] for kind, about in KINDS.items()})


def _own_caller(rng: Generator, name: str, sector: str, knobs: Knobs) -> Firm:
    ways = [str(one) for one in rng.choice(["landline", "400", "95", "mobile"], 3)]
    numbers = tuple(fixed_number(rng, way) for way in ways[: int(rng.integers(1, 4))])
    # A source without a sector of its own is known by its name alone.
    named = 1.0 if not sector else float(rng.choice([0.0, knobs["named"], 1.0], p=[0.2, 0.5, 0.3]))
    words = script(rng, sector or "other", name)
    return Firm(name, sector, words, "fixed", numbers, bool(rng.random() < 0.4), named)


def _declared(rng: Generator, caller: Firm | None, knobs: Knobs) -> tuple[str, ...]:
    if caller is None:
        return ()
    if rng.random() < knobs["declared"]:
        return caller.numbers
    return caller.numbers[:1] if rng.random() < 0.3 else ()


def _recipient(rng: Generator) -> Firm:
    sector = weighted(rng, SECTORS)
    name = firm(rng)
    numbers = tuple(fixed_number(rng, "landline") for _ in range(int(rng.integers(1, 3))))
    robot = bool(rng.random() < 0.5)
    return Firm(name, sector, script(rng, sector, name), "fixed", numbers, robot, 0.7)


def plant(rng: Generator, size: Size, numbers: list[Number], sources: list[Source]) -> None:
    """Give every source numbers: of its own, or two or so that each two or three sources share.

    All plantings are in the first ten weeks; the numbers rang before.
    """
    open_ = list(numbers[size.controls :])
    restricted = [at for at, one in enumerate(sources) if not one.public]
    wanted = round(size.own * size.sources)
    sharing = rng.permutation(restricted)[: size.sources - wanted].tolist()
    shared = min(max(round(len(sharing) * 2 / 2.5), 1), len(open_) - wanted) if sharing else 0
    for one in open_[:shared]:
        low = sorted(sharing, key=lambda at: (len(sources[at].numbers), rng.random()))
        for at in low[: int(rng.integers(2, 4))]:
            _give(rng, one, sources[at])
    owners = [at for at in range(size.sources) if at not in set(sharing)]
    rest = open_[shared:]
    more = rng.choice(owners, max(len(rest) - len(owners), 0)).tolist()
    for one, at in zip(rest, [*owners, *more], strict=False):
        _give(rng, one, sources[at])


def _give(rng: Generator, number: Number, source: Source) -> None:
    number.planted[source.id] = float(rng.integers(5, 70) + rng.uniform(9, 18) / 24)
    source.numbers.append(number)


def draw_firms(rng: Generator, knobs: Knobs, count: int) -> list[Firm]:
    """Those who dial at random."""
    return [random_firm(rng, weighted(rng, SECTORS), knobs["spoofed"]) for _ in range(count)]
