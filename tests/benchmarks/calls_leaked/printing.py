"""The table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from tests.benchmarks.calls_leaked import measures
from tests.benchmarks.calls_leaked.baselines import ANY_CALL, MORE_THAN_CONTROLS
from tests.benchmarks.calls_leaked.measures import Estimate
from tests.benchmarks.calls_leaked.scoring import SAID, Row

Says = Callable[[Row], frozenset[str]]


def as_text(rows: Sequence[Row]) -> str:
    """All measures of ``rows``, as text."""
    if not rows:
        return "no world was scored"
    return "\n".join([*_head(rows), *_ways(rows), *_duels(rows), *_days(rows), *_reliability(rows)])


def _head(rows: Sequence[Row]) -> Iterator[str]:
    presets = ", ".join(sorted({row.preset for row in rows}))
    calls = np.mean([row.calls for row in rows])
    yield f"{len(rows)} worlds ({presets}), {calls:,.0f} calls each on average"
    leaked, rung, often = (
        sum(len(found) for found in parts)
        for parts in zip(*((row.leakers, row.rung(), row.rung(5)) for row in rows), strict=True)
    )
    yield f"{leaked} sources leaked; for {rung} a living canary was rung, for {often} five times"


def _ways(rows: Sequence[Row]) -> Iterator[str]:
    ways: dict[str, Says] = {
        f"leaktrace >= {SAID}": lambda row: row.at(),
        "leaktrace >= 0.5": lambda row: row.at(0.5),
        ANY_CALL: lambda row: row.said[ANY_CALL],
        MORE_THAN_CONTROLS: lambda row: row.said[MORE_THAN_CONTROLS],
    }
    lines: dict[str, Callable[[Says], Estimate]] = {
        "recall, of those rung": lambda says: measures.recall(rows, says),
        "recall, of those rung 5 times": lambda says: measures.recall(rows, says, 5),
        "recall, of all that leaked": lambda says: measures.recall_of_all(rows, says),
        "false, of statements made": lambda says: measures.false(rows, says),
        "honest callers accused": lambda says: measures.accused(rows, says),
    }
    yield f"\n{'':32}" + "".join(f"{name:>27}" for name in ways)
    for title, measure in lines.items():
        yield f"{title:32}" + "".join(f"{_shown(measure(says)):>27}" for says in ways.values())
    yield "(share, interval of 95% over worlds, of how many)"


def _shown(one: Estimate) -> str:
    if not one.of:
        return "-"
    return f"{one.mean:.3f} [{one.low:.3f},{one.high:.3f}] {one.of}"


def _duels(rows: Sequence[Row]) -> Iterator[str]:
    against: dict[str, Callable[[Row], str]] = {
        "the better of the two": measures.better,
        ANY_CALL: lambda row: ANY_CALL,
        MORE_THAN_CONTROLS: lambda row: MORE_THAN_CONTROLS,
    }
    heads = ("at its false share", "as many accused")
    yield f"\n{'leaktrace against':24}{'recall':>8}" + "".join(f"{head:>40}" for head in heads)
    for title, name in against.items():
        duels = [one for row in rows if (one := measures.duel(row, name(row))) is not None]
        if duels:
            line = f"{title:24}{np.mean([one.theirs for one in duels]):>8.3f}"
            for pairs in (
                [(one.at_share, one.theirs) for one in duels],
                [(one.at_rate, one.theirs) for one in duels],
            ):
                won = measures.pooled([(ours > theirs, 1) for ours, theirs in pairs])
                tied = sum(ours == theirs for ours, theirs in pairs)
                recall = np.mean([ours for ours, _theirs in pairs])
                line += f"{f'{recall:.3f} won {_shown(won)} tied {tied}':>40}"
            yield line
    better = [measures.better(row) for row in rows]
    yield f"(the better one was {ANY_CALL} in {better.count(ANY_CALL)} of {len(rows)} worlds)"


def _days(rows: Sequence[Row]) -> Iterator[str]:
    days = [one for row in rows for one in row.days.values()]
    if days:
        low, middle, high = np.quantile(days, [0.1, 0.5, 0.9])
        yield (
            f"\ndays from first sale to detection (month ends): median {middle:.0f}, "
            f"80% within {low:.0f} to {high:.0f}, of {len(days)}"
        )


def _reliability(rows: Sequence[Row]) -> Iterator[str]:
    yield f"\nBrier {measures.brier(rows):.4f}"
    yield f"{'leaked':>14}{'sources':>9}{'mean':>9}{'true':>9}"
    for low, high, count, mean, share in measures.reliability(rows):
        yield f"{f'{low:g}-{high:g}':>14}{count:>9}{mean:>9.4f}{share:>9.4f}"
