"""What may be stated of a batch: nothing that only holds on explanations that do not fit it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.fitting.check import Check
from leaktrace.attribution.fitting.explained import inside_of
from leaktrace.attribution.fitting.fit import Checked, checked_explanations, left_of
from leaktrace.attribution.fitting.words import check_text
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Points
from leaktrace.attribution.result import FitCheck, ModelFit
from leaktrace.attribution.verdict import CERTAIN

if TYPE_CHECKING:
    from leaktrace.attribution.answer import Answer

Floats = npt.NDArray[np.float64]
#: The posterior of a source of which nothing is stated for want of fit.
NOT_STATED = 0.94


@dataclass(frozen=True, slots=True)
class Stating:
    """The fit of a batch of which something would be stated.

    Attributes
    ----------
    fit : ModelFit
    misfits : tuple of Check
        What does not fit in the heaviest explanation that would name a refused source.
    """

    fit: ModelFit
    misfits: tuple[Check, ...]


def as_fits(answer: Answer, model: CaseModel) -> Answer:
    """The answer with nothing stated that only holds on explanations that do not fit.

    A source stated from the batch itself has to stay so when the explanations that do not fit are
    left out. One that is stated for the sake of the batch's parents only has to leave any
    explanation that fits.
    """
    if not answer.seen.real or answer.seen.made_up.probability >= CERTAIN:
        return answer
    found = _stating(answer, model)
    if found is None:
        return answer
    most = dict.fromkeys(found.fit.refused, NOT_STATED)
    alone = {one: min(said, most.get(one, 1.0)) for one, said in answer.alone.items()}
    final = {one: min(said, most.get(one, 1.0)) for one, said in answer.final.items()}
    return replace(answer, alone=alone, final=final, stating=found)


def _stating(answer: Answer, model: CaseModel) -> Stating | None:
    """Check what would be stated of a batch; None where that is nothing."""
    alone, final = answer.alone, answer.final
    stated = [one for one in sorted(final) if max(final[one], alone.get(one, 0.0)) >= CERTAIN]
    if not stated or not len(answer.points):
        return None
    checked = _checked(answer.seen, answer.points, answer.weights, model)
    refused = tuple(one for one in stated if not _holds(one, alone, checked))
    asked = refused or stated
    best = _heaviest(checked, asked, named=True) or _heaviest(checked, asked[:1], named=True)
    innocent = _heaviest(checked, asked, named=False)
    naming = [one for one in checked if one.misfits and any(map(one.explained.part_of, refused))]
    misfits = naming[0].misfits if naming else checked[0].misfits
    return Stating(ModelFit(not refused, _told(best), _told(innocent), refused), misfits)


def innocent_checks(
    seen: Observation, points: Points, weights: Floats, source: str, model: CaseModel
) -> tuple[FitCheck, ...]:
    """The checks of the best explanation in which ``source`` did not contribute; none where there
    is none among the ``points``."""
    apart = np.where(inside_of(points, source) > 0.0, 0.0, weights)
    return _told(next(iter(_checked(seen, points, apart, model)), None))


def _checked(
    seen: Observation, points: Points, weights: Floats, model: CaseModel
) -> tuple[Checked, ...]:
    registered = {
        one: model.references.held[one].people.registered
        for one in seen.lists
        if one in model.references.held
    }
    return checked_explanations(seen, points, weights, registered, model.premises_of(seen))


def _holds(source: str, alone: Mapping[str, float], checked: Sequence[Checked]) -> bool:
    if not any(one.misfits for one in checked):
        return True
    if alone.get(source, 0.0) >= CERTAIN:
        return left_of(checked, source) >= CERTAIN
    return any(not one.misfits for one in checked)


def _heaviest(checked: Sequence[Checked], sources: Sequence[str], *, named: bool) -> Checked | None:
    """The heaviest explanation in which all of ``sources`` contributed (``named``), or none."""
    for one in checked:
        inside = [one.explained.part_of(source) > 0.5 for source in sources]
        if all(inside) if named else not any(inside):
            return one
    return None


def _told(checked: Checked | None) -> tuple[FitCheck, ...]:
    if checked is None:
        return ()
    return tuple(
        FitCheck(one.code, one.sources, one.observed, one.expected, one.p, check_text(one))
        for one in checked.checks
    )
