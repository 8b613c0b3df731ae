"""A case made by hand from plain sets of whole numbers, each of which stands for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from leaktrace.case.records import Batch, Canary, Planting, Reference, Source
from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.heldcells import HeldCells
from leaktrace.identifiers.kinds import KIND
from leaktrace.times import Moment, read_moment

WITH_NAMES = ("mobile", "mobile_masked", "name_mobile_masked", "name_last4")
MASKED = ("mobile_masked", "name_mobile_masked", "name_last4")


def mixed(values: Iterable[int], salt: int) -> npt.NDArray[np.uint64]:
    """Fake tokens: one to one, and uniform enough for sketches."""
    numbers = np.array(list(values), dtype=np.uint64)
    with np.errstate(over="ignore"):
        numbers = (numbers + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
        numbers = (numbers ^ (numbers >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return np.asarray(numbers ^ (numbers >> np.uint64(32)))


def tokens_of(
    people: Sequence[int], names: Mapping[int, int] | None = None
) -> dict[str, npt.NDArray[np.uint64]]:
    """All tokens of people by kind. Whoever has no name in ``names`` has their own number's."""
    called = [(names or {}).get(one, one % 997) for one in people]
    masked = [one // 10**8 * 10**4 + one % 10**4 for one in people]
    values = {
        "mobile": list(people),
        "mobile_masked": masked,
        "name_mobile_masked": [n * 10**8 + m for n, m in zip(called, masked, strict=True)],
        "name_last4": [n * 10**8 + one % 10**4 for n, one in zip(called, people, strict=True)],
    }
    return {kind: mixed(value, KIND[kind].code << 40) for kind, value in values.items()}


def held_list(
    people: Iterable[int],
    *,
    days: Mapping[int, int] | None = None,
    kinds: Sequence[str] = ("mobile",),
    names: Mapping[int, int] | None = None,
    carrier: Mapping[int, int] | None = None,
    region: Mapping[int, int] | None = None,
    swept: Iterable[int] = (),
    never: Iterable[int] = (),
    scaled: int = 1,
) -> HeldList:
    """The list of ``people``; with ``scaled`` above 1, what a sketch of it holds."""
    whole = sorted(set(people))
    rows = whole
    if scaled > 1:
        limit = np.uint64((1 << 64) // scaled)
        rows = [one for one, token in zip(whole, tokens_of(whole)["mobile"], strict=True)
                if token < limit]  # fmt: skip
    tokens = tokens_of(rows, names)
    index = {}
    for kind in kinds:
        order = np.argsort(tokens[kind], kind="stable")
        index[kind] = TokenIndex(tokens[kind][order], order.astype(np.uint32))
    crowd, nowhere = set(swept), set(never)
    table = PeopleTable(
        np.zeros(len(rows), dtype=np.uint64),
        np.array([(days or {}).get(one, NO_DAY) for one in rows], dtype=np.int32),
        np.array([(carrier or {}).get(one, 0) for one in rows], dtype=np.uint8),
        np.array([(region or {}).get(one, 0) for one in rows], dtype=np.uint16),
        np.array([one in crowd for one in rows], dtype=bool),
        np.array([one in nowhere for one in rows], dtype=bool),
        full=None if "mobile" in kinds else np.zeros(len(rows), dtype=bool),
    )
    return HeldList(table, index, scaled, len(whole), dict.fromkeys(kinds, len(whole)))


def canary(
    name: str,
    person: int,
    *plantings: tuple[str | None, str],
    called: int | None = None,
    carrier: int = 0,
    region: int = 0,
) -> Canary:
    """A canary that is ``person``, planted at (source, date) each."""
    names = {} if called is None else {person: called}
    tokens = {kind: (int(value[0]),) for kind, value in tokens_of([person], names).items()}
    moments = tuple(Planting(source, read_moment(when)) for source, when in plantings)
    return Canary(name, moments, tokens, carrier, region)


def source(
    name: str,
    population: int | None = None,
    *,
    kind: str = "property-sale",
    access: str = "restricted",
) -> Source:
    """A source."""
    return Source(name, name, kind, population, access=access)


@dataclass
class MadeCase:
    """A :class:`leaktrace.attribution.CaseView` that is filled by hand."""

    listed: list[Source] = field(default_factory=list)
    planted: list[Canary] = field(default_factory=list)
    lists: dict[str, HeldList] = field(default_factory=dict)
    leaks: dict[str, HeldList] = field(default_factory=dict)
    moments: dict[str, Moment] = field(default_factory=dict)
    cells: dict[str, HeldCells] = field(default_factory=dict)

    def add_source(
        self, name: str, population: int | None = None, *, reference: HeldList | None = None,
        kind: str = "property-sale", access: str = "restricted",
    ) -> None:  # fmt: skip
        """Register a source, with its list where there is one."""
        self.listed.append(source(name, population, kind=kind, access=access))
        if reference is not None:
            self.lists[name] = reference

    def add_batch(self, name: str, held: HeldList, seen_at: str = "2026-03-01") -> None:
        """Take a list in."""
        self.leaks[name] = held
        self.moments[name] = read_moment(seen_at)

    def sources(self) -> tuple[Source, ...]:
        return tuple(self.listed)

    def canaries(self) -> tuple[Canary, ...]:
        return tuple(self.planted)

    def batches(self) -> tuple[Batch, ...]:
        made = [
            Batch(name, f"{name}.csv", "0" * 64, self.moments[name], len(held.people),
                  len(held.people), 0, 0, 0, len(held.people))
            for name, held in self.leaks.items()
        ]  # fmt: skip
        return tuple(sorted(made, key=lambda one: (one.seen_at.earliest, one.id)))

    def references(self) -> tuple[Reference, ...]:
        return tuple(
            Reference(name, f"{name}.csv", "", held.scaled, held.size, held.size)
            for name, held in sorted(self.lists.items())
        )

    def held_batch(self, batch_id: str) -> HeldList:
        return self.leaks[batch_id]

    def held_reference(self, source_id: str) -> HeldList:
        return self.lists[source_id]

    def cells_batch(self, batch_id: str) -> HeldCells | None:
        return self.cells.get(batch_id)

    def cells_reference(self, source_id: str) -> HeldCells | None:
        return self.cells.get(source_id)

    def list_facts(self, batch_id: str) -> Mapping[str, object]:
        return {}
