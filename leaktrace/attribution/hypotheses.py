"""Who put the people there: every reading of a batch's apparent shares, with its probability.

An apparent share of a list's people (:mod:`leaktrace.attribution.patterns`) has three readings: the
source contributed; an unseen *twin* of it did, who holds nearly the same people; or a host (an
unseen source, or one without a list) merely *overlaps* it. What stands in no list came from a
host, or from members that the list lacks. A hypothesis gives every notable list a reading and
says which hosts there are; its probability is

    prior of the contributors x density of the apparent shares under it x canary likelihood,

with shares uniform on the simplex of its contributors (a Dirichlet law of ones).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.coverage import Coverage
from leaktrace.attribution.samples import OverlapLaw
from leaktrace.attribution.settings import Settings

Floats = npt.NDArray[np.float64]
CONTRIBUTED, TWIN, OVERLAPPED = READINGS = ("contributed", "twin", "overlapped")
#: The place of each reading among READINGS, which stands for it in arrays.
CODES = {how: code for code, how in enumerate(READINGS)}
#: Stands for one of the known sources without a list and without a hit.
SILENT = "(silent)"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One reading of a batch.

    Attributes
    ----------
    readings : tuple of (source, reading)
        For every list with a notable apparent share.
    hosts : tuple of str
        Known sources without a list that contributed.
    unseen : bool
        Whether an unseen source contributed.
    """

    readings: tuple[tuple[str, str], ...]
    hosts: tuple[str, ...]
    unseen: bool

    def reading_of(self, source: str) -> str | None:
        """How ``source``'s apparent share is read, None where it has none."""
        return dict(self.readings).get(source)

    @property
    def named(self) -> tuple[str, ...]:
        """The contributors that are definite sources."""
        return tuple(one for one in self.contributors if one != SILENT)

    @property
    def named_or_twin(self) -> tuple[str, ...]:
        """The definite sources of whom themselves or the twin contributed."""
        listed = [source for source, reading in self.readings if reading != OVERLAPPED]
        return (*listed, *(one for one in self.hosts if one != SILENT))

    @property
    def contributors(self) -> tuple[str, ...]:
        """The known sources that contributed."""
        listed = [source for source, reading in self.readings if reading == CONTRIBUTED]
        return tuple(listed) + self.hosts


@dataclass(frozen=True, slots=True)
class Premises:
    """What all hypotheses of a case share.

    Attributes
    ----------
    settings : Settings
    sources : int
        Known sources in the case.
    coverage : mapping
        Source id to :class:`Coverage`, for sources with a list.
    law : OverlapLaw
    twin_odds : mapping
        Source id to the prior odds of its unseen twin against it.
    prior : mapping
        Source id to its prior probability of having contributed to a batch.
    overlap : callable
        (source, other) to the part of the source's listed people who are in the other's list.
    told : mapping
        Source id to the number of people registered there, where it was told.
    """

    settings: Settings
    sources: int
    coverage: Mapping[str, Coverage]
    law: OverlapLaw
    twin_odds: Mapping[str, float]
    prior: Mapping[str, float]
    overlap: Callable[[str, str], float]
    told: Mapping[str, int]


def at_odds(prior: Mapping[str, float], factors: Mapping[str, float]) -> dict[str, float]:
    """``prior`` with the odds of each source in ``factors`` multiplied by its factor."""
    moved = {}
    for source, probability in prior.items():
        odds = probability / (1.0 - probability) * factors.get(source, 1.0)
        moved[source] = odds / (1.0 + odds)
    return moved


@cache
def readings_of(lists: int) -> npt.NDArray[np.int8]:
    """Every way to read so many notable lists: int8[3**lists, lists] of :data:`CODES`."""
    ways = list(itertools.product(range(len(READINGS)), repeat=lists))
    return np.array(ways, dtype=np.int8).reshape(len(ways), lists)


def hosts_of(telling: tuple[str, ...], *, silent: bool) -> list[tuple[str, ...]]:
    """Every set of hosts: none, each of the ``telling`` sources (without a list, with hits), pairs
    of them, and, where there are ``silent`` ones, one of those (:data:`SILENT`) by itself or
    beside a telling one."""
    hosts: list[tuple[str, ...]] = [(), *((one,) for one in telling)]
    hosts += list(itertools.combinations(telling, 2))
    if silent:
        hosts += [(SILENT,), *((one, SILENT) for one in telling)]
    return hosts


def log_priors_of_readings(lists: tuple[str, ...], premises: Premises) -> Floats:
    """Log prior odds of each list's having contributed, its twin's, and its overlap, against there
    being none: float64[lists, 3], the last axis as READINGS. Those of a reading are the sum."""
    partner = log(premises.settings.prior_of_partner(premises.sources))
    rows = []
    for source in lists:
        own = premises.prior[source]
        odds = log(own / (1 - own))
        rows.append((odds, odds + log(premises.twin_odds[source]), partner))
    return np.array(rows).reshape(len(lists), len(READINGS))


def log_priors_of_hosts(
    hosts: tuple[str, ...], unlisted: Mapping[str, float], premises: Premises, most: int
) -> Floats:
    """Log prior odds of the hosts against there being none; those of a silent one are summed with
    what its canaries say.

    Parameters
    ----------
    hosts : tuple of str
    unlisted : mapping
        What it costs each host that its list, if it has one, holds hardly anybody of the batch.
    premises : Premises
    most : int
        The most listed sources (or twins) that may have contributed beside them.

    Returns
    -------
    float64[2, most + 1]
        Without and with an unseen source; by how many listed sources (or twins) contributed.
    """
    total = 0.0
    for source in hosts:
        if source != SILENT:
            own = premises.prior[source]
            total += log(own / (1 - own)) + unlisted[source]
    settings = premises.settings
    contributors = np.arange(most + 1) + len(hosts)
    odds = total + np.maximum(0, contributors - 1) * log(settings.one_more)
    present = np.where(contributors > 0, settings.unseen_beside, settings.unseen_present)
    return np.array([odds, odds + np.log(present / (1 - present))])


def coverages_of(
    reading: Sequence[tuple[str, str]], hosts: bool, premises: Premises
) -> list[tuple[dict[str, float], float]]:
    """What the coverages of the lists read as contributed or twin may be, with weights.

    They are as told, give or take what populations are off by (without hosts that error is in the
    density of the sum already), or, where our canaries are missing from a list, what they say.
    """
    drawn = [one for one, how in reading if how != OVERLAPPED]
    told = {one: premises.coverage[one].mean for one in drawn}
    several = drawn if hosts else [one for one in drawn if premises.coverage[one].told]
    found = [(told, 1.0)]
    if several:
        errors = premises.settings.coverage_error
        factors = [factor for factor, _weight in errors]
        parts = {one: premises.coverage[one].means(factors) for one in several}
        found = [
            ({**told, **{one: parts[one][place] for one in several}}, weight)
            for place, (_factor, weight) in enumerate(errors)
        ]
    purged = {one: premises.coverage[one].purged for one in drawn if premises.coverage[one].purged}
    if not purged:
        return found
    doubt = max(premises.coverage[one].doubt for one in purged)
    variants = max(len(parts) for parts in purged.values())
    found = [(means, weight * (1 - doubt)) for means, weight in found]
    for number in range(variants):
        left = {one: parts[number * len(parts) // variants][0] for one, parts in purged.items()}
        found.append(({**told, **left}, doubt / variants))
    return found
