"""Candidates: transcripts that share shingles, by datasketch's MinHash and LSH.

Of two readings of one script in which 15% of the characters were replaced, 38% of the groups of
three characters are equal (a Jaccard similarity of 0.23), and 20% of those of five (0.11).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leaktrace.calls.scripts.normal import is_chinese

NUM_PERM = 256
BANDS, ROWS = 128, 2
CHINESE, OTHER = 3, 5
_SEED, _SCHEME = 1, "affine32"

Signatures = npt.NDArray[np.uint32]
Pairs = npt.NDArray[np.int64]


def shingles(text: str) -> list[bytes]:
    """The distinct groups of characters in a normalised transcript: of three where it is Chinese,
    of five elsewhere."""
    size = CHINESE if is_chinese(text) else OTHER
    found = {text[at : at + size] for at in range(max(len(text) - size + 1, 1))}
    return [one.encode() for one in sorted(found)]


def candidates(texts: Sequence[str], least: float) -> tuple[Pairs, npt.NDArray[np.float64]]:
    """Pairs of ``texts`` that share shingles, those that seem to share most first.

    Parameters
    ----------
    texts : sequence of str
        Normalised transcripts.
    least : float
        The Jaccard similarity, as estimated from 256 values, below which a pair is left out.

    Returns
    -------
    int64[k, 2], float64[k]
        The pairs, the smaller position first, and their estimated similarities.
    """
    from datasketch import MinHash, MinHashLSH
    from xxhash import xxh32_intdigest

    lsh = MinHashLSH(num_perm=NUM_PERM, params=(BANDS, ROWS))
    first = MinHash(num_perm=NUM_PERM, seed=_SEED, hashfunc=xxh32_intdigest, scheme=_SCHEME)
    signatures = np.empty((len(texts), NUM_PERM), dtype=np.uint32)
    found: list[Pairs] = []
    for at, text in enumerate(texts):
        minhash = first.copy()
        minhash.update_batch(shingles(text))
        signatures[at] = minhash.hashvalues
        others = np.array(sorted(lsh.query(minhash)), dtype=np.int64)
        lsh.insert(at, minhash)
        if len(others):
            found.append(_enough(others, at, signatures, least))
    pairs = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)
    shared = _shared(signatures, pairs)
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -shared))
    return pairs[order], shared[order]


def _enough(others: Pairs, at: int, signatures: Signatures, least: float) -> Pairs:
    equal = (signatures[others] == signatures[at]).mean(axis=1)
    kept = others[equal >= least]
    return np.column_stack([kept, np.full(len(kept), at, dtype=np.int64)])


def _shared(signatures: Signatures, pairs: Pairs) -> npt.NDArray[np.float64]:
    parts = [
        (signatures[part[:, 0]] == signatures[part[:, 1]]).mean(axis=1)
        for part in np.array_split(pairs, max(1, len(pairs) // 10_000))
    ]
    return np.concatenate(parts) if parts else np.empty(0)
