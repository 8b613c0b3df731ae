"""Which source is given which numbers: numbers of its own, a shared code, or some of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leaktrace.canary.planning.codes import Code, balanced_code, best_weight, own_code
from leaktrace.canary.planning.sources import PlannedSource

FORMS = ("own", "code", "hybrid")
_HYBRID_SHARE = 4


@dataclass(frozen=True, slots=True)
class Allotment:
    """A code over named numbers and sources.

    Attributes
    ----------
    form : str
        ``own``: every number with one source; ``code``: numbers shared by a code; ``hybrid``: some
        of both. Sources where only true statements may be made have numbers of their own in each.
    code : bool[n, m]
    sources, numbers : tuple of str
        The ids of its rows and columns.
    """

    form: str
    code: Code
    sources: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def registrations(self) -> int:
        """How many registrations somebody has to make."""
        return int(self.code.sum())

    @property
    def used(self) -> int:
        """How many numbers are planted at all."""
        return int(self.code.any(axis=0).sum())

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(number, source) for each planting, by source, then by number."""
        return tuple(
            (number, source)
            for source, row in zip(self.sources, self.code, strict=True)
            for number in sorted(self.numbers[column] for column in np.flatnonzero(row))
        )


def allot(
    form: str,
    sources: Sequence[PlannedSource],
    numbers: Sequence[str],
    *,
    leaks: int = 3,
    registrations: int | None = None,
    seed: int = 0,
) -> Allotment | None:
    """``sources`` given ``numbers`` in the ``form`` (of :data:`FORMS`); None where it cannot be.

    ``registrations`` is the most that can be made. The same arguments give the same code.
    """
    count, pool = len(sources), len(numbers)
    most = count * pool if registrations is None else registrations
    rng = np.random.default_rng([seed, FORMS.index(form)])
    alone = [place for place, one in enumerate(sources) if one.lawful]
    code: Code | None
    if form == "own":
        each = min(pool, most) // max(count, 1)
        code = own_code(count, each) if each else None
    elif form == "hybrid" and pool > count:
        code = _one_own_and_shared(sources, pool, leaks, most, rng)
    else:
        if form == "hybrid":
            alone = _with_largest(sources, alone, pool // _HYBRID_SHARE)
        code = _own_for(alone, count, pool, leaks, most, rng)
    if code is None or (form == "hybrid" and len(alone) == count and pool <= count):
        return None
    padded = np.zeros((count, pool), dtype=np.bool_)
    padded[:, : code.shape[1]] = code
    return Allotment(form, padded, tuple(one.id for one in sources), tuple(numbers))


def _with_largest(sources: Sequence[PlannedSource], alone: list[int], share: int) -> list[int]:
    """Those in ``alone``, and of the others the largest, until they are ``share``."""
    others = [place for place in range(len(sources)) if place not in alone]
    others.sort(key=lambda place: (-(sources[place].population or 0), sources[place].id))
    return sorted([*alone, *others[: max(share - len(alone), 0)]])


def _own_for(
    alone: list[int], count: int, pool: int, leaks: int, most: int, rng: np.random.Generator
) -> Code | None:
    """One number of their own for those in ``alone``; the others share the rest by a code."""
    rest = [place for place in range(count) if place not in set(alone)]
    left, may = pool - len(alone), most - len(alone)
    if left < 0 or may < 0 or (rest and (left < 1 or may < len(rest))):
        return None
    code = np.zeros((count, pool), dtype=np.bool_)
    code[alone, np.arange(len(alone))] = True
    if rest:
        weight = min(best_weight(left, leaks), may // len(rest))
        code[rest, len(alone) :] = balanced_code(len(rest), left, weight, rng)
    return code


def _one_own_and_shared(
    sources: Sequence[PlannedSource], pool: int, leaks: int, most: int, rng: np.random.Generator
) -> Code | None:
    """One number of its own for each source, and a code over the rest for those that may share."""
    count = len(sources)
    rest = [place for place, one in enumerate(sources) if not one.lawful]
    if not rest or most - count < len(rest):
        return None
    shared = np.zeros((count, pool - count), dtype=np.bool_)
    weight = min(best_weight(pool - count, leaks), (most - count) // len(rest))
    shared[rest] = balanced_code(len(rest), pool - count, weight, rng)
    return np.concatenate([own_code(count, 1), shared], axis=1)
