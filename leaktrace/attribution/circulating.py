"""Whether such data of a source circulate at all: from every list and every call.

Given that they do or do not, lists and calls are independent, so their likelihood ratios multiply
(a list is what somebody seized, a call what somebody placed; that both come of one leak is what is
asked). The unseen twin of a source holds its people, not its canaries: it explains lists, no calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from leaktrace.attribution.case_model import CaseModel
from leaktrace.attribution.heard import FARTHEST, chance_at
from leaktrace.attribution.pooling import Pooled
from leaktrace.attribution.result import BY_CALLS, BatchFinding, Evidence, SourceSummary
from leaktrace.attribution.verdict import NEVER_ABOVE
from leaktrace.attribution.words import evidence_text
from leaktrace.calls.leaking import SourceCalls

_LN10 = log(10.0)
_SAYS = 0.05


def summaries(
    model: CaseModel,
    pooled: Pooled,
    batches: Sequence[BatchFinding],
) -> tuple[SourceSummary, ...]:
    """What the whole case says of each source, by its id."""
    return tuple(_summary(one, model, pooled, batches) for one in sorted(model.sources))


def _summary(
    source: str,
    model: CaseModel,
    pooled: Pooled,
    batches: Sequence[BatchFinding],
) -> SourceSummary:
    settings = model.premises.settings
    if model.sources[source].access == "public":
        return SourceSummary(source, None)
    terms = _by_list(source, model, pooled)
    by_lists = chance_at(log(settings.leaks / (1 - settings.leaks)) + sum(terms))
    if source in pooled.states:
        by_lists *= float(pooled.states[source][0] + pooled.states[source][2])
    posteriors = [
        one.posterior for batch in batches for one in batch.sources if one.source == source
    ]
    by_lists = min(max([by_lists, *posteriors]), NEVER_ABOVE)
    said = model.heard.get(source)
    leaked = chance_at(log(by_lists / (1 - by_lists)) + said.log10_lr * _LN10) if said else by_lists
    cap = settings.log10_lr_cap
    pieces = [_list_piece(source, terms, cap)] if any(terms) else []
    pieces += _call_pieces(said, cap) if said else []
    leaked = min(max([leaked, *posteriors]), NEVER_ABOVE)
    return SourceSummary(source, leaked, tuple(one for one in pieces if _says(one)))


def _by_list(source: str, model: CaseModel, pooled: Pooled) -> list[float]:
    """The log likelihood ratio of each batch, what calls made of its prior taken out.

    If data of the source circulate, each batch came from it with the prior that makes up the whole.
    """
    within = min(0.9, model.premises.prior[source] / model.premises.settings.leaks)
    by_calls = log(model.by_calls.get(source, 1.0))
    ratios = [one - by_calls for one in pooled.ratios.get(source, [])]
    return [log(within * exp(min(ratio, FARTHEST)) + 1 - within) for ratio in ratios]


def _list_piece(source: str, terms: Sequence[float], cap: float) -> Evidence:
    detail = {"source": source, "batches": sum(one > 0 for one in terms), "of": len(terms)}
    return _piece("lists", "leaked.lists", source, sum(terms) / _LN10, cap, detail)


def _call_pieces(said: SourceCalls, cap: float) -> list[Evidence]:
    detail = {
        "source": said.source,
        "lines": said.lines,
        "rung": said.rung,
        "callers": said.touches,
        "due": said.due,
        "expected": said.expected,
        "recited": said.recited,
        "rings_itself": said.rings_itself,
    }
    whole = _piece("calls", BY_CALLS, said.source, said.log10_lr, cap, detail)
    return [
        whole,
        *(
            _piece("calls", f"calls.{one.kind}", said.source, one.log10_lr, cap, detail)
            for one in said.pieces
        ),
    ]


def _piece(
    kind: str, code: str, source: str, log10_lr: float, cap: float, detail: Mapping[str, object]
) -> Evidence:
    within = min(max(log10_lr, -cap), cap)
    return Evidence(kind, source, within, code, detail, evidence_text(code, detail))


def _says(piece: Evidence) -> bool:
    return abs(piece.log10_lr) >= _SAYS or piece.code == BY_CALLS
