"""What people do today, and the classics: each names sources for a batch, and ranks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from leaktrace.attribution.trials import find_canary
from leaktrace.case.records import Batch
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.lookup import NOBODY, full_people, match_people
from leaktrace.workflows.worldcase import WorldCase

# Papadimitriou and Garcia-Molina let p, the chance that a leaked object was guessed, vary; at 0.2
# their example is as good as it gets here.
GUESSED = 0.2
_CONTAINED = 0.3
_STATED = 0.95


@dataclass(frozen=True)
class Answer:
    """The sources named, and the first of the ranking (None where there is none)."""

    named: frozenset[str]
    first: str | None


@dataclass(frozen=True)
class Facts:
    """What every baseline may look at: overlaps with the lists, and canary hits."""

    people: int
    shared: Mapping[str, np.ndarray]
    hits: Mapping[str, int]
    containing: Mapping[str, float]


def facts_of(case: WorldCase, batch: Batch, held: HeldList, ensemble: object) -> Facts:
    """Overlaps (bool[people] by source), canary hits by source, and LSH Ensemble's answer."""
    references = {one.source: case.held_reference(one.source) for one in case.references()}
    shared = {one: match_people(held, references[one]) != NOBODY for one in sorted(references)}
    hits: dict[str, int] = {}
    full = full_people(held)
    for canary in case.canaries():
        if find_canary(canary, held, full) is None:
            continue
        for planting in canary.plantings:
            if planting.source and planting.planted_at.latest < batch.seen_at.earliest:
                hits[planting.source] = hits.get(planting.source, 0) + 1
    return Facts(len(held.people), shared, hits, _ensemble_answer(ensemble, held))


def highest_containment(facts: Facts) -> Answer:
    """The list that holds most of the batch, if it holds 30%."""
    return _by_score({one: float(inside.mean()) for one, inside in facts.shared.items()})


def any_canary(facts: Facts) -> Answer:
    """Every source with a canary hit; most hits first."""
    ranked = sorted(facts.hits, key=lambda one: (-facts.hits[one], one))
    return Answer(frozenset(ranked), ranked[0] if ranked else None)


def containment_or_canary(facts: Facts) -> Answer:
    """Canary hits where there are any, else containment of 30%: what a careful analyst does."""
    return any_canary(facts) if facts.hits else highest_containment(facts)


def lsh_ensemble(facts: Facts) -> Answer:
    """datasketch's LSH Ensemble at a containment of 0.3, ranked by the sketches' estimate."""
    named = frozenset(facts.containing)
    ranked = sorted(named, key=lambda one: (-facts.containing[one], one))
    return Answer(named, ranked[0] if ranked else None)


def guilt_model(facts: Facts) -> Answer:
    """Pr{G_i|S} = 1 - prod over t in S and R_i of (1 - (1-p)/|V_t|)  (IEEE TKDE 23(1), 2011);
    named from 0.95 on."""
    guilt = guilt_of(facts.shared, GUESSED)
    ranked = sorted(guilt, key=lambda one: (-guilt[one], one))
    named = frozenset(one for one in ranked if -np.expm1(guilt[one] * -1) >= _STATED)
    return Answer(named, ranked[0] if ranked and guilt[ranked[0]] > 0 else None)


def guilt_of(shared: Mapping[str, np.ndarray], guessed: float) -> dict[str, float]:
    """Minus the log of each source's chance of being innocent."""
    if not shared:
        return {}
    holders = np.sum(list(shared.values()), axis=0)
    share = np.where(holders > 0, (1.0 - guessed) / np.maximum(holders, 1), 0.0)
    return {one: float(-np.log1p(-share[inside]).sum()) for one, inside in shared.items()}


def ensemble_of(case: WorldCase) -> object:
    """An LSH Ensemble over the reference lists' MinHashes."""
    from datasketch import MinHashLSHEnsemble

    held = {one.source: case.held_reference(one.source) for one in case.references()}
    if not held:
        return None
    index = MinHashLSHEnsemble(threshold=_CONTAINED, num_perm=128, num_part=8)
    entries = {one: (_minhash(held[one]), held[one].size) for one in sorted(held)}
    index.index([(one, sketch, size) for one, (sketch, size) in entries.items()])
    return index, entries


def _minhash(held: HeldList) -> object:
    from datasketch import MinHash

    from leaktrace.fingerprint.minhash import minhash

    kind = "mobile" if "mobile" in held.index else sorted(held.index)[-1]
    values = minhash(held.index[kind].tokens)
    return MinHash(num_perm=128, seed=1, scheme="affine32", hashvalues=values)


def _ensemble_answer(ensemble: object, held: HeldList) -> dict[str, float]:
    if ensemble is None or len(held.people) == 0:
        return {}
    index, entries = ensemble  # type: ignore[misc]
    sketch = _minhash(held)
    found = {}
    for one in index.query(sketch, len(held.people)):
        other, size = entries[one]
        jaccard = sketch.jaccard(other)  # type: ignore[attr-defined]
        shared = jaccard / (1 + jaccard) * (len(held.people) + size)
        found[one] = shared / len(held.people)
    return found


def _by_score(score: Mapping[str, float]) -> Answer:
    ranked = sorted(score, key=lambda one: (-score[one], one))
    named = frozenset(one for one in ranked[:1] if score[one] >= _CONTAINED)
    return Answer(named, ranked[0] if ranked and score[ranked[0]] > 0 else None)


BASELINES: Mapping[str, Callable[[Facts], Answer]] = {
    "highest containment": highest_containment,
    "any canary hit": any_canary,
    "canary, else containment": containment_or_canary,
    "LSH Ensemble": lsh_ensemble,
    "guilt model": guilt_model,
}
