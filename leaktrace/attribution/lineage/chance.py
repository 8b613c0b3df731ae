"""How many of a list's people would be in another by chance, since both come from one source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.observation import Observation
from leaktrace.attribution.samples import ReferenceSet
from leaktrace.fingerprint.held import UInt32
from leaktrace.fingerprint.lookup import NOBODY

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
# A stratum (carrier, region) of few people borrows this many from the whole list.
_BORROWED = 20.0
_FEWEST = 3


def chance_rates(
    earlier: Observation, later: Observation, references: ReferenceSet, sources: Sequence[str]
) -> tuple[Floats, Bools]:
    """For each person of the later list how likely it is in the earlier one, had each been drawn
    from its source by itself; and for whom a reference list tells.

    A person of a reference list is in the earlier list as often as that list's people of the same
    carrier, region and time of registration are.

    Returns
    -------
    float64[n], bool[n]
    """
    rates = np.zeros(later.people)
    known = np.zeros(later.people, dtype=bool)
    for source in sources:
        matched = later.members.get(source)
        taken = earlier.members.get(source)
        if matched is None or taken is None or (matched != NOBODY).sum() < _FEWEST:
            continue
        inside = np.flatnonzero(matched != NOBODY)
        own = _rates(references, source, taken[taken != NOBODY], matched[inside])
        rates[inside] = np.maximum(rates[inside], own)
        known[inside] = True
    return rates, known


def _rates(references: ReferenceSet, source: str, taken: UInt32, asked: UInt32) -> Floats:
    """For each of the ``asked`` people of a reference the rate at which people like it were
    ``taken``; what this takes grows with them, not with the list."""
    people, likes = references.held[source].people, references.likes(source)
    taken = np.unique(taken)
    part = np.bincount(likes.kinds(taken), minlength=len(likes.counts))
    overall = len(taken) / max(1, len(people))
    kinds = likes.kinds(asked)
    rate = (part[kinds] + _BORROWED * overall) / (likes.counts[kinds] + _BORROWED)
    return _dated(rate, references, source, taken, asked)


def _dated(
    rate: Floats, references: ReferenceSet, source: str, taken: UInt32, asked: UInt32
) -> Floats:
    """The rates where those who were taken registered within a window of time."""
    registered = references.held[source].people.registered
    days = references.by_day(source).known_days()
    if len(days) < 0.5 * len(registered) or len(taken) < _BORROWED:
        return rate
    first, last = np.quantile(registered[taken], [0.01, 0.99])
    within = np.searchsorted(days, last, side="right") - np.searchsorted(days, first)
    risen = np.minimum(rate / max(float(within) / len(registered), 0.02), 0.99)
    window = (registered[asked] >= first) & (registered[asked] <= last)
    return np.asarray(np.where(window, risen, 0.05 * rate))
