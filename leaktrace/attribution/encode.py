"""``trace --json``: the contract's document, in canonical bytes."""

from __future__ import annotations

from typing import Any

import msgspec

from leaktrace.attribution.result import BatchFinding, Evidence, Interval, Trace


def to_json(trace: Trace) -> bytes:
    """The whole answer as one JSON document: sorted keys, floats of four significant digits."""
    return msgspec.json.encode(rounded(as_document(trace)), order="sorted")


def as_document(trace: Trace) -> dict[str, Any]:
    """The answer as plain dicts and lists, not yet rounded."""
    return {
        "model": {
            "name": trace.model.name,
            "version": trace.model.version,
            "prior": dict(trace.model.prior),
            "limits": dict(trace.model.limits),
        },
        "batches": [_batch(one) for one in trace.batches],
        "sources": [
            {
                "source": one.source,
                "leaked": one.leaked,
                "evidence": [_evidence(piece) for piece in one.evidence],
            }
            for one in trace.sources
        ],
        "related": [
            {"earlier": one.earlier, "later": one.later, "people": one.people, "share": one.share}
            for one in trace.related
        ],
    }


def _batch(one: BatchFinding) -> dict[str, Any]:
    return {
        "batch": one.batch,
        "file": one.file,
        "sha256": one.sha256,
        "seen_at": one.seen_at,
        "rows": one.rows,
        "identified_rows": one.identified_rows,
        "people": one.people,
        "verdict": one.verdict,
        "sources": [
            {
                "source": found.source,
                "posterior": found.posterior,
                "prior": found.prior,
                "share": _interval(found.share),
                "log10_lr": found.log10_lr,
                "capped": found.capped,
                "support": found.support,
            }
            for found in one.sources
        ],
        "unexplained_share": _interval(one.unexplained_share),
        "made_up_share": _interval(one.made_up_share),
        "parents": [
            {"batch": parent.batch, "posterior": parent.posterior, "share": parent.share}
            for parent in one.parents
        ],
        "evidence": [_evidence(piece) for piece in one.evidence],
        "undecided": [dict(piece) for piece in one.undecided],
        "alternative": one.alternative,
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
