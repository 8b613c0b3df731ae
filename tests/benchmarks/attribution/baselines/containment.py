"""Containment in the reference lists: the highest, or all above a threshold."""

from __future__ import annotations

from tests.benchmarks.attribution.baselines.facts import BatchFacts, CaseFacts, answer
from tests.benchmarks.attribution.rows import Answer

HIGHEST, THRESHOLD = 0.2, 0.2


def highest_containment(case: CaseFacts, least: float = HIGHEST) -> dict[str, Answer]:
    """Name the list that holds most of the batch, if it holds ``least``; its containment is the
    score, the others have none."""
    found = {}
    for batch in case.batches:
        contained = contained_in(batch)
        first = max(sorted(contained), key=contained.__getitem__, default=None)
        if first is None or contained[first] < least:
            found[batch.id] = answer({}, [])
        else:
            found[batch.id] = answer({first: contained[first]}, [first])
    return found


def containment_above_threshold(case: CaseFacts, least: float = THRESHOLD) -> dict[str, Answer]:
    """Name every list that holds at least ``least`` of the batch; the containment is the score."""
    found = {}
    for batch in case.batches:
        contained = contained_in(batch)
        named = [one for one, share in contained.items() if share >= least]
        found[batch.id] = answer(contained, named)
    return found


def contained_in(batch: BatchFacts) -> dict[str, float]:
    """The share of the batch's people in each list."""
    return {one: batch.containment(one) for one in batch.shared}
