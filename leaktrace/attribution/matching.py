"""Who of many lists is who in a reference: all lists at once, each reference read once.

:func:`leaktrace.fingerprint.lookup.match_people` says who of one list is who of another; what is
found here is the same for every list. The tokens of all lists are merged and sorted once. A
reference's tokens then meet them in one pass: those that cannot be among them are put aside by a
table of leading bits (tokens are uniform), so that a list of millions that shares nobody with any
batch costs a few milliseconds, and one that shares somebody no more for each of a thousand batches
than for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import HeldList, TokenIndex, UInt32, UInt64
from leaktrace.fingerprint.lookup import (
    FULL_ORDER,
    HUB_PEOPLE,
    NOBODY,
    PARTIAL_ORDER,
    PARTIAL_RUN,
    full_people,
)
from leaktrace.fingerprint.sorting import first_of_runs, stable_sort

Bools = npt.NDArray[np.bool_]
Int64 = npt.NDArray[np.int64]
T = TypeVar("T", bound=np.generic)
# Looking a token up in a reference costs as much as putting so many of its tokens aside.
_LOOKUP = 40
_CHUNK = 1 << 22
_TABLE_BITS = (10, 26)


@dataclass(frozen=True, slots=True)
class Members:
    """Who of one list is in a reference.

    Attributes
    ----------
    rows : int64[k]
        People of the list, ascending.
    people : uint32[k]
        Who they are in the reference.
    """

    rows: Int64
    people: UInt32

    @classmethod
    def of(cls, matched: UInt32) -> Members:
        """From who each person of the list is in the reference, or 0xFFFFFFFF."""
        rows = np.flatnonzero(matched != NOBODY)
        return cls(rows, matched[rows])

    def among(self, rows: Int64) -> Members:
        """Those of the people ``rows`` (ascending) of the list, which are a list of their own."""
        place = np.minimum(np.searchsorted(rows, self.rows), max(len(rows) - 1, 0))
        here = np.flatnonzero(rows[place] == self.rows) if len(rows) else place[:0]
        return Members(place[here], self.people[here])

    def within(self, people: Int64) -> Members:
        """Those who are among the ``people`` (rows of the reference, ascending), which are a
        reference of their own."""
        place = np.minimum(np.searchsorted(people, self.people), max(len(people) - 1, 0))
        here = np.flatnonzero(people[place] == self.people) if len(people) else place[:0]
        return Members(self.rows[here], place[here].astype(np.uint32))

    def dense(self, size: int) -> UInt32:
        """uint32[size]: who each of the list's people is in the reference, or 0xFFFFFFFF."""
        found = np.full(size, NOBODY, dtype=np.uint32)
        found[self.rows] = self.people
        return found


@dataclass(frozen=True, slots=True)
class Matched:
    """Who of each list is in one reference.

    Attributes
    ----------
    rows, people : int64[k], uint32[k]
        Of all lists, one after the other.
    bounds : int64[lists + 1]
        Where those of each list begin.
    offsets : int64[lists + 1]
        Where the people of each list begin.
    """

    rows: Int64
    people: UInt32
    bounds: Int64
    offsets: Int64

    def of(self, place: int) -> Members:
        """Those of one list."""
        here = slice(int(self.bounds[place]), int(self.bounds[place + 1]))
        return Members(self.rows[here] - self.offsets[place], self.people[here])

    def inside(self) -> Int64:
        """The lists of whom anybody is in the reference."""
        return np.flatnonzero(self.bounds[1:] > self.bounds[:-1])


@dataclass(frozen=True, slots=True)
class Merged:
    """The tokens of one kind in all lists.

    Attributes
    ----------
    tokens : uint64[k]
        Distinct, ascending.
    starts : int64[k + 1]
        Where the people of each begin ...
    people : int64[m]
        ... among these, numbered over all lists.
    """

    tokens: UInt64
    starts: Int64
    people: Int64


