"""The apparent shares of sets of lists that explain a batch's patterns.

All sets of up to seven lists are fitted at once (expectation-maximisation on one matrix, in which a
set that has settled takes no further part); the beam search then only looks them up.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
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
#: The most lists in a mixture. Beyond so many, only where one more explains the batch better, and
#: fewer sets of that size: each has three times as many readings as one with a list less.
MOST_LISTS = 7
_FEW_LISTS, _NARROW = 5, 2


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


@dataclass(frozen=True, slots=True)
class Fits:
    """All sets of some lists, fitted.

    Attributes
    ----------
    chosen : tuple of tuple of int
        The lists in each mixture, ascending (``n``).
    shares : float64[n, k + 1]
        Of each list, and of none; 0 for lists that are not in the mixture.
    log_likelihood, log_volume : float64[n]
    curvature : float64[n, k, k]
        In the shares of the lists.
    """

    chosen: tuple[Lists, ...]
    shares: Floats
    log_likelihood: Floats
    log_volume: Floats
    curvature: Floats

    def fit(self, place: int) -> Fit:
        """One of them by itself."""
        lists = self.chosen[place]
        own = np.array(lists, dtype=np.intp)
        covariance = np.linalg.inv(self.curvature[place][np.ix_(own, own)])
        return Fit(
            lists,
            self.shares[place, own],
            float(self.log_likelihood[place]),
            covariance,
            tuple(np.sqrt(np.diag(covariance)).tolist()),
            float(self.log_volume[place]),
        )


def fit_shares(table: PatternTable, parts: Floats, rest: Floats, lists: Lists, rows: float) -> Fit:
    """Apparent shares of one set of ``lists``, see :func:`fit_all`."""
    return fit_all(table, parts, rest, (lists,), rows).fit(0)


def fit_all(
    table: PatternTable, parts: Floats, rest: Floats, chosen: tuple[Lists, ...], rows: float
) -> Fits:
    """Apparent shares of each of the ``chosen`` sets of lists, the data tempered to ``rows``.

    Parameters
    ----------
    table : PatternTable
    parts : float64[k, m]
        P(pattern | list) of all lists.
    rest : float64[m]
        P(pattern | in no list).
    chosen : tuple of tuple of int
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
    curvature = _curvature(matrix, weights / total**2)
    volume = _log_volumes(curvature, chosen)
    return Fits(chosen, shares, np.log(total) @ weights, volume, curvature)


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


def _curvature(matrix: Floats, weights: Floats) -> Floats:
    """The curvature in the free shares (the last part's share is what is left) of each set:
    float64[n, k, k]; ``weights`` is float64[n, m]."""
    slopes = matrix[:-1] - matrix[-1]
    width = len(slopes)
    products = (slopes[:, None, :] * slopes[None, :, :]).reshape(width * width, matrix.shape[1])
    floor = 1.0 / 0.25  # no share is known worse than to within 0.5
    found = (weights @ products.T).reshape(len(weights), width, width)
    return np.asarray(found + floor * np.eye(width))


def _log_volumes(curvature: Floats, chosen: Sequence[Lists]) -> Floats:
    """Log of the Laplace volume of each set: float64[n]."""
    volumes = np.zeros(len(chosen))
    sizes = np.array([len(lists) for lists in chosen])
    for size in range(1, int(sizes.max(initial=0)) + 1):
        rows = np.flatnonzero(sizes == size)
        if len(rows):
            places = np.array([chosen[row] for row in rows.tolist()])
            blocks = curvature[rows[:, None, None], places[:, :, None], places[:, None, :]]
            logdet = np.linalg.slogdet(blocks)[1]
            volumes[rows] = 0.5 * (size * float(np.log(2 * np.pi)) - logdet)
    return volumes


def search_fits(
    table: PatternTable,
    parts: Floats,
    rest: Floats,
    rows: float,
    *,
    cost: float,
    raised: Floats | None = None,
    most: int = MOST_LISTS,
    beam: int = 5,
) -> list[Fit]:
    """The sets of lists worth keeping, best first: a beam search that adds one list at a time.

    ``cost`` is the log prior odds that one list more costs, and ``raised`` (float64[k]) by how much
    canaries and cells may raise each list; they order the beam only. A set is kept that is among
    the best with or without what they may say. The empty set is always among the results.
    """
    chosen = _sets_of(len(parts), most)
    places = {lists: place for place, lists in enumerate(chosen)}
    fits = fit_all(table, parts, rest, chosen, rows)
    sizes = np.array([len(lists) for lists in chosen])
    score = fits.log_likelihood + fits.log_volume + cost * sizes
    told = np.zeros(len(parts)) if raised is None else raised
    plain = score.tolist()
    lifted = (score + [told[list(lists)].sum() for lists in chosen]).tolist()

    def ranked(found: Iterable[int], scores: Sequence[float]) -> list[int]:
        return sorted(found, key=lambda place: (-scores[place], chosen[place]))

    level, kept = [0], {0}
    for size in range(min(most, len(parts))):
        grown = {
            places[tuple(sorted((*chosen[place], extra)))]
            for place in level
            for extra in range(len(parts))
            if extra not in chosen[place]
        }
        if size >= _FEW_LISTS:
            beam = min(beam, _NARROW)
            grown = {one for one in grown if any(_better(one, kept, by) for by in (plain, lifted))}
        level = ranked(grown, plain)[:beam]
        level += [place for place in ranked(grown, lifted)[:beam] if place not in level]
        kept.update(level)
    best = max(lifted[place] for place in kept)
    near = [place for place in kept if lifted[place] > best - _REACH or not chosen[place]]
    return [fits.fit(place) for place in ranked(near, lifted)]


def _better(place: int, kept: Iterable[int], scores: Sequence[float]) -> bool:
    return scores[place] > max(scores[other] for other in kept)


@cache
def _sets_of(lists: int, most: int) -> tuple[Lists, ...]:
    """Every set of at most ``most`` of so many lists."""
    sizes = range(min(most, lists) + 1)
    return tuple(one for size in sizes for one in itertools.combinations(range(lists), size))
