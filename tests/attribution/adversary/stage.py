"""A made-up town, those who hold lists of its people, and what is sold of them, row by row.

What is true is exact: every row of every batch remembers the holder whose list it was taken from
(its road). A holder contributed to a batch if at least max(5, 1%) of the batch's people came by its
road; that somebody is registered there *too* is nothing. Somebody who came by two roads counts on
both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import HeldList
from tests.attribution.adversary.cells import Facts, cells_of
from tests.attribution.made_case import MadeCase, canary, held_list

Ints = npt.NDArray[np.int64]
TOWN = 16_000
RESERVED = 400  # numbers that nobody in town has, for canaries
OPENED, CLOSED = 19_723, 20_500  # 2024-01-01 and 2026-02-16


@dataclass
class Holder:
    """Somebody with a list.

    Attributes
    ----------
    name : str
    facts : Facts
        Its people (places in the town), since when, and how it writes them.
    known : bool
        Whether the case lists it as a source.
    listed : bool
        Whether the case holds its list.
    kept_back : set of int
        People whom it left out of the list that it handed over.
    """

    name: str
    facts: Facts
    known: bool = True
    listed: bool = True
    kept_back: set[int] = field(default_factory=set)

    @property
    def people(self) -> Ints:
        return self.facts.people


@dataclass(frozen=True)
class Row:
    """Somebody in a batch: who, out of whose list (and where in it), and by whose road.

    ``road`` is empty where the row came from nobody's list.
    """

    person: int
    holder: Holder
    place: int
    road: str


@dataclass(frozen=True)
class World:
    """A case with its truth: who contributed to each batch; ``told`` says how it was made."""

    case: MadeCase
    truth: Mapping[str, frozenset[str]]
    told: str


class Stage:
    """Where a world is set up, from one seed."""

    def __init__(self, seed: Iterable[int]) -> None:
        self.rng = np.random.default_rng(list(seed))
        drawn = np.unique(self.rng.integers(13_000_000_000, 19_900_000_000, TOWN + RESERVED + 50))
        self.numbers = self.rng.permutation(drawn)[: TOWN + RESERVED]
        self.with_cells = bool(self.rng.random() < 0.6)
        self.dated = bool(self.rng.random() < 0.5)
        self.holders: list[Holder] = []
        self.plantings: list[tuple[int, str, int]] = []
        self.sold: dict[str, tuple[list[Row], int]] = {}
        self._spare = TOWN

    def townsfolk(self, count: int, among: Ints | None = None) -> Ints:
        """That many people, drawn from all or ``among`` some."""
        pool = np.arange(TOWN) if among is None else among
        return self.rng.choice(pool, min(count, len(pool)), replace=False)

    def holder(
        self, name: str, people: Ints, days: Ints | None = None, *, known: bool = True,
        listed: bool = True,
    ) -> Holder:  # fmt: skip
        """A holder of a list of ``people``, registered on ``days`` (any, by default)."""
        if days is None:
            days = self.rng.integers(OPENED, CLOSED, len(people))
        made = Holder(name, Facts.drawn(self.rng, people, days), known, listed and known)
        self.holders.append(made)
        return made

    def plant(self, holder: Holder, count: int) -> list[int]:
        """Plant canaries, which stand in the holder's list from then on; returns who they are."""
        made = list(range(self._spare, self._spare + count))
        self._spare += count
        days = self.rng.integers(OPENED + 90, CLOSED - 60, count)
        holder.facts = holder.facts.joined(Facts.drawn(self.rng, np.array(made, int), days))
        self.plantings += zip(made, [holder.name] * count, days.tolist(), strict=True)
        return made

    def cut(self, holder: Holder, size: int, day: int, among: Ints | None = None) -> list[Row]:
        """Rows of the holder's list as of ``day``, by its road."""
        fit = holder.facts.days < day
        if among is not None:
            fit &= np.isin(holder.people, among)
        places = self.rng.choice(np.flatnonzero(fit), min(size, int(fit.sum())), replace=False)
        return [Row(int(holder.people[one]), holder, int(one), holder.name) for one in places]

    def sell(self, rows: list[Row], seen: int) -> str:
        """A batch of rows, seen on a day."""
        name = f"b{len(self.sold)}"
        self.sold[name] = (rows, seen)
        return name

    def resell(self, name: str, fresh: Holder | None = None) -> str:
        """40-100% of a batch, later, perhaps with 5-30% of somebody's rows."""
        rows, seen = self.sold[name]
        size = max(300, int(len(rows) * self.rng.uniform(0.4, 1.0)))
        places = self.rng.permutation(len(rows))[:size]
        kept = [rows[one] for one in places]
        if fresh is not None:
            kept += self.cut(fresh, int(len(kept) * self.rng.uniform(0.05, 0.3)), seen)
        return self.sell(kept, seen + int(self.rng.integers(5, 90)))

    def world(self, told: str) -> World:
        """The case as an analyst has it, and what is true."""
        case = MadeCase()
        for one in self.holders:
            if one.known:
                self._add_source(case, one)
        for person, name, day in self.plantings:
            if any(one.known and one.name == name for one in self.holders):
                number = int(self.numbers[person])
                case.planted.append(canary(f"c{person}", number, (name, _date(day))))
        truth = {name: self._add_batch(case, name) for name in self.sold}
        return World(case, truth, f"{told}, cells={self.with_cells}")

    def _add_source(self, case: MadeCase, holder: Holder) -> None:
        rough = int(len(holder.people) * self.rng.uniform(0.8, 1.25))
        population = rough if self.rng.random() < 0.8 else None
        if not holder.listed:
            case.add_source(holder.name, population)
            return
        stays = [i for i, one in enumerate(holder.people) if int(one) not in holder.kept_back]
        facts = holder.facts.taken(np.array(stays, int))
        case.add_source(holder.name, population, reference=self._held(facts.people, facts.days))
        if self.with_cells:
            case.cells[holder.name] = cells_of(facts, self.numbers)

    def _add_batch(self, case: MadeCase, name: str) -> frozenset[str]:
        rows, seen = self.sold[name]
        roads: dict[int, set[str]] = {}
        first: dict[int, Row] = {}
        for one in rows:
            roads.setdefault(one.person, set()).add(one.road)
            first.setdefault(one.person, one)
        parts = [one.holder.facts.taken(np.array([one.place])) for one in first.values()]
        facts = Facts.of_all(parts)
        case.add_batch(name, self._held(facts.people, facts.days), _date(seen))
        if self.with_cells:
            case.cells[name] = cells_of(facts, self.numbers)
        least = max(5.0, 0.01 * len(first))
        counts: dict[str, int] = {}
        for road in (road for one in roads.values() for road in one):
            counts[road] = counts.get(road, 0) + 1
        known = {one.name for one in self.holders if one.known}
        return frozenset(road for road, count in counts.items() if count >= least and road in known)

    def _held(self, people: Ints, days: Ints) -> HeldList:
        numbers = self.numbers[people].tolist()
        dates = dict(zip(numbers, days.tolist(), strict=True)) if self.dated else None
        return held_list(numbers, days=dates)


def _date(day: int) -> str:
    return str(np.datetime64(day, "D"))
