"""Made-up people: swept segments, regular runs, digits drawn at random.

A swept segment shows in the spacing of its numbers (:mod:`leaktrace.identifiers.sweep`). Digits
drawn at random show in two ways, each held against the case's own lists, since what real lists
look like differs from case to case: numbers in segments that were never issued, and places of issue
spread over the whole country where real lists gather in a few. A person who stands in a reference
list is real, unless its number stands in a swept run: who sweeps a segment hits real numbers too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.matching import Members
from leaktrace.attribution.result import Interval
from leaktrace.fingerprint.held import HeldList, PeopleTable

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
# Never-issued numbers among random digits: behind prefixes that are in use, and behind any 1[3-9]
# (from the shipped segment table).
_NEVER_RANDOM = (0.013, 0.19)
_TYPING_ERRORS = 0.002
# The five commonest places of issue hold so much of a list of random digits, give or take.
_TOP_PLACES = 5
_TOP_RANDOM = 0.15
_TOP_SPREAD = 0.05
_ENOUGH = 100
# A real list of consecutive numbers (a company's phones) stands in its source's list nearly whole;
# a sweep only as densely as that list fills the segment.
_MOSTLY_REAL = 0.6
_GRID = np.linspace(0.0, 1.0, 21)
# Most lists hold no random digits; some are nothing else; some are padded.
_PRIOR = np.where(_GRID == 0, 0.85, np.where(_GRID == 1, 0.05, 0.10 / 19))


@dataclass(frozen=True, slots=True)
class RealLists:
    """What the numbers of the case's own lists look like.

    Attributes
    ----------
    never : float
        The share of never-issued numbers in a real list.
    top : float64[lists]
        The share of the commonest places of issue in each list.
    """

    never: float
    top: Floats


def real_lists(references: Sequence[HeldList], batches: Sequence[HeldList]) -> RealLists:
    """The look of real lists, from the references; from the batches where there are none."""
    sized = [one.people for one in references if len(one.people) >= _ENOUGH]
    others = [one.people for one in batches if len(one.people) >= _ENOUGH]
    never = [float(one.never_issued.mean()) for one in (sized or others)]
    top = [_top_share(one) for one in (sized or others)]
    told = [one for one in top if one is not None]
    share = max(float(np.median(never)) if never else 0.0, _TYPING_ERRORS)
    return RealLists(share, np.array(told or [_TOP_RANDOM]))


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Who looks made up.

    Attributes
    ----------
    people : bool[n]
    hidden : float
        How many more are made up, nobody can say which (random digits).
    share : Interval
        Of the batch's people, 90%.
    probability : float
        That over 90% of the people are made up.
    swept, never_issued : int
        People in swept segments, and with numbers never issued.
    """

    people: Flags
    hidden: float
    share: Interval
    probability: float
    swept: int
    never_issued: int


def made_up_people(held: HeldList, members: Mapping[str, Members], real: RealLists) -> MadeUp:
    """Who of a batch looks made up, and how much of it is; ``members`` are in reference lists."""
    count = len(held.people)
    if count == 0:
        return all_real(0)
    known = np.zeros(count, dtype=bool)
    swept = held.people.swept
    most = 0
    for inside in members.values():
        known[inside.rows] = True
        most = max(most, int(np.count_nonzero(swept[inside.rows])))
    if most > _MOSTLY_REAL * int(np.count_nonzero(swept)):
        swept = np.zeros(count, dtype=bool)
    never = held.people.never_issued & ~known
    swept_share = float(swept.mean())
    law = _random_share(held.people, ~swept, known, real)
    low, middle, high = (_quantile(law, part) for part in (0.05, 0.5, 0.95))
    rest = 1.0 - swept_share
    share = Interval(
        swept_share + rest * low, swept_share + rest * middle, swept_share + rest * high
    )
    needed = (0.9 - swept_share) / rest if rest > 0 else 0.0
    probability = float(law[needed - 1e-9 <= _GRID].sum()) if needed > 0 else 1.0
    people = swept.copy()
    if middle >= 0.5:
        people = people | never
    if probability >= 0.95:
        people = people | ~known
    hidden = max(0.0, share.estimate * count - float(people.sum()))
    return MadeUp(people, hidden, share, probability, int(swept.sum()), int(never.sum()))


def all_real(people: int) -> MadeUp:
    """Nobody of so many people is taken for made up."""
    nothing = Interval(0.0, 0.0, 0.0)
    return MadeUp(np.zeros(people, dtype=bool), 0.0, nothing, 0.0, 0, 0)


def _random_share(people: PeopleTable, rest: Flags, known: Flags, real: RealLists) -> Floats:
    """Posterior of the share of random digits among the people who are not swept: float64[grid]."""
    count = int(rest.sum())
    told = int((people.carrier[rest] > 0).sum() + people.never_issued[rest].sum())
    top = _top_share(people, rest)
    if count < _ENOUGH or told < 0.5 * count or top is None:
        return np.asarray(_GRID == 0, dtype=np.float64)
    never = int((people.never_issued & rest & ~known).sum())
    log_law = np.log(_PRIOR) + _never_log_likelihood(never, count, real.never)
    log_law = log_law + _top_log_likelihood(top, real.top)
    found = float(known[rest].mean())
    log_law = np.where(1.0 - found + 0.02 < _GRID, -np.inf, log_law)
    law = np.exp(log_law - log_law.max())
    return np.asarray(law / law.sum())


def _never_log_likelihood(never: int, count: int, real: float) -> Floats:
    terms = []
    for random in _NEVER_RANDOM:
        rate = np.clip(_GRID * max(random, real) + (1 - _GRID) * real, 1e-9, 1 - 1e-9)
        terms.append(never * np.log(rate) + (count - never) * np.log1p(-rate))
    return np.asarray(np.logaddexp.reduce(np.array(terms), axis=0) - np.log(len(terms)))


def _top_log_likelihood(top: float, real: Floats) -> Floats:
    mean = (1 - _GRID)[:, None] * real[None, :] + _GRID[:, None] * _TOP_RANDOM
    steps = -0.5 * ((top - mean) / _TOP_SPREAD) ** 2
    return np.asarray(np.logaddexp.reduce(steps, axis=1) - np.log(len(real)))


def _top_share(people: PeopleTable, rows: Flags | None = None) -> float | None:
    """The share of the commonest places among the numbers whose place is known."""
    region = people.region if rows is None else people.region[rows]
    known = region[region > 0]
    if len(known) < _ENOUGH:
        return None
    counts = np.sort(np.bincount(known))[::-1]
    return float(counts[:_TOP_PLACES].sum() / len(known))


def _quantile(law: Floats, part: float) -> float:
    return float(_GRID[min(int(np.searchsorted(np.cumsum(law), part)), len(_GRID) - 1)])
