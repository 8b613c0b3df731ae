"""Hypotheses with the most that each can score, before the canaries are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.fits import MOST_LISTS
from leaktrace.attribution.hypotheses import SILENT, Premises, hosts_of, log_priors_of_hosts
from leaktrace.attribution.readings import Readings
from leaktrace.attribution.shares import MOST_HOSTS

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
_SPLITS = (0.06, 0.25, 0.5, 0.75, 0.94)
_COARSE = (0.12, 0.35, 0.65)


@dataclass(frozen=True, slots=True)
class Hosts:
    """Every set of hosts, without and with an unseen source (``h``).

    Attributes
    ----------
    names : tuple of str
        Those who may be hosts; :data:`SILENT`, if there is one, stands last.
    first, second : intp[h]
        Places among ``names``; -1 where there is no first or second.
    unseen : bool[h]
    count : intp[h]
        Hosts, the unseen source counted.
    log_odds : float64[h, listed]
        Prior odds, by how many listed sources (or twins) contributed.
    raised : float64[h]
        By how much canaries and cells can raise them at most.
    """

    names: tuple[str, ...]
    first: Places
    second: Places
    unseen: npt.NDArray[np.bool_]
    count: Places
    log_odds: Floats
    raised: Floats


def hosts_with(
    telling: tuple[str, ...],
    bounds: Mapping[str, float],
    unlisted: Mapping[str, float],
    premises: Premises,
    *,
    silent: bool,
) -> Hosts:
    """The hosts: the ``telling`` ones, and, if there are ``silent`` ones, one of those.

    ``bounds`` gives by how much each can be raised at most; ``unlisted`` is that of
    :func:`~leaktrace.attribution.hypotheses.log_priors_of_hosts`.
    """
    names = (*telling, SILENT) if silent else telling
    places = {name: place for place, name in enumerate(names)}
    sets = hosts_of(telling, silent=silent)
    first = [places[one[0]] if one else -1 for one in sets]
    second = [places[one[1]] if len(one) > 1 else -1 for one in sets]
    odds = [log_priors_of_hosts(one, unlisted, premises, MOST_LISTS) for one in sets]
    raised = [sum(bounds[name] for name in one) for one in sets]
    unseen = np.tile([False, True], len(sets))
    sizes = np.repeat([len(one) for one in sets], 2)
    return Hosts(
        names, np.repeat(first, 2), np.repeat(second, 2), unseen, sizes + unseen,
        np.concatenate(odds), np.repeat(raised, 2),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some drafts (``d``).

    Attributes
    ----------
    reading, host, variant : intp[d]
        Places in the readings, the hosts, and what the coverages may be.
    score : float64[d]
        Log prior and likelihood, canaries and cells not yet asked.
    """

    reading: Places
    host: Places
    variant: Places
    score: Floats


@dataclass(frozen=True, slots=True)
class Drafts:
    """Every reading with every set of hosts and everything that the coverages may be.

    Attributes
    ----------
    readings : Readings
    hosts : Hosts
    ceilings : float64[r, h, v]
        The most that it can score; -inf where there is no such draft.
    """

    readings: Readings
    hosts: Hosts
    ceilings: Floats

    def chosen(self, places: Places) -> Chosen:
        """The drafts at ``places`` in ``ceilings.ravel()``."""
        reading, host, variant = np.unravel_index(places, self.ceilings.shape)
        readings, hosts = self.readings, self.hosts
        density = readings.shares.log_density[readings.subset[reading], hosts.count[host], variant]
        odds = hosts.log_odds[host, readings.drawn[reading]]
        score = readings.log_prior[reading] + density + odds
        return Chosen(reading, host, variant, score)

    def with_source(self, source: str) -> npt.NDArray[np.bool_]:
        """In which drafts ``source`` contributed by name: bool, as ``ceilings.ravel()``."""
        inside = np.zeros(self.ceilings.shape, dtype=bool)
        if source in self.readings.lists:
            inside |= self.readings.contributed[:, self.readings.lists.index(source), None, None]
        elif source in self.hosts.names:
            place = self.hosts.names.index(source)
            hosts = (self.hosts.first == place) | (self.hosts.second == place)
            inside |= hosts[None, :, None]
        return inside.ravel()


def drafts_of(readings: Readings, hosts: Hosts, bounds: Mapping[str, float]) -> Drafts:
    """Every draft of a batch; ``bounds`` as in :func:`hosts_with`, for the listed sources."""
    raised = readings.contributed @ np.array([bounds[one] for one in readings.lists])
    density = readings.shares.log_density[readings.subset]
    density = density + (readings.log_prior + raised)[:, None, None]
    density[readings.drawn == 0, 0] = -np.inf  # somebody contributed
    odds = hosts.log_odds[:, readings.drawn].T + hosts.raised
    return Drafts(readings, hosts, density[:, hosts.count] + odds[:, :, None])


@cache
def splits() -> tuple[npt.NDArray[np.intp], Floats]:
    """How one or two hosts, without or with an unseen source, may share what is theirs: equally
    weighted points of a uniform law.

    Returns
    -------
    counts : intp[3, 2]
        How many points, by the number of named hosts and whether there is an unseen one.
    parts : float64[3, 2, points, 2]
        The parts of the first and the second host.
    """
    pairs = [(one, two) for one in _COARSE for two in _COARSE if one + two < 1.1]
    told = {
        (0, 0): [(0.0, 0.0)],
        (0, 1): [(0.0, 0.0)],
        (1, 0): [(1.0, 0.0)],
        (1, 1): [(part, 0.0) for part in _SPLITS],
        (2, 0): [(part, 1.0 - part) for part in _SPLITS],
        (2, 1): pairs,
    }
    counts = np.zeros((MOST_HOSTS, 2), dtype=np.intp)
    parts = np.zeros((MOST_HOSTS, 2, max(map(len, told.values())), 2))
    for (named, unseen), points in told.items():
        counts[named, unseen] = len(points)
        parts[named, unseen, : len(points)] = points
    return counts, parts
