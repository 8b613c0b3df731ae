"""Every batch of a case with its weighed hypotheses, and what the batches say of each other.

First each batch is weighed by itself, the twins' states pooled. Then the batches that surely came
from a source without a list lend it their people (:mod:`leaktrace.attribution.surrogates`), and
whoever shares people with them is weighed again. Last, sources flow along the lineage
(:mod:`leaktrace.attribution.lineage.inheritance`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.calibration import calibrated
from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.findings import least_share, posteriors, real_part, share_interval
from leaktrace.attribution.inference import points_of
from leaktrace.attribution.lineage.inheritance import Taken, inherited
from leaktrace.attribution.lineage.kin import kin_of
from leaktrace.attribution.lineage.parents import in_time, parents_of
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.observer import Lent
from leaktrace.attribution.points import Points
from leaktrace.attribution.pooling import Cavity, Pooled, weights_under
from leaktrace.attribution.related import related_batches
from leaktrace.attribution.result import Parent, Related
from leaktrace.attribution.surrogates import (
    LENT_FROM,
    MOSTLY,
    Lender,
    Surrogate,
    Surrogates,
    surrogates_of,
)
from leaktrace.attribution.switches import LINEAGE, OTHER_BATCHES, pooled_or_alone
from leaktrace.attribution.verdict import CERTAIN
from leaktrace.attribution.view import CaseView
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.lookup import NOBODY, match_people
from leaktrace.fingerprint.parts import part_of
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_LEAST_PEOPLE, _LEAST_SHARE = 5, 0.01
_NOTABLE_PEOPLE, _NOTABLE_SHARE = 3, 0.005
#: From when on a parent explains its people: they need no source of their own.
EXPLAINS = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """One batch with its weighed hypotheses.

    Attributes
    ----------
    seen : Observation
    points : Points
    weights : float64[points]
    cavity : Cavity
    alone : mapping
        Source to its calibrated posterior without the lineage.
    final : mapping
        Source to its calibrated posterior with it.
    parents : tuple of Parent
        The surest first.
    """

    seen: Observation
    points: Points
    weights: Floats
    cavity: Cavity
    alone: Mapping[str, float]
    final: Mapping[str, float]
    parents: tuple[Parent, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """The batches of a case, weighed together.

    Attributes
    ----------
    model : CaseModel
        With the surrogates that the batches lent each other.
    pooled : Pooled
    batches : tuple of Answer
    related : tuple of Related
    """

    model: CaseModel
    pooled: Pooled
    batches: tuple[Answer, ...]
    related: tuple[Related, ...]


def answers_of(
    case: CaseView, model: CaseModel, heat: float, progress: Progress = SILENT
) -> Answers:
    """Weigh every batch of ``case`` as observed in ``model``; ``heat`` is the exponent on the
    evidence."""
    without = model.premises.settings.without
    points = _weighed(model, list(model.observations), progress)
    pooled = pooled_or_alone(points, model.premises, without)
    lists = {seen.batch.id: case.held_batch(seen.batch.id) for seen in model.observations}
    related = related_batches(lists)
    parents = (
        {}
        if LINEAGE in without
        else parents_of(model.observations, lists, model.references, related)
    )
    if OTHER_BATCHES not in without:
        answers = _alone(model, points, pooled, heat)
        lent = _lent(model, answers, lists, parents)
        if lent:
            model, points = _weighed_again(model, points, lists, lent, progress)
            pooled = pooled_or_alone(points, model.premises, without)
    answers = _alone(model, points, pooled, heat)
    found = _inherited(model, answers, lists, parents, heat)
    return Answers(model, pooled, tuple(found), related)


def _weighed(model: CaseModel, seen: Sequence[Observation], progress: Progress) -> list[Points]:
    progress.begin(_("Weighing the explanations"), len(seen))
    points = []
    for one in seen:
        points.append(points_of(one, model.premises_of(one)) if one.real else Points.none())
        progress.advance()
    progress.end()
    return points


def _alone(model: CaseModel, points: Sequence[Points], pooled: Pooled, heat: float) -> list[Answer]:
    """The batches' posteriors without the lineage."""
    found = []
    for place, seen in enumerate(model.observations):
        weights = pooled.weights[place]
        raw = posteriors(points[place], weights, least_share(seen)) if seen.real else {}
        lent = model.lent.get(seen.batch.id)
        said = {}
        for source, probability in raw.items():
            posterior = calibrated(probability, model.premises.prior[source], heat)
            bound = _identity(lent, source) if source in seen.lenders else 1.0
            said[source] = min(posterior, bound)
        found.append(Answer(seen, points[place], weights, pooled.cavities[place], said, said))
    return found


def _identity(lent: Lent | None, source: str) -> float:
    """How surely what stands in for the source's list is its people; its own canaries in the batch
    do not lift this."""
    return lent.surrogates[source].identity if lent else 1.0


