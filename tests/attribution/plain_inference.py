"""The inference of one batch in plain loops: slow, and with nothing shared or laid out.

Every hypothesis is written down, the most promising first, and weighed by itself; canaries are
multiplied out for every cut time and exclusion. What :mod:`leaktrace.attribution.inference` finds
must be the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb, exp, hypot, lgamma, log, pi, sqrt

import numpy as np

from leaktrace.attribution.cutting import cut_log_weights
from leaktrace.attribution.fits import Fit
from leaktrace.attribution.hypotheses import (
    CONTRIBUTED,
    OVERLAPPED,
    READINGS,
    SILENT,
    TWIN,
    Hypothesis,
    Premises,
    coverages_of,
    hosts_of,
)
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.patterns import PatternTable
from leaktrace.attribution.points import Point
from leaktrace.attribution.settings import Settings

Reading = tuple[tuple[str, str], ...]
SPLITS = (0.06, 0.25, 0.5, 0.75, 0.94)
KEPT, KEPT_ASKED, SLACK = 8.0, 4.0, 1.5


@dataclass(frozen=True)
class Draft:
    """A hypothesis with its score before the canaries are asked."""

    score: float
    hypothesis: Hypothesis
    listed: Mapping[str, float]
    host: float
    fit: Fit


def plain_points(
    seen: Observation, premises: Premises, asked: str | None = None, use_dates: bool = True
) -> list[Point]:
    """What ``points_of`` finds."""
    asking = Asking(seen, premises, use_dates)
    found: list[tuple[bool, Point]] = []
    top = {True: -np.inf, False: -np.inf}
    kept = KEPT if asked is None else KEPT_ASKED
    for ceiling, draft in drafts_of(seen, premises, asking):
        side = asked is None or asked in draft.hypothesis.contributors
        if ceiling >= top[side] - kept:
            for point in weighed(draft, asking):
                found.append((side, point))
                top[side] = max(top[side], point.log_score)
    return [point for side, point in found if point.log_score > top[side] - kept]


def plain_fit(
    table: PatternTable, parts: np.ndarray, rest: np.ndarray, lists: tuple[int, ...], rows: float
) -> Fit:
    """Expectation-maximisation for one set of lists."""
    weights = table.counts * (rows / max(table.people, 1e-12))
    matrix = np.vstack([parts[list(lists)], rest[None, :]])
    shares = np.full(len(matrix), 1.0 / len(matrix))
    for _round in range(200):
        update = (shares[:, None] * matrix) @ (weights / (shares @ matrix)) + 0.5 / len(matrix)
        update /= update.sum()
        moved = float(np.abs(update - shares).max())
        shares = update
        if moved < 1e-6:
            break
    total = shares @ matrix
    slopes = (matrix[:-1] - matrix[-1]) / total
    covariance = np.linalg.inv((slopes * weights) @ slopes.T + 4.0 * np.eye(len(lists)))
    volume = 0.5 * log(np.linalg.det(2 * pi * covariance)) if lists else 0.0
    errors = tuple(np.sqrt(np.diag(covariance)).tolist())
    return Fit(lists, shares[:-1], float(weights @ np.log(total)), covariance, errors, volume)


def plain_fits(seen: Observation, premises: Premises, bounds: Mapping[str, float]) -> list[Fit]:
    """The beam search, each set fitted when it comes up: among the best with or without what
    canaries and cells may say."""
    rows = premises.settings.rows_that_count(seen.real)
    cost = log(premises.settings.prior_of_partner(premises.sources))

    def score(fit: Fit) -> float:
        return fit.log_likelihood + fit.log_volume + cost * len(fit.lists)

    def raised(fit: Fit) -> float:
        return score(fit) + sum(bounds[seen.lists[bit]] for bit in fit.lists)

    def fitted(lists: tuple[int, ...]) -> Fit:
        return plain_fit(seen.table, seen.parts, seen.rest, lists, rows)

    level = [fitted(())]
    kept = {(): level[0]}
    for _size in range(min(5, len(seen.lists))):
        grown = {
            tuple(sorted({*fit.lists, extra})) for fit in level for extra in range(len(seen.lists))
        } - {fit.lists for fit in level}
        found = list(map(fitted, grown))
        best = [sorted(found, key=lambda one: (-by(one), one.lists))[:5] for by in (score, raised)]
        level = list({one.lists: one for one in (*best[0], *best[1])}.values())
        kept.update((fit.lists, fit) for fit in level)
    top = max(map(raised, kept.values()))
    ranked = sorted(kept.values(), key=lambda one: (-raised(one), one.lists))
    return [fit for fit in ranked if raised(fit) > top - 14.0 or not fit.lists]


def drafts_of(seen: Observation, premises: Premises, asking: Asking) -> list[tuple[float, Draft]]:
    """Every hypothesis of every fit with the most that it can score, the most promising first."""
    bound = asking.bounds()
    hosts = hosts_of(asking.telling(), silent=bool(asking.silent()))
    drafts = []
    for fit in plain_fits(seen, premises, bound):
        names = [seen.lists[bit] for bit in fit.lists]
        for how in itertools.product(READINGS, repeat=len(names)):
            reading = tuple(zip(names, how, strict=True))
            prior = fit.log_likelihood + fit.log_volume + prior_of_reading(reading, premises)
            drawn = sum(one != OVERLAPPED for one in how)
            for named, unseen in itertools.product(hosts, (False, True)):
                count = len(named) + unseen
                if not count and not drawn:
                    continue
                odds = prior_of_hosts(named, unseen, drawn, seen.hosts, premises)
                raised = sum(bound[one] for one in named)
                raised += sum(bound[one] for one, which in reading if which == CONTRIBUTED)
                for means, weight in coverages_of(reading, count, premises):
                    listed, host, density = plain_shares(reading, count, fit, premises, means)
                    score = prior + density + odds + log(weight)
                    made = Draft(score, Hypothesis(reading, named, unseen), listed, host, fit)
                    drafts.append((score + raised, made))
    return sorted(drafts, key=lambda one: -one[0])


def prior_of_reading(reading: Reading, premises: Premises) -> float:
    """Log prior odds of the listed contributors, twins and overlaps against there being none."""
    total = 0.0
    for source, how in reading:
        own = premises.prior[source]
        total += {
            CONTRIBUTED: log(own / (1 - own)),
            TWIN: log(own / (1 - own)) + log(premises.twin_odds[source]),
            OVERLAPPED: log(premises.settings.prior_of_partner(premises.sources)),
        }[how]
    return total


def prior_of_hosts(
    hosts: tuple[str, ...],
    unseen: bool,
    drawn: int,
    unlisted: Mapping[str, float],
    premises: Premises,
) -> float:
    """Log prior odds of the hosts against there being none."""
    total = 0.0
    for source in hosts:
        if source != SILENT:
            own = premises.prior[source]
            total += log(own / (1 - own)) + unlisted[source]
    settings = premises.settings
    contributors = drawn + len(hosts)
    total += max(0, contributors - 1) * log(settings.one_more)
    present = settings.unseen_beside if contributors else settings.unseen_present
    return total + (log(present / (1 - present)) if unseen else 0.0)


def plain_shares(
    reading: Reading, hosts: int, fit: Fit, premises: Premises, means: Mapping[str, float]
) -> tuple[dict[str, float], float, float]:
    """The shares of the listed, what is left for the hosts, and the density of the apparent
    shares."""
    apparent = {source: float(fit.shares[place]) for place, (source, _how) in enumerate(reading)}
    errors = {source: fit.errors[place] for place, (source, _how) in enumerate(reading)}
    drawn = [source for source, how in reading if how != OVERLAPPED]
    raw = {one: apparent[one] / means[one] for one in drawn}
    total = sum(raw.values())
    square = 0.01**2
    for one in drawn:
        relative = errors[one] / max(apparent[one], 1e-6)
        square += (raw[one] * hypot(relative, premises.coverage[one].spread / means[one])) ** 2
    error = sqrt(square)
    density = -sum(log(means[one]) for one in drawn)
    host = max(1.0 - total, 0.01) if hosts else 0.0
    if hosts:
        density += lgamma(len(raw) + hosts) - lgamma(hosts) + (hosts - 1) * log(host)
        density -= 0.5 * (max(0.0, total - 1.0) / error) ** 2
    else:
        less = lacking(means, min(total, 1.0), drawn, premises)
        density += lgamma(max(len(raw), 1)) + pure(total, error, less, premises.settings)
    widest = max(errors.values(), default=0.0)
    outside = max(1.0 - sum(apparent[one] for one in raw), 0.01, 2.0 * widest)
    unlisted = {one: max(0.0, share * (1.0 - means[one])) for one, share in raw.items()}
    for source, how in reading:
        if how == OVERLAPPED:
            part = min(apparent[source] / outside, 0.999)
            density += log_overlap(source, part, unlisted, host, premises) - log(outside)
    whole = max(total + host, 1e-9)
    return {one: min(1.0, share / whole) for one, share in raw.items()}, host / whole, density


def log_overlap(
    source: str, part: float, unlisted: Mapping[str, float], host: float, premises: Premises
) -> float:
    """Log density of the part in ``source``'s list of those who are in none of the drawn lists."""
    law = premises.law.log_density(part)
    missing = sum(unlisted.values())
    if missing < 0.01:
        return law
    expected = sum(share * premises.overlap(one, source) for one, share in unlisted.items())
    mean = min(max(expected / missing, 0.01), 0.99)
    a, b = mean * 15.0, (1 - mean) * 15.0
    inside = min(max(part, 1e-4), 1 - 1e-4)
    alike = lgamma(15.0) - lgamma(a) - lgamma(b) + (a - 1) * log(inside)
    alike += (b - 1) * log(1 - inside)
    weight = missing / (missing + host)
    return log((1 - weight * 0.9) * exp(law) + weight * 0.9 * exp(min(alike, 50.0)))


