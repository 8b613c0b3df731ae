"""How likely the good outcome of each next step is, if the source contributed and if it did not.

Every assumption is written at the figure that makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp

import numpy as np

from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.coverage import UNKNOWN_POPULATION, Coverage
from leaktrace.attribution.cutting import cut_log_weights
from leaktrace.attribution.planning.pairs import OpenPair
from leaktrace.attribution.result import Related

# The next list is assumed to be seen so many days after the planting, and to be like the open one:
# from the same place, as large, and cut as long before it is seen as lists are.
_UNTIL_NEXT = 90.0
# How often a holder's own spelling, layout and values stand in a list that is from it, and how
# often somebody else's look the same. Assumed, after what simulated holders show.
_OWN_CELLS, _OTHER_CELLS = 0.85, 0.15
# A list that holds fewer of a source's people than this leaves much to be asked for.
_FULL = 0.7
_ENOUGH_SEEN = 200
# An unseen earlier list is larger than its cuts and much smaller than the source itself: else both
# were cut from the source. Even then it is assumed to be there in one case of two.
_LARGER, _SMALLER, _THERE = 1.2, 0.5, 0.5
_PARTS = tuple((place + 0.5) / 200 for place in range(200))


@dataclass(frozen=True, slots=True)
class Chances:
    """The probability of the good outcome if the source contributed, and if it did not.

    ``footing`` is what they rest on: ``measured`` in the case, ``told`` by the user, ``assumed``.
    """

    good: float
    bad: float
    footing: str


def planting_chances(pair: OpenPair, count: int, model: CaseModel) -> Chances:
    """At least one of ``count`` canaries, planted there now, is in the next list."""
    settings = model.premises.settings
    rate, footing = _rate(pair, model)
    missing = sum(
        weight * (1.0 - min(rate * factor, 0.98)) ** count for factor, weight in settings.exclusion
    )
    cut_later = sum(weight for lag, weight in settings.lags if lag <= _UNTIL_NEXT)
    floor = 1.0 - (1.0 - settings.other_road) ** count
    return Chances(max(cut_later * (1.0 - missing), floor), floor, footing)


def list_chances(pair: OpenPair, model: CaseModel) -> Chances:
    """The source's own list, whole and fresh, turns out to hold the people of the open one."""
    settings = model.premises.settings
    good = 1.0 - settings.coverage_doubt / 2.0  # a list that lacks more may lack anything
    twin = _twin_part(pair, model)
    least = 0.5 * pair.finding.share.estimate  # who overlaps half as much would pass for it
    reached = [exp(model.premises.law.log_density(part)) for part in _PARTS if part >= least]
    tail = min(1.0, sum(reached) / len(_PARTS))
    strangers = settings.prior_of_partner(model.premises.sources) * tail
    return Chances(good, min(good, twin + (1.0 - twin) * strangers), "assumed")


def cells_chances() -> Chances:
    """The list's cells turn out to be spelt, laid out and filled as the source's own are."""
    return Chances(_OWN_CELLS, _OTHER_CELLS, "assumed")


def parent_chances(pair: OpenPair, size: int, model: CaseModel) -> Chances:
    """A canary already planted at the source is in an earlier list of ``size`` people."""
    seen, settings = pair.seen, model.premises.settings
    trial = seen.trial
    if pair.source not in trial.sources:
        return Chances(0.0, 0.0, "assumed")
    weights = np.exp(cut_log_weights(seen.grid, np.zeros(len(seen.grid.cut))))
    due = trial.due(pair.source, pair.finding.share.estimate, seen.grid.cut, weights)
    more = due * max(0.0, size / max(1, seen.people) - 1.0)
    good = 1.0 - sum(weight * exp(-more * factor) for factor, weight in settings.exclusion)
    planted = len(trial.row[trial.plantings_of(pair.source)])
    floor = 1.0 - (1.0 - settings.other_road) ** planted
    return Chances(_THERE * max(good, floor) + (1.0 - _THERE) * floor, floor, "assumed")


def unseen_size(pair: Related, sources: Iterable[str], model: CaseModel) -> int | None:
    """About how many people an unseen list holds from which both batches were cut at random.

    Two samples of n and m with k in common come from about n * m / k (Lincoln and Petersen's
    estimate). None where that is hardly more than the larger of the two, or not much less than one
    of the possible ``sources`` has.
    """
    people = {one.batch.id: one.people for one in model.observations}
    first, second = people[pair.earlier], people[pair.later]
    size = round(first * second / max(1, pair.people))
    smallest = min((_people_of(one, model) for one in sources), default=0.0)
    if size < _LARGER * max(first, second) or size > _SMALLER * smallest:
        return None
    return size


def _people_of(source: str, model: CaseModel) -> float:
    told = model.premises.told.get(source)
    held = model.references.held.get(source)
    if held is not None and not told:
        return held.size / model.premises.coverage[source].mean
    return float(told or UNKNOWN_POPULATION)


def lacks_people(source: str, pairs: list[OpenPair], model: CaseModel) -> bool:
    """Whether the source's list holds too few of its people, or too few in sight, to lean on."""
    coverage: Coverage = model.premises.coverage[source]
    sketch = model.references.held[source].scaled > 1
    in_sight = min(pair.seen.seen.get(source, 0) for pair in pairs)
    return (
        coverage.doubted is not None
        or coverage.mean < _FULL
        or (sketch and in_sight < _ENOUGH_SEEN)
    )


def _rate(pair: OpenPair, model: CaseModel) -> tuple[float, str]:
    """The part of the source's people who are in the open list, and how it is known."""
    held = model.references.held.get(pair.source)
    if held is not None:
        found = pair.seen.overlaps.get(pair.source, 0)
        watched = pair.seen.seen.get(pair.source, 0)
        if held.scaled == 1 and found:
            return min(1.0, found / max(1, held.size)), "measured"
        share = found / watched if watched else pair.finding.share.estimate
        return min(1.0, share * pair.seen.people / max(1, held.size)), "measured"
    told = model.premises.told.get(pair.source)
    share = pair.finding.share.estimate * pair.seen.people
    return min(1.0, share / (told or UNKNOWN_POPULATION)), "told" if told else "assumed"


def _twin_part(pair: OpenPair, model: CaseModel) -> float:
    """Of all ways in which the source is innocent, the part in which its twin, who holds the same
    people, is not.

    Without a list the model has no twin of the source: it then is as likely, against the source,
    as its prior odds say, or, where canaries of the source were found, as it was beforehand.
    """
    innocent = pair.finding.innocent
    if innocent is not None and pair.source in model.references.held:
        return innocent.parts.get("twin", 0.0)
    hits = pair.seen.trial.hits_of(pair.source)
    known = pair.finding.prior if hits else pair.finding.posterior
    odds = known / (1.0 - known) * model.premises.twin_odds[pair.source]
    return odds / (1.0 + odds)
