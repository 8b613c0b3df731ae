"""datasketch's LSH Ensemble (Zhu, Nargesian, Pu and Miller, VLDB 2016)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leaktrace.fingerprint.held import HeldList
from tests.benchmarks.attribution.baselines.facts import CaseFacts, answer
from tests.benchmarks.attribution.rows import Answer

CONTAINED = 0.4
_PERMUTATIONS, _PARTS, _SEED = 128, 8, 1
_KINDS = ("mobile", "name_mobile_masked", "name_last4", "mobile_masked")


@dataclass(frozen=True)
class _Index:
    """An ensemble over the lists that show one kind of identifier."""

    ensemble: Any
    sketches: Mapping[str, Any]
    sizes: Mapping[str, int]


def lsh_ensemble(case: CaseFacts, least: float = CONTAINED) -> dict[str, Answer]:
    """Name what the ensemble finds at a containment of ``least``; the score is the containment
    that the sketches estimate. A washed list is looked up by the most telling identifier that it
    and the lists show."""
    indexes: dict[str, _Index] = {}
    found = {}
    for batch in case.batches:
        kind = next((one for one in _KINDS if one in batch.held.index), None)
        if kind is None or not batch.people:
            found[batch.id] = answer({}, [])
            continue
        if kind not in indexes:
            indexes[kind] = _index(case.lists, kind, least)
        contained = _query(indexes[kind], batch.held, kind)
        found[batch.id] = answer(contained, sorted(contained))
    return found


def _index(lists: Mapping[str, HeldList], kind: str, least: float) -> _Index:
    from datasketch import MinHashLSHEnsemble

    able = {one: held for one, held in sorted(lists.items()) if kind in held.index}
    sketches = {one: _sketch(held, kind) for one, held in able.items()}
    sizes = {one: held.distinct[kind] for one, held in able.items()}
    ensemble = MinHashLSHEnsemble(threshold=least, num_perm=_PERMUTATIONS, num_part=_PARTS)
    if able:
        ensemble.index([(one, sketches[one], sizes[one]) for one in able])
    return _Index(ensemble, sketches, sizes)


def _query(index: _Index, held: HeldList, kind: str) -> dict[str, float]:
    if not index.sketches:
        return {}
    sketch, size = _sketch(held, kind), held.distinct[kind]
    found = {}
    for one in index.ensemble.query(sketch, size):
        jaccard = sketch.jaccard(index.sketches[one])
        found[one] = jaccard / (1 + jaccard) * (size + index.sizes[one]) / size
    return found


def _sketch(held: HeldList, kind: str) -> Any:
    from datasketch import MinHash

    from leaktrace.fingerprint.minhash import minhash

    values = minhash(held.index[kind].tokens)
    return MinHash(num_perm=_PERMUTATIONS, seed=_SEED, scheme="affine32", hashvalues=values)
