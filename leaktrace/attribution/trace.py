"""``trace``: every batch of a case, attributed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.advice import advice_of, best_alternative
from leaktrace.attribution.calibration import calibrated, shipped_validation
from leaktrace.attribution.case_model import CaseModel, model_of
from leaktrace.attribution.evidence import Question, evidence_of, log10_lr_without
from leaktrace.attribution.findings import (
    contributed,
    least_share,
    log10_odds,
    named_sources,
    nobody_known,
    share_interval,
    unseen_interval,
)
from leaktrace.attribution.inference import Point, points_of
from leaktrace.attribution.lineage.parents import parents_of
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.pooling import Cavity, Pooled, pool
from leaktrace.attribution.related import related_batches
from leaktrace.attribution.result import (
    BatchFinding,
    Evidence,
    Interval,
    Model,
    SourceFinding,
    SourceSummary,
    Trace,
)
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.verdict import NEVER_ABOVE, support_of, verdict_of
from leaktrace.attribution.view import CaseView
from leaktrace.attribution.words import evidence_text
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

Floats = npt.NDArray[np.float64]
MODEL = "mixture-of-readings"
VERSION = "1"
_LISTED = 0.001
_EXPLAINED = 0.2
_SURE = 0.9
_MOST_EXPLAINED = 3


@dataclass(frozen=True, slots=True)
class _Answer:
    """One batch with its weighed hypotheses."""

    seen: Observation
    points: Sequence[Point]
    weights: Floats
    cavity: Cavity


def trace_case(
    case: CaseView,
    *,
    settings: Settings | None = None,
    temperature: float | None = None,
    explain: bool = True,
    progress: Progress = SILENT,
) -> Trace:
    """Attribute every batch of ``case``.

    Parameters
    ----------
    case : CaseView
    settings : Settings, optional
        The shipped ones by default.
    temperature : float, optional
        Exponent on the evidence; that of the shipped validation by default.
    explain : bool
        Whether to work out the evidence piece by piece (the greater part of the time).
    progress : Progress
    """
    model = model_of(case, settings, progress)
    heat = shipped_validation().temperature if temperature is None else temperature
    progress.begin(_("Weighing the explanations"), len(model.observations))
    points = []
    for seen in model.observations:
        points.append(points_of(seen, model.premises) if seen.real else [])
        progress.advance()
    progress.end()
    pooled = pool(points, model.premises)
    progress.begin(_("Leaving out each piece of evidence"), len(points))
    batches = []
    for place, seen in enumerate(model.observations):
        answer = _Answer(seen, points[place], pooled.weights[place], pooled.cavities[place])
        batches.append(_finding(answer, model, heat, explain))
        progress.advance()
    progress.end()
    lists = {one.id: case.held_batch(one.id) for one in case.batches()}
    related = related_batches(lists)
    parents = parents_of(model.observations, lists, model.references, related)
    return Trace(
        _model(model.premises.settings),
        tuple(replace(one, parents=parents.get(one.batch, ())) for one in batches),
        tuple(_summary(one, model, pooled, batches) for one in sorted(model.sources)),
        {seen.batch.id: dict(seen.overlaps) for seen in model.observations},
        related,
    )


def _finding(answer: _Answer, model: CaseModel, heat: float, explain: bool) -> BatchFinding:
    seen, batch = answer.seen, answer.seen.batch
    real = seen.real / max(1, seen.people)
    findings = _sources(answer, model, heat, real, explain) if seen.real else []
    nobody = (
        nobody_known(answer.points, answer.weights, least_share(seen))
        if seen.real and model.sources
        else 0.0
    )
    made_up = seen.made_up
    verdict = verdict_of(findings, made_up.probability, made_up.share.estimate, nobody)
    if verdict == "no-source":
        findings = []
    evidence = _evidence(answer, findings, model) if explain else []
    if made_up.swept or made_up.never_issued > 0.02 * seen.people:
        evidence.append(_made_up_evidence(seen))
    evidence.extend(_silent_finds(seen, model))
    unexplained = unseen_interval(answer.points, answer.weights, real)
    if verdict == "no-source":
        unexplained = Interval(0.0, 0.0, real)
    return BatchFinding(
        batch=batch.id,
        file=batch.file,
        sha256=batch.sha256,
        seen_at=batch.seen_at.text,
        rows=batch.rows,
        identified_rows=batch.identified_rows,
        people=seen.people,
        verdict=verdict,
        sources=tuple(findings),
        unexplained_share=unexplained,
        made_up_share=made_up.share,
        evidence=tuple(evidence),
        undecided=tuple(advice_of(seen, findings, model)) if verdict == "undetermined" else (),
        alternative=best_alternative(answer.points, answer.weights, seen, findings, model),
    )


def _sources(
    answer: _Answer, model: CaseModel, heat: float, real: float, explain: bool
) -> list[SourceFinding]:
    least = least_share(answer.seen)
    named = named_sources(answer.points)
    found = []
    for source in named:
        inside = contributed(answer.points, source, least)
        raw = float(answer.weights @ inside)
        prior = model.premises.prior[source]
        posterior = calibrated(raw, prior, heat)
        if posterior < _LISTED:
            continue
        ratio = _ratio(answer, model, source, raw, explain)
        cap = model.premises.settings.log10_lr_cap
        cut = float(np.clip(ratio, -cap, cap))
        share = share_interval(answer.points, answer.weights, source, real)
        found.append(
            SourceFinding(
                source, min(posterior, NEVER_ABOVE), prior, share, cut, abs(ratio) > cap,
                support_of(cut),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (-one.posterior, one.source))


def _ratio(
    answer: _Answer, model: CaseModel, source: str, posterior: float, explain: bool
) -> float:
    """The source's log10 likelihood ratio, not cut. Where it nearly surely contributed, what is
    left of the other side is looked for by itself, so that its pieces can be told apart."""
    if posterior < _SURE or not explain:
        return log10_odds(posterior) - log10_odds(model.premises.prior[source])
    return log10_lr_without(_question(answer, model, source), None)


def _question(answer: _Answer, model: CaseModel, source: str, share: float = 1.0) -> Question:
    prior = model.premises.prior[source]
    return Question(model, answer.seen, answer.cavity, source, prior, share)


def _evidence(
    answer: _Answer, findings: Sequence[SourceFinding], model: CaseModel
) -> list[Evidence]:
    cap = model.premises.settings.log10_lr_cap
    found: list[Evidence] = []
    for finding in findings[:_MOST_EXPLAINED]:
        if finding.posterior >= _EXPLAINED:
            question = _question(answer, model, finding.source, finding.share.estimate)
            found.extend(evidence_of(question, cap))
    return found


def _silent_finds(seen: Observation, model: CaseModel) -> list[Evidence]:
    """Canaries in the list that speak for no source, and why."""
    found = []
    for code, canaries in model.silent_finds.get(seen.batch.id, ()):
        detail = {"canaries": list(canaries)}
        found.append(Evidence("canary", "", 0.0, code, detail, evidence_text(code, detail)))
    return found


def _made_up_evidence(seen: Observation) -> Evidence:
    detail = {
        "swept": seen.made_up.swept,
        "never_issued": seen.made_up.never_issued,
        "people": seen.people,
    }
    code = "numbers.made-up"
    return Evidence("made-up", "", 0.0, code, detail, evidence_text(code, detail))


def _summary(
    source: str, model: CaseModel, pooled: Pooled, batches: Sequence[BatchFinding]
) -> SourceSummary:
    """Whether data of the source circulates, from all batches.

    If it does, each batch came from it with the prior that makes up the whole; the batches'
    likelihood ratios multiply. What no canary told from the source's twin stays bounded by the
    hidden state that all batches share.
    """
    if model.sources[source].access == "public":
        return SourceSummary(source, None)
    settings = model.premises.settings
    within = min(0.9, model.premises.prior[source] / settings.leaks)
    ratios = pooled.ratios.get(source, [])
    odds = log(settings.leaks / (1 - settings.leaks))
    odds += sum(log(within * exp(min(ratio, 50.0)) + 1 - within) for ratio in ratios)
    leaked = 1.0 / (1.0 + exp(-min(max(odds, -50.0), 50.0)))
    if source in pooled.states:
        leaked *= float(pooled.states[source][0] + pooled.states[source][2])
    posteriors = [
        one.posterior for batch in batches for one in batch.sources if one.source == source
    ]
    return SourceSummary(source, min(max([leaked, *posteriors]), NEVER_ABOVE))


def _model(settings: Settings) -> Model:
    prior: Mapping[str, float] = {
        "expected_contributors": settings.expected_contributors,
        "unseen_present": settings.unseen_present,
        "twin_odds": settings.twin_odds,
        "other_road": settings.other_road,
    }
    limits = {"log10_lr_cap": settings.log10_lr_cap}
    return Model(MODEL, VERSION, prior, limits)
