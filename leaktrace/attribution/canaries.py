"""What canary hits and misses say of a batch.

A canary is a member of exactly the sources where it was planted, from the planting on. Given that
a source contributed a share ``w`` of a batch of ``n`` people, each of its canaries is in the batch
with about ``w * n / N``; where the source's list is at hand the rate is measured instead: the part
of the list's people like the canary (same carrier, same region, registered about when it was
planted) who are in the batch, so that filters and windows are in it. Each hit also has a floor
probability of another road. Hits and misses enter as ratios to "no source where it was planted
contributed".

Given when the list was cut and which hidden exclusion holds, canaries are independent, so what
they say of a source is worked out once for each cut time and exclusion (:func:`lone`) and added up
over the sources; only a canary that is planted at several of them needs more (:func:`shared`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from math import lgamma, log

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.settings import Settings

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
_CERTAIN = 0.98


@dataclass(frozen=True, slots=True)
class CanaryTrial:
    """The canaries that could tell something of one batch, and where each is planted.

    Attributes
    ----------
    ids : tuple of str
    hit : bool[c]
        Found in the batch.
    floor : float64[c]
        Probability of being there by another road.
    named : bool[c]
        The hit carries the canary's own name (False: unknown or another name).
    sources : tuple of str
        The sources where any of them is planted, in order.
    measured : bool[s]
        Whether the source's own list gave the rates.
    row, column : intp[p]
        Canary and source of each planting, by source and then by canary; each pair comes once.
    moments : float64[p]
        When (seconds since 1970, the latest that the planting may be).
    rates : float64[p]
        Probability of being in the batch: where ``measured``, as it stands; else for a share of 1.
    """

    ids: tuple[str, ...]
    hit: Bools
    floor: Floats
    named: Bools
    sources: tuple[str, ...]
    measured: Bools
    row: Places
    column: Places
    moments: Floats
    rates: Floats
    _found: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def planted(self) -> Floats:
        """When each canary was planted at each source: float64[c, s]; inf where it was not."""
        return self._by_source(self.moments, np.inf)

    @property
    def rate(self) -> Floats:
        """The rate of each canary as one of each source's: float64[c, s]; 0 where it is none."""
        return self._by_source(self.rates, 0.0)

    def _by_source(self, values: Floats, elsewhere: float) -> Floats:
        table = np.full((len(self.ids), len(self.sources)), elsewhere)
        table[self.row, self.column] = values
        return table

    def place_of(self, source: str) -> int | None:
        """Which of the sources ``source`` is, None where no canary is planted there."""
        place = bisect_left(self.sources, source)
        found = place < len(self.sources) and self.sources[place] == source
        return place if found else None

    def plantings_of(self, source: str) -> slice:
        """The plantings at ``source``."""
        place = self.place_of(source)
        if place is None:
            return slice(0, 0)
        first, last = np.searchsorted(self.column, (place, place + 1))
        return slice(int(first), int(last))

    def hits_of(self, source: str) -> list[str]:
        """The canaries of ``source`` that were found."""
        if source not in self.hit_counts():
            return []
        rows = self.row[self.plantings_of(source)]
        return [self.ids[row] for row in rows[self.hit[rows]]]

    def alive_of(self, source: str, moment: float) -> list[str]:
        """The canaries of ``source`` that were planted by ``moment`` (seconds since 1970)."""
        here = self.plantings_of(source)
        rows = self.row[here][self.moments[here] <= moment]
        return [self.ids[row] for row in rows]

    def hit_counts(self) -> Mapping[str, int]:
        """How many canaries were found of each source of which any was."""
        if not self._found and self.hit.any():
            counts = np.bincount(self.column[self.hit[self.row]], minlength=len(self.sources))
            self._found.update((self.sources[one], int(counts[one])) for one in counts.nonzero()[0])
        return self._found

    def is_measured(self, source: str) -> bool:
        """Whether the rates of ``source`` stand as they are, whatever its share."""
        place = self.place_of(source)
        return place is not None and bool(self.measured[place])

    def due(self, source: str, share: float, cut: Floats, weights: Floats) -> float:
        """Expected number of ``source``'s canaries in the batch if it contributed ``share``."""
        here = self.plantings_of(source)
        scale = 1.0 if self.is_measured(source) else share
        alive = self.moments[here][None, :] <= cut[:, None]
        expected = (alive * np.minimum(self.rates[here] * scale, _CERTAIN)).sum(axis=1)
        return float(weights @ expected)

    def keeping(self, keep: Bools) -> CanaryTrial:
        """The trial of the canaries in ``keep`` (bool[c]) alone."""
        ids = tuple(compress(self.ids, keep.tolist()))
        there = keep[self.row]
        row = (np.cumsum(keep) - 1)[self.row[there]]
        return replace(
            self, ids=ids, hit=self.hit[keep], floor=self.floor[keep], named=self.named[keep],
            row=row, column=self.column[there], moments=self.moments[there],
            rates=self.rates[there], _found={},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CanaryLaw:
    """A trial laid out over the cut times and the hidden exclusions.

    Attributes
    ----------
    trial : CanaryTrial
    alive : float64[t, p]
        1 where the planting was there at the cut time, else 0.
    factors, chances : float64[e]
        At how many times the expected rate canaries come back, and how probable that is.
    common : float64[k]
        Probability that one, two … canaries of one given source took another road together.
    """

    trial: CanaryTrial
    alive: Floats
    factors: Floats
    chances: Floats
    common: Floats

    @classmethod
    def of(cls, trial: CanaryTrial, cut: Floats, settings: Settings) -> CanaryLaw:
        """Lay ``trial`` out over the ``cut`` times (float64[t], seconds since 1970)."""
        alive = (trial.moments[None, :] <= cut[:, None]).astype(np.float64)
        factors, chances = np.array(settings.exclusion).T
        common = np.array(settings.common_road) / max(1, len(trial.sources))
        return cls(trial, alive, factors, chances, common)

    def by_common_road(self, source: str) -> float:
        """By how much the hits of ``source``'s canaries are better explained by another road that
        all of them took than by one for each (log): nothing that is said for the source."""
        here = self.trial.plantings_of(source)
        rows = self.trial.row[here][self.alive[:, here].any(axis=0)]
        hits = int(self.trial.hit[rows].sum())
        if not hits or not len(self.common):
            return 0.0
        more = max(0, hits - len(self.common))
        chance = log(self.common[min(hits, len(self.common)) - 1]) - more * log(2.0)
        found = self.trial.floor[rows[self.trial.hit[rows]]]
        ways = lgamma(len(rows) + 1) - lgamma(hits + 1) - lgamma(len(rows) - hits + 1)
        odds = chance - ways - float(np.log(found).sum())
        return float(np.logaddexp(0.0, odds))


def lone(law: CanaryLaw, source: str, scales: Floats) -> Floats:
    """Log ratio of ``source``'s canaries where it alone contributed.

    Parameters
    ----------
    law : CanaryLaw
    source : str
    scales : float64[n]
        Factors on its canaries' rates: 1 where they are measured, else its share.

    Returns
    -------
    float64[e, t, n]
        Against nobody, whose road may be common to all hits (:meth:`CanaryLaw.by_common_road`).
    """
    here = law.trial.plantings_of(source)
    due = law.trial.rates[here, None] * scales
    said = law.alive[:, here] @ _said(law, law.trial.row[here], due)
    common = law.by_common_road(source)
    # Whoever contributed may have canaries that took the common road all the same.
    return np.asarray(np.logaddexp(said, common) - common if common else said)


def _said(law: CanaryLaw, rows: Places, due: Floats) -> Floats:
    """Log ratios of the canaries ``rows``, which are ``due`` with those probabilities
    (float64[..., c, n]), under each exclusion: float64[e, ..., c, n]."""
    said = log_misses(due, law.factors)
    hit = law.trial.hit[rows]
    if hit.any():
        factors = law.factors.reshape(-1, *[1] * due.ndim)
        found = np.minimum(due[..., hit, :] * factors, _CERTAIN)
        other = law.trial.floor[rows[hit]][:, None]
        said[..., hit, :] = np.log((found + other - found * other) / other)
    return said


def log_misses(due: Floats, factors: Floats) -> Floats:
    """Log probability that canaries which are due with those probabilities (float64[...]) are not
    there, at each of ``factors`` (float64[e]) times the rate: float64[e, ...]."""
    rates = due * factors.reshape(-1, *[1] * due.ndim)
    np.minimum(rates, _CERTAIN, out=rates)
    np.negative(rates, out=rates)
    return np.log1p(rates, out=rates)


@dataclass(frozen=True, slots=True)
class SharedCanaries:
    """Canaries that are all planted at the same two or more of some sources.

    Attributes
    ----------
    places : tuple of int
        Which of the sources.
    plantings : intp[c, len(places)]
        Of each canary the planting at each of them.
    """

    places: tuple[int, ...]
    plantings: Places


def shared_among(trial: CanaryTrial, sources: Sequence[str]) -> list[SharedCanaries]:
    """The canaries that are planted at more than one of ``sources``."""
    slices = [trial.plantings_of(source) for source in sources]
    plantings = np.concatenate([np.arange(one.start, one.stop) for one in slices] or [_NO_PLACE])
    place = np.repeat(np.arange(len(slices)), [one.stop - one.start for one in slices])
    row = trial.row[plantings]
    order = np.argsort(row, kind="stable")
    several = np.flatnonzero(np.bincount(row, minlength=1) > 1)
    groups: dict[tuple[int, ...], list[Places]] = defaultdict(list)
    first, last = (np.searchsorted(row[order], several, side) for side in ("left", "right"))
    for start, stop in zip(first.tolist(), last.tolist(), strict=True):
        here = order[start:stop]
        groups[tuple(place[here].tolist())].append(plantings[here])
    return [SharedCanaries(places, np.array(groups[places])) for places in sorted(groups)]


def shared(law: CanaryLaw, canaries: SharedCanaries, scales: Floats) -> Floats:
    """What is to be added to the sum of :func:`lone` for canaries planted at several sources that
    contributed: each hit is explained once.

    ``scales`` (float64[n, len(canaries.places)]) is 0 where a source did not contribute.

    Returns
    -------
    float64[e, t, n]
    """
    plantings = canaries.plantings
    rows = law.trial.row[plantings[:, 0]]
    due = [
        law.alive[:, here, None] * (law.trial.rates[here, None] * scales[:, place])
        for place, here in enumerate(plantings.T)
    ]
    together = _said(law, rows, np.sum(due, axis=0))
    for alone in due:
        together -= _said(law, rows, alone)
    return np.asarray(together.sum(axis=2))


def over_exclusions(law: CanaryLaw, tables: Floats) -> Floats:
    """Log ratios ``tables`` (float64[e, ...]) averaged over the exclusions: float64[...]."""
    peak = tables.max(axis=0)
    return np.asarray(peak + np.log(np.tensordot(law.chances, np.exp(tables - peak), 1)))


def over_cuts(ratios: Floats, log_weights: Floats) -> Floats:
    """Log ratios (float64[t, ...]) averaged over the cut times, whose log probabilities are
    ``log_weights`` (float64[t, ...])."""
    joint = ratios + log_weights
    peak = joint.max(axis=0)
    joint -= peak
    return np.asarray(peak + np.log(np.exp(joint, out=joint).sum(axis=0)))


_NO_PLACE: Places = np.zeros(0, dtype=np.intp)
