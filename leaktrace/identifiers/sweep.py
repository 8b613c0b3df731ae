"""Numbers that stand as made-up ones do: in runs, at even steps, or crowded into a few blocks.

The model of a real list: a mobile is a block of 10,000 (its first seven digits) and four digits
that are as good as random. Blocks differ in how common they are, but people of one town, whatever
their carrier, have theirs from dozens of blocks in many segments, since numbers were given out over
thirty years. Somebody who makes numbers up takes one range, or a few, and fills it.

Three tests follow, on the distinct numbers of the list:

1. *Crowded blocks.* A sweep is taken to lie in at most 8 ranges of adjacent blocks, and 64 blocks.
   The fullest blocks are set aside while they keep within that; the next one (``reference``, the
   k-th fullest of K) tells how full real blocks of this list get. With a log-normal popularity of
   sigma = ln(reference / median) / z(1 - k / K), a real block beyond reference * exp(sigma *
   (4.5 - z(1 - k / K))) comes 3 times in a million. Blocks beyond that, and beyond 6 times the
   reference and 50 numbers, are swept; so are five or more adjacent ones beyond half of it, and the
   thinner ends of a swept range.
2. *Crowded windows.* 48 neighbours in so short a range that it is denser than a block beyond test 1
   would be (and at least 5%, at most 90%) are swept: a run inside a block that has real numbers
   too. In a real block 2.5 times as full as the reference that needs 2.4 times the density by
   chance: P(Poisson(47 / 2.4) >= 47) = 1e-7. Lists whose real blocks are more than half full (a
   carrier's own) are not tested.
3. *Even steps.* 16 gaps in a row with a common divisor of 3 or more are swept. By chance:
   sum of p**-16 over the primes from 3, and 4**-16: 3e-8 for each window, of which there is one
   every four numbers.

Measured on lists of 500 to 500,000 (tests/identifiers/test_sweep.py): of real numbers less than
0.1% are flagged, of swept ones more than 97%. Not found: a sweep that is thinner than the list's
own blocks; fewer than 50 numbers; whole blocks, in more than 8 ranges or 64 blocks. Real, and yet
flagged: a company's own consecutive numbers, a list of "lucky" numbers with one ending.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.segments import never_issued_share

Numbers = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

BLOCK = 10_000
_RANGES = 8
_BLOCKS = 64
_TIMES = 6.0
_CROWD = 50
_END = 5
_ADJACENT = 5
_WINDOW = 48
_STRIDE = 4
_GAPS = 16


def swept(mobiles: Numbers) -> Flags:
    """Which mobiles stand in dense or regular runs, as swept segments do.

    Parameters
    ----------
    mobiles : uint64[n]
        The mobiles of one list, in any order; repeated ones count once.

    Returns
    -------
    bool[n]
        In the order of ``mobiles``. Depends on the set of numbers only.
    """
    if len(mobiles) == 0:
        return np.zeros(0, dtype=np.bool_)
    numbers, places = np.unique(mobiles, return_inverse=True)
    at = numbers.astype(np.int64)
    crowding = Crowding.of(*np.unique(at // BLOCK, return_counts=True))
    return swept_among(at, crowding)[places]


@dataclass(frozen=True, slots=True)
class Crowding:
    """How the blocks of a list are filled.

    Attributes
    ----------
    blocks : int64[k]
        First seven digits, ascending.
    full : bool[k]
        Crowded as made-up ones are.
    density : float or None
        Of a window that no real block would fill so; None where windows are not tested.
    """

    blocks: Counts
    full: Flags
    density: float | None

    @classmethod
    def of(cls, blocks: Counts, counts: Counts) -> Crowding:
        """From the distinct numbers in each block (int64[k], ascending by block)."""
        reference, times = _reference(blocks, counts)
        full = _crowded_blocks(blocks, counts, times * reference)
        return cls(blocks, full, times * reference / BLOCK if reference <= BLOCK / 2 else None)


def swept_among(at: Counts, crowding: Crowding, *, last: bool = True) -> Flags:
    """Which of some neighbouring numbers of a list are swept: bool[n].

    Parameters
    ----------
    at : int64[n]
        Distinct, ascending: all of the list, or those from a place on that is a multiple of 4. The
        first and the last 47 of them are right only where they are the first and last of the list.
    crowding : Crowding
        Of the whole list.
    last : bool
        Whether the last one is the last of the list.
    """
    flags = crowding.full[np.searchsorted(crowding.blocks, at // BLOCK)]
    if crowding.density is not None:
        flags |= _crowded_windows(at, crowding.density)
    flags |= _even_steps(at, last)
    return flags


def _reference(blocks: Counts, counts: Counts) -> tuple[int, float]:
    """How full real blocks of the list get, and how many times that none of them exceeds."""
    fullest = np.argsort(-counts, kind="stable")[: _BLOCKS + 1]
    taken = min(_BLOCKS, len(fullest))
    while _ranges(blocks[fullest[:taken]]) > _RANGES:
        taken -= 1
    if taken == len(fullest):
        return 0, _TIMES
    reference = int(counts[fullest[taken]])
    normal = NormalDist().inv_cdf(max(0.5, 1 - (taken + 1) / (len(counts) + 1)))
    sigma = np.log(reference / max(1.0, float(np.median(counts)))) / max(normal, 0.5)
    return reference, max(_TIMES, float(np.exp(sigma * (4.5 - normal))))


def _ranges(blocks: Counts) -> int:
    """How many ranges of adjacent blocks there are."""
    return 1 + int((np.diff(np.sort(blocks)) > 1).sum())


def _crowded_blocks(blocks: Counts, counts: Counts, limit: float) -> Flags:
    full = counts >= max(_CROWD, limit)
    half = np.flatnonzero(counts >= max(_CROWD, limit / 2))
    runs = np.split(half, np.flatnonzero(np.diff(blocks[half]) > 1) + 1)
    for run in runs:
        if len(run) >= _ADJACENT:
            full[run] = True
    beside = np.diff(blocks) == 1
    end = counts >= max(_END, limit)
    ends_after = beside & full[:-1] & end[1:]
    ends_before = beside & full[1:] & end[:-1]
    full[1:] |= ends_after
    full[:-1] |= ends_before
    return full


def _spread(starts: npt.NDArray[np.intp], length: int, size: int) -> Flags:
    """True for the ``length`` places from each of ``starts`` on."""
    edges = np.zeros(size + 1, dtype=np.int64)
    np.add.at(edges, starts, 1)
    np.add.at(edges, starts + length, -1)
    return np.cumsum(edges[:-1]) > 0


def _crowded_windows(at: Counts, limit: float) -> Flags:
    if len(at) < _WINDOW:
        return np.zeros(len(at), dtype=np.bool_)
    least = min(0.9, max(0.05, limit))
    spans = at[_WINDOW - 1 :] - at[: 1 - _WINDOW]
    return _spread(np.flatnonzero(least * spans <= _WINDOW - 1), _WINDOW, len(at))


def _even_steps(at: Counts, last: bool) -> Flags:
    gaps = np.diff(at)
    if len(gaps) < _GAPS:
        return np.zeros(len(at), dtype=np.bool_)
    whole = len(gaps) // _STRIDE * _STRIDE
    fours = np.gcd.reduce(gaps[:whole].reshape(-1, _STRIDE), axis=1)
    eights = np.gcd(fours[:-1], fours[1:])
    flags = _spread(
        np.flatnonzero(np.gcd(eights[:-2], eights[2:]) >= 3) * _STRIDE, _GAPS + 1, len(at)
    )
    if last and np.gcd.reduce(gaps[-_GAPS:]) >= 3:
        flags[-_GAPS - 1 :] = True
    return flags


def made_up_share(never_issued_count: int, total: int) -> float:
    """The share of made-up numbers, were they uniform over 1[3-9] and nine more digits.

    Parameters
    ----------
    never_issued_count, total : int
        Distinct mobiles in segments that were never issued, and in all.

    Returns
    -------
    float
        0 to 1; the count scaled up by the share of such segments. Its standard error is about
        ``sqrt(never_issued_count) / total / never_issued_share()``.
    """
    if total == 0:
        return 0.0
    return min(1.0, never_issued_count / total / never_issued_share())
