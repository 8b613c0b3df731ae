"""The first table: every method on the same worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import isnan, nan

from tests.benchmarks.attribution import measures
from tests.benchmarks.attribution.intervals import Figure, mean, proportion
from tests.benchmarks.attribution.rows import LIKELY, WorldRow

Measure = Callable[[Sequence[WorldRow], str], Figure]


def _counts(
    measure: Callable[[WorldRow, str], measures.Count],
) -> Measure:
    return lambda rows, method: proportion([measure(row, method) for row in rows])


def _means(measure: Callable[[WorldRow, str], float]) -> Measure:
    return lambda rows, method: mean([measure(row, method) for row in rows])


def worst(rows: Sequence[WorldRow], method: str) -> Figure:
    """The lowest F1 of any world."""
    scores = [measures.f1(row, method) for row in rows]
    return Figure(min((one for one in scores if not isnan(one)), default=nan), nan, nan)


FALSE = ("false", "false in roots")
"""The columns beside which the number of true statements stands."""

COLUMNS: Mapping[str, Measure] = {
    FALSE[0]: _counts(measures.false_statements),
    FALSE[1]: _counts(partial(measures.false_statements, roots=True)),
    "true pairs stated": _counts(measures.true_statements),
    "evident at .5": _counts(partial(measures.evident_pairs, stated=False)),
    "evident at .95": _counts(partial(measures.evident_pairs, stated=True)),
    "F1 at .5, mean": _means(measures.f1),
    "worst": worst,
    "Brier, mean": _means(measures.brier),
    "strangers named": _counts(measures.strangers_named),
    "lineage precision": _counts(partial(measures.parents_right, least=LIKELY)),
    "lineage recall": _counts(partial(measures.parents_found, least=LIKELY)),
}


def figures(rows: Sequence[WorldRow], method: str) -> dict[str, Figure]:
    """Every column for one method."""
    return {name: measure(rows, method) for name, measure in COLUMNS.items()}


def by_kind(rows: Sequence[WorldRow], method: str) -> dict[str, tuple[Figure, Figure]]:
    """For each kind of batch the false ones of its statements, and, where nobody known can be in
    it, the batches in which somebody is stated (nothing, where somebody can be)."""
    kinds = sorted({batch.type for row in rows for batch in row.batches})
    found = {}
    for kind in kinds:
        stated = [measures.false_statements(row, method, kind=kind) for row in rows]
        empty = all(
            not batch.sources for row in rows for batch in row.batches if batch.type == kind
        )
        strangers = [measures.strangers_named(row, method, kinds=(kind,)) for row in rows]
        found[kind] = (proportion(stated), proportion(strangers if empty else []))
    return found
