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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import exp, hypot, lgamma, log, pi, sqrt

from leaktrace.attribution.coverage import Coverage
from leaktrace.attribution.patterns import Fit
from leaktrace.attribution.samples import OverlapLaw
from leaktrace.attribution.settings import Settings

CONTRIBUTED, TWIN, OVERLAPPED = "contributed", "twin", "overlapped"
#: Stands for one of the known sources without a list and without a hit.
SILENT = "(silent)"
_READINGS = (CONTRIBUTED, TWIN, OVERLAPPED)
_LEAST_HOST = 0.01
# How closely the members whom a list lacks overlap other lists as the listed ones do (the size of
# the Beta law).
_ALIKE = 15.0


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


Reading = tuple[tuple[str, str], ...]


def readings_of(lists: tuple[str, ...]) -> Iterator[Reading]:
    """Every way to read the notable ``lists``."""
    for chosen in itertools.product(_READINGS, repeat=len(lists)):
        yield tuple(zip(lists, chosen, strict=True))


def hosts_of(telling: tuple[str, ...], *, silent: bool) -> list[tuple[str, ...]]:
    """Every set of hosts: none, each of the ``telling`` sources (without a list, with hits), pairs
    of them, and, where there are ``silent`` ones, one of those (:data:`SILENT`) by itself or
    beside a telling one."""
    hosts: list[tuple[str, ...]] = [(), *((one,) for one in telling)]
    hosts += list(itertools.combinations(telling, 2))
    if silent:
        hosts += [(SILENT,), *((one, SILENT) for one in telling)]
    return hosts


def log_prior_of_reading(reading: Reading, premises: Premises) -> float:
    """Log prior odds of the listed contributors, twins and overlaps against there being none."""
    partner = log(premises.settings.prior_of_partner(premises.sources))
    total = 0.0
    for source, how in reading:
        if how == OVERLAPPED:
            total += partner
        else:
            own = premises.prior[source]
            total += log(own / (1 - own))
            total += log(premises.twin_odds[source]) if how == TWIN else 0.0
    return total


def log_prior_of_hosts(
    hosts: tuple[str, ...],
    unseen: bool,
    drawn: int,
    unlisted: Mapping[str, float],
    premises: Premises,
) -> float:
    """Log prior odds of the hosts against there being none; those of a silent one are summed with
    what its canaries say. ``drawn`` is how many listed sources (or twins) contributed; ``unlisted``
    what it costs each host that its list, if it has one, holds hardly anybody of the batch."""
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


@dataclass(frozen=True, slots=True)
class Shares:
    """The true shares that a reading makes of the apparent ones.

    Attributes
    ----------
    listed : mapping
        Source id to its share, for lists read as contributed or twin.
    host : float
        What is left for the hosts.
    log_density : float
        Of the apparent shares under the reading.
    """

    listed: Mapping[str, float]
    host: float
    log_density: float


def coverages_of(
    reading: Reading, hosts: int, premises: Premises
) -> list[tuple[dict[str, float], float]]:
    """What the coverages of the lists read as contributed or twin may be, with weights.

    They are as told, give or take what populations are off by (without hosts that error is in the
    density of the sum already), or, where our canaries are missing from a list, what they say.
    """
    drawn = [one for one, how in reading if how != OVERLAPPED]
    told = {one: premises.coverage[one].mean for one in drawn}
    errors = premises.settings.coverage_error if hosts and drawn else ((1.0, 1.0),)
    found = [
        ({one: min(1.0, mean * factor) for one, mean in told.items()}, weight)
        for factor, weight in errors
    ]
    doubted = {one: premises.coverage[one].doubted for one in drawn}
    purged = {one: part for one, part in doubted.items() if part is not None}
    if purged:
        found = [(means, weight / 2) for means, weight in found] + [({**told, **purged}, 0.5)]
    return found


