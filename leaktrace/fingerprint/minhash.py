"""Classic MinHash, datasketch's own: hash values that its MinHash and LSH classes take.

Build one with ``datasketch.MinHash(hashvalues=values, seed=1, scheme="affine32")``.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import UInt64

UInt32 = npt.NDArray[np.uint32]

NUM_PERM = 128
SEED = 1
# Beyond this many people the cost (some 0.3 s a million) buys nothing: containment is what counts.
MINHASH_PEOPLE = 1_000_000
_CHUNK = 8_192


def minhash(tokens: UInt64) -> UInt32:
    """datasketch's MinHash of a set of tokens (``scheme="affine32"``, seed 1, 128 permutations).

    What datasketch would get from its ``hashfunc`` is the low 32 bits of each token: tokens are
    uniform already. Repeated tokens change nothing.

    Parameters
    ----------
    tokens : uint64[n]

    Returns
    -------
    uint32[128]
        All 2**32 - 1 for an empty set, as in datasketch.
    """
    multiplier, summand = _permutations()
    smallest = np.full(NUM_PERM, np.iinfo(np.uint32).max, dtype=np.uint32)
    mixed = _finalise(tokens.astype(np.uint32))
    scratch = np.empty(min(_CHUNK, max(len(mixed), 1)), dtype=np.uint32)
    for start in range(0, len(mixed), _CHUNK):
        chunk = mixed[start : start + _CHUNK]
        part = scratch[: len(chunk)]
        for number in range(NUM_PERM):
            np.multiply(chunk, multiplier[number], out=part)
            np.add(part, summand[number], out=part)
            smallest[number] = min(smallest[number], part.min())
    return smallest


def merge(a: UInt32, b: UInt32) -> UInt32:
    """The MinHash of the union of two sets."""
    return np.minimum(a, b)


@cache
def _permutations() -> tuple[UInt32, UInt32]:
    """datasketch 2's ``MinHash._init_permutations``, without its import of half a second."""
    generator = np.random.RandomState(SEED)
    multiplier = generator.randint(0, 1 << 31, NUM_PERM, dtype=np.uint32)
    summand = generator.randint(0, 1 << 32, NUM_PERM, dtype=np.uint32)
    return multiplier * np.uint32(2) + np.uint32(1), summand


def _finalise(values: UInt32) -> UInt32:
    """The 32-bit finaliser of MurmurHash3 (Appleby 2011), which datasketch mixes with."""
    values = values.copy()
    values ^= values >> np.uint32(16)
    values *= np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    values ^= values >> np.uint32(16)
    return values
