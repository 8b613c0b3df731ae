"""Who the shared people of two lists are, beside those whom each has for itself.

Whoever cuts a list from an earlier one takes of all its kinds of people alike: of those in each
reference list, and of those in none. Two lists that were cut from one source share its people only,
at the rate at which each was cut. And what a later list has beside its cut comes from elsewhere, so
that it differs from the cut; cut from one unseen list, shared and other people would be alike.

A kind is a set of reference lists that a person stands in, as far as both lists were compared with
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import UInt32
from leaktrace.fingerprint.lookup import NOBODY

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Int64 = npt.NDArray[np.int64]
Members = Mapping[str, UInt32]
# Rates on which densities are laid out, and how alike the rates of kinds of people are.
_RATES: Floats = np.concatenate([np.linspace(0.01, 0.97, 49), [0.98, 0.99, 0.995]])
_ALIKE = 20.0
_FEWEST = 10
_FEW = 5
_MOST, _LEAST_ALIKE, _MOST_UNLIKE, _LEAST_UNLIKE = 20.0, -10.0, 10.0, -5.0


@dataclass(frozen=True, slots=True)
class Composition:
    """What the kinds of people say of "cut from it".

    Attributes
    ----------
    alike : float
        Log evidence of one rate for all kinds of the earlier list's people in the later one,
        against a rate of its own for each.
    unlike : float
        Log evidence of different rates for the kinds of the later list's people in the earlier one,
        against one rate.
    strangers : float
        By how much the rate of the earlier list's people who are in no reference list differs from
        that of the others (log).
    inside : float
        Of the later list's people who are in no reference list, the part that is in the earlier;
        0 where they are few.
    told : float
        1 where they are more than a few, else 0.
    """

    alike: float
    unlike: float
    strangers: float
    inside: float
    told: float


def composition_of(matched: UInt32, earlier: Members, later: Members, people: int) -> Composition:
    """The composition of what two lists share.

    Parameters
    ----------
    matched : uint32[n]
        Who of the earlier list each person of the later one is.
    earlier, later : mapping
        Source to the row of each of the list's people in its list.
    people : int
        In the earlier list.
    """
    sources = sorted({*earlier, *later})
    shared = np.zeros(people, dtype=bool)
    inside = matched != NOBODY
    shared[matched[inside]] = True
    first, second = _kinds(earlier, sources, people), _kinds(later, sources, len(matched))
    taken, found = _densities(first, shared), _densities(second, inside)
    alike = _one_rate(taken) - _own_rates(taken, 1.0 / _RATES)
    unlike = _own_rates(found, np.ones(len(_RATES))) - _one_rate(found)
    strange, there = first == 0, second == 0
    told = int(there.sum()) >= _FEW
    return Composition(
        min(max(alike, _LEAST_ALIKE), _MOST),
        min(max(unlike, _LEAST_UNLIKE), _MOST_UNLIKE),
        _log_ratio(shared, strange),
        float(inside[there].mean()) if told else 0.0,
        float(told),
    )


def _kinds(members: Members, sources: list[str], people: int) -> Int64:
    """Of each person the set of lists that it stands in, as bits: int64[people]."""
    code = np.zeros(people, dtype=np.int64)
    for bit, source in enumerate(sources):
        if source in members:
            code |= (members[source] != NOBODY).astype(np.int64) << bit
    return code


def _counts(kinds: Int64, inside: Bools) -> tuple[Floats, Floats]:
    """How many people each kind has, and how many of them are ``inside``; small kinds together."""
    _values, group = np.unique(kinds, return_inverse=True)
    whole = np.bincount(group).astype(np.float64)
    part = np.bincount(group, weights=inside).astype(np.float64)
    large = whole >= _FEWEST
    if (~large).any():
        whole = np.append(whole[large], whole[~large].sum())
        part = np.append(part[large], part[~large].sum())
    return whole, part


def _densities(kinds: Int64, inside: Bools) -> Floats:
    """Log probability of each kind's count at each mean rate: float64[rates, kinds]."""
    from scipy.special import betaln

    whole, part = _counts(kinds, inside)
    a, b = (_RATES * _ALIKE)[:, None], ((1 - _RATES) * _ALIKE)[:, None]
    return np.asarray(betaln(part + a, whole - part + b) - betaln(a, b))


def _one_rate(densities: Floats) -> float:
    told = densities.sum(axis=1)
    return float(np.logaddexp.reduce(told) - np.log(len(_RATES)))


def _own_rates(densities: Floats, weights: Floats) -> float:
    prior = np.log(weights / weights.sum())[:, None]
    return float(np.logaddexp.reduce(densities + prior, axis=0).sum())


def _log_ratio(shared: Bools, strange: Bools) -> float:
    """Log of the rate of the strange beside that of the others; 0 where either are few."""
    counts = [(int(shared[some].sum()), int(some.sum())) for some in (strange, ~strange)]
    if min(whole for _part, whole in counts) < _FEW:
        return 0.0
    one, other = [(part + 0.5) / (whole + 1.0) for part, whole in counts]
    return float(np.log(one / other))
