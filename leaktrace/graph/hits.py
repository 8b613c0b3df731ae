"""Which canaries stand in which lists, as the trace's evidence says."""

from __future__ import annotations

from collections.abc import Iterable

from leaktrace.attribution.result import Evidence, Trace

HIT_CODE = "canary.hit"


def hit_canaries(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The ids of the canaries that ``evidence`` found in a list, each once, in its order."""
    found: dict[str, None] = {}
    for piece in evidence:
        if piece.code == HIT_CODE:
            found |= {str(canary): None for canary in piece.detail.get("canaries", ())}
    return tuple(found)


def hits(trace: Trace) -> tuple[tuple[str, str], ...]:
    """Each (batch, canary) where the canary stands in the batch, once, in the trace's order."""
    return tuple(
        (finding.batch, canary)
        for finding in trace.batches
        for canary in hit_canaries(finding.evidence)
    )
