"""To the regulator (网信办, 工信部, 通信管理局): which handler, what data, what evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from leaktrace.attribution.result import BatchFinding, Evidence, SourceFinding
from leaktrace.graph import evidence_text, shown_text
from leaktrace.messages import _
from leaktrace.report.caveats import assumptions, legal_notes
from leaktrace.report.context import Context, read_context
from leaktrace.report.explanations import innocent_lines
from leaktrace.report.facts import notices
from leaktrace.report.letters.letter import REGULATOR, Block, Letter, Section
from leaktrace.report.letters.matter import Matter
from leaktrace.report.letters.naming import leaked_of, lists_of, stated_sources
from leaktrace.report.letters.parts import (
    campaign_lines,
    campaign_table,
    canary_meant,
    list_pairs,
    not_meant,
    put_together,
    verdict_facts,
)
from leaktrace.report.numbers import count_text
from leaktrace.report.reading import how_to_read
from leaktrace.report.sentences import list_sentence
from leaktrace.report.sources import leaked_text
from leaktrace.report.view import Pairs
from leaktrace.report.words import identifier_word, kind_word, listed


def regulator(matter: Matter) -> Letter:
    """The case for a regulator: of one source, or of all that are stated."""
    trace = matter.traced()
    context = read_context(matter.case, trace)
    named = (matter.source,) if matter.source else stated_sources(trace)
    findings = tuple(
        one
        for one in trace.batches
        if not named
        or any(one is item for source in named for item, _part in lists_of(trace, source))
    )
    opening = [
        *notices(False, trace),
        canary_meant(),
        _("No number of a person, and none of a canary, stands in this letter."),
    ]
    sections = (
        Section(_("Which handler"), _handler_lines(named), blocks=_handlers(named, context)),
        Section(_("What data"), _data_lines(findings), facts=_data(findings, context)),
        Section(_("Evidence from lists"), blocks=_evidence(findings, named, context)),
        Section(
            _("Evidence from calls"),
            (*_heard(named, context), *campaign_lines(matter)),
            table=campaign_table(matter, context.source_names),
        ),
        Section(_("What the verdicts say"), facts=verdict_facts(findings)),
        Section(_("How to read the odds"), how_to_read(context).paragraphs),
        Section(_("What it does not mean"), points=not_meant()),
        Section(_("How it could be otherwise"), points=assumptions(trace)),
        Section(_("The law"), points=(*_law(), *legal_notes(trace)[:-1])),
    )
    title = _("To the department that protects personal information")
    return put_together(REGULATOR, title, opening, sections)


def _handler_lines(named: Sequence[str]) -> tuple[str, ...]:
    if named:
        return ()
    return (_("No source reaches 95%, for any list or by calls: none is named as the handler."),)


def _handlers(named: Iterable[str], context: Context) -> tuple[Block, ...]:
    return tuple(Block(context.source_names[source], _handler(source, context)) for source in named)


def _handler(source: str, context: Context) -> Pairs:
    record, trace = context.sources.get(source), context.trace
    pairs = [
        (_("Kind"), kind_word(record.kind) if record else ""),
        (_("Open to anyone"), _("yes") if record and record.access == "public" else ""),
        (_("Passes data on to"), listed(map(shown_text, record.recipients)) if record else ""),
        (_("Has data handled by"), listed(map(shown_text, record.processors)) if record else ""),
        (
            _("Probability that such data of it circulates"),
            leaked_text(leaked_of(trace, source)),
        ),
        (
            _("Lists for which it stands out"),
            listed(context.batch_names[one.batch] for one, _part in lists_of(trace, source)),
        ),
    ]
    return tuple((label, value) for label, value in pairs if value)


def _data_lines(findings: Sequence[BatchFinding]) -> tuple[str, ...]:
    if not findings:
        return ()
    return (_("Identifiers in these lists as they were written, each list counted by itself:"),)


def _data(findings: Sequence[BatchFinding], context: Context) -> Pairs:
    counts: Counter[str] = Counter()
    for finding in findings:
        batch = context.batches.get(finding.batch)
        counts.update(batch.identifiers if batch else {})
    return tuple((identifier_word(kind), count_text(count)) for kind, count in counts.items())


def _evidence(
    findings: Sequence[BatchFinding], named: Sequence[str], context: Context
) -> tuple[Block, ...]:
    blocks = []
    for one in findings:
        name = context.batch_names[one.batch]
        fields = [*list_pairs(one, context)[1:]]
        fields.append((_("In a sentence"), list_sentence(one, name, context.source_names)))
        for part in one.sources:
            if part.source in named:
                fields += _pieces(one, part, context)
        blocks.append(Block(name, tuple(fields)))
    return tuple(blocks)


def _pieces(finding: BatchFinding, part: SourceFinding, context: Context) -> list[tuple[str, str]]:
    name = context.source_names[part.source]
    told = _told(one for one in finding.evidence if one.source == part.source)
    fields = [(_("Evidence about {source}").format(source=name), "\n".join(told))] if told else []
    innocent = innocent_lines(part)
    if innocent:
        text = "\n".join(map(shown_text, innocent))
        fields.append((_("What else could explain it"), text))
    return fields


def _heard(named: Sequence[str], context: Context) -> tuple[str, ...]:
    pieces = (
        piece
        for summary in context.trace.sources
        if summary.source in named
        for piece in summary.evidence
    )
    return tuple(_told(pieces))


def _told(pieces: Iterable[Evidence]) -> list[str]:
    ordered = sorted(pieces, key=lambda piece: -abs(piece.log10_lr))
    return [evidence_text(piece) for piece in ordered]


def _law() -> tuple[str, ...]:
    return (
        _(
            "Article 65 of the Personal Information Protection Law lets any organisation or person "
            "complain of unlawful handling to the departments that protect personal information; "
            "whether the handling was unlawful is theirs to judge."
        ),
        _(
            "Article 57 asks a handler to act at once, and to notify, where personal information "
            "has been or may have been leaked."
        ),
    )
