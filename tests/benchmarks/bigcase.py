"""A big made-up case in memory: mobiles only, so that what is measured is the trace.

Half of the sources give their list. The sources of a town draw from the same people, so their lists
overlap as chance has it. Most batches are cut from one source or two, some from a source that
nobody knows, and every fifth is resold: a part of an earlier batch with some fresh people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from leaktrace.case.records import Batch, Canary, Planting, Reference, Source
from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.heldcells import HeldCells
from leaktrace.times import DAY, Moment

UInt64 = npt.NDArray[np.uint64]
TOWNS = 20
CANARIES = 20  # at each source
FIRST_DAY, DAYS = 18_600, 1_800
LAST_DAY = FIRST_DAY + DAYS
BATCH_SIZE = (500, 8_000)
_SHANGHAI = 8 * 3600
# Where the numbers of strangers and of canaries begin.
STRANGERS, OURS = 1 << 40, 1 << 41


@dataclass
class BigCase:
    """A :class:`leaktrace.attribution.CaseView`."""

    listed: list[Source] = field(default_factory=list)
    planted: list[Canary] = field(default_factory=list)
    lists: dict[str, HeldList] = field(default_factory=dict)
    leaks: dict[str, HeldList] = field(default_factory=dict)
    found: list[Batch] = field(default_factory=list)

    def sources(self) -> tuple[Source, ...]:
        return tuple(self.listed)

    def canaries(self) -> tuple[Canary, ...]:
        return tuple(self.planted)

    def batches(self) -> tuple[Batch, ...]:
        return tuple(self.found)

    def references(self) -> tuple[Reference, ...]:
        return tuple(
            Reference(name, f"{name}.csv", "", 1, held.size, held.size)
            for name, held in self.lists.items()
        )

    def held_batch(self, batch_id: str) -> HeldList:
        return self.leaks[batch_id]

    def held_reference(self, source_id: str) -> HeldList:
        return self.lists[source_id]

    def cells_batch(self, batch_id: str) -> HeldCells | None:
        return None

    def cells_reference(self, source_id: str) -> HeldCells | None:
        return None

    def list_facts(self, batch_id: str) -> Mapping[str, object]:
        return {}


def big_case(batches: int, sources: int, people: int, seed: int = 1) -> BigCase:
    """So many batches and sources, with so many people in the reference lists together."""
    rng = np.random.default_rng(seed)
    case = BigCase()
    weights = np.exp(rng.uniform(0.0, np.log(60.0), max(1, sources // 2)))
    sizes = np.maximum(300, weights / weights.sum() * people).astype(np.int64)
    town = 3 * int(sizes.max())
    tokens = {}
    for number in range(sources):
        name = f"S{number:03}"
        listed = number % 2 == 0 and number // 2 < len(sizes)
        size = int(sizes[number // 2]) if listed else int(rng.choice(sizes) // 8 + 300)
        tokens[name] = _people_of(number % TOWNS, town, size, rng)
        case.listed.append(Source(name, name, "property-sale", size))
        if listed:
            case.lists[name] = _held(tokens[name], dated=number % 4 == 0)
        case.planted += [
            _canary(f"{name}-{one}", name, number, one, rng) for one in range(CANARIES)
        ]
    for number in range(batches):
        _add_batch(case, number, batches, tokens, rng)
    return case


def _people_of(town: int, size: int, count: int, rng: np.random.Generator) -> UInt64:
    """Tokens of so many of a town's people, ascending."""
    step = int(rng.integers(size // 3, size // 2))
    while np.gcd(step, size) != 1:
        step += 1
    people = (int(rng.integers(size)) + step * np.arange(count, dtype=np.int64)) % size
    return np.sort(mixed((people + town * size + 1).astype(np.uint64)))


def mixed(values: UInt64) -> UInt64:
    """Splitmix64's finaliser (Steele, Lea and Flood, OOPSLA 2014): fake tokens, one to one."""
    with np.errstate(over="ignore"):
        found = values * np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(30)
        found *= np.uint64(0xBF58476D1CE4E5B9)
        found ^= found >> np.uint64(27)
        found *= np.uint64(0x94D049BB133111EB)
        found ^= found >> np.uint64(31)
    return found


def _held(
    tokens: UInt64, *, dated: bool = False, shuffled: npt.NDArray[np.uint32] | None = None
) -> HeldList:
    """A list of people by their ascending tokens; day, carrier and region follow from those."""
    count = len(tokens)
    order = np.arange(count, dtype=np.uint32) if shuffled is None else shuffled
    own = tokens if shuffled is None else np.empty_like(tokens)
    if shuffled is not None:
        own[shuffled] = tokens
    low = own.astype(np.uint32)
    days = (low >> np.uint32(8)) % np.uint32(DAYS)
    nothing = np.broadcast_to(np.zeros(1, dtype=bool), count)
    table = PeopleTable(
        np.broadcast_to(np.zeros(1, dtype=np.uint64), count),
        days.astype(np.int32) + FIRST_DAY if dated else np.full(count, NO_DAY, dtype=np.int32),
        (low % np.uint32(4)).astype(np.uint8),
        (low % np.uint32(7)).astype(np.uint16) + np.uint16(1),
        nothing,
        nothing,
    )
    return HeldList(table, {"mobile": TokenIndex(tokens, order)}, 1, count, {"mobile": count})


def _moment(day: int) -> Moment:
    start = float(day * DAY - _SHANGHAI)
    return Moment(start, start + DAY - 1, str(np.datetime64(day, "D")))


def _canary(name: str, source: str, number: int, one: int, rng: np.random.Generator) -> Canary:
    token = int(mixed(np.array([OURS + number * CANARIES + one], dtype=np.uint64))[0])
    day = int(rng.integers(FIRST_DAY, LAST_DAY - 200))
    name = f"{source}-{one}"
    return Canary(name, (Planting(source, _moment(day)),), {"mobile": (token,)}, 1 + one % 3, 1)


def _add_batch(
    case: BigCase, number: int, batches: int, tokens: Mapping[str, UInt64], rng: np.random.Generator
) -> None:
    size = int(np.exp(rng.uniform(*np.log(BATCH_SIZE))))
    parts = []
    if number % 5 == 4:
        parent = case.leaks[case.found[int(rng.integers(max(0, number - 200), number))].id]
        own = parent.index["mobile"].tokens
        parts.append(rng.choice(own, size=max(50, len(own) * 6 // 10), replace=False))
    names = list(tokens)
    for share in ((1.0,), (0.6, 0.4))[number % 2]:
        if number % 7 == 3:
            strangers = STRANGERS + rng.integers(0, 1 << 38, int(size * share))
            parts.append(mixed(strangers.astype(np.uint64)))
            continue
        source = names[int(rng.integers(len(names)))]
        parts += _cut(source, tokens[source], names.index(source), int(size * share), rng)
    people = np.unique(np.concatenate(parts))
    held = _held(people, shuffled=rng.permutation(len(people)).astype(np.uint32))
    name = f"B{number:04}"
    day = LAST_DAY - 150 + number * 150 // batches
    count = len(people)
    case.leaks[name] = held
    case.found.append(Batch(name, f"{name}.csv", "", _moment(day), count, count, 0, 0, 0, count))


def _cut(
    source: str, tokens: UInt64, number: int, size: int, rng: np.random.Generator
) -> list[UInt64]:
    """So many people of a source, with the canaries that chance brings along."""
    size = min(size, len(tokens))
    hits = np.flatnonzero(rng.random(CANARIES) < size / len(tokens))
    ours = mixed((OURS + number * CANARIES + hits).astype(np.uint64))
    return [tokens[np.unique(rng.integers(0, len(tokens), size))], ours]
