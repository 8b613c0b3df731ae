"""The apparent shares of sets of lists that explain a batch's patterns.

All sets of up to five lists are fitted at once (expectation-maximisation on one matrix, in which a
set that has settled takes no further part); the beam search then only looks them up.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.patterns import PatternTable

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Lists = tuple[int, ...]
_MOST_ROUNDS = 200
_SETTLED = 1e-6
# Settled sets are taken out of the matrix once so many rounds have passed.
_ROUNDS_BETWEEN = 8
# A set this far (in nats) below the best one is not kept.
_REACH = 14.0


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Apparent shares of a set of lists.

    Attributes
    ----------
    lists : tuple of int
        The lists (bits) in the mixture.
    shares : float64[len(lists)]
        Their apparent shares; what is missing to 1 is in no list.
    log_likelihood : float
        Tempered log-likelihood at ``shares``.
    covariance : float64[len(lists), len(lists)]
        Of ``shares``, from the tempered curvature.
    errors : tuple of float
        Standard errors of ``shares``.
    log_volume : float
        Log of the Laplace volume: sqrt(det(2 pi covariance)).
    """

    lists: Lists
    shares: Floats
    log_likelihood: float
    covariance: Floats
    errors: tuple[float, ...]
    log_volume: float


def fit_shares(table: PatternTable, parts: Floats, rest: Floats, lists: Lists, rows: float) -> Fit:
    """Apparent shares of one set of ``lists``, see :func:`fit_all`."""
    return fit_all(table, parts, rest, [lists], rows)[0]


def fit_all(
    table: PatternTable, parts: Floats, rest: Floats, chosen: Sequence[Lists], rows: float
) -> list[Fit]:
    """Apparent shares of each of the ``chosen`` sets of lists, the data tempered to ``rows``.

    Parameters
    ----------
    table : PatternTable
    parts : float64[k, m]
        P(pattern | list) of all lists.
    rest : float64[m]
        P(pattern | in no list).
    chosen : sequence of tuple of int
        The lists in each mixture, ascending.
    rows : float
        Effective number of rows.
    """
    weights = table.counts * (rows / max(table.people, 1e-12))
    matrix = np.vstack([parts, rest[None, :]])
    member = np.zeros((len(chosen), len(matrix)), dtype=bool)
    member[:, -1] = True
    for row, lists in enumerate(chosen):
        member[row, list(lists)] = True
    shares = _settled(matrix, weights, member)
    total = shares @ matrix
    log_likelihood = np.log(total) @ weights
    covariances = _covariances(matrix, weights / total**2, chosen)
    return [
        _fit(lists, shares[row, list(lists)], float(log_likelihood[row]), covariances[row])
        for row, lists in enumerate(chosen)
    ]


def _fit(lists: Lists, shares: Floats, log_likelihood: float, found: tuple[Floats, float]) -> Fit:
    covariance, log_volume = found
    errors = tuple(np.sqrt(np.diag(covariance)).tolist())
    return Fit(lists, shares, log_likelihood, covariance, errors, log_volume)


def _settled(matrix: Floats, weights: Floats, member: Bools) -> Floats:
    """The shares (float64[n, k]) that expectation-maximisation arrives at for the sets of
    components in ``member`` (bool[n, k])."""
    size = member.sum(axis=1, keepdims=True)
    # Half a row of prior weight on each part keeps the shares off the edges.
    prior = np.where(member, 0.5 / size, 0.0)
    settled = np.where(member, 1.0 / size, 0.0)
    active = np.arange(len(member))
    shares, back = settled.copy(), matrix.T.copy()
    done = np.zeros(len(member), dtype=bool)
    for step in range(_MOST_ROUNDS):
        update = shares * ((weights / (shares @ matrix)) @ back) + prior
        update /= update.sum(axis=1, keepdims=True)
        moving = np.abs(update - shares).max(axis=1) >= _SETTLED
        shares = np.where(done[:, None], shares, update)
        done |= ~moving
        if done.all():
            break
        if step % _ROUNDS_BETWEEN == _ROUNDS_BETWEEN - 1 and done.any():
            settled[active[done]] = shares[done]
            active, shares, prior = active[~done], shares[~done], prior[~done]
            done = done[~done]
    settled[active] = shares
    return settled


