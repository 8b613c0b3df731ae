"""Made-up people: swept segments, regular runs, numbers that were never issued.

A swept segment shows in the spacing of the numbers (:mod:`leaktrace.identifiers.sweep`); digits
drawn at random fall into segments that were never issued. A person who stands in a reference list
is real whatever the number looks like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.result import Interval
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.lookup import NOBODY

# Of all numbers 1[3-9]xxxxxxxxx, about this part is in segments that were never issued; a list of
# random digits shows it, so k such numbers speak for k / 0.15 made-up ones.
_NEVER_ISSUED_SHARE = 0.15
# Real lists hold some: typing errors, new segments.
_TYPING_ERRORS = 0.01
_MOSTLY_REAL = 0.2


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Who looks made up.

    Attributes
    ----------
    people : bool[n]
    share : Interval
        Of the batch's people, 90%.
    probability : float
        That over 90% of the people are made up.
    swept, never_issued : int
        People in swept segments, and with numbers never issued.
    """

    people: npt.NDArray[np.bool_]
    share: Interval
    probability: float
    swept: int
    never_issued: int


def made_up_people(held: HeldList, matches: Mapping[str, npt.NDArray[np.uint32]]) -> MadeUp:
    """Who of a batch looks made up, and how much of it is."""
    count = len(held.people)
    if count == 0:
        return MadeUp(np.zeros(0, dtype=bool), Interval(0.0, 0.0, 0.0), 0.0, 0, 0)
    known = np.zeros(count, dtype=bool)
    for matched in matches.values():
        known |= matched != NOBODY
    swept = held.people.swept
    if swept.any() and known[swept].mean() > _MOSTLY_REAL:
        swept = np.zeros(count, dtype=bool)
    never = held.people.never_issued
    people = (swept | never) & ~known
    random = _random_digits(int((never & ~swept & ~known).sum()), int((~swept).sum()))
    swept_share = float((swept & ~known).mean())
    share = Interval(
        *(min(1.0, swept_share + part * (1 - swept_share)) for part in _spread(random, count))
    )
    return MadeUp(people, share, _mostly(share), int(swept.sum()), int(never.sum()))


def _random_digits(never: int, others: int) -> float:
    """The share of random digits that ``never`` never-issued numbers among ``others`` speak for."""
    if others == 0:
        return 0.0
    excess = never / others - _TYPING_ERRORS
    return float(np.clip(excess / _NEVER_ISSUED_SHARE, 0.0, 1.0))


def _spread(share: float, count: int) -> tuple[float, float, float]:
    if share == 0.0:
        return 0.0, 0.0, min(1.0, _TYPING_ERRORS / _NEVER_ISSUED_SHARE * 0.5)
    error = 1.645 * np.sqrt(share / _NEVER_ISSUED_SHARE / max(count, 1)) + 0.25 * share
    return max(0.0, share - error), share, min(1.0, share + error)


def _mostly(share: Interval) -> float:
    """P(over 90% made up): the interval read as a normal law, never firmer than its bounds."""
    spread = max((share.high - share.low) / 3.29, 0.015)
    from scipy.special import ndtr

    return float(ndtr((share.estimate - 0.9) / spread))
