"""What is found of one batch: its sources, and the evidence about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from leaktrace.attribution.advice import advice_of
from leaktrace.attribution.answer import Answer
from leaktrace.attribution.carried import Carried
from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.descent import EXPLAINS
from leaktrace.attribution.evidence import Question, evidence_of, log10_lr_without
from leaktrace.attribution.explaining.contributors import contributors_of
from leaktrace.attribution.explaining.innocent import best_innocent, innocent_text
from leaktrace.attribution.explaining.waterfall import EXPLAINED, explained_sources
from leaktrace.attribution.findings import (
    least_share,
    log10_odds,
    nobody_known,
    real_part,
    share_interval,
    unseen_interval,
)
from leaktrace.attribution.fitting.elsewhere import Elsewhere
from leaktrace.attribution.fitting.named import misfit_of, with_innocents
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.result import (
    BatchFinding,
    Contributors,
    Evidence,
    Innocent,
    Interval,
    SourceFinding,
)
from leaktrace.attribution.runs import Runs
from leaktrace.attribution.verdict import NEVER_ABOVE, support_of, verdict_of
from leaktrace.attribution.words import evidence_text

_LISTED = 0.001
_WEIGHED_BESIDE = 0.02
_SURE = 0.9
_SPEAKS = 0.05  # log10 of a ratio below which a piece is not worth a line


@dataclass(frozen=True)
class Find:
    """Works out what is found of one batch after the other, here or in another process.

    Attributes
    ----------
    model : CaseModel
    seen : sequence of Observation
        All batches that it may be asked about.
    elsewhere : Elsewhere
        What the case's own innocents show.
    explain : bool or collection of str
        Whether to work out the evidence piece by piece, or for which batches.
    """

    model: CaseModel
    seen: Sequence[Observation]
    elsewhere: Elsewhere
    explain: bool | Collection[str]

    def __call__(self, answer: Answer) -> BatchFinding:
        """What is found of one of them."""
        model, explain = self.model, self.explain
        asked = explain if isinstance(explain, bool) else answer.seen.batch.id in explain
        runs = Runs(model, answer.seen)
        finding = _finding(answer, runs, model, asked)
        if asked and finding.fit is not None:
            finding = with_innocents(finding, answer, self.elsewhere, model, runs)
        return finding

    def __reduce__(self) -> tuple[Callable[..., Find], tuple[object, ...]]:
        carried = Carried.of(self.model, self.seen, days=True)
        return _find, (carried, self.elsewhere, self.explain)


def _find(carried: Carried, elsewhere: Elsewhere, explain: bool | Collection[str]) -> Find:
    return Find(carried.unpacked(), (), elsewhere, explain)


def _finding(answer: Answer, runs: Runs, model: CaseModel, explain: bool) -> BatchFinding:
    seen, batch = answer.seen, answer.seen.batch
    real = real_part(seen)
    findings = _sources(answer, runs, model, explain) if seen.real else []
    nobody = _nobody(answer, model)
    made_up = seen.made_up
    verdict = verdict_of(findings, made_up.probability, made_up.share.estimate, nobody)
    if verdict == "no-source":
        findings = []
    evidence = _evidence(answer, runs, findings, model) if explain else []
    if made_up.swept or made_up.never_issued > 0.02 * seen.people:
        evidence.append(_made_up_evidence(seen))
    evidence.extend(_silent_finds(seen, model))
    undecided = misfit_of(answer, verdict)
    if verdict == "undetermined" and not undecided:
        undecided = tuple(advice_of(seen, findings, model))
    unexplained = unseen_interval(answer.points, answer.weights, real)
    if verdict == "no-source":
        unexplained = Interval(0.0, 0.0, real.estimate)
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
        parents=answer.parents,
        evidence=tuple(evidence),
        undecided=undecided,
        alternative=innocent_text(findings[0]) if findings else "",
        contributors=_contributors(answer, findings) if explain else None,
        fit=answer.stating.fit if answer.stating is not None else None,
    )


def _nobody(answer: Answer, model: CaseModel) -> float:
    """The probability that no known source contributed, neither here nor to the parents."""
    if not answer.seen.real or not model.sources:
        return 0.0
    alone = nobody_known(answer.points, answer.weights, least_share(answer.seen))
    return min(alone, 1.0 - max(answer.final.values(), default=0.0)) if answer.parents else alone


def _sources(answer: Answer, runs: Runs, model: CaseModel, explain: bool) -> list[SourceFinding]:
    cap = model.premises.settings.log10_lr_cap
    real = real_part(answer.seen)
    found = []
    for source, posterior in answer.final.items():
        if posterior < _LISTED:
            continue
        ratio = _ratio(answer, runs, model, source, explain)
        cut = float(np.clip(ratio, -cap, cap))
        share = share_interval(answer.points, answer.weights, source, real)
        found.append(
            SourceFinding(
                source, min(posterior, NEVER_ABOVE), model.premises.prior[source], share, cut,
                abs(ratio) > cap, support_of(cut), _innocent(answer, runs, model, source, explain),
                rests_on=answer.seen.rests_on(source),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (-one.posterior, one.source))


def _ratio(answer: Answer, runs: Runs, model: CaseModel, source: str, explain: bool) -> float:
    """The source's log10 likelihood ratio, not cut. Where it nearly surely contributed, what is
    left of the other side is looked for by itself, so that its pieces can be told apart."""
    alone = answer.alone.get(source, 0.0)
    lineage = _by_lineage(answer, source)
    if alone < _SURE or not explain:
        return log10_odds(alone) - log10_odds(model.premises.prior[source]) + lineage
    return log10_lr_without(_question(answer, runs, model, source), None) + lineage


def _by_lineage(answer: Answer, source: str) -> float:
    """By how much the parents raise the source's log10 odds."""
    final = min(answer.final[source], NEVER_ABOVE)
    alone = min(answer.alone.get(source, 0.0), NEVER_ABOVE)
    return log10_odds(final) - log10_odds(alone) if answer.parents else 0.0