def read_shares(
    reading: Reading, hosts: int, fit: Fit, premises: Premises, means: Mapping[str, float]
) -> Shares:
    """The true shares under ``reading`` with so many ``hosts``, and the density of the apparent
    ones, which ``fit`` gives in the order of the reading's lists. A twin's people are in the
    source's list as the source's own are, so only the canaries tell the two apart. ``means`` are
    the coverages to reckon with."""
    apparent = {source: float(fit.shares[place]) for place, (source, _how) in enumerate(reading)}
    scale = {
        one: (means[one], premises.coverage[one].spread)
        for one, how in reading
        if how != OVERLAPPED
    }
    raw = {one: apparent[one] / mean for one, (mean, _spread) in scale.items()}
    total = sum(raw.values())
    error = _total_error(reading, raw, fit, scale)
    density = -sum(log(mean) for mean, _spread in scale.values())
    host = max(1.0 - total, _LEAST_HOST) if hosts else 0.0
    if hosts:
        density += lgamma(len(raw) + hosts) - lgamma(hosts) + (hosts - 1) * log(host)
        density -= 0.5 * (max(0.0, total - 1.0) / error) ** 2
    else:
        density += lgamma(max(len(raw), 1)) + _pure(total, error, premises.settings)
    widest = max((fit.errors[place] for place in range(len(reading))), default=0.0)
    # Nobody can be placed outside more finely than the fit tells.
    outside = max(1.0 - sum(apparent[one] for one in raw), _LEAST_HOST, 2.0 * widest)
    unlisted = {one: max(0.0, share * (1.0 - scale[one][0])) for one, share in raw.items()}
    for source, how in reading:
        if how == OVERLAPPED:
            part = min(apparent[source] / outside, 0.999)
            density += _log_overlap(source, part, unlisted, host, premises) - log(outside)
    whole = max(total + host, 1e-9)
    listed = {one: min(1.0, share / whole) for one, share in raw.items()}
    return Shares(listed, host / whole, density)


def _log_overlap(
    source: str, part: float, unlisted: Mapping[str, float], host: float, premises: Premises
) -> float:
    """Log density of the part in ``source``'s list of those who are in none of the drawn lists.

    Members whom a drawn list lacks stand in other lists as often as those whom it holds; a host's
    people follow the law of overlaps.
    """
    law = premises.law.log_density(part)
    missing = sum(unlisted.values())
    if missing < _LEAST_HOST:
        return law
    expected = sum(share * premises.overlap(one, source) for one, share in unlisted.items())
    mean = min(max(expected / missing, 0.01), 0.99)
    a, b = mean * _ALIKE, (1 - mean) * _ALIKE
    inside = min(max(part, 1e-4), 1 - 1e-4)
    alike = lgamma(_ALIKE) - lgamma(a) - lgamma(b) + (a - 1) * log(inside)
    alike += (b - 1) * log(1 - inside)
    weight = missing / (missing + host)
    return log((1 - weight * 0.9) * exp(law) + weight * 0.9 * exp(min(alike, 50.0)))


def _total_error(
    reading: Reading,
    raw: Mapping[str, float],
    fit: Fit,
    scale: Mapping[str, tuple[float, float]],
) -> float:
    """Standard error of the sum of the shares: of the fit and of the coverages."""
    square = 0.01**2
    for place, (source, _how) in enumerate(reading):
        if source in raw:
            mean, deviation = scale[source]
            apparent = max(float(fit.shares[place]), 1e-6)
            relative = hypot(fit.errors[place] / apparent, deviation / mean)
            square += (raw[source] * relative) ** 2
    return sqrt(square)


def _pure(total: float, error: float, settings: Settings) -> float:
    """Log density of the shares' sum where nobody else contributed: 1 within the error, or less
    where the list lacks more than it says."""
    steps = -0.5 * ((total - 1.0) / error) ** 2
    peak = (1 - settings.coverage_doubt) * exp(max(steps, -700.0)) / (error * sqrt(2 * pi))
    below = 1 / 0.9 if 0.1 < total < 1.0 + error else exp(max(steps, -700.0))
    return log(peak + settings.coverage_doubt * below + 1e-300)
