"""What people do today, and the classics. Each looks at the same facts and answers every batch.

A baseline names sources by its own rule, and gives each a number in [0, 1] that stands for a
posterior. Their settings are those that did best (F1, then Brier) on worlds of their own: seeds
1000 to 1003 of the standard, easy, hard, twins and superset families.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.benchmarks.attribution.baselines.canaries import any_canary_hit
from tests.benchmarks.attribution.baselines.containment import (
    containment_above_threshold,
    highest_containment,
)
from tests.benchmarks.attribution.baselines.ensemble import lsh_ensemble
from tests.benchmarks.attribution.baselines.facts import CaseFacts
from tests.benchmarks.attribution.baselines.gather import gather
from tests.benchmarks.attribution.baselines.guilt import guilt_model
from tests.benchmarks.attribution.baselines.together import both_with_lineage
from tests.benchmarks.attribution.baselines.yacht import presence_test
from tests.benchmarks.attribution.rows import Answer

BASELINES: Mapping[str, Callable[[CaseFacts], Mapping[str, Answer]]] = {
    "highest containment": highest_containment,
    "containment, threshold": containment_above_threshold,
    "any canary hit": any_canary_hit,
    "both, with lineage": both_with_lineage,
    "LSH Ensemble": lsh_ensemble,
    "guilt model": guilt_model,
    "gather": gather,
    "YACHT": presence_test,
}
