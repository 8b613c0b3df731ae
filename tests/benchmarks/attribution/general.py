"""The lines that belong to no single family: strangers, shares, likelihood ratios, and tests."""

from __future__ import annotations

from functools import partial
from math import isnan, nan

import numpy as np

from tests.benchmarks.attribution import measures, probabilities
from tests.benchmarks.attribution.baselines.guilt import guilt_of
from tests.benchmarks.attribution.intervals import Figure, mean, pooled, upper_bound
from tests.benchmarks.attribution.lines import Line, Rows, at_most, count_of
from tests.benchmarks.attribution.rows import OURS

_WITHOUT = ("unknown", "twin", "swept")
_ELSEWHERE = "a test, not a figure"


def everywhere_lines(rows: Rows) -> list[Line]:
    """What holds of the worlds of every family together."""
    strangers = count_of(rows, partial(measures.strangers_named, method=OURS))
    typed = [
        (kind, count_of(rows, partial(measures.strangers_named, method=OURS, kinds=(kind,))))
        for kind in _WITHOUT
    ]
    beside = ", ".join(f"{kind} {one.count}/{one.of}" for kind, one in typed if one.of)
    if strangers.of:
        bound = upper_bound(strangers.count or 0, strangers.of)
        beside = f"one-sided 95% bound {bound:.4f}; {beside}"
    covered = count_of(rows, measures.shares_covered)
    met = 0.85 <= covered.value <= 0.95 if covered.known else None
    below = count_of(rows, partial(measures.shares_covered, whole=False))
    part = f"shares below 1: {below.count}/{below.of}" if below.of else ""
    return [
        at_most("all", "lists of nobody known that name anyone", 0.005, strangers, beside),
        Line(
            "all", "90% intervals of shares that hold the truth", ".85 to .95", covered, met, part
        ),
        at_most(
            "all", "mean error of share estimates", 0.04,
            mean([measures.share_error(row) for row in rows]),
        ),
    ]  # fmt: skip


def ratio_lines(rows: Rows, everything: Rows) -> list[Line]:
    """The likelihood ratios: their cost on ``rows``, the bound on all worlds."""
    nothing = Figure(nan, nan, nan)
    cost = pooled(rows, probabilities.pooled_cllr) if rows else nothing
    least = probabilities.pooled_cllr_min(rows) if rows else nan
    lost = pooled(rows, probabilities.pooled_cllr_cal) if rows else nothing
    excess = probabilities.largest_excess(everything)
    above = Figure(excess, nan, nan) if not isnan(excess) else nothing
    vouched = probabilities.vouched_for(everything) if everything else nan
    bound = max((row.bound for row in everything), default=nan)
    return [
        at_most("hard", "Cllr", 0.12, cost, f"cllr_min {least:.3f}" if rows else ""),
        at_most("hard", "cllr_cal", 0.02, lost),
        at_most(
            "all", "largest log10 LR less its bound", 0.0, above,
            f"bound {bound:g}; these worlds alone vouch for {vouched:.2f}" if everything else "",
        ),
    ]  # fmt: skip


def guilt_line() -> Line:
    """The guilt model's own example: T = {t1, t2, t3}, R1 = {t1, t2}, R2 = {t1, t3}, S = T."""
    shared = {"1": np.array([True, True, False]), "2": np.array([True, False, True])}
    gaps = [
        abs(one - (1 - (1 - (1 - p) / 2) * (1 - (1 - p))))
        for p in np.linspace(0.0, 1.0, 21).tolist()
        for one in guilt_of(shared, p).values()
    ]
    return at_most(
        "–", "guilt model's own example, largest error", 1e-15, Figure(max(gaps), nan, nan)
    )


def elsewhere_lines() -> list[Line]:
    """What no table can show: tests do."""
    nothing = Figure(nan, nan, nan)
    return [
        Line("–", text, _ELSEWHERE, nothing, None)
        for text in (
            "mixture agrees with exact enumeration to 1e-6",
            "leave-one-out figures are those of the model without the piece",
            "terminal, JSON and report show the same numbers",
            "adversarial worlds: an innocent named in at most 5% of each family",
        )
    ]
