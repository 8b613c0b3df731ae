"""What a simulated world holds, with its exact truth. Frozen values and plain arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.simulate.numbers import NumberSpace
from leaktrace.simulate.people import Int32, People
from leaktrace.simulate.settings import WorldSettings

Int16 = npt.NDArray[np.int16]

#: Origins of a row that are no holder (others are positions in :attr:`World.holders`).
MADE_UP = -1
STRAY = -2
#: Days since 1970-01-01 (Shanghai) between which a world plays: 2021-01-01 and 2026-06-30.
START, END = 18_628, 20_634


@dataclass(frozen=True, slots=True)
class Reference:
    """A source's own list as it was handed over.

    ``people`` int32[m] in the order of its rows; ``registered`` int32[m] or None where the list has
    no dates; ``type`` is ``full``, ``partial``, ``stale`` or ``purged``.
    """

    people: Int32
    registered: Int32 | None
    type: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with whom people registered: a known source or one that the case does not know.

    Attributes
    ----------
    id : str
        ``S01`` …, or ``unknown:U1``, ``unknown:T1``.
    members, registered : int32[n]
        Everybody registered until the end (canaries too), by day of registration, and that day.
    population : int or None
        As told; may be wrong or missing.
    leaks : bool
        Whether lists may be cut from it.
    twin_of : str or None
        The innocent source whose people this one registered too, by itself.
    """

    id: str
    name: str
    kind: str
    town: int
    cluster: tuple[int, int]
    opened: int
    members: Int32
    registered: Int32
    columns: tuple[str, ...]
    population: int | None = None
    leaks: bool = False
    twin_of: str | None = None
    reference: Reference | None = None
    dump: tuple[int, Int32] | None = None

    @property
    def known(self) -> bool:
        """Whether the case lists it as a source."""
        return not self.id.startswith("unknown:")

    @property
    def road(self) -> str:
        """``known``, ``unknown`` or ``twin``: what lists cut from it are to the case."""
        return "known" if self.known else "twin" if self.twin_of else "unknown"

    @property
    def access(self) -> str:
        """``public`` for what anyone can read, else ``restricted``."""
        return "public" if self.kind == "annual-report" else "restricted"


@dataclass(frozen=True, slots=True)
class PlantedCanary:
    """A canary: its person, and (source id, day) of each planting; a control has none."""

    id: str
    person: int
    plantings: tuple[tuple[str, int], ...]
    recycled_from: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One leaked list with its exact truth.

    Attributes
    ----------
    people : int32[n]
        The person of each row, in order. Somebody may stand in two rows that come from two holders.
    origin : int16[n]
        Position in :attr:`World.holders` of whose registration the row is, :data:`MADE_UP` or
        :data:`STRAY` (a canary that came by another road).
    parent : int16[n]
        Position in :attr:`World.batches` of the earlier list that the row was taken from, else -1.
    cut_day, seen_day : int
        When its newest rows left their holder; when it was seen.
    form : str
        ``full``, ``masked`` (138****5678) or ``last-four`` (name and last four digits).
    hidden : bool
        Never seen by the case; only children of it are.
    columns : tuple of str
        ``mobile``, ``name``, ``id_number``, ``address``, ``amount``, ``registered``, ``remark``.
    style : int
        Which holder's way of writing cells the seller retyped all in, -1: each holder's own.
    """

    id: str
    type: str
    people: Int32
    origin: Int16
    parent: Int16
    cut_day: int
    seen_day: int
    form: str
    seller: str
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    hidden: bool = False
    style: int = -1


@dataclass(frozen=True, slots=True, repr=False)
class World:
    """A world with known truth: people, holders, canaries, batches.

    ``holders`` are the known sources first, then the unknown ones.
    """

    seed: int
    settings: WorldSettings
    space: NumberSpace
    people: People
    holders: tuple[Holder, ...]
    canaries: tuple[PlantedCanary, ...]
    batches: tuple[Batch, ...]

    @property
    def sources(self) -> tuple[Holder, ...]:
        """The sources that the case knows."""
        return tuple(holder for holder in self.holders if holder.known)

    @property
    def seen(self) -> tuple[Batch, ...]:
        """The batches that the case holds."""
        return tuple(batch for batch in self.batches if not batch.hidden)

    def label(self, origin: int) -> str:
        """``S03``, ``unknown:U1``, ``made-up`` or ``unknown:stray`` for an origin."""
        if origin == MADE_UP:
            return "made-up"
        return "unknown:stray" if origin == STRAY else self.holders[origin].id

    def shares(self, batch: Batch) -> dict[str, float]:
        """Share of the batch's people from each contributor; above 1 in sum if some came twice."""
        total = len(np.unique(batch.people))
        return {
            self.label(int(origin)): len(np.unique(batch.people[batch.origin == origin])) / total
            for origin in np.unique(batch.origin)[::-1]
        }

    def contributors(self, batch: Batch) -> frozenset[str]:
        """Known sources with at least max(5, 1%) of the people: what a posterior is about."""
        total = len(np.unique(batch.people))
        least = max(5.0, 0.01 * total)
        return frozenset(
            label
            for label, share in self.shares(batch).items()
            if share * total >= least - 1e-9 and label != "made-up" and ":" not in label
        )

    def parents(self, batch: Batch) -> dict[str, float]:
        """Nearest earlier batches of the case that rows were taken from: id to share of rows."""
        found: Counter[str] = Counter()
        for parent, count in zip(*np.unique(batch.parent, return_counts=True), strict=True):
            if parent < 0:
                continue
            earlier = self.batches[int(parent)]
            if not earlier.hidden:
                found[earlier.id] += int(count)
                continue
            rows = np.isin(earlier.people, batch.people[batch.parent == parent])
            for older, part in zip(
                *np.unique(earlier.parent[rows], return_counts=True), strict=True
            ):
                if older >= 0 and not self.batches[int(older)].hidden:
                    found[self.batches[int(older)].id] += int(part)
        return {name: count / len(batch.people) for name, count in sorted(found.items())}

    def leaked(self) -> frozenset[str]:
        """Holders of which at least one batch (seen or not) holds people."""
        return frozenset(
            self.holders[int(origin)].id
            for batch in self.batches
            for origin in np.unique(batch.origin)
            if origin >= 0
        )

    def summary(self) -> dict[str, object]:
        """Counts, for people: sizes of everything, no identifier."""
        return {
            "seed": self.seed,
            "people": int((~self.people.made_up).sum()),
            "sources": len(self.sources),
            "references": sum(holder.reference is not None for holder in self.sources),
            "canaries": sum(bool(canary.plantings) for canary in self.canaries),
            "controls": sum(not canary.plantings for canary in self.canaries),
            "unknown": len(self.holders) - len(self.sources),
            "batches": dict(sorted(Counter(batch.type for batch in self.seen).items())),
            "rows": sum(len(batch.people) for batch in self.seen),
            "leaked": sorted(name for name in self.leaked() if not name.startswith("unknown:")),
        }
