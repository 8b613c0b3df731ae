"""In which reference lists a person stands: patterns, and the apparent shares that explain them.

A person's pattern is one bit for each reference list looked at. Each list ``t`` is a component
whose pattern probabilities are the frequencies among ``t``'s own members, so the overlaps between
sources are in it by construction; one more component stands in no list at all. The mixture's
weights are *apparent* shares: the part of the batch whose people look drawn from that list. Who
put them there, the source, its twin, or an unseen source that overlaps it, is decided later
(:mod:`leaktrace.attribution.hypotheses`), because a pattern alone cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PatternTable:
    """The distinct patterns of a batch.

    Attributes
    ----------
    values, masks : uint32[m]
        Bit ``k`` of ``values`` is set where the person is in list ``k``; bit ``k`` of ``masks``
        where that could be seen at all (a person outside a sketch's sample is missing).
    counts : float64[m]
        People with that pattern.
    """

    values: npt.NDArray[np.uint32]
    masks: npt.NDArray[np.uint32]
    counts: Floats

    @property
    def people(self) -> float:
        """People in all."""
        return float(self.counts.sum())


def table_of(
    inside: npt.NDArray[np.bool_],
    seen: npt.NDArray[np.bool_],
    weights: Floats | None = None,
) -> PatternTable:
    """The pattern table of ``inside`` (bool[n, k]) where ``seen`` (bool[n, k]), each row weighing
    ``weights`` (float64[n], 1 by default)."""
    powers = (1 << np.arange(inside.shape[1], dtype=np.uint64)).astype(np.uint64)
    values = (inside & seen) @ powers
    masks = seen @ powers
    keys = (masks << np.uint64(32)) | values
    distinct, where = np.unique(keys, return_inverse=True)
    counts = np.bincount(where, weights=weights, minlength=len(distinct)).astype(np.float64)
    return PatternTable(
        (distinct & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        (distinct >> np.uint64(32)).astype(np.uint32),
        counts,
    )


def without_nowhere(table: PatternTable, share: float) -> PatternTable:
    """``table`` without ``share`` of its people, taken from those in no list: made-up people whom
    nobody can single out."""
    if share <= 0 or len(table.counts) == 0:
        return table
    outside = table.values == 0
    spare = table.counts[outside].sum()
    left = max(0.0, 1.0 - share * table.people / max(spare, 1e-9))
    counts = np.where(outside, table.counts * left, table.counts)
    return PatternTable(table.values, table.masks, counts)


def component(table: PatternTable, members: PatternTable, misfit: float) -> Floats:
    """P(pattern | a member of this list) for each pattern of ``table``: float64[m].

    ``members`` are the patterns of (a sample of) the list's own people, all bits seen. Bits that
    the batch could not see are summed out. A share ``misfit`` follows independent bits at the
    batch's own rates instead, so that no pattern is impossible.
    """
    agree = (members.values[None, :] & table.masks[:, None]) == table.values[:, None]
    own: Floats = agree @ members.counts / max(members.people, 1e-12)
    return np.asarray((1.0 - misfit) * own + misfit * independent(table))


def nowhere(table: PatternTable, misfit: float) -> Floats:
    """P(pattern | a person in none of the lists): float64[m]."""
    own = (table.values == 0).astype(np.float64)
    return np.asarray((1.0 - misfit) * own + misfit * independent(table))


def independent(table: PatternTable) -> Floats:
    """P(pattern) if the bits were independent at the batch's own rates: float64[m]."""
    probability = np.ones(len(table.counts))
    for bit in range(int(table.masks.max(initial=0)).bit_length()):
        seen = ((table.masks >> bit) & 1).astype(bool)
        held = ((table.values >> bit) & 1).astype(bool)
        total = table.counts[seen].sum()
        rate = (table.counts[held].sum() + 0.5) / (total + 1.0)
        probability *= np.where(seen, np.where(held, rate, 1.0 - rate), 1.0)
    return probability


@dataclass(frozen=True, slots=True)
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

    lists: tuple[int, ...]
    shares: Floats
    log_likelihood: float
    covariance: Floats
    errors: tuple[float, ...]
    log_volume: float


def fit_shares(
    table: PatternTable, parts: Floats, rest: Floats, lists: tuple[int, ...], rows: float
) -> Fit:
    """Apparent shares of ``lists`` by expectation-maximisation, the data tempered to ``rows``.

    Parameters
    ----------
    parts : float64[k, m]
        P(pattern | list) of all lists.
    rest : float64[m]
        P(pattern | in no list).
    lists : tuple of int
        The lists in the mixture.
    rows : float
        Effective number of rows.
    """
    weights = table.counts * (rows / max(table.people, 1e-12))
    matrix = np.vstack([parts[list(lists)], rest[None, :]]) if lists else rest[None, :]
    shares = np.full(len(matrix), 1.0 / len(matrix))
    for _round in range(200):
        joint = shares[:, None] * matrix
        total = joint.sum(axis=0)
        # Half a row of prior weight on each part keeps the shares off the edges.
        update = joint @ (weights / total) + 0.5 / len(matrix)
        update /= update.sum()
        moved = float(np.abs(update - shares).max())
        shares = update
        if moved < 1e-6:
            break
    total = shares @ matrix
    log_likelihood = float(weights @ np.log(total))
    covariance = _covariance(matrix, weights, total)
    errors = tuple(float(error) for error in np.sqrt(np.diag(covariance)))
    return Fit(lists, shares[:-1], log_likelihood, covariance, errors, _log_volume(covariance))


def _log_volume(covariance: Floats) -> float:
    if len(covariance) == 0:
        return 0.0
    _sign, logdet = np.linalg.slogdet(covariance)
    return 0.5 * (len(covariance) * float(np.log(2 * np.pi)) + float(logdet))


def _covariance(matrix: Floats, weights: Floats, total: Floats) -> Floats:
    """Inverse curvature in the free shares (the last part's share is what is left)."""
    size = len(matrix) - 1
    if size == 0:
        return np.zeros((0, 0))
    slopes = (matrix[:-1] - matrix[-1]) / total
    curvature = (slopes * weights) @ slopes.T
    floor = 1.0 / 0.25  # no share is known worse than to within 0.5
    return np.linalg.inv(curvature + floor * np.eye(size))


def search_fits(
    table: PatternTable,
    parts: Floats,
    rest: Floats,
    rows: float,
    *,
    cost: float,
    most: int = 4,
    beam: int = 5,
) -> list[Fit]:
    """The sets of lists worth keeping, best first: a beam search that adds one list at a time.

    ``cost`` is the log prior odds that one list more costs; it orders the beam only. The empty
    set is always among the results.
    """
    lists = range(len(parts))
    kept: dict[tuple[int, ...], Fit] = {(): fit_shares(table, parts, rest, (), rows)}
    level = [kept[()]]
    for _size in range(min(most, len(parts))):
        grown: dict[tuple[int, ...], Fit] = {}
        for fit in level:
            for extra in lists:
                chosen = tuple(sorted({*fit.lists, extra}))
                if len(chosen) > len(fit.lists) and chosen not in grown:
                    grown[chosen] = fit_shares(table, parts, rest, chosen, rows)
        level = sorted(grown.values(), key=lambda one: (-_score(one, cost), one.lists))[:beam]
        kept.update((fit.lists, fit) for fit in level)
    ranked = sorted(kept.values(), key=lambda one: (-_score(one, cost), one.lists))
    best = _score(ranked[0], cost)
    return [fit for fit in ranked if _score(fit, cost) > best - 14.0 or not fit.lists]


def _score(fit: Fit, cost: float) -> float:
    return fit.log_likelihood + fit.log_volume + cost * len(fit.lists)
