"""Scores on many worlds: what was stated, how much of it is false, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leaktrace.attribution import trace_case
from leaktrace.attribution.result import BatchFinding
from leaktrace.simulate import draw_world, preset
from leaktrace.simulate.world import Batch, World
from leaktrace.workflows.worldcase import WorldCase
from tests.benchmarks.attribution.baselines import BASELINES, Answer, ensemble_of, facts_of

OURS = "leaktrace"
_STATED = 0.95


@dataclass(frozen=True)
class Row:
    """One method on one batch."""

    method: str
    family: str
    seed: int
    type: str
    verdict: str
    truth: frozenset[str]
    named: frozenset[str]
    first: str | None
    single: str | None
    evident: bool
    hits: int
    share_error: float | None
    share_covered: bool | None


def rows_of(family: str, seed: int) -> list[Row]:
    """Every method on every batch of one world."""
    world = draw_world(preset(family), seed)
    case = WorldCase(world)
    trace = trace_case(case, explain=False)
    ensemble = ensemble_of(case)
    known = {batch.id: batch for batch in world.seen}
    rows = []
    for batch, finding in zip(case.batches(), trace.batches, strict=True):
        truth = known[batch.id]
        facts = facts_of(case, batch, case.held_batch(batch.id), ensemble)
        rows.append(_row(OURS, world, family, truth, finding, _ours(finding), facts.hits))
        for name, baseline in BASELINES.items():
            rows.append(_row(name, world, family, truth, finding, baseline(facts), facts.hits))
    return rows


def _ours(finding: BatchFinding) -> Answer:
    named = frozenset(one.source for one in finding.sources if one.posterior >= _STATED)
    return Answer(named, finding.sources[0].source if finding.sources else None)


def _row(
    method: str,
    world: World,
    family: str,
    batch: Batch,
    finding: BatchFinding,
    answer: Answer,
    hits: dict[str, int],
) -> Row:
    truth = world.contributors(batch)
    people = [one for one in world.shares(batch) if one != "made-up"]
    single = next(iter(truth)) if len(truth) == 1 and len(people) == 1 else None
    listed = {one.id for one in world.sources if one.reference is not None}
    error = covered = None
    if method == OURS:
        error, covered = _share(world, batch, finding, truth & listed)
    evident = single is not None and (single in listed or hits.get(single, 0) >= 2)
    return Row(
        method, family, world.seed, batch.type, finding.verdict, truth, answer.named, answer.first,
        single, evident, hits.get(single or "", 0), error, covered,
    )  # fmt: skip


def _share(
    world: World, batch: Batch, finding: BatchFinding, listed: frozenset[str]
) -> tuple[float | None, bool | None]:
    shares = world.shares(batch)
    for one in finding.sources:
        if one.source in listed and one.posterior >= 0.5:
            true = min(1.0, shares[one.source])
            inside = one.share.low - 0.005 <= true <= one.share.high + 0.005
            return abs(one.share.estimate - true), inside
    return None, None


def line(method: str, rows: Sequence[Row]) -> str:
    """One line of the table."""
    mine = [row for row in rows if row.method == method]
    true = sum(len(row.named & row.truth) for row in mine)
    false = sum(len(row.named - row.truth) for row in mine)
    evident = [row for row in mine if row.evident]
    first = np.mean([row.first == row.single for row in evident]) if evident else float("nan")
    pairs = sum(len(row.truth) for row in mine)
    return (
        f"{method:26s} stated {true + false:5d}  false {false:5d} "
        f"({100 * false / max(1, true + false):5.1f}%)  of true pairs {true / max(1, pairs):.2f}  "
        f"top-1 {first:.3f} of {len(evident)}"
    )


def own_lines(rows: Sequence[Row]) -> list[str]:
    """What only our verdicts say."""
    mine = [row for row in rows if row.method == OURS]
    two = [row for row in mine if row.single and row.hits >= 2]
    swept = [row for row in mine if row.type == "swept"]
    errors = [row.share_error for row in mine if row.share_error is not None]
    covered = [row.share_covered for row in mine if row.share_covered is not None]
    strangers = [row for row in mine if row.type in ("unknown", "twin", "swept")]
    return [
        f"  one source, two hits: attributed {_part(row.verdict == 'attributed' for row in two)}",
        f"  swept lists: no-source {_part(row.verdict == 'no-source' for row in swept)}",
        f"  unknown, twin, swept lists that name anyone: {_part(bool(r.named) for r in strangers)}",
        f"  share where there is a list: mean error {np.mean(errors):.3f}, "
        f"90% interval covers {_part(covered)}",
    ]


def _part(flags: object) -> str:
    values = list(flags)  # type: ignore[call-overload]
    return f"{sum(values)} of {len(values)} ({100 * sum(values) / max(1, len(values)):.1f}%)"
