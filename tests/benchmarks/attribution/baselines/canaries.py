"""Any canary hit."""

from __future__ import annotations

from collections.abc import Mapping

from tests.benchmarks.attribution.baselines.facts import CaseFacts, answer
from tests.benchmarks.attribution.rows import Answer

# What one more hit leaves of the doubt.
DOUBT = 0.5


def any_canary_hit(case: CaseFacts, doubt: float = DOUBT) -> dict[str, Answer]:
    """Name every source with a canary in the batch; the score is 1 - ``doubt`` ** hits."""
    return {
        batch.id: answer(score_of_hits(batch.hits, doubt), sorted(batch.hits))
        for batch in case.batches
    }


def score_of_hits(hits: Mapping[str, int], doubt: float = DOUBT) -> dict[str, float]:
    """The score of each source with so many hits."""
    return {one: 1.0 - doubt**count for one, count in hits.items()}
