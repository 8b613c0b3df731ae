"""Which batches share people: where one was resold from the other, or both were cut from one place.

Candidates come from the tokens that two lists share, in a sample where there are very many. Where
not all tokens were counted (some stand in very many lists, or a list is small beside the sample),
datasketch's LSH over the lists' MinHashes is asked too. It only adds candidates; each is then
counted in full.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.matching import Between
from leaktrace.attribution.result import Related
from leaktrace.fingerprint.held import HeldList, UInt64
from leaktrace.fingerprint.minhash import MINHASH_PEOPLE, NUM_PERM, SEED, minhash
from leaktrace.fingerprint.sorting import distinct_sorted, stable_sort

Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Pair = tuple[int, int]
_KINDS = ("mobile", "id_number", "name_mobile_masked", "name_last4")
_MOST_TOKENS = 5_000_000
# A token in more lists than this is a list's worth of pairs by itself: padding, or a common pool.
_MOST_LISTS = 40
_ALIKE = 0.5
_LEAST_SHARE = 0.05
_LEAST_PEOPLE = 5
# Of a list with this many tokens for each one in the sample, enough are in it.
_SURELY_SAMPLED = 100


def related_batches(lists: Mapping[str, HeldList], between: Between) -> tuple[Related, ...]:
    """Every pair of batches that shares at least 5 people and 5% of the smaller one.

    ``lists`` is in the order in which the batches were seen; ``earlier`` is the one seen first.
    ``between`` tells who of one is who of another.
    """
    names = list(lists)
    held = [lists[name] for name in names]
    pairs: set[Pair] = set()
    uncounted = np.zeros(len(held), dtype=bool)
    for kind in _KINDS:
        found, left = _sharing(held, kind)
        pairs |= found
        uncounted |= left
    pairs |= _alike(held, uncounted)
    related = []
    for first, second in sorted(pairs):
        small, large = sorted((first, second), key=lambda one: len(held[one].people))
        people = len(between.members(names[small], names[large]).rows)
        share = people / max(1, len(held[small].people))
        if people >= _LEAST_PEOPLE and share >= _LEAST_SHARE:
            related.append(Related(names[first], names[second], people, share))
    return tuple(related)


def _sharing(held: list[HeldList], kind: str) -> tuple[set[Pair], Bools]:
    """Pairs that share enough tokens of ``kind`` to be worth a count; and the lists of whose tokens
    some were not counted, so that there may be more (bool[lists])."""
    tokens = [
        distinct_sorted(one.index[kind].tokens) if kind in one.index else _NONE for one in held
    ]
    sizes = np.array([len(one) for one in tokens], dtype=np.int64)
    scale = max(1, -(-int(sizes.sum()) // _MOST_TOKENS))
    if scale > 1:
        tokens = [one[one < np.uint64((1 << 64) // scale)] for one in tokens]
    owner = np.repeat(np.arange(len(held)), [len(one) for one in tokens])
    merged, order = stable_sort(np.concatenate(tokens) if tokens else _NONE)
    pairs, crowded = _counted(merged, owner[order], max(1, _LEAST_PEOPLE // scale))
    uncounted = np.zeros(len(held), dtype=bool)
    uncounted[crowded] = True
    return pairs, uncounted | ((scale > 1) & (sizes > 0) & (sizes < _SURELY_SAMPLED * scale))


def _counted(merged: UInt64, owner: Places, least: int) -> tuple[set[Pair], Places]:
    """Pairs of owners that share so many tokens; and the owners of tokens in too many lists."""
    codes = []
    width = np.int64(max(1, int(owner.max(initial=0)) + 1))
    same = np.zeros(0, dtype=bool)
    for step in range(1, _MOST_LISTS):
        # In a run of equal tokens the owners ascend: each pair is met once, at one distance.
        same = merged[step:] == merged[:-step]
        if not same.any():
            break
        codes.append(owner[:-step][same] * width + owner[step:][same])
    if not codes:
        return set(), _NO_PLACE
    crowded = _NO_PLACE
    if same.any():
        crowded = np.unique(owner[np.isin(merged, merged[: len(same)][same])])
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    found = pairs[counts >= least].tolist()
    return {(int(code // width), int(code % width)) for code in found}, crowded


def _alike(held: list[HeldList], asked: Bools) -> set[Pair]:
    """Pairs of the lists ``asked`` (bool[lists]) that datasketch's LSH takes for alike (a Jaccard
    of about a half or more)."""
    if not asked.any():
        return set()
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_ALIKE, num_perm=NUM_PERM)
    pairs: set[Pair] = set()
    for place in np.flatnonzero(asked).tolist():
        one = held[place]
        kind = next((name for name in _KINDS if name in one.index), None)
        if kind is None or len(one.index[kind].tokens) > MINHASH_PEOPLE:
            continue
        values = minhash(one.index[kind].tokens)
        sketch = MinHash(num_perm=NUM_PERM, seed=SEED, scheme="affine32", hashvalues=values)
        pairs |= {(int(other), place) for other in index.query(sketch)}
        index.insert(place, sketch)
    return pairs


_NONE: UInt64 = np.zeros(0, dtype=np.uint64)
_NO_PLACE: Places = np.zeros(0, dtype=np.intp)
