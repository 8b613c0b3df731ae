"""One world, scored: what is true, what we say, what the baselines say."""

from __future__ import annotations

import time
from math import log10

from leaktrace.attribution import trace_case
from leaktrace.attribution.result import BatchFinding, Trace
from leaktrace.attribution.settings import Settings
from leaktrace.simulate import World, draw_world
from leaktrace.workflows.worldcase import WorldCase
from tests.benchmarks.attribution.baselines import BASELINES
from tests.benchmarks.attribution.baselines.facts import facts_of
from tests.benchmarks.attribution.families import settings_of
from tests.benchmarks.attribution.rows import LIKELY, OURS, STATED, Answer, Listed, WorldRow
from tests.benchmarks.attribution.truth import has_cells, truth_of, untold_sources

# A source whose posterior is smaller is not listed (the contract); that is all we say of it.
_LISTED = 0.001


def row_of(family: str, seed: int, version: str) -> WorldRow:
    """Draw a world of a family, and score every method on it."""
    return scored(draw_world(settings_of(family), seed), family, version)


def scored(world: World, family: str, version: str) -> WorldRow:
    """Score every method on a world."""
    case = WorldCase(world)
    begin = time.perf_counter()
    trace = trace_case(case, explain=False)
    seconds = time.perf_counter() - begin
    facts = facts_of(case)
    known = {batch.id: batch for batch in world.seen}
    answers = {OURS: {one.batch: our_answer(one) for one in trace.batches}}
    answers |= {name: baseline(facts) for name, baseline in BASELINES.items()}
    sources = tuple(one.id for one in world.sources)
    untold = untold_sources(world)
    return WorldRow(
        version=version,
        family=family,
        seed=world.seed,
        sources=sources,
        referenced=tuple(one.id for one in world.sources if one.reference is not None),
        untold=untold,
        batches=tuple(truth_of(world, known[batch.id]) for batch in case.batches()),
        answers=answers,
        listed={one.batch: _listed(one) for one in trace.batches},
        looks_untold={
            one.batch: () if has_cells(known[one.batch]) else _looks(trace, one, untold)
            for one in trace.batches
        },
        said_open=tuple(
            one.batch
            for one in trace.batches
            if one.verdict == "undetermined" and len(one.undecided)
        ),
        unlisted=unlisted_log10_lr(Settings().prior_of_source(len(sources))),
        bound=float(trace.model.limits["log10_lr_cap"]),
        seconds=seconds,
    )


def our_answer(finding: BatchFinding) -> Answer:
    """What ``trace`` says, as any method's answer."""
    scores = {one.source: one.posterior for one in finding.sources}
    return Answer(
        scores,
        frozenset(one for one, posterior in scores.items() if posterior >= LIKELY),
        frozenset(one for one, posterior in scores.items() if posterior >= STATED),
        {one.batch: one.posterior for one in finding.parents},
    )


def unlisted_log10_lr(prior: float) -> float:
    """log10 of the likelihood ratio that turns ``prior`` into the posterior from which on a source
    is listed."""
    return log10(_LISTED / (1 - _LISTED)) - log10(prior / (1 - prior))


def _listed(finding: BatchFinding) -> dict[str, Listed]:
    return {
        one.source: Listed(one.log10_lr, one.share.low, one.share.estimate, one.share.high)
        for one in finding.sources
    }


def _looks(trace: Trace, finding: BatchFinding, untold: tuple[str, ...]) -> tuple[str, ...]:
    """The untold sources whose list holds enough of the batch to be named."""
    overlap = trace.overlap.get(finding.batch, {})
    least = max(5.0, 0.01 * finding.people)
    return tuple(one for one in untold if overlap.get(one, 0) >= least)