def lacking(
    means: Mapping[str, float], total: float, drawn: Sequence[str], premises: Premises
) -> float:
    """How much less likely the canaries in the lists are if those lack so many more people."""
    said = 0.0
    for one in drawn:
        held, among = premises.coverage[one].leaked
        told = min(max(means[one], 0.02), 0.98)
        less = min(max(means[one] * total, 0.02), 0.98)
        said += held * log(less / told) + (among - held) * log((1 - less) / (1 - told))
    return exp(min(0.0, said))


def pure(total: float, error: float, less: float, settings: Settings) -> float:
    """Log density of the shares' sum where nobody else contributed."""
    steps = -0.5 * ((total - 1.0) / error) ** 2
    peak = (1 - settings.coverage_doubt) * exp(max(steps, -700.0)) / (error * sqrt(2 * pi))
    below = 1 / 0.9 if 0.1 < total < 1.0 + error else exp(max(steps, -700.0))
    return log(peak + settings.coverage_doubt * below * less + 1e-300)


class Asking:
    """Canaries, dates and cells, asked one hypothesis at a time."""

    def __init__(self, seen: Observation, premises: Premises, use_dates: bool) -> None:
        self.seen, self.premises, self.use_dates = seen, premises, use_dates

    def hits(self, source: str) -> int:
        return len(self.seen.trial.hits_of(source))

    def silent(self) -> tuple[str, ...]:
        return tuple(one for one in self.seen.hosts if not self.hits(one))

    def telling(self) -> tuple[str, ...]:
        found = [one for one in self.seen.hosts if self.hits(one)]
        return tuple(sorted(found, key=lambda one: (-self.hits(one), one))[:5])

    def bounds(self) -> dict[str, float]:
        """By how much canaries and cells can raise each source at most."""
        bound = dict.fromkeys((*self.seen.lists, *self.seen.hosts), 0.0)
        for one in bound:
            if self.hits(one):
                best = max(self.ratio({one: share}, ()) for share in SPLITS)
                bound[one] += max(0.0, best) + SLACK
            if one in self.seen.versions:
                bound[one] += max(0.0, *(self.cells(one, share) for share in SPLITS))
        odds = [self.odds(one) + bound[one] for one in self.silent()]
        bound[SILENT] = float(np.logaddexp.reduce(odds)) if odds else 0.0
        return bound

    def odds(self, source: str) -> float:
        prior = self.premises.prior[source]
        return log(prior / (1 - prior)) + self.seen.hosts[source]

    def room(self, source: str, share: float) -> float:
        told = self.premises.told.get(source)
        return -30.0 if told is not None and share * self.seen.real > 2 * told + 2 else 0.0

    def cells(self, source: str, share: float) -> float:
        version = self.seen.versions.get(source)
        return 0.0 if version is None else version.log_ratio(rough(share))

    def ratio(self, active: Mapping[str, float], lists: tuple[str, ...]) -> float:
        """Log ratio of the canaries, in plain loops over cut times, exclusions and canaries."""
        trial, settings = self.seen.trial, self.premises.settings
        planted, rate = trial.planted, trial.rate
        told = {
            trial.sources.index(one): 1.0 if trial.is_measured(one) else rough(share)
            for one, share in active.items()
            if one in trial.sources
        }
        evidence = np.zeros(len(self.seen.grid.cut))
        for one in lists:
            if self.use_dates and one in self.seen.dates and self.seen.dates[one].any():
                evidence = evidence + self.seen.dates[one]
        terms = []
        weights = cut_log_weights(self.seen.grid, evidence)
        for moment, weight in zip(self.seen.grid.cut, weights, strict=True):
            for factor, chance in settings.exclusion:
                total = float(weight) + log(chance)
                for row in range(len(trial.ids)):
                    due = sum(
                        rate[row, column] * scale
                        for column, scale in told.items()
                        if planted[row, column] <= moment
                    )
                    there, other = min(due * factor, 0.98), float(trial.floor[row])
                    if trial.hit[row]:
                        total += log((there + other - there * other) / other)
                    else:
                        total += log(1 - there)
                total += sum(
                    self.guarded(column, scale * factor, moment) for column, scale in told.items()
                )
                terms.append(total)
        return float(np.logaddexp.reduce(terms))

    def guarded(self, column: int, scale: float, moment: float) -> float:
        """What is to be added for a source whose canaries may all have taken a common road."""
        trial, alone = self.seen.trial, 0.0
        common = self.common_road(trial.sources[column])
        for row in range(len(trial.ids)):
            due = trial.rate[row, column] if trial.planted[row, column] <= moment else 0.0
            there, other = min(due * scale, 0.98), float(trial.floor[row])
            if trial.hit[row]:
                alone += log((there + other - there * other) / other)
            else:
                alone += log(1 - there)
        return float(np.logaddexp(alone, common)) - common - alone if common else 0.0

    def common_road(self, source: str) -> float:
        """What one road for all hits explains better than one for each."""
        trial, settings = self.seen.trial, self.premises.settings
        column = trial.sources.index(source)
        alive = trial.planted[:, column] <= self.seen.grid.cut.max()
        found = trial.floor[alive & trial.hit]
        if not len(found):
            return 0.0
        told = settings.common_road
        more = max(0, len(found) - len(told))
        chance = told[min(len(found), len(told)) - 1] / len(trial.sources) * 0.5**more
        chance /= comb(int(alive.sum()), len(found))
        return log(1.0 + chance / float(np.prod(found)))

    def silence(self, share: float, lists: tuple[str, ...]) -> tuple[float, dict[str, float]]:
        """One of the silent hosts contributed ``share``: the sum, and which of them it is."""
        near = rough(share)
        terms = {
            one: self.odds(one)
            + self.ratio({one: near}, lists)
            + self.cells(one, near)
            + self.room(one, near)
            for one in self.silent()
        }
        total = float(np.logaddexp.reduce(list(terms.values())))
        return total, {one: exp(term - total) for one, term in terms.items()}


