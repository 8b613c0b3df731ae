"""What stands beside each named source: whether it fits, and the innocents like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from leaktrace.attribution.answer import Answer
from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.fitting.elsewhere import Elsewhere, elsewhere_in
from leaktrace.attribution.fitting.innocents import Answered, innocents_like
from leaktrace.attribution.fitting.stating import innocent_checks
from leaktrace.attribution.fitting.words import MISFIT, misfit_text
from leaktrace.attribution.pooling import weights_under
from leaktrace.attribution.result import BatchFinding
from leaktrace.attribution.runs import Runs
from leaktrace.attribution.verdict import CERTAIN


def misfit_of(answer: Answer, verdict: str) -> tuple[Mapping[str, Any], ...]:
    """What does not fit where a source is not stated for that, as ``{code, sources, text}``."""
    found = answer.stating
    if found is None or found.fit.fits or verdict == "no-source":
        return ()
    refused = list(found.fit.refused)
    return ({"code": MISFIT, "sources": refused, "text": misfit_text(refused, found.misfits)},)


def elsewhere_of(answers: Sequence[Answer], model: CaseModel) -> Elsewhere:
    """What the case's own innocents show."""
    return elsewhere_in(
        (
            (one.seen, one.points[int(np.argmax(one.weights))].shares)
            for one in answers
            if len(one.points) and one.seen.made_up.probability < CERTAIN
        ),
        model.premises,
    )


def with_innocents(
    finding: BatchFinding, answer: Answer, elsewhere: Elsewhere, model: CaseModel, runs: Runs
) -> BatchFinding:
    """The finding with how many innocents like each named source would have scored as high, and
    with how the best innocent explanation fits, looked for by itself where it weighs nothing.

    A source that is named for the sake of the batch's parents has none: its innocents are theirs.
    """
    premises = model.premises_of(answer.seen)
    answered = Answered(
        answer.seen, answer.points, answer.weights, answer.cavity.log_states, premises
    )
    sources = []
    for one in finding.sources:
        if one.posterior >= CERTAIN and answer.alone.get(one.source, 0.0) >= CERTAIN:
            ways = one.innocent.parts if one.innocent is not None else {}
            innocents = innocents_like(answered, one.source, ways, elsewhere)
            one = replace(one, innocents=innocents)
        sources.append(one)
    fit = finding.fit
    asked = [one.source for one in sources if one.posterior >= CERTAIN]
    if fit is not None and not fit.innocent and asked:
        points = runs.points(asked[0])
        weights = weights_under(points, answer.cavity.log_states, premises)
        innocent = innocent_checks(answer.seen, points, weights, asked[0], model)
        fit = replace(fit, innocent=innocent)
    return replace(finding, sources=tuple(sources), fit=fit)