def _covariances(
    matrix: Floats, weights: Floats, chosen: Sequence[Lists]
) -> list[tuple[Floats, float]]:
    """For each set the inverse curvature in the free shares (the last part's share is what is
    left), and the log of its Laplace volume. ``weights`` is float64[n, m]."""
    slopes = matrix[:-1] - matrix[-1]
    width = len(slopes)
    products = (slopes[:, None, :] * slopes[None, :, :]).reshape(width * width, len(matrix.T))
    curvature = (weights @ products.T).reshape(len(chosen), width, width)
    floor = 1.0 / 0.25  # no share is known worse than to within 0.5
    found: list[tuple[Floats, float]] = [(np.zeros((0, 0)), 0.0)] * len(chosen)
    sizes = np.array([len(lists) for lists in chosen])
    for size in range(1, int(sizes.max(initial=0)) + 1):
        rows = np.flatnonzero(sizes == size)
        if not len(rows):
            continue
        places = np.array([chosen[row] for row in rows.tolist()])
        blocks = curvature[rows[:, None, None], places[:, :, None], places[:, None, :]]
        covariance = np.linalg.inv(blocks + floor * np.eye(size))
        _sign, logdet = np.linalg.slogdet(covariance)
        volume = 0.5 * (size * float(np.log(2 * np.pi)) + logdet)
        for place, row in enumerate(rows.tolist()):
            found[row] = covariance[place], float(volume[place])
    return found


def search_fits(
    table: PatternTable,
    parts: Floats,
    rest: Floats,
    rows: float,
    *,
    cost: float,
    raised: Floats | None = None,
    most: int = 5,
    beam: int = 5,
) -> list[Fit]:
    """The sets of lists worth keeping, best first: a beam search that adds one list at a time.

    ``cost`` is the log prior odds that one list more costs, and ``raised`` (float64[k]) by how much
    canaries and cells may raise each list; they order the beam only. A set is kept that is among
    the best with or without what they may say. The empty set is always among the results.
    """
    none = [0.0] * len(parts)
    told = none if raised is None else raised.tolist()
    chosen = _sets_of(len(parts), most)
    fits = dict(zip(chosen, fit_all(table, parts, rest, chosen, rows), strict=True))
    level = [fits[()]]
    kept: dict[Lists, Fit] = {(): fits[()]}
    for _size in range(min(most, len(parts))):
        grown = {
            tuple(sorted((*fit.lists, extra)))
            for fit in level
            for extra in range(len(parts))
            if extra not in fit.lists
        }
        found = [fits[lists] for lists in grown]
        plain = _ranked(found, cost, none)[:beam]
        level = plain + [one for one in _ranked(found, cost, told)[:beam] if one not in plain]
        kept.update((fit.lists, fit) for fit in level)
    return _near(_ranked(list(kept.values()), cost, told), cost, told)


def _near(ranked: Sequence[Fit], cost: float, raised: Sequence[float]) -> list[Fit]:
    """The sets not too far below the best one."""
    best = _score(ranked[0], cost, raised)
    return [fit for fit in ranked if _score(fit, cost, raised) > best - _REACH or not fit.lists]


def _ranked(fits: Sequence[Fit], cost: float, raised: Sequence[float]) -> list[Fit]:
    return sorted(fits, key=lambda one: (-_score(one, cost, raised), one.lists))


@cache
def _sets_of(lists: int, most: int) -> tuple[Lists, ...]:
    """Every set of at most ``most`` of so many lists."""
    sizes = range(min(most, lists) + 1)
    return tuple(one for size in sizes for one in itertools.combinations(range(lists), size))


def _score(fit: Fit, cost: float, raised: Sequence[float]) -> float:
    told = sum(raised[one] for one in fit.lists)
    return fit.log_likelihood + fit.log_volume + cost * len(fit.lists) + told
