"""Which set of sources leaked, given which numbers came back: a joint decoder.

A number comes back by itself with the background rate b, or because a leaking source that holds it
shows it. Each leak misses each of its canaries with a loss rate of its own. None of these rates is
known, nor how many sources leak: all are integrated over. The search keeps the best sets of each
size and extends them by every source, under one common loss rate; the best sets found are then
weighed again with a loss rate for each leak.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import lgamma, log

import numpy as np
import numpy.typing as npt

from leaktrace.canary.planning.codes import Code
from leaktrace.canary.planning.evidence import (
    Evidence,
    Rates,
    common_scores,
    likeliest_rates,
    own_scores,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_BEAM = 120
_WEIGHED = 120
_SCREENED = 3_000
_ONE_MORE = 1 / 3
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back.

    Attributes
    ----------
    holds : bool[n, m]
        Source i was given number j before the leak: what was planted later explains nothing.
    back : bool[m]
        Number j came back.
    heard : bool[m] or None
        Number j could have come back; a dead number's silence says nothing. None: all could.
    passes : float[n, m] or None
        The chance that source i's filter lets number j through. None: always.
    controls : tuple of int
        How many controls could have come back, and how many did: they tell the background rate.
    """

    holds: Code
    back: npt.NDArray[np.bool_]
    heard: npt.NDArray[np.bool_] | None = None
    passes: Floats | None = None
    controls: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Who leaked.

    Attributes
    ----------
    best : tuple of int
        The most probable set of sources, in order; empty where none leaked.
    posterior : float
        Its probability.
    sources : float64[n]
        The probability of each source.
    sets : tuple of (tuple of int, float)
        The most probable sets, best first.
    more : float
        The probability of the largest number of leaks that was looked at: where it is not small,
        there may be more.
    """

    best: tuple[int, ...]
    posterior: float
    sources: Floats
    sets: tuple[tuple[tuple[int, ...], float], ...] = field(default=())
    more: float = 0.0

    @property
    def named(self) -> tuple[int, ...] | None:
        """The best set where it is likelier than all others together, else None: cannot tell."""
        return self.best if self.posterior > 0.5 else None

    @property
    def sure(self) -> tuple[int, ...]:
        """The sources at :data:`SURE` or more."""
        return tuple(int(one) for one in np.flatnonzero(self.sources >= SURE))


def planted_by(planted: Floats, seen_at: float) -> Code:
    """The plantings that a leak seen at ``seen_at`` can show: ``planted`` (n × m) holds when, NaN
    where never."""
    with np.errstate(invalid="ignore"):
        known: Code = planted < seen_at
    return known


def decode(
    returned: Returned, *, most: int = 5, rates: Rates | None = None, prior: Sequence[float] = ()
) -> Decoded:
    """The posterior over sets of at most ``most`` leaking sources.

    Parameters
    ----------
    returned : Returned
    most : int
        The most leaks at once. Time grows with it.
    rates : Rates, optional
        The loss and background rates over which is integrated.
    prior : sequence of float, optional
        The probability of 0, 1, 2 … leaks (any scale); each more is a third as likely by default.
        All sets of a size are equally likely.
    """
    evidence = Evidence.of(returned.holds, returned.back, returned.heard, returned.passes)
    rates = (rates or Rates()).told_by(*returned.controls)
    most = min(most, len(returned.holds))
    before = _prior(len(returned.holds), most, prior)
    found = _search(evidence, rates, before)
    return _posterior(_weighed(evidence, rates, before, found), len(returned.holds), most)


def _prior(sources: int, most: int, given: Sequence[float]) -> Floats:
    sizes = np.array([*given, *([0.0] * (most + 1))][: most + 1]) if given else None
    weights = _ONE_MORE ** np.arange(most + 1) if sizes is None else sizes
    with np.errstate(divide="ignore"):
        logs = np.log(weights / weights.sum())
    return np.array([logs[size] - _log_choose(sources, size) for size in range(most + 1)])


def _log_choose(total: int, chosen: int) -> float:
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)


def _search(evidence: Evidence, rates: Rates, before: Floats) -> list[tuple[Ints, Floats]]:
    """By size, the sets that were looked at (int[s, size]) and their scores."""
    sets: Ints = np.zeros((1, 0), dtype=np.int64)
    found = []
    for size in range(len(before)):
        scores = common_scores(evidence, rates, sets)
        found.append((sets, scores + before[size]))
        if size + 1 < len(before):
            # Without the prior, which may rule a size out, but not what it grows into.
            kept = np.argsort(-scores, kind="stable")[:_BEAM]
            best = likeliest_rates(evidence, rates, sets[kept[0]])
            sets = _screened(evidence, best, _extended(sets[kept], len(evidence.quiet)))
    return found


def _screened(evidence: Evidence, rates: Rates, sets: Ints) -> Ints:
    """The best of ``sets`` at the rates of the best set that they extend: to integrate over all
    rates takes 36 times as long, and is done for these alone."""
    if len(sets) <= _SCREENED:
        return sets
    scores = common_scores(evidence, rates, sets)
    return sets[np.sort(np.argsort(-scores, kind="stable")[:_SCREENED])]


def _extended(sets: Ints, sources: int) -> Ints:
    """Every set with every source that is not in it, each once."""
    more = np.tile(np.arange(sources), len(sets))[:, None]
    longer = np.concatenate([np.repeat(sets, sources, axis=0), more], axis=1)
    fresh = ~(longer[:, :-1] == longer[:, -1:]).any(axis=1)
    return np.unique(np.sort(longer[fresh], axis=1), axis=0)


def _weighed(
    evidence: Evidence, rates: Rates, before: Floats, found: list[tuple[Ints, Floats]]
) -> Mapping[tuple[int, ...], float]:
    """The best sets of any size, with a loss rate for each leak, and their log scores."""
    everything = np.concatenate([scores for _sets, scores in found])
    least = np.sort(everything)[-min(_WEIGHED, len(everything))]
    weighed: dict[tuple[int, ...], float] = {}
    for size, (sets, scores) in enumerate(found):
        possible = (scores >= least) & np.isfinite(scores)
        kept, alike = sets[possible], scores[possible]
        # Leaks of one market are often, but not always, cut alike: either is as likely.
        again = np.logaddexp(alike, own_scores(evidence, rates, kept) + before[size])
        for one, score in zip(kept.tolist(), again.tolist(), strict=True):
            weighed[tuple(one)] = score
    return weighed


def _posterior(weighed: Mapping[tuple[int, ...], float], sources: int, most: int) -> Decoded:
    ranked = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))
    logs = np.array([score for _one, score in ranked])
    chances = np.exp(logs - logs[0])
    chances /= chances.sum()
    each = np.zeros(sources)
    for (one, _score), chance in zip(ranked, chances, strict=True):
        each[list(one)] += chance
    sets = tuple((one, float(chance)) for (one, _), chance in zip(ranked, chances, strict=True))
    more = float(sum(chance for one, chance in sets if len(one) == most))
    best, posterior = sets[0]
    return Decoded(best, posterior, np.minimum(each, 1.0), sets[:20], more)


def bits_needed(sources: int, leaks: int) -> float:
    """The bits that tell any set of ``leaks`` of ``sources`` from all others."""
    return _log_choose(sources, leaks) / log(2.0)
