"""A list for a source that gave none: the people of the batches that surely came from it.

A source without a reference list is named by its canaries alone, batch by batch, and small batches
hold none. But what surely came from it (its canaries are in it) holds a part of its people, and
other batches of the same source share as many of them as chance has it. So those people stand in
for its list: a reference of low coverage, with all that holds for references (a stranger of the
same town overlaps it too, and a twin of the source overlaps it as the source does).

Assumptions: the batches are cut from the source independently, so that what two of them share says
how many people there are (Lincoln and Petersen); batches of one lineage are not, and are left out,
as is the batch itself. Where neither that nor the user says how many people there are, the part of
the source's canaries that the batches hold does: canaries are people like any other. No batch
stands for a source more surely than the batches that lent it their people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.coverage import UNKNOWN_POPULATION, Coverage
from leaktrace.attribution.matching import Between, Members
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.lookup import full_people
from leaktrace.fingerprint.parts import joined, part_of

Flags = npt.NDArray[np.bool_]
#: From when on a batch lends its people: it surely came from the source, and mostly; and at least
#: so much of it did.
LENT_FROM, MOSTLY, AT_LEAST = 0.9, 0.6, 0.4
# How far off a coverage may be: populations are rough, and lists are cut from parts of a source.
_TOLD_SPREAD, _COUNTED_SPREAD, _GUESSED_SPREAD = 0.25, 0.25, 0.6
_ENOUGH_SHARED = 20
_ONE_LEAK = 0.97
_FAR = 0.3


@dataclass(frozen=True, slots=True)
class Lender:
    """A batch that surely came from a source without a list.

    Attributes
    ----------
    batch : str
    probability : float
    share : float
        Its people who came from the source.
    held : HeldList
        Its people, made-up ones left out.
    planted, found : frozenset of str
        The source's canaries that could be in it, and those that are.
    """

    batch: str
    probability: float
    share: float
    held: HeldList
    planted: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surrogate:
    """What stands in for a source's list, seen from one batch.

    Attributes
    ----------
    held : HeldList
    coverage : Coverage
        The part of the source's people who are in it.
    batches : tuple of str
        The lenders.
    identity : float
        The probability that it stands for the source at all.
    population : float
        How many people the source has by its coverage.
    rows : int64[people]
        The rows of its people in the source's pool.
    found : mapping
        Batch to who of it is in the pool, for batches of which anybody is.
    """

    held: HeldList
    coverage: Coverage
    batches: tuple[str, ...]
    identity: float
    population: float
    rows: npt.NDArray[np.int64]
    found: Mapping[str, Members]

    def members_of(self, batch: str) -> Members:
        """Who of ``batch`` is in it."""
        inside = self.found.get(batch)
        return inside.within(self.rows) if inside else Members.of(np.zeros(0, dtype=np.uint32))


@dataclass(frozen=True, slots=True)
class Pool:
    """All lenders of one source, their people once each.

    Attributes
    ----------
    lenders : tuple of Lender
    whole : HeldList
    rows : tuple of uint32 arrays
        For each lender the rows of its people in ``whole``.
    population : int or None
        As told.
    related : mapping
        Batch to the batches of its lineage.
    found : mapping
        Batch to who of it is in ``whole``, for batches of which anybody is.
    """

    lenders: tuple[Lender, ...]
    whole: HeldList
    rows: tuple[npt.NDArray[np.uint32], ...]
    population: int | None
    related: Mapping[str, frozenset[str]]
    found: Mapping[str, Members]

    def kept_for(self, batch: str) -> tuple[int, ...]:
        """The lenders (places) that are neither ``batch`` nor of its lineage."""
        kin = self.related.get(batch, frozenset())
        return tuple(
            place
            for place, one in enumerate(self.lenders)
            if one.batch != batch and one.batch not in kin
        )

    def of(self, kept: Sequence[int]) -> Surrogate:
        """The surrogate of some lenders."""
        inside = np.zeros(len(self.whole.people), dtype=bool)
        for place in kept:
            inside[self.rows[place]] = True
        rows = np.flatnonzero(inside)
        held = part_of(self.whole, rows)
        lenders = [self.lenders[place] for place in kept]
        own = held.size * float(np.mean([one.share for one in lenders]))
        canaries = (
            len(frozenset[str]().union(*(one.found for one in lenders))),
            len(frozenset[str]().union(*(one.planted for one in lenders))),
        )
        coverage = _coverage(own, self.population, self._counted(kept), canaries)
        doubt = float(np.prod([1.0 - one.probability for one in lenders]))
        return Surrogate(
            held, coverage, tuple(one.batch for one in lenders), 1.0 - doubt,
            own / coverage.mean, rows, self.found,
        )  # fmt: skip

    def _counted(self, kept: Sequence[int]) -> float | None:
        """How many people there are by what independent lenders share."""
        expected, shared = 0.0, 0
        for first, second in combinations(kept, 2):
            one, other = self.lenders[first], self.lenders[second]
            if other.batch in self.related.get(one.batch, frozenset()):
                continue
            expected += one.held.size * one.share * other.held.size * other.share
            shared += len(np.intersect1d(self.rows[first], self.rows[second]))
        return expected / shared if shared >= _ENOUGH_SHARED else None


def _coverage(
    own: float, told: int | None, counted: float | None, canaries: tuple[int, int]
) -> Coverage:
    """The coverage of ``own`` people of a source by what was told, counted, or neither.

    Where no independent batches were counted, all may show one leak, which another batch then
    shows whole. ``canaries`` are how many of the source's are among them, and how many could be.
    """
    if told:
        mean, spread = min(1.0, own / told), _TOLD_SPREAD
        other = min(own / counted, _ONE_LEAK) if counted else None
        if other is not None and abs(np.log(other / mean)) > _FAR:
            return Coverage(max(mean, 0.02), spread * mean, doubted=other, purged=((other, 0.5),))
        mean, spread = max(mean, 0.02), spread * mean
        return Coverage(mean, spread) if counted else _open(mean, spread)
    if counted:
        mean = min(1.0, own / counted)
        return Coverage(max(mean, 0.02), _COUNTED_SPREAD * mean)
    present, planted = canaries
    if present:
        mean = (present + 0.5) / (planted + 1.0)
        error = float(np.sqrt(mean * (1.0 - mean) / (planted + 2.0)))
        return _open(max(mean, 0.02), max(_COUNTED_SPREAD * mean, error))
    mean = min(1.0, own / UNKNOWN_POPULATION)
    return _open(max(mean, 0.02), _GUESSED_SPREAD * mean)


def _open(mean: float, spread: float) -> Coverage:
    """A coverage that holds for another leak; where all that was seen may be one leak, another
    batch may show that one too."""
    if mean >= _ONE_LEAK:
        return Coverage(mean, spread)
    return Coverage(mean, spread, told=(_ONE_LEAK, mean, (mean * _ONE_LEAK) ** 0.5))


@dataclass(frozen=True, slots=True)
class Surrogates:
    """The pools of all sources that have one, and what was asked of them."""

    pools: Mapping[str, Pool]
    _made: dict[tuple[str, tuple[int, ...]], Surrogate]

    def seen_from(self, batch: str) -> dict[str, Surrogate]:
        """By source, what stands in for its list when ``batch`` is looked at."""
        found = {}
        for source, pool in sorted(self.pools.items()):
            kept = pool.kept_for(batch)
            if kept:
                key = (source, kept)
                if key not in self._made:
                    self._made[key] = pool.of(kept)
                found[source] = self._made[key]
        return found


def surrogates_of(
    lenders: Mapping[str, Sequence[Lender]],
    populations: Mapping[str, int],
    related: Mapping[str, frozenset[str]],
    between: Between,
) -> Surrogates:
    """Pool the ``lenders`` of each source without a list.

    Parameters
    ----------
    lenders : mapping
        By source; those that show no full identifiers lend nobody.
    populations : mapping
        Source to its number of people, where told.
    related : mapping
        Batch to the batches of its lineage: ancestors, descendants, and what shares an ancestor.
    between : Between
        The lists of all batches.
    """
    pools = {}
    for source, found in sorted(lenders.items()):
        plain = tuple(one for one in found if full_people(one.held).mean() > 0.5)
        if plain:
            whole, rows = joined([one.held for one in plain])
            told = populations.get(source)
            inside = between.within(whole)
            pools[source] = Pool(plain, whole, tuple(rows), told, related, inside)
    return Surrogates(pools, {})
