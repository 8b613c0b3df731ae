"""The true shares that every reading makes of the apparent ones, and how probable those then are.

A contributor's twin has the same people in the source's list as the contributor itself, so what
matters here of a reading is only which of its lists are *drawn* (contributed, or the twin did); the
others merely overlap. Everything is worked out for all such subsets of all fits at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lgamma

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.fits import Fit
from leaktrace.attribution.hypotheses import Premises
from leaktrace.attribution.settings import Settings

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
#: The most hosts of a hypothesis, an unseen source counted with them.
MOST_HOSTS = 3
_LEAST_HOST = 0.01
# How closely the members whom a list lacks overlap other lists as the listed ones do (the size of
# the Beta law).
_ALIKE = 15.0
# Of those in none of the drawn lists who are members of their sources, so many follow that law.
_FOLLOW = 0.9
_LEAST_ERROR = 0.01


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of each subset, for 0 to 3 hosts and everything that the coverages may be (``v``).

    Attributes
    ----------
    listed : float64[s, 4, v, k]
        Of the drawn lists' sources (or twins), 0 for the others.
    host : float64[s, 4, v]
        What is left for the hosts.
    log_density : float64[s, 4, v]
        Of the apparent shares, with the log weight of the coverages; -inf where there is no such
        variant.
    """

    listed: Floats
    host: Floats
    log_density: Floats


@dataclass(frozen=True, slots=True)
class Subsets:
    """Which lists are drawn, for every subset of every fit's lists.

    Attributes
    ----------
    fit : intp[s]
    drawn, overlapped : bool[s, k]
        By list of the batch.
    """

    fit: npt.NDArray[np.intp]
    drawn: Bools
    overlapped: Bools


def shares_of(
    fits: Sequence[Fit], subsets: Subsets, lists: Sequence[str], premises: Premises
) -> Shares:
    """The true shares under each of ``subsets``, and the density of the apparent ones.

    Parameters
    ----------
    fits : sequence of Fit
    subsets : Subsets
    lists : sequence of str
        The source of each list.
    premises : Premises
    """
    apparent, errors = _spread(fits, len(lists))
    apparent, errors = apparent[subsets.fit], errors[subsets.fit]
    coverage = _Coverages.of(lists, premises)
    with_hosts = _density(subsets, apparent, errors, coverage, premises, hosts=True)
    without = _density(subsets, apparent, errors, coverage, premises, hosts=False)
    size = subsets.drawn.sum(axis=1)
    gammas = np.array([lgamma(max(one, 1)) for one in range(len(lists) + MOST_HOSTS + 1)])
    host = np.zeros((len(size), MOST_HOSTS + 1, coverage.variants))
    density = np.empty(host.shape)
    density[:, 0] = without.log_density + gammas[size][:, None]
    for count in range(1, MOST_HOSTS + 1):
        host[:, count] = with_hosts.host
        more = (gammas[size + count] - gammas[count])[:, None]
        density[:, count] = with_hosts.log_density + more + (count - 1) * np.log(with_hosts.host)
    whole = np.maximum(with_hosts.total + with_hosts.host, 1e-9), np.maximum(without.total, 1e-9)
    wholes = np.stack([whole[1], *[whole[0]] * MOST_HOSTS], axis=1)
    raws = np.stack([without.raw, *[with_hosts.raw] * MOST_HOSTS], axis=1)
    return Shares(np.minimum(1.0, raws / wholes[..., None]), host / wholes, density)


def _spread(fits: Sequence[Fit], width: int) -> tuple[Floats, Floats]:
    """Apparent shares and their errors by list: float64[fits, k], 0 where it is not in the fit."""
    shares, errors = np.zeros((len(fits), width)), np.zeros((len(fits), width))
    for row, fit in enumerate(fits):
        shares[row, list(fit.lists)], errors[row, list(fit.lists)] = fit.shares, fit.errors
    return shares, errors


