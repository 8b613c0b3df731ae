"""Which identifiers stand in several rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.engines.large.scatter import PART_BITS
from leaktrace.fingerprint.held import UInt32, UInt64
from leaktrace.fingerprint.sorting import stable_sort

Bool = npt.NDArray[np.bool_]
Int64 = npt.NDArray[np.int64]

# Bits of a token after those that all of a part have in common.
_BUCKET = np.uint64(64 - PART_BITS - 16)
_BUCKETS = 1 << 16


@dataclass(frozen=True, slots=True)
class Shared:
    """The tokens that several pairs have.

    Attributes
    ----------
    group, rows : int64[n], uint32[n]
        Of each of these pairs the number of its token, and its row; by token and then by row.
    starts, sizes : int64[groups]
        Where the pairs of each token begin among these, and how many there are.
    """

    group: Int64
    rows: UInt32
    starts: Int64
    sizes: Int64

    @classmethod
    def of(cls, tokens: UInt64, rows: UInt32) -> Shared | None:
        """Of pairs by row; None where no token comes twice."""
        # Most tokens come once: those that do not are found by sorting tokens alone, in half the
        # time, and only what may be one of them is sorted with its rows.
        ordered = np.sort(tokens)
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        if not len(twice):
            return None
        maybe = np.zeros(_BUCKETS, dtype=np.bool_)
        maybe[(twice >> _BUCKET).astype(np.uint16)] = True
        few = np.flatnonzero(maybe[(tokens >> _BUCKET).astype(np.uint16)])
        ordered, order = stable_sort(tokens[few])
        again = np.zeros(len(few) + 1, dtype=np.bool_)
        np.equal(ordered[1:], ordered[:-1], out=again[1:-1])
        where = np.flatnonzero(again[:-1] | again[1:])
        first = ~again[where]
        starts = np.flatnonzero(first)
        sizes = np.diff(np.append(starts, len(where)))
        return cls(np.cumsum(first) - 1, rows[few[order[where]]], starts, sizes)

    def all(self, flags: Bool) -> Bool:
        """The tokens of which ``flags`` (bool[n]) holds for every pair: bool[groups]."""
        return np.logical_and.reduceat(flags, self.starts)

    def members(self, groups: Bool) -> UInt32:
        """The rows of the chosen tokens."""
        return self.rows[groups[self.group]]

    def first_rows(self) -> UInt32:
        """For each pair the first row that shows its token."""
        return self.rows[self.starts][self.group]