def _innocent(
    answer: Answer, runs: Runs, model: CaseModel, source: str, explain: bool
) -> Innocent | None:
    posterior = answer.final[source]
    if posterior < _WEIGHED_BESIDE:
        return None
    question = _question(answer, runs, model, source)
    search = explain and posterior >= EXPLAINED
    return best_innocent(answer.points, answer.weights, question, search=search)


def _contributors(answer: Answer, findings: Sequence[SourceFinding]) -> Contributors | None:
    likely = [one.source for one in findings if one.posterior >= _WEIGHED_BESIDE]
    return contributors_of(answer.points, answer.weights, likely, least_share(answer.seen))


def _question(
    answer: Answer, runs: Runs, model: CaseModel, source: str, share: float = 1.0
) -> Question:
    prior = model.premises.prior[source]
    return Question(model, answer.seen, answer.cavity, source, prior, share, runs, answer.laws)


def _evidence(
    answer: Answer, runs: Runs, findings: Sequence[SourceFinding], model: CaseModel
) -> list[Evidence]:
    cap = model.premises.settings.log10_lr_cap
    found: list[Evidence] = []
    for finding in explained_sources(findings):
        question = _question(answer, runs, model, finding.source, finding.share.estimate)
        lineage = _by_lineage(answer, finding.source)
        found.extend(evidence_of(question, cap, lineage))
        if abs(lineage) > _SPEAKS:
            found.append(_lineage_evidence(answer, finding, lineage, cap))
    return found


def _lineage_evidence(
    answer: Answer, finding: SourceFinding, lineage: float, cap: float
) -> Evidence:
    parents = [one.batch for one in answer.parents if one.posterior >= EXPLAINS]
    code, detail = "lineage.parents", {"source": finding.source, "parents": parents}
    return Evidence(
        "lineage", finding.source, float(np.clip(lineage, -cap, cap)), code, detail,
        evidence_text(code, detail), float(np.clip(finding.log10_lr - lineage, -cap, cap)),
    )  # fmt: skip


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