@dataclass(frozen=True, slots=True)
class _Coverages:
    """What the coverages of the lists may be.

    They are as told, give or take what populations are off by (without hosts that error is in the
    density of the sum already), or, where our canaries are missing from a list, what they say: the
    last variants, of which each list that is doubted has one of its parts (``left``) in each.
    """

    mean: Floats
    spread: Floats
    told: Floats
    open: Bools
    left: Floats
    doubt: Floats
    leaked: Floats
    overlap: Floats
    settings: Settings

    @classmethod
    def of(cls, lists: Sequence[str], premises: Premises) -> _Coverages:
        known = [premises.coverage[one] for one in lists]
        overlap = [[premises.overlap(one, other) for other in lists] for one in lists]
        factors = [factor for factor, _weight in premises.settings.coverage_error]
        return cls(
            np.array([one.mean for one in known], dtype=np.float64),
            np.array([one.spread for one in known], dtype=np.float64),
            np.array([one.means(factors) for one in known], dtype=np.float64)
            .reshape(len(known), len(factors))
            .T,
            np.array([bool(one.told) for one in known], dtype=bool),
            _left([one.purged for one in known], [one.mean for one in known]),
            np.array([one.doubt for one in known], dtype=np.float64),
            np.array([one.leaked for one in known], dtype=np.float64).reshape(-1, 2).T,
            np.array(overlap, dtype=np.float64).reshape(len(lists), len(lists)),
            premises.settings,
        )

    @property
    def variants(self) -> int:
        return len(self.told) + len(self.left)

    def means(self, *, hosts: bool) -> Floats:
        """float64[v, k]."""
        told = self.told if hosts else np.where(self.open, self.told, self.mean)
        return np.concatenate([told, self.left])

    def lacking(self, drawn: Bools, means: Floats, total: Floats) -> Floats:
        """Log of how much less likely the canaries that the drawn lists hold are, if those lists
        lack so many more people that the shares' sum is ``total`` (float64[s, v]): float64[s, v].
        """
        held, among = self.leaked
        told = np.clip(means, 0.02, 0.98)
        less = np.clip(means * total[..., None], 0.02, 0.98)
        said = held * np.log(less / told) + (among - held) * np.log((1 - less) / (1 - told))
        return np.asarray(np.minimum(0.0, np.where(drawn, said, 0.0).sum(axis=2)))

    def log_weights(self, drawn: Bools, *, hosts: bool) -> Floats:
        """float64[s, v]; -inf where there is no such variant."""
        weights = np.zeros((len(drawn), self.variants))
        weights[:, 0] = 1.0
        several = drawn.any(axis=1) if hosts else (drawn & self.open).any(axis=1)
        told = len(self.told)
        weights[several, :told] = [weight for _factor, weight in self.settings.coverage_error]
        doubt = (drawn * self.doubt).max(axis=1, initial=0.0)
        weights *= 1.0 - doubt[:, None]
        weights[:, told:] = doubt[:, None] / max(1, len(self.left))
        with np.errstate(divide="ignore"):
            return np.log(weights)


