"""Which batches share people: where one was resold from the other, or both were cut from one place.

Candidates come from the tokens that two lists share, in a sample where there are very many, and
from datasketch's LSH over their MinHashes. LSH only adds candidates; each is then counted in full.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.result import Related
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.lookup import NOBODY, match_people
from leaktrace.fingerprint.minhash import MINHASH_PEOPLE, NUM_PERM, SEED, minhash

Pair = tuple[int, int]
_KINDS = ("mobile", "id_number", "name_mobile_masked", "name_last4")
_MOST_TOKENS = 5_000_000
# A token in more lists than this is a list's worth of pairs by itself: padding, or a common pool.
_MOST_LISTS = 40
_ALIKE = 0.5
_LEAST_SHARE = 0.05
_LEAST_PEOPLE = 5


def related_batches(lists: Mapping[str, HeldList]) -> tuple[Related, ...]:
    """Every pair of batches that shares at least 5 people and 5% of the smaller one.

    ``lists`` is in the order in which the batches were seen; ``earlier`` is the one seen first.
    """
    names = list(lists)
    held = [lists[name] for name in names]
    pairs: set[Pair] = set()
    for kind in _KINDS:
        pairs |= _sharing(held, kind)
    pairs |= _alike(held)
    found = []
    for first, second in sorted(pairs):
        small, large = sorted((held[first], held[second]), key=lambda one: len(one.people))
        people = int((match_people(small, large) != NOBODY).sum())
        share = people / max(1, len(small.people))
        if people >= _LEAST_PEOPLE and share >= _LEAST_SHARE:
            found.append(Related(names[first], names[second], people, share))
    return tuple(found)


def _sharing(held: list[HeldList], kind: str) -> set[Pair]:
    """Pairs that share enough tokens of ``kind`` to be worth a count."""
    tokens = [np.unique(one.index[kind].tokens) if kind in one.index else _NONE for one in held]
    scale = max(1, -(-sum(map(len, tokens)) // _MOST_TOKENS))
    if scale > 1:
        tokens = [one[one < np.uint64((1 << 64) // scale)] for one in tokens]
    owner = np.repeat(np.arange(len(held)), [len(one) for one in tokens])
    merged = np.concatenate(tokens) if tokens else _NONE
    order = np.argsort(merged, kind="stable")
    merged, owner = merged[order], owner[order]
    return _counted(merged, owner, max(1, _LEAST_PEOPLE // scale))


def _counted(merged: npt.NDArray[np.uint64], owner: npt.NDArray[np.int64], least: int) -> set[Pair]:
    codes = []
    width = np.int64(max(1, int(owner.max(initial=0)) + 1))
    for step in range(1, _MOST_LISTS):
        # In a run of equal tokens the owners ascend: each pair is met once, at one distance.
        same = merged[step:] == merged[:-step]
        if not same.any():
            break
        codes.append(owner[:-step][same] * width + owner[step:][same])
    if not codes:
        return set()
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    return {(int(code // width), int(code % width)) for code in pairs[counts >= least]}


def _alike(held: list[HeldList]) -> set[Pair]:
    """Pairs that datasketch's LSH takes for alike (a Jaccard of about a half or more)."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_ALIKE, num_perm=NUM_PERM)
    pairs: set[Pair] = set()
    for place, one in enumerate(held):
        kind = next((name for name in _KINDS if name in one.index), None)
        if kind is None or len(one.index[kind].tokens) > MINHASH_PEOPLE:
            continue
        values = minhash(one.index[kind].tokens)
        sketch = MinHash(num_perm=NUM_PERM, seed=SEED, scheme="affine32", hashvalues=values)
        pairs |= {(int(other), place) for other in index.query(sketch)}
        index.insert(place, sketch)
    return pairs


_NONE: npt.NDArray[np.uint64] = np.zeros(0, dtype=np.uint64)