def _lent(
    model: CaseModel,
    answers: Sequence[Answer],
    lists: Mapping[str, HeldList],
    parents: Mapping[str, Sequence[Parent]],
) -> Surrogates | None:
    """What the batches that surely came from a source without a list lend to the others."""
    lenders: dict[str, list[Lender]] = defaultdict(list)
    hosts = frozenset(model.hosts)
    for answer in answers:
        seen = answer.seen
        real = np.flatnonzero(~seen.made_up.people)
        for source, posterior in answer.alone.items():
            if source not in hosts or posterior < LENT_FROM or not len(real):
                continue
            share = share_interval(answer.points, answer.weights, source, real_part(seen))
            part = share.estimate / max(seen.real / max(1, seen.people), 1e-9)
            if part >= MOSTLY:
                held = part_of(lists[seen.batch.id], real)
                lenders[source].append(Lender(seen.batch.id, posterior, min(part, 1.0), held))
    found = surrogates_of(lenders, model.premises.told, kin_of(parents))
    return found if found.pools else None


def _weighed_again(
    model: CaseModel,
    points: Sequence[Points],
    lists: Mapping[str, HeldList],
    lent: Surrogates,
    progress: Progress,
) -> tuple[CaseModel, list[Points]]:
    """The batches that share people with a surrogate, weighed with it."""
    sets: dict[tuple[tuple[str, tuple[str, ...]], ...], Lent] = {}
    given: dict[str, Lent] = {}
    for seen in model.observations:
        name = seen.batch.id
        surrogates = lent.seen_from(name)
        if surrogates and _shares(seen, lists[name], surrogates):
            key = tuple((one, surrogates[one].batches) for one in surrogates)
            if key not in sets:
                sets[key] = model.observer.with_surrogates(surrogates)
            given[name] = sets[key]
    look = model.observer.look_whole
    observations = [
        look(seen.batch, lists[seen.batch.id], given[seen.batch.id])
        if seen.batch.id in given
        else seen
        for seen in model.observations
    ]
    model = replace(model, observations=tuple(observations), lent=given)
    again = [place for place, seen in enumerate(observations) if seen.batch.id in given]
    fresh = _weighed(model, [observations[place] for place in again], progress)
    kept = list(points)
    for place, one in zip(again, fresh, strict=True):
        kept[place] = one
    return model, kept


def _shares(seen: Observation, held: HeldList, surrogates: Mapping[str, Surrogate]) -> bool:
    if not seen.real or seen.made_up.probability >= CERTAIN:
        return False
    least = max(_NOTABLE_PEOPLE, _NOTABLE_SHARE * seen.people)
    return any(
        int((match_people(held, one.held) != NOBODY).sum()) >= least for one in surrogates.values()
    )


def _inherited(
    model: CaseModel,
    answers: Sequence[Answer],
    lists: Mapping[str, HeldList],
    parents: Mapping[str, tuple[Parent, ...]],
    heat: float,
) -> list[Answer]:
    """The answers with the sources of their parents in the reckoning, from the earliest on."""
    found = {one.seen.batch.id: one for one in answers}
    for name in in_time(model.observations):
        told = parents.get(name, ())
        answer = replace(found[name], parents=told)
        sure = [one for one in told if one.posterior >= EXPLAINS]
        if sure and answer.seen.real and answer.seen.made_up.probability < CERTAIN:
            final = _with_parents(model, answer, sure, found, lists, heat)
            answer = replace(answer, final=final)
        found[name] = answer
    return [found[one.seen.batch.id] for one in answers]


def _with_parents(
    model: CaseModel,
    answer: Answer,
    parents: Sequence[Parent],
    found: Mapping[str, Answer],
    lists: Mapping[str, HeldList],
    heat: float,
) -> dict[str, float]:
    name = answer.seen.batch.id
    held, left = lists[name], ~answer.seen.made_up.people
    least = max(_LEAST_PEOPLE, _LEAST_SHARE * answer.seen.people)
    taken = []
    for one in sorted(parents, key=lambda parent: (-parent.posterior * parent.share, parent.batch)):
        inside = (match_people(held, lists[one.batch]) != NOBODY) & left
        left &= ~inside
        if inside.sum() >= least:
            taken.append(_taken(one, found[one.batch], int(inside.sum())))
    rest = _rest(model, answer, held, left, least, heat)
    return inherited(answer.alone, model.premises.prior, taken, rest, least)


def _taken(parent: Parent, answer: Answer, people: int) -> Taken:
    real = real_part(answer.seen)
    shares = {
        source: share_interval(answer.points, answer.weights, source, real).estimate
        for source in answer.final
    }
    return Taken(parent.batch, parent.posterior, people, answer.final, shares)


def _rest(
    model: CaseModel, answer: Answer, held: HeldList, left: Flags, least: float, heat: float
) -> dict[str, float]:
    """The posteriors of the sources of those whom no parent explains."""
    if left.sum() < least:
        return {}
    batch = answer.seen.batch
    rows = np.flatnonzero(left)
    lent = model.lent.get(batch.id)
    seen = model.observer.look_at(batch, part_of(held, rows), lent, rows)
    if not seen.real:
        return {}
    premises = model.premises_of(seen)
    points = points_of(seen, premises)
    weights = weights_under(points, answer.cavity.log_states, premises)
    raw = posteriors(points, weights, min(1.0, least / seen.real))
    return {one: calibrated(raw[one], premises.prior[one], heat) for one in raw}
