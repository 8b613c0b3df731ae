"""Samples of a reference list's people, and how the lists overlap each other.

P(pattern | list) and the law of an unseen source's overlap only need some thousands of a list's
people. They are those with the lowest tokens, which are uniform: the same people every time, and
the ones that a sketch holds too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import lgamma

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.rates import order_by_day
from leaktrace.fingerprint.held import HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.lookup import NOBODY, match_people, observable

SAMPLE = 8_000


def sample_of(held: HeldList, size: int = SAMPLE) -> HeldList:
    """A :class:`HeldList` of at most ``size`` of the people, chosen by their lowest tokens."""
    chosen = sampled_people(held, size)
    position = np.full(len(held.people), -1, dtype=np.int64)
    position[chosen] = np.arange(len(chosen))
    index = {}
    for kind in sorted(held.index):
        entries = held.index[kind]
        owner = position[entries.people]
        keep = owner >= 0
        index[kind] = TokenIndex(entries.tokens[keep], owner[keep].astype(np.uint32))
    people = held.people
    table = PeopleTable(
        people.id_token[chosen],
        people.registered[chosen],
        people.carrier[chosen],
        people.region[chosen],
        people.swept[chosen],
        people.never_issued[chosen],
        full=None if people.full is None else people.full[chosen],
    )
    return HeldList(table, index, held.scaled, held.size, held.distinct)


def sampled_people(held: HeldList, size: int = SAMPLE) -> npt.NDArray[np.int64]:
    """Which people of ``held`` are in its sample, in order: int64[at most size]."""
    return np.sort(_lowest(held, size))


def _lowest(held: HeldList, size: int) -> npt.NDArray[np.int64]:
    """The people with the lowest tokens of the kind that most people carry."""
    if len(held.people) <= size or not held.index:
        return np.arange(len(held.people), dtype=np.int64)
    full = [kind for kind in sorted(held.index) if kind in ("mobile", "id_number")]
    kinds = full or sorted(held.index)
    kind = max(kinds, key=lambda one: len(held.index[one].tokens))
    owners = held.index[kind].people[: 2 * size]
    _values, first = np.unique(owners, return_index=True)
    return np.asarray(owners[np.sort(first)][:size], dtype=np.int64)


@dataclass(slots=True)
class ReferenceSet:
    """Every reference list of a case, with samples and overlaps worked out when first asked for.

    Attributes
    ----------
    held : mapping
        Source id to its list.
    """

    held: Mapping[str, HeldList]
    _samples: dict[str, HeldList] = field(default_factory=dict)
    _inside: dict[tuple[str, str], npt.NDArray[np.bool_]] = field(default_factory=dict)
    _overlaps: dict[tuple[str, str], float] = field(default_factory=dict)
    _orders: dict[str, tuple[npt.NDArray[np.int64], bool]] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The sources that have a list, in order."""
        return tuple(sorted(self.held))

    def joined_by(self, lists: Mapping[str, HeldList]) -> ReferenceSet:
        """These lists and ``lists`` of other sources, all that is worked out kept."""
        return ReferenceSet(
            {**self.held, **lists},
            dict(self._samples),
            dict(self._inside),
            dict(self._overlaps),
            dict(self._orders),
        )

    def sample(self, source: str) -> HeldList:
        """The sample of ``source``'s people."""
        if source not in self._samples:
            self._samples[source] = sample_of(self.held[source])
        return self._samples[source]

    def inside(self, source: str, other: str) -> npt.NDArray[np.bool_]:
        """Which of the sampled people of ``source`` are in ``other``'s list: bool[sample]."""
        if source == other:
            return np.ones(len(self.sample(source).people), dtype=bool)
        if (source, other) not in self._inside:
            matched = match_people(self.sample(source), self.held[other])
            self._inside[source, other] = matched != NOBODY
        return self._inside[source, other]

    def seen(self, source: str, other: str) -> npt.NDArray[np.bool_]:
        """For which sampled people of ``source`` it can be seen whether they are in ``other``."""
        return observable(self.sample(source), self.held[other])

    def by_day(self, source: str) -> tuple[npt.NDArray[np.int64], bool]:
        """The people of ``source`` by day of registration, and whether enough are dated."""
        if source not in self._orders:
            self._orders[source] = order_by_day(self.held[source])
        return self._orders[source]

    def overlap(self, source: str, other: str) -> float:
        """The part of ``source``'s people who are in ``other``'s list."""
        if (source, other) not in self._overlaps:
            seen = self.seen(source, other)
            share = float(self.inside(source, other)[seen].mean()) if seen.any() else 0.0
            self._overlaps[source, other] = share
        return self._overlaps[source, other]

    def days(self, source: str) -> npt.NDArray[np.int32]:
        """Days of registration of the sampled people, NO_DAY where unknown."""
        return self.sample(source).people.registered


@dataclass(frozen=True, slots=True)
class OverlapLaw:
    """How much of an unseen source's people stand in a known list that it notably overlaps.

    A Beta law fitted to the pairs of known lists, mixed with a uniform one of weight ``reach``.
    """

    a: float
    b: float
    reach: float

    def log_density(self, overlap: float) -> float:
        """Log density at ``overlap`` in (0, 1)."""
        return float(self.log_densities(np.array([overlap]))[0])

    def log_densities(self, overlaps: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Log density at each of ``overlaps``, which are in (0, 1)."""
        inside = np.clip(overlaps, 1e-4, 1 - 1e-4)
        size = lgamma(self.a + self.b) - lgamma(self.a) - lgamma(self.b)
        beta = size + (self.a - 1) * np.log(inside) + (self.b - 1) * np.log(1 - inside)
        return np.asarray(np.log((1 - self.reach) * np.exp(beta) + self.reach))


def law_of_overlaps(references: ReferenceSet, reach: float) -> OverlapLaw:
    """The law learnt from how the known lists overlap each other (by moments; pairs under 1% are
    no notable overlap)."""
    ids = references.ids
    pairs = [references.overlap(one, other) for one in ids for other in ids if one != other]
    notable = np.array([pair for pair in pairs if pair > 0.01])
    if len(notable) < 4:
        return OverlapLaw(1.0, 3.0, reach)
    mean = float(np.clip(notable.mean(), 0.03, 0.9))
    spread = float(max(notable.var(), 0.15 * mean * (1 - mean)))
    size = min(mean * (1 - mean) / spread - 1.0, 20.0)
    size = max(size, 1.5)
    return OverlapLaw(max(mean * size, 0.5), max((1 - mean) * size, 0.5), reach)
