"""How many of a list's people would be in another by chance, since both come from one source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.observation import Observation
from leaktrace.attribution.samples import ReferenceSet
from leaktrace.fingerprint.held import NO_DAY, PeopleTable
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
        inside = matched != NOBODY
        own = _rates(references.held[source].people, taken[taken != NOBODY])
        rates[inside] = np.maximum(rates[inside], own[matched[inside]])
        known |= inside
    return rates, known


def _rates(people: PeopleTable, taken: npt.NDArray[np.uint32]) -> Floats:
    """For each of a reference's people the rate at which people like it were taken."""
    inside = np.zeros(len(people), dtype=bool)
    inside[taken] = True
    key = people.carrier.astype(np.int64) * (1 << 16) + people.region
    _values, stratum = np.unique(key, return_inverse=True)
    whole = np.bincount(stratum)
    part = np.bincount(stratum, weights=inside)
    rate = ((part + _BORROWED * inside.mean()) / (whole + _BORROWED))[stratum]
    return _dated(rate, people, inside)


def _dated(rate: Floats, people: PeopleTable, inside: Bools) -> Floats:
    """The rates where those who were taken registered within a window of time."""
    if (people.registered != NO_DAY).mean() < 0.5 or inside.sum() < _BORROWED:
        return rate
    first, last = np.quantile(people.registered[inside], [0.01, 0.99])
    window = (people.registered >= first) & (people.registered <= last)
    risen = np.minimum(rate / max(float(window.mean()), 0.02), 0.99)
    return np.asarray(np.where(window, risen, 0.05 * rate))
