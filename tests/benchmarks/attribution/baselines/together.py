"""Canaries and containment together, and what a batch inherits from the lists that hold it."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.attribution.baselines.canaries import score_of_hits
from tests.benchmarks.attribution.baselines.containment import contained_in
from tests.benchmarks.attribution.baselines.facts import BatchFacts, CaseFacts
from tests.benchmarks.attribution.rows import Answer

# Naming all three together, or every list above a threshold, did worse: more of it is false.
CONTAINED, INHERITED = 0.5, 0.9


def both_with_lineage(
    case: CaseFacts, least: float = CONTAINED, inherited: float = INHERITED
) -> dict[str, Answer]:
    """What a careful analyst does. Canaries first: name the sources of those in the batch. Without
    any, name what was named for the earlier batches that hold ``inherited`` of it; failing these,
    the list that holds most of it, if it holds ``least``. The scores are those of the hits, of the
    parent times its share, and the containment."""
    found: dict[str, Answer] = {}
    for batch in case.batches:
        parents = parents_by_containment(batch, inherited)
        scores = score_of_hits(batch.hits)
        for parent, share in parents.items() if not batch.hits else ():
            for one, score in found[parent].scores.items():
                scores[one] = max(scores.get(one, 0.0), share * score)
        if not scores:
            contained = contained_in(batch)
            first = max(sorted(contained), key=contained.__getitem__, default="")
            scores = {first: contained[first]} if contained.get(first, 0.0) >= least else {}
        names = frozenset(scores)
        found[batch.id] = Answer(
            dict(sorted(scores.items())), names, names, dict.fromkeys(parents, 1.0)
        )
    return found


def parents_by_containment(batch: BatchFacts, least: float = INHERITED) -> dict[str, float]:
    """The earlier batches that hold ``least`` of this one's people, each of those whom the ones
    before it in the order of their containment left, with the share that each holds."""
    left = np.ones(batch.people, dtype=np.bool_)
    parents: dict[str, float] = {}
    while True:
        added = {one: int((inside & left).sum()) for one, inside in batch.earlier.items()}
        # Of equal ones the latest: the nearest ancestor.
        best = max(added, key=lambda one: (added[one], one), default=None)
        if best is None or not batch.people or added[best] < max(5, least * batch.people):
            return parents
        parents[best] = float(batch.earlier[best].mean())
        left &= ~batch.earlier[best]
