"""The second table: every line of what has to be reached, the figure reached, whether it is met.

How a figure is made is said where it is measured. A line is met by the figure itself; its interval
stands beside. "At most 0.06 a world" is read of the mean over worlds: so few statements make an
error of about 0.05 of posteriors that are exactly right, which the table shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import nan

import numpy as np

from tests.benchmarks.attribution import measures, probabilities
from tests.benchmarks.attribution.baselines import BASELINES
from tests.benchmarks.attribution.families import TRAPS
from tests.benchmarks.attribution.general import (
    elsewhere_lines,
    everywhere_lines,
    guilt_line,
    ratio_lines,
)
from tests.benchmarks.attribution.intervals import Figure, mean, pooled, proportion
from tests.benchmarks.attribution.lines import (
    Line,
    Rows,
    at_least,
    at_most,
    count_of,
    evident_line,
    false_line,
    lineage_lines,
)
from tests.benchmarks.attribution.rows import OURS
from tests.benchmarks.attribution.table import by_kind, worst

WORLDS = 50
"""So many worlds of each family are asked for."""


def lines(groups: Mapping[str, Rows], everything: Rows) -> list[Line]:
    """Every line, in the order in which they are asked; ``groups`` are the rows by family."""
    found = [*_easy(groups.get("easy", ())), *_hard(groups.get("hard", ()))]
    found += _innocent(everything)
    found += [*everywhere_lines(everything), *ratio_lines(groups.get("hard", ()), everything)]
    return [*found, guilt_line(), *elsewhere_lines()]


def _easy(rows: Rows) -> list[Line]:
    return [
        evident_line("easy", rows, 0.99),
        false_line("easy", rows, 0.005),
        evident_line("easy", rows, 0.80, stated=True),
        *lineage_lines("easy", rows, 0.98, 0.98),
    ]


def _hard(rows: Rows) -> list[Line]:
    scores = [measures.f1(row, OURS) for row in rows]
    by_batch = [measures.f1_by_batch(row, OURS) for row in rows]
    beside = f"mean over batches instead: {np.mean(by_batch):.3f}" if by_batch else ""
    lowest = f"mean over batches instead: {min(by_batch):.3f}" if by_batch else ""
    return [
        at_least("hard", "F1 at .5, mean", 0.95, mean(scores), beside),
        at_least("hard", "F1 at .5, worst world", 0.88, worst(rows, OURS), lowest),
        evident_line("hard", rows, 0.97),
        false_line("hard", rows, 0.01),
        false_line("hard", rows, 0.01, roots=True),
        at_least(
            "hard", "true pairs stated at .95", 0.60,
            count_of(rows, partial(measures.true_statements, method=OURS)),
        ),
        *_calibration(rows),
        _won(rows),
        _kinds("hard", rows),
        *lineage_lines("hard", rows, 0.98, 0.90),
    ]  # fmt: skip


def _calibration(rows: Rows) -> list[Line]:
    worlds = [probabilities.statements([row]) for row in rows]
    errors = [probabilities.calibration_error(said, true) for said, true in worlds if len(said)]
    floors = [probabilities.error_if_right(said) for said, _true in worlds if len(said)]
    beside = ""
    if errors:
        beside = f"worst {max(errors):.3f}; {np.mean(floors):.3f} if all were exactly right"
    everything = pooled(rows, probabilities.pooled_error) if rows else Figure(nan, nan, nan)
    count = sum(len(said) for said, _true in worlds)
    return [
        at_most("hard", "calibration error above .05, mean of worlds", 0.06, mean(errors), beside),
        at_most(
            "hard", "calibration error above .05, pooled", 0.03, everything,
            f"{count} statements" if count else "",
        ),
    ]  # fmt: skip


def _won(rows: Rows) -> Line:
    """In how many worlds ours beats every baseline, whichever is best there, in both."""
    best = [
        (
            min(measures.brier(row, one) for one in BASELINES),
            max(measures.f1(row, one) for one in BASELINES),
        )
        for row in rows
    ]
    ours = [(measures.brier(row, OURS), measures.f1(row, OURS)) for row in rows]
    wins = [(one[0] < other[0], one[1] > other[1]) for one, other in zip(ours, best, strict=True)]
    beside = ""
    if rows:
        brier, score = np.mean(best, axis=0)
        beside = (
            f"Brier {sum(one for one, _ in wins)}, F1 {sum(one for _, one in wins)}; "
            f"means of the best baseline {brier:.3f} and {score:.3f}"
        )
    both = proportion([(int(one and other), 1) for one, other in wins])
    return at_least("hard", "Brier and F1 better than any baseline's, worlds", 0.95, both, beside)


def _kinds(family: str, rows: Rows) -> Line:
    """The worst kind of batch."""
    kinds = {
        kind: batches if batches.known else stated
        for kind, (stated, batches) in by_kind(rows, OURS).items()
    }
    known = {kind: one for kind, one in kinds.items() if one.known}
    name = max(known, key=lambda kind: known[kind].value, default="")
    over = [f"{kind} {one.count}/{one.of}" for kind, one in known.items() if one.value > 0.03]
    beside = f"{name}; over 3%: {', '.join(over) or 'none'}" if name else ""
    figure = known.get(name, Figure(nan, nan, nan))
    return at_most(family, "false in the worst kind of batch", 0.03, figure, beside)


def _innocent(everything: Rows) -> list[Line]:
    rows = [row for row in everything if row.family in TRAPS]
    traps = []
    for trap in TRAPS:
        worlds = [row for row in rows if row.family == trap]
        false = count_of(worlds, partial(measures.false_statements, method=OURS))
        if worlds:
            traps.append(f"{trap} {false.count} + {(false.of or 0) - (false.count or 0)}")
    return [
        false_line("innocent", rows, 0.01),
        at_least(
            "innocent", "true pairs stated at .95", 0.75,
            count_of(rows, partial(measures.true_statements, method=OURS)),
            f"false + true by trap: {', '.join(traps)}" if traps else "",
        ),
        at_most(
            "all", "list, no canary, no cells: named at .95", 0.0,
            count_of(everything, measures.untold_named),
        ),
        at_least(
            "all", "… and the answer says what would decide", 1.0,
            count_of(everything, measures.untold_said),
        ),
    ]  # fmt: skip
