"""The evidence of one list: about the list as a whole, and source by source with its waterfall."""

from __future__ import annotations

from dataclasses import replace

from leaktrace.attribution.explaining.waterfall import waterfall_of
from leaktrace.attribution.result import BatchFinding, Evidence, SourceFinding
from leaktrace.graph import evidence_text, shown_text
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.explanations import innocent_lines, sensitivity_text
from leaktrace.report.view import EvidenceGroup, EvidenceRow
from leaktrace.report.waterfall import fall_view, piece_text
from leaktrace.report.words import piece_word


def evidence_groups(
    finding: BatchFinding, shown_sources: tuple[str, ...], context: Context
) -> tuple[EvidenceGroup, ...]:
    """The evidence about the list as a whole, then about each of ``shown_sources`` (ids)."""
    known = {source.source for source in finding.sources} | context.source_names.keys()
    whole = tuple(piece for piece in finding.evidence if piece.source not in known)
    groups = [_group(_("the list as a whole"), whole, context)] if whole else []
    about = [one for one in finding.sources if one.source in shown_sources]
    for turn, source in enumerate(about, 1):
        group = _source_group(finding, source, turn, context)
        groups += [group] if group.rows else []
    return tuple(groups)


def _source_group(
    finding: BatchFinding, source: SourceFinding, turn: int, context: Context
) -> EvidenceGroup:
    fall = waterfall_of(finding, source)
    name = context.source_names[source.source]
    anchor = f"{context.anchors[finding.batch]}-{turn}"
    told = bool(finding.alternative) and source is finding.sources[0]
    notes = (*innocent_lines(source, told=told), sensitivity_text(source, context.cap))
    return replace(
        _group(name, fall.pieces, context),
        fall=fall_view(fall, name, anchor, context.cap),
        notes=tuple(map(shown_text, notes)),
    )


def _group(about: str, pieces: tuple[Evidence, ...], context: Context) -> EvidenceGroup:
    ordered = sorted(pieces, key=lambda piece: -abs(piece.log10_lr))
    return EvidenceGroup(
        about=about, rows=tuple(evidence_row(piece, context.cap) for piece in ordered)
    )


def evidence_row(piece: Evidence, cap: float) -> EvidenceRow:
    """One piece of evidence as a row with its bar."""
    return EvidenceRow(
        text=evidence_text(piece),
        ratio=piece_text(piece, cap),
        against=piece.log10_lr < 0,
        width=round(min(1.0, abs(piece.log10_lr) / max(cap, 0.1)) * 100, 1),
        support=piece_word(piece.log10_lr),
    )
