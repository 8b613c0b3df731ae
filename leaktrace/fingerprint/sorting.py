"""Sorting tokens: many times faster than ``np.unique`` without an inverse, which hashes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

UInt64 = npt.NDArray[np.uint64]
Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

# Of 1e8 uniform tokens some 36,000 pairs agree in the 37 bits that are left, half of them wrong.
_FEW = 20_000


def stable_sort(values: UInt64) -> tuple[UInt64, Int64]:
    """The values ascending, and where each was: ``np.argsort(values, kind="stable")``.

    The position is packed into the low bits of the value: sorting 2e6 of them takes 66 ms, against
    113 ms for an argsort and 386 ms for a stable one. Values whose high bits agree are put in
    order afterwards; of uniform ones there are next to none.
    """
    count = len(values)
    if not count:
        return values.copy(), np.zeros(0, dtype=np.int64)
    bits = np.uint64(count.bit_length())
    # Numbers with room above them lose nothing when they are moved up.
    room = np.uint64(min(64 - int(values.max()).bit_length(), int(bits)))
    low = np.uint64((1 << int(bits)) - 1)
    packed = values << room
    packed &= ~low
    packed |= np.arange(count, dtype=np.uint64)
    packed.sort()
    packed &= low
    order = packed.view(np.int64)
    ordered = values[order]
    wrong = np.flatnonzero(ordered[1:] < ordered[:-1]) if room < bits else order[:0]
    if len(wrong):
        _mend(ordered, order, wrong, values, bits - room)
    return ordered, order


def _mend(ordered: UInt64, order: Int64, wrong: Int64, values: UInt64, lost: np.uint64) -> None:
    """Put those in order whose high bits are equal and whose ``lost`` low bits are not."""
    if len(wrong) > _FEW:
        order[:] = np.argsort(values, kind="stable")
    else:
        prefix = ordered >> lost
        for common in np.unique(prefix[wrong]):
            start, stop = np.searchsorted(prefix, (common, common + np.uint64(1)))
            run = order[start:stop]
            order[start:stop] = run[np.argsort(values[run], kind="stable")]
    ordered[:] = values[order]


def first_of_runs(values: npt.NDArray[Any]) -> Bool:
    """Where a run of equal values begins: bool[n]."""
    first = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def distinct_sorted(values: UInt64) -> UInt64:
    """The distinct values, ascending."""
    ordered = np.sort(values)
    return ordered[first_of_runs(ordered)]


def grouped(values: UInt64) -> tuple[UInt64, Int64, Int64]:
    """The distinct values, ascending; the position of each value among them; where each distinct
    value stands for the first time."""
    ordered, order = stable_sort(values)
    first = first_of_runs(ordered)
    inverse = np.empty(len(values), dtype=np.int64)
    rank: Int64 = np.cumsum(first, dtype=np.int64)
    rank -= 1
    inverse[order] = rank
    return ordered[first], inverse, order[first]
