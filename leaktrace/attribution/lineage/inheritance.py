"""What a list's parents say of its sources.

Whoever cuts a list from an earlier one takes its sources along. So the sources of the people whom
a parent explains are the parent's, as far as so many of their people came along; only the people
whom no parent explains need a source of their own.

The list itself shows the same people again, so that its own posterior is no independent witness of
the parent's: it decides only which of the parent's sources came along. Both answers (by way of the
parents, and from the list alone) are averaged, which on development worlds was better than either;
and with the probability that the parents are none, the list's own stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

_MOST_TELLING = 4.0  # log odds: the list alone cannot tell more of what came along
_SPREAD = 0.8  # of the log of how many people of a source come along with so many of the list
_LOGISTIC = 1.702  # of the logistic law that is nearest to a normal one


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch took from one parent.

    Attributes
    ----------
    parent : str
        The batch.
    probability : float
        That it is a parent.
    people : int
        People whom it explains, and no parent before it.
    posteriors, shares : mapping
        Of the parent's sources: the posterior, and the share of its people.
    """

    parent: str
    probability: float
    people: int
    posteriors: Mapping[str, float]
    shares: Mapping[str, float]


def inherited(
    alone: Mapping[str, float],
    prior: Mapping[str, float],
    taken: Sequence[Taken],
    rest: Mapping[str, float],
    least: float,
) -> dict[str, float]:
    """The posterior of every source with the parents in the reckoning.

    Parameters
    ----------
    alone : mapping
        Source to its posterior from the batch alone.
    prior : mapping
        Source to its prior.
    taken : sequence of Taken
    rest : mapping
        Source to its posterior from the people whom no parent explains.
    least : float
        People at which a source counts as a contributor.
    """
    if not taken:
        return dict(alone)
    missing = {source: 1.0 - posterior for source, posterior in rest.items()}
    for one in taken:
        for source, posterior in one.posteriors.items():
            expected = one.shares.get(source, 0.0) * one.people
            came = _came_along(expected, least, alone.get(source, 0.0), prior[source])
            missing[source] = missing.get(source, 1.0) * (1.0 - posterior * came)
    sure = max(one.probability for one in taken)
    found = {}
    for source in sorted({*missing, *alone}):
        own = alone.get(source, 0.0)
        by_parents = 1.0 - missing.get(source, 1.0)
        found[source] = sure * 0.5 * (by_parents + own) + (1.0 - sure) * own
    return found


def _came_along(expected: float, least: float, alone: float, prior: float) -> float:
    """The probability that enough of a parent's source came along: by how many are expected, and by
    what the list alone shows of it."""
    size = _LOGISTIC * log(max(expected, 0.1) / least) / _SPREAD
    shown = _log_odds(max(alone, 1e-3)) - _log_odds(prior)
    return _logistic(size + min(max(shown, -_MOST_TELLING), _MOST_TELLING))


def _log_odds(probability: float) -> float:
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return log(inside / (1 - inside))


def _logistic(odds: float) -> float:
    return 1.0 / (1.0 + exp(-min(max(odds, -40.0), 40.0)))
