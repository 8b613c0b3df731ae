"""A simulated world as a case in memory, without writing and reading its files.

The tokens are a fixed mixing of the numbers: a made-up world has nobody to protect. What the files
would show of each list (which identifiers, dates, names) is what is held here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from leaktrace.case.records import Batch, Canary, Planting, Reference, Source
from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.heldcells import HeldCells
from leaktrace.identifiers.kinds import KIND
from leaktrace.identifiers.segments import carrier_of, never_issued, region_of
from leaktrace.identifiers.sweep import swept
from leaktrace.simulate.world import Batch as SimulatedBatch
from leaktrace.simulate.world import Holder, World
from leaktrace.times import DAY, Moment
from leaktrace.workflows.worldcells import batch_cells, reference_cells

UInt64 = npt.NDArray[np.uint64]
Int32 = npt.NDArray[np.int32]
_SHANGHAI = 8 * 3600


@dataclass(frozen=True)
class WorldCase:
    """A :class:`leaktrace.attribution.CaseView` of a simulated world."""

    world: World
    _held: dict[str, HeldList] = field(default_factory=dict)

    def sources(self) -> tuple[Source, ...]:
        """The sources that the case knows."""
        return tuple(
            Source(one.id, one.name, one.kind, one.population, access=one.access)
            for one in self.world.sources
        )

    def canaries(self) -> tuple[Canary, ...]:
        """Every canary; controls have one planting without a source."""
        people = self.world.people
        found = []
        for one in self.world.canaries:
            plantings = tuple(Planting(source, _day(day)) for source, day in one.plantings)
            mobiles = people.mobile[[one.person]]
            tokens = _tokens(mobiles, people.id_number[[one.person]], people.name[[one.person]])
            found.append(
                Canary(
                    one.id,
                    plantings or (Planting(None, _day(0)),),
                    {kind: (int(values[0]),) for kind, values in tokens.items()},
                    int(carrier_of(mobiles)[0]),
                    int(region_of(mobiles)[0]),
                )
            )
        return tuple(found)

    @cached_property
    def _batches(self) -> tuple[Batch, ...]:
        return tuple(
            sorted(map(_batch, self.world.seen), key=lambda one: (one.seen_at.earliest, one.id))
        )

    def batches(self) -> tuple[Batch, ...]:
        """The batches that the case holds, by the time they were seen."""
        return self._batches

    def references(self) -> tuple[Reference, ...]:
        """The reference lists."""
        return tuple(
            Reference(one.id, f"{one.id}.csv", "", 1, len(one.reference.people), 0)
            for one in self.world.sources
            if one.reference is not None
        )

    def held_batch(self, batch_id: str) -> HeldList:
        """The list of a batch."""
        batch = next(one for one in self.world.seen if one.id == batch_id)
        key = "batch:" + batch_id
        if key not in self._held:
            # In the order in which the list shows them.
            people = batch.people[np.sort(np.unique(batch.people, return_index=True)[1])]
            self._held[key] = _held_list(self.world, people, None, _shown(batch))
        return self._held[key]

    def held_reference(self, source_id: str) -> HeldList:
        """The reference list of a source."""
        source = next(one for one in self.world.sources if one.id == source_id)
        key = "source:" + source_id
        if key not in self._held:
            self._held[key] = _reference(self.world, source)
        return self._held[key]

    def cells_batch(self, batch_id: str) -> HeldCells | None:
        """The cells of a batch."""
        return batch_cells(self.world, next(o for o in self.world.seen if o.id == batch_id))

    def cells_reference(self, source_id: str) -> HeldCells | None:
        """The cells of a source's reference list."""
        place = next(i for i, o in enumerate(self.world.sources) if o.id == source_id)
        reference = self.world.sources[place].reference
        assert reference is not None
        return reference_cells(self.world, place, np.unique(reference.people))

    def list_facts(self, batch_id: str) -> Mapping[str, object]:
        """Nothing is known of the form of a list in memory."""
        del batch_id
        return {}


def _day(day: int) -> Moment:
    start = day * DAY - _SHANGHAI
    return Moment(float(start), float(start + DAY - 1), str(np.datetime64(day, "D")))


def _batch(one: SimulatedBatch) -> Batch:
    rows = len(one.people)
    people = len(np.unique(one.people))
    return Batch(
        one.id, f"lists/{one.id}.csv", "", _day(one.seen_day), rows, rows, 0, 0,
        rows - people, people, {},
    )  # fmt: skip


def _shown(batch: SimulatedBatch) -> frozenset[str]:
    if batch.form == "masked":
        return frozenset({"mobile_masked", "name_mobile_masked", "name_last4"})
    if batch.form == "last-four":
        return frozenset({"name_last4"})
    shown = {"mobile", "mobile_masked"}
    if "name" in batch.columns:
        shown |= {"name_mobile_masked", "name_last4"}
    if "id_number" in batch.columns:
        shown |= {"id_number"}
    return frozenset(shown)


def _reference(world: World, source: Holder) -> HeldList:
    reference = source.reference
    assert reference is not None
    people, first = np.unique(reference.people, return_index=True)
    days = None if reference.registered is None else reference.registered[first]
    shown = {"mobile", "mobile_masked"}
    if "name" in reference.columns:
        shown |= {"name_mobile_masked", "name_last4"}
    if "id_number" in reference.columns:
        shown |= {"id_number"}
    return _held_list(world, people, days, frozenset(shown))


def _held_list(world: World, people: Int32, days: Int32 | None, shown: frozenset[str]) -> HeldList:
    everybody = world.people
    mobiles = everybody.mobile[people]
    tokens = _tokens(mobiles, everybody.id_number[people], everybody.name[people])
    index = {}
    for kind in sorted(shown):
        order = np.argsort(tokens[kind], kind="stable")
        index[kind] = TokenIndex(tokens[kind][order], order.astype(np.uint32))
    full = "mobile" in shown
    nobody = np.zeros(len(people), dtype=bool)
    table = PeopleTable(
        tokens["id_number"] if "id_number" in shown else np.zeros(len(people), dtype=np.uint64),
        np.full(len(people), NO_DAY, dtype=np.int32) if days is None else days.astype(np.int32),
        carrier_of(mobiles) if full else np.zeros(len(people), dtype=np.uint8),
        region_of(mobiles) if full else np.zeros(len(people), dtype=np.uint16),
        swept(mobiles) if full else nobody,
        never_issued(mobiles) if full else nobody,
        full=None if full or "id_number" in shown else nobody,
    )
    distinct = {kind: len(np.unique(index[kind].tokens)) for kind in index}
    return HeldList(table, index, 1, len(people), distinct)


def _tokens(mobiles: UInt64, ids: UInt64, names: Int32) -> dict[str, UInt64]:
    """Tokens of the identifiers that people show, by kind."""
    masked = (mobiles // np.uint64(10**8)) * np.uint64(10**4) + mobiles % np.uint64(10**4)
    wide = names.astype(np.int64).astype(np.uint64) << np.uint64(24)
    values = {
        "mobile": mobiles,
        "id_number": ids,
        "mobile_masked": masked,
        "name_mobile_masked": wide + masked,
        "name_last4": wide + mobiles % np.uint64(10**4),
    }
    return {kind: _mixed(value, np.uint64(KIND[kind].code)) for kind, value in values.items()}


def _mixed(values: UInt64, salt: np.uint64) -> UInt64:
    """Splitmix64's finaliser (Steele, Lea and Flood, OOPSLA 2014)."""
    with np.errstate(over="ignore"):
        mixed = values.astype(np.uint64) + salt * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))
