"""The guilt model of Papadimitriou and Garcia-Molina (IEEE TKDE 23(1), 2011)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tests.benchmarks.attribution.baselines.facts import CaseFacts, Flags, answer
from tests.benchmarks.attribution.rows import Answer

# The chance that a leaked object was guessed, or got by other means, and the guilt that is named.
# At the 0.2 of their figures a chance overlap of three people is guilt: F1 0.19.
GUESSED, NAMED = 0.997, 0.5


def guilt_model(
    case: CaseFacts, guessed: float = GUESSED, named: float = NAMED
) -> dict[str, Answer]:
    """Name every source that is guilty with a probability of at least ``named``."""
    found = {}
    for batch in case.batches:
        guilt = guilt_of(batch.shared, guessed)
        found[batch.id] = answer(guilt, [one for one in guilt if guilt[one] >= named])
    return found


def guilt_of(shared: Mapping[str, Flags], guessed: float) -> dict[str, float]:
    """Pr{G_i|S} = 1 - prod over t in S and R_i of (1 - (1-p)/|V_t|), their equation 7.

    ``shared`` tells for each agent which objects of S it had, bool[S]; V_t are the agents that had
    t.
    """
    if not shared:
        return {}
    holders = np.sum(list(shared.values()), axis=0)
    part = (1.0 - guessed) / np.maximum(holders, 1)
    return {one: 1.0 - float(np.prod(1.0 - part[had])) for one, had in sorted(shared.items())}
