"""The evidence table of one list."""

from __future__ import annotations

from leaktrace.attribution.result import BatchFinding, Evidence
from leaktrace.graph import evidence_text
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.numbers import signed_text
from leaktrace.report.view import EvidenceGroup, EvidenceRow
from leaktrace.report.words import piece_word


def evidence_groups(
    finding: BatchFinding, shown_sources: tuple[str, ...], context: Context
) -> tuple[EvidenceGroup, ...]:
    """The evidence about the list as a whole, then about each of ``shown_sources`` (ids)."""
    known = {source.source for source in finding.sources} | context.source_names.keys()
    whole = tuple(piece for piece in finding.evidence if piece.source not in known)
    groups = [_group(_("the list as a whole"), whole, context)] if whole else []
    for source in shown_sources:
        pieces = tuple(piece for piece in finding.evidence if piece.source == source)
        if pieces:
            groups.append(_group(context.source_names[source], pieces, context))
    return tuple(groups)


def _group(about: str, pieces: tuple[Evidence, ...], context: Context) -> EvidenceGroup:
    ordered = sorted(pieces, key=lambda piece: -abs(piece.log10_lr))
    return EvidenceGroup(about=about, rows=tuple(_row(piece, context.cap) for piece in ordered))


def _row(piece: Evidence, cap: float) -> EvidenceRow:
    return EvidenceRow(
        text=evidence_text(piece),
        ratio=signed_text(piece.log10_lr),
        against=piece.log10_lr < 0,
        width=round(min(1.0, abs(piece.log10_lr) / max(cap, 0.1)) * 100, 1),
        support=piece_word(piece.log10_lr),
    )