def rough(share: float) -> float:
    """``share`` to the nearest step of a tenth of itself."""
    return exp(round(log(max(share, 1e-4)) * 10.0) / 10.0)


def weighed(draft: Draft, asking: Asking) -> Iterator[Point]:
    """The points of one draft."""
    hypothesis = draft.hypothesis
    reading = hypothesis.readings
    listed = {one: draft.listed[one] for one, how in reading if how == CONTRIBUTED}
    errors = {one: draft.fit.errors[place] for place, (one, _how) in enumerate(reading)}
    names = tuple(source for source, _how in reading)
    splits = splits_of(hypothesis.hosts, hypothesis.unseen, draft.host)
    for split in splits:
        known = {**listed, **split}
        total = draft.score + asking.ratio(known, names)
        total += sum(asking.room(one, share) + asking.cells(one, share)
                     for one, share in known.items())  # fmt: skip
        silent: dict[str, float] = {}
        if SILENT in split:
            said, silent = asking.silence(split[SILENT], names)
            total += said
        spread = {
            one: errors.get(one, min(0.04, share / 3 + 0.001)) for one, share in known.items()
        }
        total = asking.premises.settings.temperature * total - log(len(splits))
        yield Point(hypothesis, known, spread, silent, total)


def splits_of(hosts: tuple[str, ...], unseen: bool, mass: float) -> list[dict[str, float]]:
    """How the hosts may share ``mass``."""
    if not hosts:
        return [{}]
    if len(hosts) == 1:
        return [{hosts[0]: mass * part} for part in (SPLITS if unseen else (1.0,))]
    first, second = hosts
    if not unseen:
        return [{first: mass * part, second: mass * (1 - part)} for part in SPLITS]
    return [
        {first: mass * one, second: mass * two}
        for one in (0.12, 0.35, 0.65)
        for two in (0.12, 0.35, 0.65)
        if one + two < 1.1
    ]
