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

from leaktrace.attribution.answer import Answer
from leaktrace.attribution.calibration import LENT, Laws, calibrated
from leaktrace.attribution.carried import Weigh
from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.descent import with_lineage
from leaktrace.attribution.findings import least_share, posteriors, real_part, share_interval
from leaktrace.attribution.leaks import leaks_of
from leaktrace.attribution.lineage.kin import kin_of
from leaktrace.attribution.lineage.parents import parents_of
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.observer import Lent
from leaktrace.attribution.points import Points
from leaktrace.attribution.pooling import Pooled
from leaktrace.attribution.related import related_batches
from leaktrace.attribution.result import Parent, Related
from leaktrace.attribution.sharing import Helper
from leaktrace.attribution.surrogates import (
    AT_LEAST,
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
from leaktrace.fingerprint.lookup import NOBODY
from leaktrace.fingerprint.parts import part_of
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
# A source contributed for all that is asked here; but a list that holds most of a batch's people
# holds the other source's too.
_CONTRIBUTED, _TOO_MANY = 0.5, 0.5
Flags = npt.NDArray[np.bool_]
_NOTABLE_PEOPLE, _NOTABLE_SHARE = 3, 0.005


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
    case: CaseView,
    model: CaseModel,
    laws: Laws,
    progress: Progress = SILENT,
    helper: Helper | None = None,
) -> Answers:
    """Weigh every batch of ``case`` as observed in ``model``; ``laws`` say how the
    evidence counts, ``helper`` takes its share of the batches."""
    helper = helper or Helper()
    without = model.premises.settings.without
    points = _weighed(model, list(model.observations), helper, progress)
    lists = {seen.batch.id: case.held_batch(seen.batch.id) for seen in model.observations}
    between = model.observer.between
    related = related_batches(lists, between)
    pooled = _pooled(model, points, related)
    parents = (
        {}
        if LINEAGE in without
        else parents_of(model.observations, model.references, related, between)
    )
    if OTHER_BATCHES not in without:
        answers = _alone(model, points, pooled, laws)
        lent = _lent(model, answers, lists, parents)
        if lent:
            model, points = _weighed_again(model, points, lists, lent, helper, progress)
            pooled = _pooled(model, points, related)
    answers = _alone(model, points, pooled, laws)
    found = with_lineage(model, answers, lists, parents, laws)
    return Answers(model, pooled, tuple(found), related)


def _weighed(
    model: CaseModel, seen: Sequence[Observation], helper: Helper, progress: Progress
) -> list[Points]:
    progress.begin(_("Weighing the explanations"), len(seen))
    points = helper.map(Weigh(model, seen), seen, progress)
    progress.end()
    return points


def _pooled(model: CaseModel, points: Sequence[Points], related: Sequence[Related]) -> Pooled:
    without = model.premises.settings.without
    leaks = {} if OTHER_BATCHES in without else leaks_of(model.observations, related)
    return pooled_or_alone(points, model.premises, without, leaks)


def _alone(model: CaseModel, points: Sequence[Points], pooled: Pooled, laws: Laws) -> list[Answer]:
    """The batches' posteriors without the lineage."""
    found = []
    for place, seen in enumerate(model.observations):
        weights = pooled.weights[place]
        raw = posteriors(points[place], weights, least_share(seen)) if seen.real else {}
        lent = model.lent.get(seen.batch.id)
        said = {}
        for source, probability in raw.items():
            rests_on = seen.rests_on(source)
            prior = model.premises.prior[source]
            said[source] = calibrated(probability, prior, laws[rests_on])
            if rests_on == LENT and lent is not None:
                # It is no surer that these are the source's people than that the lenders' were.
                said[source] = min(said[source], lent.surrogates[source].identity)
        cavity = pooled.cavities[place]
        found.append(Answer(seen, points[place], weights, cavity, laws, said, said))
    return found


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
            real_share = max(seen.real / max(1, seen.people), 1e-9)
            part = share.estimate / real_share
            if part >= MOSTLY and share.low / real_share >= AT_LEAST:
                held = part_of(lists[seen.batch.id], _own(answer, source, real))
                planted = frozenset(seen.trial.alive_of(source, seen.batch.seen_at.latest))
                hits = planted.intersection(seen.trial.hits_of(source))
                one = Lender(seen.batch.id, posterior, min(part, 1.0), held, planted, hits)
                lenders[source].append(one)
    found = surrogates_of(lenders, model.premises.told, kin_of(parents), model.observer.between)
    return found if found.pools else None


def _own(answer: Answer, source: str, real: Places) -> Places:
    """Those of the people ``real`` who are in no list of another source that contributed too."""
    others = np.zeros(len(real), dtype=bool)
    for other, members in answer.seen.members.items():
        if other != source and answer.alone.get(other, 0.0) >= _CONTRIBUTED:
            others |= members[real] != NOBODY
    return real if others.mean() > _TOO_MANY else real[~others]


def _weighed_again(
    model: CaseModel,
    points: Sequence[Points],
    lists: Mapping[str, HeldList],
    lent: Surrogates,
    helper: Helper,
    progress: Progress,
) -> tuple[CaseModel, list[Points]]:
    """The batches that share people with a surrogate, weighed with it."""
    sets: dict[tuple[tuple[str, tuple[str, ...]], ...], Lent] = {}
    given: dict[str, Lent] = {}
    for seen in model.observations:
        name = seen.batch.id
        surrogates = lent.seen_from(name)
        if surrogates and _shares(seen, surrogates):
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
    fresh = _weighed(model, [observations[place] for place in again], helper, progress)
    kept = list(points)
    for place, one in zip(again, fresh, strict=True):
        kept[place] = one
    return model, kept


def _shares(seen: Observation, surrogates: Mapping[str, Surrogate]) -> bool:
    if not seen.real or seen.made_up.probability >= CERTAIN:
        return False
    least = max(_NOTABLE_PEOPLE, _NOTABLE_SHARE * seen.people)
    return any(len(one.members_of(seen.batch.id).rows) >= least for one in surrogates.values())
