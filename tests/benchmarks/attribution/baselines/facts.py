"""What every baseline may look at: overlaps of lists, canary hits, containment between batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.case.records import Batch, Canary
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.lookup import NOBODY, lookup, match_people
from leaktrace.workflows.worldcase import WorldCase
from tests.benchmarks.attribution.rows import Answer

Flags = npt.NDArray[np.bool_]
_FULL = ("id_number", "mobile")
_PARTIAL = ("name_mobile_masked", "name_last4", "mobile_masked")


@dataclass(frozen=True)
class BatchFacts:
    """One batch.

    Attributes
    ----------
    held : HeldList
    shared : mapping
        Source id to who of the batch's people stands in its list, bool[people].
    hits : mapping
        Source id to the number of its canaries in the batch that were planted before.
    earlier : mapping
        Earlier batch to who of the people stands in it, bool[people], if anybody does.
    """

    id: str
    held: HeldList
    shared: Mapping[str, Flags]
    hits: Mapping[str, int]
    earlier: Mapping[str, Flags]

    @property
    def people(self) -> int:
        """Distinct people."""
        return len(self.held.people)

    def containment(self, source: str) -> float:
        """The share of the batch's people in the source's list."""
        return float(self.shared[source].mean()) if self.people else 0.0


@dataclass(frozen=True)
class CaseFacts:
    """All batches by the time they were seen, and the reference lists.

    Attributes
    ----------
    batches : tuple of BatchFacts
    lists : mapping
        Source id to its reference list.
    coverage : mapping
        Source id to the share of its people that its list holds, as far as the case knows.
    exclusive : mapping
        Source id to who of its list stands in no other list, bool[list].
    """

    batches: tuple[BatchFacts, ...]
    lists: Mapping[str, HeldList]
    coverage: Mapping[str, float]
    exclusive: Mapping[str, Flags]


def facts_of(case: WorldCase) -> CaseFacts:
    """The facts of a case."""
    lists = {one.source: case.held_reference(one.source) for one in case.references()}
    canaries = case.canaries()
    batches: list[BatchFacts] = []
    for batch in case.batches():
        held = case.held_batch(batch.id)
        earlier = {one.id: match_people(held, one.held) != NOBODY for one in batches}
        batches.append(
            BatchFacts(
                batch.id,
                held,
                {one: match_people(held, lists[one]) != NOBODY for one in sorted(lists)},
                hits_of(canaries, batch, held),
                {one: flags for one, flags in earlier.items() if flags.any()},
            )
        )
    populations = {one.id: one.population for one in case.sources()}
    coverage = {one: _coverage(lists[one].size, populations.get(one)) for one in lists}
    return CaseFacts(tuple(batches), lists, coverage, _exclusive(lists))


def hits_of(canaries: Sequence[Canary], batch: Batch, held: HeldList) -> dict[str, int]:
    """Canaries in the list by source where they were planted before it was seen."""
    hits: dict[str, int] = {}
    for canary in canaries:
        sources = {
            one.source
            for one in canary.plantings
            if one.source and one.planted_at.latest < batch.seen_at.earliest
        }
        if sources and _inside(canary, held):
            for source in sorted(sources):
                hits[source] = hits.get(source, 0) + 1
    return hits


def _inside(canary: Canary, held: HeldList) -> bool:
    """By a full identifier; in a washed list by the most telling partial one that it shows."""
    shown = [kind for kind in _FULL if kind in held.index and kind in canary.tokens]
    if not shown:
        shown = [kind for kind in _PARTIAL if kind in held.index and kind in canary.tokens][:1]
    for kind in shown:
        start, stop = lookup(held.index[kind], np.array(canary.tokens[kind], dtype=np.uint64))
        if bool((stop > start).any()):
            return True
    return False


def _coverage(size: int, population: int | None) -> float:
    return min(1.0, size / population) if population else 1.0


def _exclusive(lists: Mapping[str, HeldList]) -> dict[str, Flags]:
    found = {}
    for one, held in lists.items():
        alone = np.ones(len(held.people), dtype=np.bool_)
        for other, rival in lists.items():
            if other != one:
                alone &= match_people(held, rival) == NOBODY
        found[one] = alone
    return found


def answer(scores: Mapping[str, float], named: Sequence[str] | frozenset[str]) -> Answer:
    """A baseline's answer: it has one way of naming, and no degrees."""
    kept = {one: min(1.0, score) for one, score in sorted(scores.items()) if score > 0}
    return Answer(kept, frozenset(named), frozenset(named))
