"""How often a source's people are in a batch, measured on the source's own list.

The rate that matters for a canary is that of the people like it: of its carrier and region, where
the batch is visibly limited to one, and registered about when the canary was planted, where the
list is dated. So a filter or a window of registration dates is in the rate without being guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from leaktrace.case.records import Canary
from leaktrace.fingerprint.held import NO_DAY, HeldList

FAR = 0.05  # what is left of a rate where a visible filter should have kept the canary out
_LEAST_NEIGHBOURS = 300
_NEIGHBOUR_HITS = 15.0  # enough neighbours for about so many to be in the batch
_PRIOR_HITS = 3.0


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
    values, counts = np.unique(known, return_counts=True)
    best = int(np.argmax(counts))
    return int(values[best]) if counts[best] >= share * len(known) else 0


@dataclass(slots=True)
class ListRates:
    """The people of one reference list and which of them are in one batch.

    Attributes
    ----------
    held : HeldList
        The reference list.
    taken : bool[n]
        Its people who are in the batch.
    order : int64[m]
        Its dated people by day of registration (all people where it is hardly dated).
    dated : bool
        Whether ``order`` is by day.
    """

    held: HeldList
    taken: npt.NDArray[np.bool_]
    order: npt.NDArray[np.int64]
    dated: bool
    _strata: dict[tuple[int, int], tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = field(
        default_factory=dict
    )

    def rate(self, canary: Canary, planted_day: int, filters: Filters) -> float:
        """Probability that a canary planted at this source on ``planted_day`` is in the batch."""
        overall = float(self.taken[self.order].mean()) if len(self.order) else 0.0
        if overall == 0.0:
            return 0.0
        key = (
            canary.carrier if filters.carrier else 0,
            canary.region if filters.region else 0,
        )
        days, running = self._stratum(key)
        if len(days) == 0:
            return overall * FAR
        stratum = float(running[-1]) / len(days) if any(key) else overall
        low, high = self._window(days, planted_day, max(stratum, overall * FAR))
        taken = float(running[high] - running[low])
        prior = max(stratum, overall * FAR)
        rate = (taken + _PRIOR_HITS) / (high - low + _PRIOR_HITS / prior)
        return max(rate, overall * FAR)

    def _window(
        self, days: npt.NDArray[np.int64], planted_day: int, rate: float
    ) -> tuple[int, int]:
        if not self.dated:
            return 0, len(days)
        size = int(max(_LEAST_NEIGHBOURS, _NEIGHBOUR_HITS / rate))
        middle = int(np.searchsorted(days, planted_day))
        low = max(0, min(middle - size // 2, len(days) - size))
        return low, min(len(days), low + size)

    def _stratum(self, key: tuple[int, int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Days of the people alike, in order, and how many of them up to each are in the batch."""
        if key not in self._strata:
            people = self.held.people
            like = np.ones(len(self.order), dtype=bool)
            if key[0]:
                like &= people.carrier[self.order] == key[0]
            if key[1]:
                like &= people.region[self.order] == key[1]
            chosen = self.order[like]
            running = np.concatenate([[0], np.cumsum(self.taken[chosen])]).astype(np.int64)
            self._strata[key] = people.registered[chosen].astype(np.int64), running
        return self._strata[key]


def order_by_day(held: HeldList) -> tuple[npt.NDArray[np.int64], bool]:
    """The people of a list by day of registration, and whether enough of them are dated."""
    days = held.people.registered
    dated = days != NO_DAY
    if len(days) == 0 or dated.mean() < 0.5:
        return np.arange(len(days), dtype=np.int64), False
    places = np.nonzero(dated)[0]
    return places[np.argsort(days[places], kind="stable")].astype(np.int64), True
