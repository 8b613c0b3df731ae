"""Sources flow along the lineage: what a batch's parents say of its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.answer import Answer
from leaktrace.attribution.calibration import Laws, calibrated
from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.findings import posteriors, real_part, share_interval
from leaktrace.attribution.fitting.stating import as_fits
from leaktrace.attribution.inference import points_of
from leaktrace.attribution.lineage.inheritance import Taken, inherited
from leaktrace.attribution.lineage.parents import in_time
from leaktrace.attribution.pooling import weights_under
from leaktrace.attribution.result import Parent
from leaktrace.attribution.verdict import CERTAIN
from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.lookup import NOBODY
from leaktrace.fingerprint.parts import part_of

Flags = npt.NDArray[np.bool_]
_LEAST_PEOPLE, _LEAST_SHARE = 5, 0.01
#: From when on a parent explains its people: they need no source of their own.
EXPLAINS = 0.5


def with_lineage(
    model: CaseModel,
    answers: Sequence[Answer],
    lists: Mapping[str, HeldList],
    parents: Mapping[str, tuple[Parent, ...]],
    laws: Laws,
) -> list[Answer]:
    """The answers with the sources of their parents in the reckoning, from the earliest on."""
    found = {one.seen.batch.id: one for one in answers}
    for name in in_time(model.observations):
        told = parents.get(name, ())
        answer = replace(found[name], parents=told)
        sure = [one for one in told if one.posterior >= EXPLAINS]
        if sure and answer.seen.real and answer.seen.made_up.probability < CERTAIN:
            final = _with_parents(model, answer, sure, found, lists, laws)
            answer = replace(answer, final=final)
        found[name] = as_fits(answer, model)
    return [found[one.seen.batch.id] for one in answers]


def _with_parents(
    model: CaseModel,
    answer: Answer,
    parents: Sequence[Parent],
    found: Mapping[str, Answer],
    lists: Mapping[str, HeldList],
    laws: Laws,
) -> dict[str, float]:
    name = answer.seen.batch.id
    held, left = lists[name], ~answer.seen.made_up.people
    least = max(_LEAST_PEOPLE, _LEAST_SHARE * answer.seen.people)
    taken = []
    for one in sorted(parents, key=lambda parent: (-parent.posterior * parent.share, parent.batch)):
        inside = (model.observer.between.matched(name, one.batch) != NOBODY) & left
        left &= ~inside
        if inside.sum() >= least:
            taken.append(_taken(one, found[one.batch], int(inside.sum())))
    rest = _rest(model, answer, held, left, least, laws)
    return inherited(answer.alone, model.premises.prior, taken, rest, least)


def _taken(parent: Parent, answer: Answer, people: int) -> Taken:
    real = real_part(answer.seen)
    shares = {
        source: share_interval(answer.points, answer.weights, source, real).estimate
        for source in answer.final
    }
    return Taken(parent.batch, parent.posterior, people, answer.final, shares)


def _rest(
    model: CaseModel,
    answer: Answer,
    held: HeldList,
    left: Flags,
    least: float,
    laws: Laws,
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
    return {one: calibrated(raw[one], premises.prior[one], laws[seen.rests_on(one)]) for one in raw}
