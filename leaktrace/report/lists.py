"""One list's part of the report."""

from __future__ import annotations

from leaktrace.attribution.result import BatchFinding, Interval, SourceFinding
from leaktrace.attribution.twins import twins_of
from leaktrace.graph import shown_text
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.custody import custody_pairs
from leaktrace.report.evidence import evidence_groups
from leaktrace.report.flows import SHOWN_FROM
from leaktrace.report.numbers import interval_text, odds_text, share_text, signed_text
from leaktrace.report.sentences import list_sentence
from leaktrace.report.view import ListView, Pairs, ShareBar, SourceRow
from leaktrace.report.words import support_word, verdict_word

WORTH_A_ROW = 0.05
MOST_ROWS = 6
NAMED_BESIDE = 6


def list_view(finding: BatchFinding, context: Context) -> ListView:
    """What the page shows of one list."""
    name = context.batch_names[finding.batch]
    shown = _worth_showing(finding)
    return ListView(
        anchor=context.anchors[finding.batch],
        name=name,
        verdict=finding.verdict,
        verdict_word=verdict_word(finding.verdict),
        sentence=list_sentence(finding, name, context.source_names),
        people=f"{finding.people:,}",
        sources=tuple(_source_row(source, context) for source in shown),
        more=sum(item.posterior >= SHOWN_FROM for item in finding.sources[1:]),
        others=_others(finding.sources[len(shown) :], context),
        shares=_shares(finding, shown, context),
        evidence=evidence_groups(finding, tuple(source.source for source in shown), context),
        parents=_parents(finding, context),
        alternative=shown_text(finding.alternative),
        twins=() if finding.alternative else _twins(shown, context),
        undecided=tuple(shown_text(str(item.get("text", ""))) for item in finding.undecided),
        custody=custody_pairs(finding, context),
    )


def _worth_showing(finding: BatchFinding) -> tuple[SourceFinding, ...]:
    shown = tuple(item for item in finding.sources if item.posterior >= WORTH_A_ROW)[:MOST_ROWS]
    return shown or finding.sources[:1]


def _source_row(source: SourceFinding, context: Context) -> SourceRow:
    ratio = signed_text(source.log10_lr)
    return SourceRow(
        name=context.source_names[source.source],
        odds=odds_text(source.posterior),
        strength=int(source.posterior * 100),
        ratio=f"≥ {ratio}" if source.capped and source.log10_lr > 0 else ratio,
        support=support_word(source.support),
        share=_share(source.share),
    )


def _share(share: Interval) -> str:
    return f"{share_text(share.estimate)} ({interval_text(share.low, share.high)})"


def _others(rest: tuple[SourceFinding, ...], context: Context) -> str:
    if not rest:
        return ""
    named = ", ".join(
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
        if item.posterior >= SHOWN_FROM
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
        text=_share(share),
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


def _twins(shown: tuple[SourceFinding, ...], context: Context) -> Pairs:
    likely = [item.source for item in shown if item.posterior >= SHOWN_FROM]
    return tuple(
        (context.source_names[source], twins_of(context.sources[source].kind).own)
        for source in likely
        if source in context.sources
    )