class Crowd:
    """The people of several lists, one after the other, laid out to be met with references.

    Parameters
    ----------
    lists : sequence of HeldList
    """

    def __init__(self, lists: Sequence[HeldList]) -> None:
        self._lists = lists
        self.offsets: Int64 = np.cumsum([0, *(len(one.people) for one in lists)])
        self._ids = _joined([one.people.id_token for one in lists], np.uint64)
        self._full = _joined([full_people(one) for one in lists], np.bool_)
        self._best: UInt32 = np.full(len(self._full), NOBODY, dtype=np.uint32)
        self._merged: dict[tuple[str, bool], Merged] = {}
        self._tables: dict[tuple[str, bool], tuple[Bools, np.uint64]] = {}

    def against(self, reference: HeldList) -> Matched:
        """Who of each list is in ``reference``."""
        full = full_people(reference)
        touched: list[Int64] = []
        for a, b in self._pairs(reference, FULL_ORDER, whole=True):
            touched.append(self._assign(a, b, self._may_be_one(reference, a, b)))
        everyone = not bool(full.all())
        if everyone or not bool(self._full.all()):
            for a, b in self._pairs(reference, PARTIAL_ORDER, whole=everyone):
                either = ~(self._full[a] & full[b])
                touched.append(self._assign(a, b, either & self._may_be_one(reference, a, b)))
        rows = np.unique(np.concatenate(touched)) if touched else np.zeros(0, dtype=np.int64)
        people = self._best[rows]
        self._best[rows] = NOBODY
        return Matched(rows, people, np.searchsorted(rows, self.offsets), self.offsets)

    def _pairs(
        self, reference: HeldList, kinds: Sequence[str], *, whole: bool
    ) -> Iterator[tuple[Int64, UInt32]]:
        """People of the lists and of the reference that share a token, kind by kind.

        Where the reference shows everybody's full identifiers (not ``whole``), partial ones only
        matter of people without.
        """
        longest = HUB_PEOPLE if kinds is FULL_ORDER else PARTIAL_RUN
        for kind in kinds:
            if kind in reference.index and any(kind in one.index for one in self._lists):
                yield self._shared(kind, reference.index[kind], longest, whole)

    def _shared(
        self, kind: str, index: TokenIndex, longest: int, whole: bool
    ) -> tuple[Int64, UInt32]:
        merged = self._of(kind, longest, whole)
        place, entry = self._common(kind, whole, merged, index.tokens)
        # The entries of one token stand together; a token beside many people names nobody.
        first = np.flatnonzero(first_of_runs(place))
        lengths = np.diff(np.append(first, len(place)))
        keep = np.repeat(lengths <= longest, lengths)
        place, people = place[keep], index.people[entry[keep]]
        count = merged.starts[place + 1] - merged.starts[place]
        begin = np.repeat(merged.starts[place], count)
        within = np.arange(len(begin)) - np.repeat(np.cumsum(count) - count, count)
        return merged.people[begin + within], np.repeat(people, count)

    def _of(self, kind: str, longest: int, whole: bool) -> Merged:
        if (kind, whole) not in self._merged:
            self._merged[kind, whole] = self._merge(kind, longest, whole)
        return self._merged[kind, whole]

    def _merge(self, kind: str, longest: int, whole: bool) -> Merged:
        tokens, people = [], []
        for place, one in enumerate(self._lists):
            if kind not in one.index:
                continue
            index = one.index[kind]
            owners = index.people.astype(np.int64) + self.offsets[place]
            first = np.flatnonzero(first_of_runs(index.tokens))
            lengths = np.diff(np.append(first, len(index.tokens)))
            keep = np.repeat(lengths <= longest, lengths)
            keep &= whole | ~self._full[owners]
            tokens.append(index.tokens[keep])
            people.append(owners[keep])
        ordered, order = stable_sort(_joined(tokens, np.uint64))
        first = np.flatnonzero(first_of_runs(ordered))
        starts = np.append(first, len(ordered))
        return Merged(ordered[first], starts, _joined(people, np.int64)[order])

    def _common(
        self, kind: str, whole: bool, merged: Merged, tokens: UInt64
    ) -> tuple[Int64, Int64]:
        """The entries of a reference whose token is among the merged ones: the place of the token
        among those, and the entry, ascending."""
        if len(merged.tokens) * _LOOKUP < len(tokens):
            start = np.searchsorted(tokens, merged.tokens)
            found = np.flatnonzero(_at(tokens, start) == merged.tokens)
            stop = np.searchsorted(tokens, merged.tokens[found], side="right")
            count = stop - start[found]
            begin = np.repeat(start[found], count)
            within = np.arange(len(begin)) - np.repeat(np.cumsum(count) - count, count)
            return np.repeat(found, count), begin + within
        table, shift = self._table(kind, whole, merged)
        places, entries = [], []
        for first in range(0, len(tokens), _CHUNK):
            chunk = np.asarray(tokens[first : first + _CHUNK])
            maybe = np.flatnonzero(table[(chunk >> shift).view(np.int64)])
            place = np.searchsorted(merged.tokens, chunk[maybe])
            there = np.flatnonzero(_at(merged.tokens, place) == chunk[maybe])
            places.append(place[there])
            entries.append(maybe[there] + first)
        return _joined(places, np.int64), _joined(entries, np.int64)

    def _table(self, kind: str, whole: bool, merged: Merged) -> tuple[Bools, np.uint64]:
        """Which leading bits occur among the merged tokens, and by how much a token is shifted."""
        if (kind, whole) not in self._tables:
            low, high = _TABLE_BITS
            bits = min(max(len(merged.tokens).bit_length() + 3, low), high)
            shift = np.uint64(64 - bits)
            table = np.zeros(1 << bits, dtype=np.bool_)
            table[(merged.tokens >> shift).view(np.int64)] = True
            self._tables[kind, whole] = table, shift
        return self._tables[kind, whole]

    def _may_be_one(self, reference: HeldList, a: Int64, b: UInt32) -> Bools:
        left, right = self._ids[a], reference.people.id_token[b]
        one: Bools = (left == right) | (left == 0) | (right == 0)
        return one

    def _assign(self, a: Int64, b: UInt32, allowed: Bools) -> Int64:
        """Give everyone still unmatched the first of its allowed candidates."""
        keep = allowed & (self._best[a] == NOBODY)
        np.minimum.at(self._best, a[keep], b[keep])
        return np.asarray(a[keep])


