"""``trace --json``: the contract's document, in canonical bytes."""

from __future__ import annotations

from typing import Any

import msgspec

from leaktrace.attribution.explaining.changes import would_change
from leaktrace.attribution.explaining.innocent import innocent_log10_odds, innocent_text
from leaktrace.attribution.explaining.sensitivity import prior_sensitivity
from leaktrace.attribution.explaining.waterfall import Waterfall, waterfalls_of
from leaktrace.attribution.fitting.words import innocents_text
from leaktrace.attribution.result import (
    BatchFinding,
    Contributors,
    Evidence,
    Explanation,
    FitCheck,
    Interval,
    Model,
    ModelFit,
    NextStep,
    SourceFinding,
    Trace,
)
from leaktrace.messages import plain


def to_json(trace: Trace) -> bytes:
    """The whole answer as one JSON document: sorted keys, floats of four significant digits."""
    return msgspec.json.encode(rounded(as_document(trace)), order="sorted", enc_hook=plain)


def as_document(trace: Trace) -> dict[str, Any]:
    """The answer as plain dicts and lists, not yet rounded."""
    return {
        "model": {
            "name": trace.model.name,
            "version": trace.model.version,
            "prior": dict(trace.model.prior),
            "limits": dict(trace.model.limits),
            "off": list(trace.model.off),
        },
        "batches": [_batch(one, trace.model) for one in trace.batches],
        "sources": [
            {
                "source": one.source,
                "leaked": one.leaked,
                "evidence": [_evidence(piece) for piece in one.evidence],
            }
            for one in trace.sources
        ],
        "open": {"batches": _open(trace), "bits": trace.open_bits},
        "next": [_step(one) for one in trace.next],
        "related": [
            {"earlier": one.earlier, "later": one.later, "people": one.people, "share": one.share}
            for one in trace.related
        ],
    }


def _open(trace: Trace) -> list[str]:
    return [one.batch for one in trace.batches if one.verdict == "undetermined"]


def _step(one: NextStep) -> dict[str, Any]:
    return {
        "code": one.code,
        "source": one.source,
        "batches": list(one.batches),
        "amount": one.amount,
        "bits": one.bits,
        "settles": one.settles,
        "footing": one.footing,
        "text": one.text,
    }


def _batch(one: BatchFinding, model: Model) -> dict[str, Any]:
    cap = float(model.limits["log10_lr_cap"])
    return {
        "batch": one.batch,
        "file": one.file,
        "sha256": one.sha256,
        "seen_at": one.seen_at,
        "rows": one.rows,
        "identified_rows": one.identified_rows,
        "people": one.people,
        "verdict": one.verdict,
        "sources": [_source(found, cap) for found in one.sources],
        "unexplained_share": _interval(one.unexplained_share),
        "made_up_share": _interval(one.made_up_share),
        "parents": [
            {"batch": parent.batch, "posterior": parent.posterior, "share": parent.share}
            for parent in one.parents
        ],
        "evidence": [_evidence(piece) for piece in one.evidence],
        "undecided": [dict(piece) for piece in one.undecided],
        "alternative": one.alternative,
        "would_change": [dict(change) for change in would_change(one)],
        "waterfalls": [_waterfall(each) for each in waterfalls_of(one)],
        **_contributors(one.contributors),
        "fit": _fit(one.fit),
    }


def _source(found: SourceFinding, cap: float) -> dict[str, Any]:
    return {
        "source": found.source,
        "posterior": found.posterior,
        "prior": found.prior,
        "share": _interval(found.share),
        "log10_lr": found.log10_lr,
        "capped": found.capped,
        "support": found.support,
        "prior_sensitivity": [
            {"prior": step.prior, "posterior": step.posterior}
            for step in prior_sensitivity(found, cap)
        ],
        "innocent": _innocent(found),
        "innocents": _innocents(found),
    }


def _innocents(found: SourceFinding) -> dict[str, Any] | None:
    if found.innocents is None:
        return None
    return {
        "drawn": found.innocents.drawn,
        "as_high": found.innocents.as_high,
        "upper": found.innocents.upper,
        "text": innocents_text(found.source, found.innocents),
    }


def _fit(fit: ModelFit | None) -> dict[str, Any] | None:
    if fit is None:
        return None
    return {
        "fits": fit.fits,
        "checks": [_check(one) for one in fit.checks],
        "innocent": [_check(one) for one in fit.innocent],
        "refused": list(fit.refused),
    }


def _check(one: FitCheck) -> dict[str, Any]:
    return {
        "code": one.code,
        "sources": list(one.sources),
        "observed": one.observed,
        "expected": one.expected,
        "p": one.p,
        "text": one.text,
    }


def _innocent(found: SourceFinding) -> dict[str, Any] | None:
    if found.innocent is None:
        return None
    return {
        "kind": found.innocent.kind,
        "log10_odds": innocent_log10_odds(found),
        "parts": dict(found.innocent.parts),
        "twins": {"text": found.innocent.twins},
        "text": innocent_text(found),
    }


def _waterfall(one: Waterfall) -> dict[str, Any]:
    return {
        "source": one.source,
        "log10_prior": one.log10_prior,
        "pieces": [{"code": piece.code, "log10_lr": piece.log10_lr} for piece in one.pieces],
        "log10_lr": one.log10_lr,
        "capped": one.capped,
        "support": one.support,
        "log10_posterior": one.log10_posterior,
    }


def _contributors(found: Contributors | None) -> dict[str, Any]:
    if found is None:
        return {"best": None, "fewer": None, "more": None}
    return {
        "best": _explanation(found.best),
        "fewer": _explanation(found.fewer),
        "more": _explanation(found.more),
    }


def _explanation(one: Explanation | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "contributors": one.contributors,
        "sources": [{"source": name, "share": share} for name, share in one.sources.items()],
        "twins": list(one.twins),
        "silent": one.silent,
        "unseen": one.unseen,
        "log10_odds": one.log10_odds,
        "posteriors": dict(one.posteriors),
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {"low": interval.low, "estimate": interval.estimate, "high": interval.high}


def _evidence(piece: Evidence) -> dict[str, Any]:
    return {
        "kind": piece.kind,
        "source": piece.source,
        "log10_lr": piece.log10_lr,
        "code": piece.code,
        "detail": dict(piece.detail),
        "text": piece.text,
        "without": piece.without,
    }


def rounded(value: Any) -> Any:
    """``value`` with every float cut to four significant digits, and no negative zero."""
    if isinstance(value, float):
        return float(f"{value:.4g}") + 0.0
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner) for inner in value]
    return value
