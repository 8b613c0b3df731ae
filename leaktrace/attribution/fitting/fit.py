"""Does the model fit this batch? What its explanations predict, held against what was observed.

After EuroForMix's check of a fitted mixture (Bleka, Storvik and Gill, FSI: Genetics 21, 2016): each
check gives the probability of something as far off, or farther, if the explanation holds; in
order, these should lie about the diagonal of a PP plot, and the explanation does not fit where one
lies below an envelope that allows for their number (Bonferroni).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.fitting.canaries import hits_check, strays_check
from leaktrace.attribution.fitting.check import Check
from leaktrace.attribution.fitting.coverage import coverage_check
from leaktrace.attribution.fitting.dates import dates_check
from leaktrace.attribution.fitting.explained import Explained, explanations_of
from leaktrace.attribution.fitting.patterns import apparent_shares, pattern_check
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.points import Points
from leaktrace.attribution.observation import Observation

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.int32]
#: An explanation that holds is refused in so many cases, all its checks together.
FAMILY_WISE = 0.01


def checks_of(
    seen: Observation,
    points: Points,
    weights: Floats,
    sources: Sequence[str],
    registered: Mapping[str, Days],
    premises: Premises,
    *,
    named: bool = True,
) -> tuple[Check, ...]:
    """Every check of the best explanations in which all ``sources`` contributed (or, not
    ``named``, none of them did), the least likely first; empty where there is none.

    Parameters
    ----------
    registered : mapping
        Source to the days of registration in its list (int32, NO_DAY where unknown).
    """
    found: dict[object, list[tuple[float, Check]]] = defaultdict(list)
    for explained in explanations_of(points, weights, sources, named=named):
        about = (
            sources if named else tuple(one for one in explained.shares if one in premises.prior)
        )
        for key, check in _checks(seen, explained, about, registered, premises):
            found[key].append((explained.weight, check))
    averaged = [_averaged(parts) for parts in found.values()]
    return tuple(sorted(averaged, key=lambda one: (one.p, one.code, one.sources)))


def _checks(
    seen: Observation,
    explained: Explained,
    sources: Sequence[str],
    registered: Mapping[str, Days],
    premises: Premises,
) -> Iterator[tuple[object, Check]]:
    settings = premises.settings
    fit = apparent_shares(seen, explained, settings)
    whole = (
        pattern_check(seen, fit, settings),
        strays_check(seen, explained, settings),
        coverage_check(seen, fit, explained, premises),
    )
    yield from ((one.code, one) for one in whole if one is not None)
    for source in sources:
        own = [hits_check(seen, source, explained, premises)]
        if source in seen.members and source in registered:
            own.append(dates_check(seen, source, explained, registered[source], premises))
        yield from (((one.code, source), one) for one in own if one is not None)


def _averaged(parts: Sequence[tuple[float, Check]]) -> Check:
    """The mean of a check over the explanations, told as the heaviest of them has it."""
    total = sum(weight for weight, _check in parts)
    first = parts[0][1]
    p = sum(weight * check.p for weight, check in parts) / total
    return Check(first.code, first.sources, first.observed, first.expected, p)


def misfits(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks that lie below the envelope."""
    return tuple(one for one in checks if one.p * len(checks) < FAMILY_WISE)