class Between:
    """Who of one of several lists is who of another, all found at once.

    Parameters
    ----------
    lists : mapping
        By name.
    crowd : Crowd, optional
        Of the same lists in the same order (others may follow).
    """

    def __init__(self, lists: Mapping[str, HeldList], crowd: Crowd | None = None) -> None:
        self._lists = lists
        self._places = {name: place for place, name in enumerate(lists)}
        self._crowd = crowd or Crowd(list(lists.values()))
        self._known: dict[str, Matched] = {}

    def members(self, one: str, other: str) -> Members:
        """Who of ``one`` is in ``other``."""
        if other not in self._known:
            self._known[other] = self._crowd.against(self._lists[other])
        return self._known[other].of(self._places[one])

    def matched(self, one: str, other: str) -> UInt32:
        """Who in ``other`` each person of ``one`` is, as
        :func:`leaktrace.fingerprint.lookup.match_people` tells."""
        return self.members(one, other).dense(len(self._lists[one].people))

    def within(self, held: HeldList) -> dict[str, Members]:
        """By name, who of each list is in another one, for those of whom anybody is."""
        matched = self._crowd.against(held)
        names = list(self._lists)
        inside = [place for place in matched.inside().tolist() if place < len(names)]
        return {names[place]: matched.of(place) for place in inside}


def _joined(parts: Sequence[npt.NDArray[T]], kind: type[T]) -> npt.NDArray[T]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=kind)


def _at(tokens: UInt64, places: Int64) -> UInt64:
    """The tokens at ``places``; the last one where a place is beyond it."""
    if not len(tokens):
        return np.zeros(len(places), dtype=np.uint64)
    return tokens[np.minimum(places, len(tokens) - 1)]
