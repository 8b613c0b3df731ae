"""The reference lists of a case, samples of their people, and how the lists overlap each other.

P(pattern | list) and the law of an unseen source's overlap only need some thousands of a list's
people. They are those with the lowest tokens, which are uniform: the same people every time, and
the ones that a sketch holds too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import lgamma

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.looks import Likes, SampleLook
from leaktrace.attribution.matching import Matched
from leaktrace.attribution.rates import ByDay
from leaktrace.fingerprint.held import HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.lookup import NOBODY, match_people, observable

Bools = npt.NDArray[np.bool_]
Int64 = npt.NDArray[np.int64]
Kinds = tuple[frozenset[str], int]
SAMPLE = 8_000


def sample_of(held: HeldList, size: int = SAMPLE) -> HeldList:
    """A :class:`HeldList` of at most ``size`` of the people, chosen by their lowest tokens."""
    chosen = sampled_people(held, size)
    inside = np.zeros(len(held.people), dtype=bool)
    inside[chosen] = True
    index = {}
    for kind in sorted(held.index):
        entries = held.index[kind]
        keep = inside[entries.people]
        owner = np.searchsorted(chosen, entries.people[keep])
        index[kind] = TokenIndex(entries.tokens[keep], owner.astype(np.uint32))
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
    _looks: dict[str, SampleLook] = field(default_factory=dict)
    _likes: dict[str, Likes] = field(default_factory=dict)
    _rows: dict[tuple[str, str], Int64] = field(default_factory=dict)
    _seen: dict[tuple[str, Kinds], Bools] = field(default_factory=dict)
    _overlaps: dict[tuple[str, str], float] = field(default_factory=dict)
    _by_day: dict[tuple[str, tuple[str, ...]], ByDay] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The sources that have a list, in order."""
        return tuple(sorted(self.held))

    def joined_by(self, lists: Mapping[str, HeldList]) -> ReferenceSet:
        """These lists and ``lists`` of other sources, all that is worked out kept."""
        return ReferenceSet(
            {**self.held, **lists},
            dict(self._samples),
            dict(self._looks),
            dict(self._likes),
            dict(self._rows),
            dict(self._seen),
            dict(self._overlaps),
            dict(self._by_day),
        )

    def kinds_of(self, source: str) -> Kinds:
        """What decides who can be seen in ``source``'s list: its kinds of identifier, and how
        sparse a sketch it is."""
        held = self.held[source]
        return frozenset(kind for kind, count in held.distinct.items() if count), held.scaled

    def sample(self, source: str) -> HeldList:
        """The sample of ``source``'s people."""
        if source not in self._samples:
            self._samples[source] = sample_of(self.held[source])
        return self._samples[source]

    def look(self, source: str) -> SampleLook:
        """What the sampled people of ``source`` look like."""
        if source not in self._looks:
            self._looks[source] = SampleLook.of(self.sample(source).people)
        return self._looks[source]

    def likes(self, source: str) -> Likes:
        """How many people of ``source`` are of each carrier and region."""
        if source not in self._likes:
            self._likes[source] = Likes.of(self.held[source].people)
        return self._likes[source]

    def know(self, other: str, matched: Matched, sources: Sequence[str], first: int) -> None:
        """Keep who of the samples of ``sources`` is in ``other``'s list: of ``matched`` these are
        the lists from ``first`` on."""
        for place, source in enumerate(sources):
            self._rows[source, other] = matched.of(first + place).rows

    def rows(self, source: str, other: str) -> Int64:
        """Which of the sampled people of ``source`` are in ``other``'s list."""
        if (source, other) not in self._rows:
            matched = match_people(self.sample(source), self.held[other])
            self._rows[source, other] = np.flatnonzero(matched != NOBODY)
        return self._rows[source, other]

    def inside(self, source: str, other: str) -> Bools:
        """Which of the sampled people of ``source`` are in ``other``'s list: bool[sample]."""
        size = len(self.sample(source).people)
        if source == other:
            return np.ones(size, dtype=bool)
        found = np.zeros(size, dtype=bool)
        found[self.rows(source, other)] = True
        return found

    def seen(self, source: str, other: str) -> Bools:
        """For which sampled people of ``source`` it can be seen whether they are in ``other``."""
        key = source, self.kinds_of(other)
        if key not in self._seen:
            self._seen[key] = observable(self.sample(source), self.held[other])
        return self._seen[key]

    def overlap(self, source: str, other: str) -> float:
        """The part of ``source``'s people who are in ``other``'s list."""
        if (source, other) not in self._overlaps:
            seen = self.seen(source, other)
            watched = int(np.count_nonzero(seen))
            inside = seen if source == other else seen[self.rows(source, other)]
            self._overlaps[source, other] = int(np.count_nonzero(inside)) / max(1, watched)
        return self._overlaps[source, other]

    def by_day(self, source: str, kinds: tuple[str, ...] | None = None) -> ByDay:
        """The people of ``source`` by day of registration: all of them, or those who can be found
        by some ``kinds`` of identifier."""
        held = self.held[source]
        chosen = tuple(sorted(held.index)) if kinds is None else kinds
        if (source, chosen) not in self._by_day:
            self._by_day[source, chosen] = self._laid_by_day(source, chosen)
        return self._by_day[source, chosen]

    def _laid_by_day(self, source: str, kinds: tuple[str, ...]) -> ByDay:
        held = self.held[source]
        if len(kinds) == len(held.index):
            return ByDay.of(held)
        findable = np.zeros(len(held.people), dtype=bool)
        for kind in kinds:
            findable[held.index[kind].people] = True
        # With the usual lists one kind finds everybody.
        return self.by_day(source) if findable.all() else ByDay.of(held, findable)


@dataclass(frozen=True, slots=True)
class Overlaps:
    """How some lists overlap each other, by (source, other); it takes its place where the lists
    themselves are not at hand."""

    known: Mapping[tuple[str, str], float]

    def __call__(self, source: str, other: str) -> float:
        """The part of ``source``'s people who are in ``other``'s list."""
        return self.known[source, other]

    @classmethod
    def among(
        cls, groups: Sequence[Sequence[str]], overlap: Callable[[str, str], float]
    ) -> Overlaps:
        """What ``overlap`` says of all pairs within each of ``groups``."""
        pairs = {(one, other) for group in groups for one in group for other in group}
        return cls({pair: overlap(*pair) for pair in sorted(pairs)})


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
