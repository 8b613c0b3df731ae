"""What the whole case says of each source."""

from __future__ import annotations

from collections import Counter

from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.heard import heard_of
from leaktrace.report.numbers import count_text, odds_text
from leaktrace.report.standing import STATED, with_reason
from leaktrace.report.view import SourceLine
from leaktrace.report.words import kind_word


def source_lines(context: Context) -> tuple[SourceLine, ...]:
    """Every source, those most probably leaked first, in the case's order where equal.

    Without a list that gives a reason, or a number that was listened to, a probability is the prior
    alone, and is not shown.
    """
    reasons = with_reason(context.trace) | {one.source for one in heard_of(context.trace)}
    leaked = {
        summary.source: summary.leaked
        for summary in context.trace.sources
        if summary.source in reasons
    }
    stated = Counter(
        source.source
        for finding in context.trace.batches
        for source in finding.sources
        if source.posterior >= STATED
    )
    planted = Counter(
        source
        for canary in context.canaries.values()
        for source in {planting.source for planting in canary.plantings}
        if source is not None
    )
    order = sorted(context.source_ids, key=lambda source: -(leaked.get(source) or 0.0))
    return tuple(
        _line(source, leaked.get(source), planted[source], stated[source], context)
        for source in order
    )


def _line(
    source: str, leaked: float | None, planted: int, stated: int, context: Context
) -> SourceLine:
    record = context.sources.get(source)
    public = record is not None and record.access == "public"
    return SourceLine(
        name=context.source_names[source],
        kind=kind_word(record.kind) if record is not None else "",
        reference=_reference(source, context),
        canaries=count_text(planted) if planted else "–",
        lists=count_text(stated) if stated else "–",
        leaked=_("public") if public else leaked_text(leaked),
        strength=0 if public or leaked is None else int(leaked * 100),
    )


def leaked_text(leaked: float | None) -> str:
    """How probably the source has leaked, or that nothing speaks about it (None)."""
    return _("no evidence") if leaked is None else odds_text(leaked)


def _reference(source: str, context: Context) -> str:
    reference = context.references.get(source)
    if reference is None:
        return "–"
    people = count_text(reference.people)
    if reference.scaled > 1:
        return _("sketch of {people} people").format(people=people)
    return _("{people} people").format(people=people)
