"""sourmash's ``gather``: the smallest set of lists that covers the batch, found greedily
(Irber and others, bioRxiv 2022.01.11.475838)."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.attribution.baselines.facts import BatchFacts, CaseFacts, answer
from tests.benchmarks.attribution.rows import Answer

# At 3%, a usual threshold, F1 was 0.457 instead of 0.500.
LEAST_SHARE, LEAST_PEOPLE = 0.15, 5


def gather(case: CaseFacts, least: float = LEAST_SHARE) -> dict[str, Answer]:
    """Take the list that holds most of the people who are left, as long as it holds at least
    max(5, ``least``) of the batch; name each taken. The score is the share that it was taken
    for (``f_unique_to_query``)."""
    found = {}
    for batch in case.batches:
        taken = cover_of(batch, least)
        found[batch.id] = answer(taken, sorted(taken))
    return found


def cover_of(batch: BatchFacts, least: float = LEAST_SHARE) -> dict[str, float]:
    """The lists of the cover in the order in which they were taken, with the share that each
    added."""
    needed = max(LEAST_PEOPLE, least * batch.people)
    left = np.ones(batch.people, dtype=np.bool_)
    taken: dict[str, float] = {}
    while True:
        added = {
            one: int((inside & left).sum())
            for one, inside in batch.shared.items()
            if one not in taken
        }
        best = max(sorted(added), key=added.__getitem__, default=None)
        if best is None or added[best] < needed:
            return taken
        taken[best] = added[best] / batch.people
        left &= ~batch.shared[best]
