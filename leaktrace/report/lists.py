"""One list's part of the report."""

from __future__ import annotations

from dataclasses import replace

from leaktrace.attribution.explaining.changes import would_change
from leaktrace.attribution.result import BatchFinding, Interval, SourceFinding
from leaktrace.graph import shown_text
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.custody import custody_pairs
from leaktrace.report.evidence import evidence_groups
from leaktrace.report.explanations import contributor_lines
from leaktrace.report.numbers import odds_text, share_interval_text, share_text, signed_text
from leaktrace.report.sentences import list_sentence
from leaktrace.report.standing import leading, stands_out
from leaktrace.report.view import ListView, ShareBar, SourceRow
from leaktrace.report.words import listed, support_word, verdict_word

WORTH_A_ROW = 0.05
MOST_ROWS = 6
NAMED_BESIDE = 6


def list_view(finding: BatchFinding, context: Context) -> ListView:
    """What the page shows of one list."""
    name = context.batch_names[finding.batch]
    shown, first = _worth_showing(finding), leading(finding)
    return ListView(
        anchor=context.anchors[finding.batch],
        name=name,
        verdict=finding.verdict,
        verdict_word=verdict_word(finding.verdict),
        sentence=list_sentence(finding, name, context.source_names),
        people=f"{finding.people:,}",
        lead=_lead(first, context),
        sources=tuple(_source_row(source, context) for source in shown),
        more=sum(map(stands_out, finding.sources)) - len(first),
        others=_others(finding.sources[len(shown) :], context),
        shares=_shares(finding, shown, context),
        evidence=evidence_groups(finding, tuple(source.source for source in shown), context),
        parents=_parents(finding, context),
        alternative=shown_text(finding.alternative) if first else "",
        undecided=_undecided(finding),
        custody=custody_pairs(finding, context),
        contributors=contributor_lines(finding.contributors, context.source_ids),
        changes=_changes(finding),
    )


def _worth_showing(finding: BatchFinding) -> tuple[SourceFinding, ...]:
    return tuple(item for item in finding.sources if item.posterior >= WORTH_A_ROW)[:MOST_ROWS]


def _lead(first: tuple[SourceFinding, ...], context: Context) -> SourceRow | None:
    if not first:
        return None
    name = listed(context.source_names[item.source] for item in first)
    return replace(_source_row(first[0], context), name=name)


def _changes(finding: BatchFinding) -> tuple[str, ...]:
    """What would change a verdict that decides; an open one has its advice instead."""
    if finding.verdict == "undetermined":
        return ()
    return tuple(shown_text(str(one["text"])) for one in would_change(finding))


def _undecided(finding: BatchFinding) -> tuple[str, ...]:
    texts = (shown_text(str(item.get("text", ""))) for item in finding.undecided)
    return tuple(text for text in texts if text)


def _source_row(source: SourceFinding, context: Context) -> SourceRow:
    ratio = signed_text(source.log10_lr)
    return SourceRow(
        name=context.source_names[source.source],
        odds=odds_text(source.posterior),
        strength=int(source.posterior * 100),
        ratio=f"≥ {ratio}" if source.capped and source.log10_lr > 0 else ratio,
        support=support_word(source.support),
        share=share_interval_text(source.share),
    )


def _others(rest: tuple[SourceFinding, ...], context: Context) -> str:
    if not rest:
        return ""
    named = listed(
        f"{context.source_ids[item.source]} {odds_text(item.posterior)}"
        for item in rest[:NAMED_BESIDE]
    )
    if len(rest) > NAMED_BESIDE:
        named = _("{sources} and {count} more").format(
            sources=named, count=len(rest) - NAMED_BESIDE
        )
    return _("Also considered: {sources}.").format(sources=named)


def _shares(
    finding: BatchFinding, shown: tuple[SourceFinding, ...], context: Context
) -> tuple[ShareBar, ...]:
    # A share holds if its source contributed: drawn for a source that likely did not, it misleads.
    bars = [
        _bar(context.source_names[item.source], "source", item.share)
        for item in shown
        if stands_out(item)
    ]
    bars.append(_bar(_("from elsewhere, unexplained"), "unexplained", finding.unexplained_share))
    bars.append(_bar(_("made up"), "made-up", finding.made_up_share))
    return tuple(bars)


def _bar(name: str, style: str, share: Interval) -> ShareBar:
    return ShareBar(
        name=name,
        style=style,
        low=round(share.low * 100, 1),
        estimate=round(share.estimate * 100, 1),
        high=round(share.high * 100, 1),
        text=share_interval_text(share),
    )


def _parents(finding: BatchFinding, context: Context) -> tuple[str, ...]:
    return tuple(
        _(
            "Cut from the earlier list {parent}: probability {odds}, about {share} of its people."
        ).format(
            parent=context.batch_names.get(parent.batch, shown_text(parent.batch)),
            odds=odds_text(parent.posterior),
            share=share_text(parent.share),
        )
        for parent in finding.parents
    )
