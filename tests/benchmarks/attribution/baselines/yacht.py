"""A presence test after YACHT (Koslicki, White, Ma and Novikov, Bioinformatics 40(2), 2024).

YACHT asks whether a genome is in a sample: of the k-mers that no other genome has, ``n``, a sample
that covers at least the part ``c`` of it shows Binomial(int(n c), ANI ** k); present is what shows
at least the (1 - significance) quantile of that. Here a list takes the genome's place, a person
that of a k-mer, and all is known that has to be assumed there: a batch in which the source has at
least the share ``w`` covers ``c = w |batch| / |source|`` of the source's people, and the reference
list holds each of them with the probability of its coverage, which takes the place of ANI ** k.
"""

from __future__ import annotations

from scipy.stats import binom

from tests.benchmarks.attribution.baselines.facts import BatchFacts, CaseFacts, answer
from tests.benchmarks.attribution.rows import Answer

SHARE, SIGNIFICANCE = 0.2, 0.9


def presence_test(
    case: CaseFacts, share: float = SHARE, significance: float = SIGNIFICANCE
) -> dict[str, Answer]:
    """Name every source that the test finds present; the score is its p value."""
    found = {}
    for batch in case.batches:
        p_values = {one: p_value(case, batch, one, share) for one in batch.shared}
        present = [one for one, value in p_values.items() if value >= 1 - significance]
        found[batch.id] = answer(p_values, present)
    return found


def p_value(case: CaseFacts, batch: BatchFacts, source: str, share: float) -> float:
    """The probability that a batch with at least ``share`` of the source shows no more people who
    are in its list alone; 0 where it shows none."""
    seen = _exclusive_matches(case, batch, source)
    if not seen:
        return 0.0
    covered = min(1.0, share * batch.people * case.coverage[source] / case.lists[source].size)
    trials = int(case.exclusive[source].sum() / case.coverage[source] * covered)
    return float(binom.cdf(seen, trials, case.coverage[source])) if seen <= trials else 1.0


def _exclusive_matches(case: CaseFacts, batch: BatchFacts, source: str) -> int:
    alone = batch.shared[source].copy()
    for other, inside in batch.shared.items():
        if other != source:
            alone &= ~inside
    return int(alone.sum())
