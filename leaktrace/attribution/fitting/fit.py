"""Does the model fit this batch? What its explanations predict, held against what was observed.

After EuroForMix's check of a fitted mixture (Bleka, Storvik and Gill, FSI: Genetics 21, 2016): each
check gives the probability of something as far off, or farther, if the explanation holds; in
order, these should lie about the diagonal of a PP plot, and the explanation does not fit where one
lies below an envelope that allows for their number (Bonferroni). What is said of a source has to
hold when only those explanations are left that fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.fits import Fit, fit_shares
from leaktrace.attribution.fitting.canaries import hits_check, strays_check
from leaktrace.attribution.fitting.cells import cells_check
from leaktrace.attribution.fitting.check import Check
from leaktrace.attribution.fitting.coverage import coverage_check
from leaktrace.attribution.fitting.dates import dates_check
from leaktrace.attribution.fitting.explained import Explained, explanations_of
from leaktrace.attribution.fitting.patterns import pattern_check
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Points

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.int32]
#: An explanation that holds is refused in so many cases, all its checks together.
FAMILY_WISE = 0.01


@dataclass(frozen=True, slots=True)
class Checked:
    """An explanation with its checks, the least likely first."""

    explained: Explained
    checks: tuple[Check, ...]

    @property
    def misfits(self) -> tuple[Check, ...]:
        """The checks that lie below the envelope."""
        return tuple(one for one in self.checks if one.p * len(self.checks) < FAMILY_WISE)


def checked_explanations(
    seen: Observation,
    points: Points,
    weights: Floats,
    registered: Mapping[str, Days],
    premises: Premises,
) -> tuple[Checked, ...]:
    """The heaviest explanations of a batch, each checked.

    Parameters
    ----------
    registered : mapping
        Source to the days of registration in its list (int32, NO_DAY where unknown).
    """
    rows = premises.settings.rows_that_count(seen.real)
    fits: dict[tuple[int, ...], Fit] = {}
    found = []
    for explained in explanations_of(points, weights):
        bits = tuple(seen.lists.index(one) for one, _how in explained.hypothesis.readings)
        if bits not in fits:
            fits[bits] = fit_shares(seen.table, seen.parts, seen.rest, bits, rows)
        checks = _checks(seen, explained, fits[bits], registered, premises)
        ordered = sorted(checks, key=lambda one: (one.p, one.code, one.sources))
        found.append(Checked(explained, tuple(ordered)))
    return tuple(found)


def _checks(
    seen: Observation,
    explained: Explained,
    fit: Fit,
    registered: Mapping[str, Days],
    premises: Premises,
) -> Iterator[Check]:
    settings = premises.settings
    found = [
        pattern_check(seen, fit, settings),
        strays_check(seen, explained, settings),
        coverage_check(seen, fit, explained, premises),
    ]
    for source in sorted(explained.hypothesis.named):
        found.append(hits_check(seen, source, explained, premises))
        found.append(cells_check(seen, source, explained))
        if source in seen.members and source in registered:
            found.append(dates_check(seen, source, explained, registered[source], premises))
    return (one for one in found if one is not None)


def left_of(checked: Sequence[Checked], source: str) -> float:
    """The probability that ``source`` contributed, of the explanations that fit; 0 where none
    does."""
    fitting = [one.explained for one in checked if not one.misfits]
    total = sum(one.weight for one in fitting)
    return sum(one.weight * one.part_of(source) for one in fitting) / total if total else 0.0
