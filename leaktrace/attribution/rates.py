"""How often a source's people are in a batch, measured on the source's own list.

The rate that matters for a canary is that of the people like it: of its carrier and region, where
the batch is visibly limited to one, and registered about when the canary was planted, where the
list is dated. So a filter or a window of registration dates is in the rate without being guessed.

A list is laid out by day once; what then is asked about one batch takes time with the people whom
the two share, not with the list.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import NO_DAY, HeldList

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Int64 = npt.NDArray[np.int64]
UInt32 = npt.NDArray[np.uint32]
FAR = 0.05  # what is left of a rate where a visible filter should have kept the canary out
_LEAST_NEIGHBOURS = 300
_NEIGHBOUR_HITS = 15.0  # enough neighbours for about so many to be in the batch
_PRIOR_HITS = 3.0
_NOWHERE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Filters:
    """What the batch visibly is limited to: a carrier, a region (0 where to none)."""

    carrier: int
    region: int


def visible_filters(carrier: npt.NDArray[np.uint8], region: npt.NDArray[np.uint16]) -> Filters:
    """The filters that a list's own people show (nearly all of one carrier, or of one region)."""
    return Filters(_dominant(carrier, 0.97), _dominant(region, 0.9))


def _dominant(codes: npt.NDArray[np.uint8] | npt.NDArray[np.uint16], share: float) -> int:
    known = codes[codes > 0]
    if len(known) < 30 or len(known) < 0.5 * len(codes):
        return 0
    counts = np.bincount(known)
    best = int(np.argmax(counts))
    return best if counts[best] >= share * len(known) else 0


@dataclass(frozen=True, slots=True)
class Stratum:
    """The people of a list who are alike.

    Attributes
    ----------
    places : uint32[k] or None
        Where they stand in :attr:`ByDay.order`, ascending; None: all of it.
    days : int32[k]
        Their days of registration.
    """

    places: UInt32 | None
    days: npt.NDArray[np.int32]


@dataclass(slots=True)
class ByDay:
    """The people of a list by day of registration.

    Attributes
    ----------
    held : HeldList
    order : uint32[m]
        Its dated people by day of registration (all people where it is hardly dated).
    place : uint32[n]
        Where each of its people stands in ``order``; 0xFFFFFFFF where not at all.
    dated : bool
        Whether ``order`` is by day.
    """

    held: HeldList
    order: UInt32
    place: UInt32
    dated: bool
    _strata: dict[tuple[int, int], Stratum] = field(default_factory=dict)
    _days: list[npt.NDArray[np.int32]] = field(default_factory=list)

    @classmethod
    def of(cls, held: HeldList, rows: Bools | None = None) -> ByDay:
        """Lay out ``held``, or some ``rows`` of it (bool[n])."""
        days = held.people.registered
        known = days != NO_DAY
        dated = len(days) > 0 and float(known.mean()) >= 0.5
        chosen = known if dated else np.ones(len(days), dtype=bool)
        order = np.flatnonzero(chosen if rows is None else chosen & rows).astype(np.uint32)
        if dated:
            order = order[_by_day(days[order])]
        place = np.full(len(days), _NOWHERE, dtype=np.uint32)
        place[order] = np.arange(len(order), dtype=np.uint32)
        return cls(held, order, place, dated)

    def known_days(self) -> npt.NDArray[np.int32]:
        """The days of all dated people, ascending."""
        if self.dated:
            return self.stratum(0, 0).days
        if not self._days:
            days = self.held.people.registered
            self._days.append(np.sort(days[days != NO_DAY]))
        return self._days[0]

    def stratum(self, carrier: int, region: int) -> Stratum:
        """The people of that carrier and region (0: of any)."""
        if (carrier, region) not in self._strata:
            self._strata[carrier, region] = self._stratum(carrier, region)
        return self._strata[carrier, region]

    def _stratum(self, carrier: int, region: int) -> Stratum:
        people = self.held.people
        if not carrier and not region:
            return Stratum(None, people.registered[self.order])
        places = np.flatnonzero(self.alike(self.order, carrier, region)).astype(np.uint32)
        return Stratum(places, people.registered[self.order[places]])

    def alike(self, people: UInt32, carrier: int, region: int) -> Bools:
        """Which of ``people`` are of that carrier and region (0: of any)."""
        like = np.ones(len(people), dtype=bool)
        if carrier:
            like &= self.held.people.carrier[people] == carrier
        if region:
            like &= self.held.people.region[people] == region
        return like


def _by_day(days: npt.NDArray[np.int32]) -> Int64:
    """``np.argsort(days, kind="stable")``, many times faster where they fit into 16 bits."""
    least = int(days.min(initial=0))
    if int(days.max(initial=0)) - least < 1 << 16:
        return np.argsort((days - least).astype(np.uint16), kind="stable")
    return np.argsort(days, kind="stable")


@dataclass(frozen=True, slots=True)
class ListRates:
    """The people of one reference list of whom some are in one batch.

    Attributes
    ----------
    listed : ByDay
    taken : uint32[k]
        Where those who are in the batch stand in the order, ascending, each once.
    """

    listed: ByDay
    taken: UInt32

    @classmethod
    def of(cls, listed: ByDay, members: UInt32) -> ListRates:
        """``members`` are the rows of the list that are in the batch; one may come twice."""
        places = listed.place[members]
        return cls(listed, np.unique(places[places != _NOWHERE]))

    def rates(self, carrier: Int64, region: Int64, planted: Int64, filters: Filters) -> Floats:
        """Probability that each of some canaries is in the batch: float64[c].

        Parameters
        ----------
        carrier, region : int64[c]
            Of the canaries.
        planted : int64[c]
            The days on which they were planted at this source.
        filters : Filters
            What the batch is limited to.
        """
        size = len(self.listed.order)
        overall = len(self.taken) / size if size else 0.0
        found = np.zeros(len(planted))
        if overall == 0.0:
            return found
        keys = np.stack(
            [carrier if filters.carrier else 0 * carrier, region if filters.region else 0 * region]
        )
        for one in sorted(set(zip(*keys.tolist(), strict=True))):
            here = np.flatnonzero((keys == np.array(one)[:, None]).all(axis=0))
            found[here] = self._rates(one, planted[here], overall)
        return found

    def _rates(self, key: tuple[int, int], planted: Int64, overall: float) -> Floats:
        stratum = self.listed.stratum(*key)
        days, taken = stratum.days, self.taken
        least = overall * FAR
        if not len(days):
            return np.full(len(planted), least)
        if stratum.places is not None:
            like = self.listed.alike(self.listed.order[taken], *key)
            taken = np.searchsorted(stratum.places, taken[like]).astype(np.uint32)
        usual = len(taken) / len(days) if any(key) else overall
        low, high = self._windows(days, planted, max(usual, least))
        inside = np.searchsorted(taken, high) - np.searchsorted(taken, low)
        prior = max(usual, least)
        rate = (inside + _PRIOR_HITS) / (high - low + _PRIOR_HITS / prior)
        return np.maximum(rate, least)

    def _windows(
        self, days: npt.NDArray[np.int32], planted: Int64, rate: float
    ) -> tuple[Int64, Int64]:
        count = len(days)
        if not self.listed.dated:
            return np.zeros(len(planted), dtype=np.int64), np.full(len(planted), count)
        size = int(max(_LEAST_NEIGHBOURS, _NEIGHBOUR_HITS / rate))
        middle = np.searchsorted(days, planted)
        low = np.maximum(0, np.minimum(middle - size // 2, count - size))
        return low, np.minimum(count, low + size)
