"""The posterior of one batch: every hypothesis of every fit, weighed.

Small worlds of hypotheses are enumerated in full; what is hopeless before the canaries are asked
(far below the best, and without a hit to lift it) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.hypotheses import (
    CONTRIBUTED,
    OVERLAPPED,
    SILENT,
    Hypothesis,
    Premises,
    Reading,
    Shares,
    coverages_of,
    hosts_of,
    log_prior_of_hosts,
    log_prior_of_reading,
    read_shares,
    readings_of,
)
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.patterns import Fit, search_fits
from leaktrace.attribution.weigher import Weigher

Floats = npt.NDArray[np.float64]
# Points this far (in nats) below the best one are left out: together they weigh nothing.
_KEPT = 8.0
_KEPT_ASKED = 4.0
# Sources with hits in the same window of time raise each other a little.
_SLACK = 1.5
_SPLITS = (0.06, 0.25, 0.5, 0.75, 0.94)


@dataclass(frozen=True, slots=True)
class Point:
    """One hypothesis with definite shares.

    Attributes
    ----------
    hypothesis : Hypothesis
    shares : mapping
        Known source to its share of the real people; only those that contributed. The share of
        "one of the silent hosts" stands under :data:`SILENT`.
    errors : mapping
        Standard error of each share.
    silent : mapping
        Which of the silent hosts it is: source to probability.
    log_score : float
        Unnormalised log posterior.
    """

    hypothesis: Hypothesis
    shares: Mapping[str, float]
    errors: Mapping[str, float]
    silent: Mapping[str, float]
    log_score: float


def points_of(
    seen: Observation,
    premises: Premises,
    *,
    asked: str | None = None,
    use_dates: bool = True,
) -> list[Point]:
    """Every hypothesis of a batch that is not hopeless, weighed.

    Parameters
    ----------
    seen : Observation
    premises : Premises
    asked : str, optional
        A source whose likelihood ratio is wanted: the hypotheses with and without it are kept
        each beside the best of their own side, however far apart the sides are.
    use_dates : bool
        Whether the dates of matched registrations inform the cut time.
    """
    rows = premises.settings.rows_that_count(seen.real)
    cost = float(np.log(premises.settings.prior_of_partner(premises.sources)))
    fits = search_fits(seen.table, seen.parts, seen.rest, rows, cost=cost)
    weigher = Weigher(seen, premises, use_dates)
    points: list[tuple[bool, Point]] = []
    top = {True: -np.inf, False: -np.inf if asked else np.inf}
    kept = {True: _KEPT if asked is None else _KEPT_ASKED, False: _KEPT_ASKED}
    for ceiling, draft in _drafts(fits, weigher):
        side = asked is None or asked in draft.hypothesis.contributors
        if ceiling < min(top[one] - kept[one] for one in top):
            break
        if ceiling < top[side] - kept[side]:
            continue
        for point in _weighed(draft, weigher):
            points.append((side, point))
            top[side] = max(top[side], point.log_score)
    return [point for side, point in points if point.log_score > top[side] - kept[side]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A hypothesis with its score before the canaries are asked."""

    score: float
    hypothesis: Hypothesis
    shares: Shares
    fit: Fit


def _drafts(fits: list[Fit], weigher: Weigher) -> list[tuple[float, Draft]]:
    """Every hypothesis of every fit with the most that it can score, the most promising first."""
    seen, premises = weigher.seen, weigher.premises
    bound = _canary_bounds(weigher)
    bound[SILENT] = weigher.silence_bound()
    hosts = []
    for named in hosts_of(weigher.telling(), silent=bool(weigher.silent())):
        for unseen in (False, True):
            raised = sum(bound[one] for one in named)
            odds = [
                log_prior_of_hosts(named, unseen, drawn, seen.hosts, premises) for drawn in range(5)
            ]
            hosts.append((named, unseen, odds, raised))
    drafts = []
    for fit in fits:
        for reading in readings_of(tuple(seen.lists[bit] for bit in fit.lists)):
            prior = fit.log_likelihood + fit.log_volume + log_prior_of_reading(reading, premises)
            raised = sum(bound[one] for one, how in reading if how == CONTRIBUTED)
            drawn = sum(how != OVERLAPPED for _one, how in reading)
            shares = {count: _shares_of(reading, count, fit, premises) for count in range(4)}
            for named, unseen, odds, most in hosts:
                count = len(named) + unseen
                if not count and not drawn:
                    continue
                hypothesis = Hypothesis(reading, named, unseen)
                for weight, read in shares[count]:
                    score = prior + read.log_density + odds[drawn] + weight
                    draft = Draft(score, hypothesis, read, fit)
                    drafts.append((score + most + raised, draft))
    return sorted(drafts, key=lambda one: -one[0])


def _shares_of(
    reading: Reading, hosts: int, fit: Fit, premises: Premises
) -> list[tuple[float, Shares]]:
    """The shares with so many hosts, for everything that the coverages may be, and the log weight
    of each."""
    return [
        (float(np.log(weight)), read_shares(reading, hosts, fit, premises, means))
        for means, weight in coverages_of(reading, hosts, premises)
    ]


def _canary_bounds(weigher: Weigher) -> dict[str, float]:
    """By how much the canaries can raise each source at most: about what they say of it alone, at
    the share and cut time that suit it best. Misses never raise one."""
    bound = dict.fromkeys(weigher.premises.prior, 0.0)
    for source in weigher.seen.trial.sources:
        if weigher.seen.trial.hits_of(source):
            best = max(weigher.ratio({source: share}, ()) for share in _SPLITS)
            bound[source] = max(0.0, best) + _SLACK
    return bound


def _weighed(draft: Draft, weigher: Weigher) -> Iterator[Point]:
    reading = draft.hypothesis.readings
    listed = {one: draft.shares.listed[one] for one, how in reading if how == CONTRIBUTED}
    errors = {one: draft.fit.errors[place] for place, (one, _how) in enumerate(reading)}
    names = weigher.dated(tuple(source for source, _how in reading))
    splits = _splits(draft.hypothesis.hosts, draft.hypothesis.unseen, draft.shares.host)
    for split in splits:
        known = {**listed, **split}
        total = draft.score + weigher.ratio(known, names)
        total += sum(weigher.room(one, share) for one, share in known.items())
        silent: Mapping[str, float] = {}
        if SILENT in split:
            said, silent = weigher.silence(split[SILENT], names)
            total += said
        spread = {one: errors.get(one, _host_error(share)) for one, share in known.items()}
        total = weigher.premises.settings.temperature * total - float(np.log(len(splits)))
        yield Point(draft.hypothesis, known, spread, silent, total)


def _host_error(share: float) -> float:
    """Standard error of a host's share: the grid that it stands on is that coarse."""
    return min(0.04, share / 3 + 0.001)


def _splits(hosts: tuple[str, ...], unseen: bool, mass: float) -> list[dict[str, float]]:
    """How the hosts may share ``mass``: equally weighted points of a uniform law."""
    if not hosts:
        return [{}]
    if len(hosts) == 1:
        parts = _SPLITS if unseen else (1.0,)
        return [{hosts[0]: mass * part} for part in parts]
    first, second = hosts
    if not unseen:
        return [{first: mass * part, second: mass * (1 - part)} for part in _SPLITS]
    return [
        {first: mass * one, second: mass * two}
        for one in (0.12, 0.35, 0.65)
        for two in (0.12, 0.35, 0.65)
        if one + two < 1.1
    ]