def _left(purged: Sequence[Sequence[tuple[float, float]]], told: Sequence[float]) -> Floats:
    """What is left in each list, in as many variants as the most doubted one has: float64[v, k]."""
    variants = max((len(one) for one in purged), default=0)
    left = np.tile(np.array(told, dtype=np.float64), (variants, 1))
    for column, parts in enumerate(purged):
        if parts:
            places = [number * len(parts) // variants for number in range(variants)]
            left[:, column] = [parts[place][0] for place in places]
    return left


@dataclass(frozen=True, slots=True)
class _Density:
    """What depends only on whether there are hosts: float64[s, v], ``raw`` float64[s, v, k]."""

    raw: Floats
    total: Floats
    host: Floats
    log_density: Floats


def _density(
    subsets: Subsets,
    apparent: Floats,
    errors: Floats,
    coverage: _Coverages,
    premises: Premises,
    *,
    hosts: bool,
) -> _Density:
    drawn, means = subsets.drawn[:, None, :], coverage.means(hosts=hosts)
    raw = np.where(drawn, apparent[:, None, :] / means, 0.0)
    total = raw.sum(axis=2)
    # Of the fit and of the coverages.
    apart = np.hypot(
        errors[:, None, :] / np.maximum(apparent[:, None, :], 1e-6), coverage.spread / means
    )
    error = np.sqrt(_LEAST_ERROR**2 + ((raw * apart) ** 2).sum(axis=2))
    density = coverage.log_weights(subsets.drawn, hosts=hosts)
    density = density - np.where(drawn, np.log(means), 0.0).sum(axis=2)
    if hosts:
        host = np.maximum(1.0 - total, _LEAST_HOST)
        density = density - 0.5 * (np.maximum(0.0, total - 1.0) / error) ** 2
    else:
        host = np.zeros(total.shape)
        lacking = coverage.lacking(drawn, means, np.minimum(total, 1.0))
        density = density + _pure(total, error, lacking, coverage.settings)
    unlisted = np.maximum(0.0, raw * (1.0 - means))
    # Nobody can be placed outside more finely than the fit tells.
    widest = 2.0 * errors.max(axis=1, initial=0.0)
    beside = 1.0 - np.where(subsets.drawn, apparent, 0.0).sum(axis=1)
    outside = np.maximum(np.maximum(beside, _LEAST_HOST), widest)
    density = density + _overlaps(subsets, apparent, outside, unlisted, host, coverage, premises)
    return _Density(raw, total, host, density)


def _overlaps(
    subsets: Subsets,
    apparent: Floats,
    outside: Floats,
    unlisted: Floats,
    host: Floats,
    coverage: _Coverages,
    premises: Premises,
) -> Floats:
    """Log density of the parts in the overlapped lists of those who are in none of the drawn ones:
    float64[s, v].

    Members whom a drawn list lacks stand in other lists as often as those whom it holds; a host's
    people follow the law of overlaps.
    """
    row, column = np.nonzero(subsets.overlapped)
    part = np.minimum(apparent[row, column] / outside[row], 0.999)
    law = premises.law.log_densities(part)[:, None]
    missing = unlisted.sum(axis=2)
    expected = (unlisted @ coverage.overlap)[row, :, column]
    lacking = missing[row]
    some = lacking >= _LEAST_HOST
    mean = np.clip(expected / np.where(some, lacking, 1.0), 0.01, 0.99)
    alike = _log_beta(mean, np.clip(part, 1e-4, 1 - 1e-4)[:, None])
    weight = _FOLLOW * lacking / np.where(some, lacking + host[row], 1.0)
    mixed = (1 - weight) * np.exp(law) + weight * np.exp(np.minimum(alike, 50.0))
    said = np.where(some, np.log(np.where(some, mixed, 1.0)), law) - np.log(outside[row])[:, None]
    total = np.zeros(missing.shape)
    np.add.at(total, row, said)
    return total


def _log_beta(mean: Floats, inside: Floats) -> Floats:
    """Log density of Beta laws of size :data:`_ALIKE`."""
    from scipy.special import gammaln

    a, b = mean * _ALIKE, (1 - mean) * _ALIKE
    size = lgamma(_ALIKE) - gammaln(a) - gammaln(b)
    return np.asarray(size + (a - 1) * np.log(inside) + (b - 1) * np.log(1 - inside))


def _pure(total: Floats, error: Floats, lacking: Floats, settings: Settings) -> Floats:
    """Log density of the shares' sum where nobody else contributed: 1 within the error, or less
    where the list lacks more than it says; ``lacking`` is what our canaries say of that."""
    steps = np.exp(np.maximum(-0.5 * ((total - 1.0) / error) ** 2, -700.0))
    peak = (1 - settings.coverage_doubt) * steps / (error * np.sqrt(2 * np.pi))
    below = np.where((total > 0.1) & (total < 1.0 + error), 1 / 0.9, steps)
    return np.asarray(np.log(peak + settings.coverage_doubt * below * np.exp(lacking) + 1e-300))
