"""Sorting tokens: many times faster than ``np.unique`` without an inverse, which hashes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

UInt64 = npt.NDArray[np.uint64]
Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

# Of 1e8 uniform tokens some 36,000 pairs agree in the 37 bits that are left, half of them wrong.
_FEW = 20_000


def stable_order(values: UInt64) -> Int64:
    """``np.argsort(values, kind="stable")``, with one sort of plain integers.

    The position is packed into the low bits of the value: sorting 2e6 of them takes 66 ms, against
    113 ms for an argsort and 386 ms for a stable one. Values whose high bits agree are put in
    order afterwards; of uniform ones there are next to none.
    """
    count = len(values)
    bits = count.bit_length()
    if not count:
        return np.zeros(0, dtype=np.int64)
    # Numbers with room above them lose nothing when they are moved up.
    room = min(64 - int(values.max()).bit_length(), bits)
    low = np.uint64((1 << bits) - 1)
    packed = values << np.uint64(room)
    packed &= ~low
    packed |= np.arange(count, dtype=np.uint64)
    packed.sort()
    order = (packed & low).astype(np.int64)
    if room < bits:
        _mend(values, packed >> np.uint64(bits), order)
    return order


def _mend(values: UInt64, prefix: UInt64, order: Int64) -> None:
    """Put those in order whose prefixes are equal and whose values are not."""
    ordered = values[order]
    wrong = np.flatnonzero(ordered[1:] < ordered[:-1])
    if len(wrong) > _FEW:
        order[:] = np.argsort(values, kind="stable")
        return
    for common in np.unique(prefix[wrong]):
        start, stop = np.searchsorted(prefix, (common, common + np.uint64(1)))
        run = order[start:stop]
        order[start:stop] = run[np.argsort(values[run], kind="stable")]


def first_of_runs(values: npt.NDArray[np.generic]) -> Bool:
    """Where a run of equal values begins: bool[n]."""
    first = np.ones(len(values), dtype=np.bool_)
    first[1:] = values[1:] != values[:-1]
    return first


def distinct_sorted(values: UInt64) -> UInt64:
    """The distinct values, ascending."""
    ordered = np.sort(values)
    return ordered[first_of_runs(ordered)]


def grouped(values: UInt64) -> tuple[UInt64, Int64]:
    """The distinct values, ascending, and for each value its position among them."""
    order = stable_order(values)
    ordered = values[order]
    first = first_of_runs(ordered)
    inverse = np.empty(len(values), dtype=np.int64)
    inverse[order] = np.cumsum(first) - 1
    return ordered[first], inverse
