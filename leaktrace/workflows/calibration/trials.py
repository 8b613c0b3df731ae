"""What is said of simulated worlds, beside what is true: one trial for each list and source.

Did the source contribute at least max(5, 1%) of the people? That is what a posterior is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log10

import numpy as np

from leaktrace.attribution import Settings, trace_case
from leaktrace.attribution.answer import Answer
from leaktrace.attribution.answers import answers_of
from leaktrace.attribution.calibration import laws_of
from leaktrace.attribution.case_model import model_of
from leaktrace.attribution.findings import log10_odds
from leaktrace.attribution.result import BatchFinding
from leaktrace.simulate.drawing import draw_world
from leaktrace.simulate.presets import preset
from leaktrace.simulate.settings import WorldSettings
from leaktrace.simulate.world import Batch, World
from leaktrace.workflows.worldcase import WorldCase

_UNCUT = 300.0
#: A source whose posterior is smaller is not listed (the contract); that is all that is said of it.
LISTED = 0.001
BOTH, REFERENCE, CANARIES, NEITHER = "both", "reference", "canaries", "neither"
AT_HAND = (BOTH, REFERENCE, CANARIES, NEITHER)


@dataclass(frozen=True, slots=True)
class Trial:
    """One source in one batch of a simulated world.

    Attributes
    ----------
    family, seed, batch, type, source
        Which.
    posterior, prior, log10_lr : float
        What the model said; ``log10_lr`` not cut.
    contributed : bool
        The truth.
    listed : bool
        Whether anything was said of it. If not, the posterior is 0 and ``log10_lr`` that of the
        posterior from which on it would be listed: what is said is that it is below.
    at_hand : str
        What the case holds that could tell: the source's ``reference`` list, at least one of its
        ``canaries`` in the batch, ``both`` or ``neither``.
    rests_on : str
        What is said of it rests on, one of
        :data:`leaktrace.attribution.calibration.RESTS_ON`.
    """

    family: str
    seed: int
    batch: str
    type: str
    source: str
    posterior: float
    prior: float
    log10_lr: float
    contributed: bool
    listed: bool = True
    at_hand: str = NEITHER
    rests_on: str = "neither"


def trials_of(family: str, seed: int, settings: Settings | None = None) -> list[Trial]:
    """The listed trials of one world as the model says them before any calibration: what the
    temperature and the bound are fitted on."""
    return [one for one in raw_trials(family, seed, settings) if one.listed]


def raw_trials(family: str, seed: int, settings: Settings | None = None) -> list[Trial]:
    """The same with those pairs that are not listed, from the batches alone: how the evidence
    counts is fitted before sources flow along the lineage."""
    chosen = settings or Settings(log10_lr_cap=_UNCUT)
    world = draw_world(preset(family), seed)
    case = WorldCase(world)
    found = answers_of(case, model_of(case, chosen), laws_of(1.0))
    known = {batch.id: batch for batch in world.seen}
    return [
        trial
        for answer in found.batches
        for trial in _of_answer(answer, world, known[answer.seen.batch.id], chosen, (family, seed))
    ]


def _of_answer(
    answer: Answer, world: World, batch: Batch, settings: Settings, which: tuple[str, int]
) -> list[Trial]:
    truth, hand = world.contributors(batch), at_hand(world, batch)
    found = []
    for one in world.sources:
        prior, said = settings.prior_of(one.id, len(world.sources)), answer.alone.get(one.id, 0.0)
        listed = said >= LISTED
        ratio = log10_odds(said) - log10_odds(prior) if listed else unlisted_log10_lr(prior)
        found.append(
            Trial(
                *which, batch.id, batch.type, one.id, said if listed else 0.0, prior, ratio,
                one.id in truth, listed, hand[one.id], answer.seen.rests_on(one.id),
            )
        )  # fmt: skip
    return found


def spoken_trials(family: str, seed: int, worlds: WorldSettings | None = None) -> list[Trial]:
    """All trials of one world with the posteriors that this version prints.

    The likelihood ratios are those of ``trace`` without its explanation; with it, those of sources
    above 0.9 come from a search of their own, and differ by up to some 0.2 below the cap.

    Parameters
    ----------
    family, seed
        Which world.
    worlds : WorldSettings, optional
        The family's by default.
    """
    settings = Settings(log10_lr_cap=_UNCUT)
    return every_trial(family, seed, worlds or preset(family), settings)


def every_trial(family: str, seed: int, worlds: WorldSettings, settings: Settings) -> list[Trial]:
    """Every pair of a list and a known source of one world, by list and source.

    Parameters
    ----------
    family, seed
        Which world.
    worlds : WorldSettings
        What it is drawn from.
    settings : Settings
        Of the model; its cap cuts the ratios.
    """
    world = draw_world(worlds, seed)
    trace = trace_case(WorldCase(world), settings=settings, explain=False)
    known = {batch.id: batch for batch in world.seen}
    priors = {one.id: settings.prior_of(one.id, len(world.sources)) for one in world.sources}
    return [
        trial
        for finding in trace.batches
        for trial in _of_batch(finding, world, known[finding.batch], priors, (family, seed))
    ]


def _of_batch(
    finding: BatchFinding,
    world: World,
    batch: Batch,
    priors: dict[str, float],
    which: tuple[str, int],
) -> list[Trial]:
    truth, hand = world.contributors(batch), at_hand(world, batch)
    said = {one.source: one for one in finding.sources}
    found = []
    for source, prior in priors.items():
        one = said.get(source)
        if one is None:
            values = 0.0, prior, unlisted_log10_lr(prior)
        else:
            values = one.posterior, one.prior, one.log10_lr
        found.append(
            Trial(
                *which, batch.id, batch.type, source, *values, source in truth, one is not None,
                hand[source], "neither" if one is None else one.rests_on,
            )
        )  # fmt: skip
    return found


def unlisted_log10_lr(prior: float) -> float:
    """log10 of the likelihood ratio that turns ``prior`` into the posterior from which on a source
    is listed. For a false pair that is the worst that silence can mean."""
    return log10(LISTED / (1 - LISTED)) - log10(prior / (1 - prior))


def at_hand(world: World, batch: Batch) -> dict[str, str]:
    """For each known source, what the case holds that could tell whether it is in the batch."""
    present = frozenset(np.unique(batch.people).tolist())
    hit = {
        source
        for canary in world.canaries
        if canary.person in present
        for source, day in canary.plantings
        if day < batch.seen_day
    }
    return {one.id: _hand(one.reference is not None, one.id in hit) for one in world.sources}


def _hand(listed: bool, hit: bool) -> str:
    if listed:
        return BOTH if hit else REFERENCE
    return CANARIES if hit else NEITHER
