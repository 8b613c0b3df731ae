"""The pieces of evidence about a source in a batch, each by leaving it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.attribution import without
from leaktrace.attribution.calibration import Law, laws_of
from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.cutting import cut_log_weights
from leaktrace.attribution.findings import least_share, log10_odds, log10_ratio
from leaktrace.attribution.observation import Observation
from leaktrace.attribution.points import Points
from leaktrace.attribution.pooling import Cavity, weights_under
from leaktrace.attribution.result import Evidence
from leaktrace.attribution.runs import Runs
from leaktrace.attribution.words import evidence_text

Floats = npt.NDArray[np.float64]
_KINDS = {
    without.HITS: "canary-hit",
    without.MISSES: "canary-miss",
    without.OVERLAP: "overlap",
    without.VERSION: "cells",
    without.DATES: "dates",
    without.POOL: "other-batches",
    without.CLAIMS: "claim",
    without.CALLS: "calls",
}
# By what calls must at least multiply the odds to be a piece of its own: each costs a run.
_MOVES = 1.5


@dataclass(frozen=True, slots=True)
class Question:
    """One source in one batch, as inferred with all evidence.

    Attributes
    ----------
    model : CaseModel
    seen : Observation
    cavity : Cavity
        What the other batches say of the twins.
    source : str
    prior : float
    share : float
        Estimate, of the real people.
    runs : Runs, optional
        The batch, to be weighed without one piece or another; all questions about a batch share it.
    laws : mapping, optional
        How the evidence counts, by what a statement rests on; as it stands by default.
    """

    model: CaseModel
    seen: Observation
    cavity: Cavity
    source: str
    prior: float
    share: float
    runs: Runs | None = None
    laws: Mapping[str, Law] = field(default_factory=lambda: laws_of(1.0))


def evidence_of(question: Question, cap: float, lineage: float = 0.0) -> list[Evidence]:
    """All evidence that speaks about the source, strongest first; ``lineage`` is what the batch's
    parents add to every log10 likelihood ratio."""
    found = []
    whole = log10_lr_without(question, None) + lineage
    for code, detail in _pieces(question):
        left = log10_lr_without(question, code) + lineage
        found.append(
            Evidence(
                _KINDS[code], question.source, float(np.clip(whole - left, -cap, cap)), code,
                detail, evidence_text(code, detail), float(np.clip(left, -cap, cap)),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (-abs(one.log10_lr), one.code))


def _pieces(question: Question) -> list[tuple[str, dict[str, Any]]]:
    seen, source = question.seen, question.source
    pieces: list[tuple[str, dict[str, Any]]] = []
    hits = seen.trial.hits_of(source)
    expected = expected_hits(question)
    planted = planted_before(seen, source)
    if hits:
        detail = {"source": source, "canaries": hits, "expected": expected}
        pieces.append((without.HITS, detail))
    if planted > len(hits):
        detail = {"source": source, "missed": planted - len(hits), "expected": expected}
        pieces.append((without.MISSES, detail))
    if seen.overlaps.get(source):
        pieces.append((without.OVERLAP, _overlap_detail(seen, source)))
        if np.any(seen.dates.get(source, np.zeros(1)) != 0.0):
            pieces.append((without.DATES, {"source": source}))
        if source in question.cavity.states:
            pieces.append((without.POOL, {"source": source}))
    if source in seen.versions:
        pieces.append((without.VERSION, {"source": source, **_version_detail(seen, source)}))
    claim = question.model.claims.get(seen.batch.id, {}).get(source)
    if claim is not None:
        detail = {"source": source, "fits": list(claim.fits), "factor": claim.factor}
        pieces.append((without.CLAIMS, detail))
    factor = question.model.by_calls.get(source, 1.0)
    if factor > _MOVES:
        pieces.append((without.CALLS, {"source": source, "factor": factor}))
    return pieces


def _version_detail(seen: Observation, source: str) -> Mapping[str, Any]:
    detail = getattr(seen.versions[source], "detail", None)
    return detail() if callable(detail) else {}


def _overlap_detail(seen: Observation, source: str) -> dict[str, Any]:
    matched, watched = seen.overlaps[source], seen.seen[source]
    return {
        "source": source,
        "matched": matched,
        "seen": watched,
        "share": matched / max(1, watched),
        **({"lenders": list(seen.lenders[source])} if source in seen.lenders else {}),
    }


def expected_hits(question: Question) -> float:
    """How many of the source's canaries were due, had it contributed its share."""
    seen, source = question.seen, question.source
    lists = (source,) if source in seen.dates else ()
    evidence = sum((seen.dates[one] for one in lists), np.zeros(len(seen.grid.cut)))
    weights = np.exp(cut_log_weights(seen.grid, evidence))
    return seen.trial.due(source, question.share, seen.grid.cut, weights)


def planted_before(seen: Observation, source: str) -> int:
    """The source's canaries planted before the list was seen."""
    planted = seen.trial.moments[seen.trial.plantings_of(source)]
    return int((planted <= seen.grid.cut[0]).sum())


def log10_lr_without(question: Question, code: str | None) -> float:
    """The source's log10 likelihood ratio, the piece ``code`` left out (None: nothing)."""
    source, runs = question.source, runs_of(question)
    states: Mapping[str, Floats] = question.cavity.log_states
    if code == without.POOL:
        states = {one: state for one, state in states.items() if one != source}
    points = runs.points(source, code)
    ratio = log10_lr(points, weights_under(points, states, runs.premises(code)), question)
    left = without.left_out(question.seen, source, code, question.model.premises.settings)
    return question.laws[left.rests_on(source)].log10_lr(ratio)


def runs_of(question: Question) -> Runs:
    """The runs of the question's batch."""
    return question.runs or Runs(question.model, question.seen)


def log10_lr(points: Points, weights: Floats, question: Question) -> float:
    """log10 of "it contributed" against "it did not, all others free"."""
    least = least_share(question.seen)
    return log10_ratio(points, weights, question.source, least) - log10_odds(question.prior)
