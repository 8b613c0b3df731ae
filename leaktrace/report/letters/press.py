"""For the press: how sure it is before what it is, and what else could be.

No person, no canary, no caller and no file is named; a source goes by its kind unless it is asked
for by name, and then only where it is stated.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from leaktrace.attribution.explaining.innocent import innocent_text
from leaktrace.attribution.result import BatchFinding, Trace
from leaktrace.attribution.twins import twins_of
from leaktrace.case.records import Source
from leaktrace.graph import shown_text
from leaktrace.messages import _, ngettext
from leaktrace.report.callwords import sector_word
from leaktrace.report.caveats import assumptions
from leaktrace.report.context import read_context
from leaktrace.report.facts import notices
from leaktrace.report.heard import calls_hold, heard_of
from leaktrace.report.letters.letter import PRESS, Letter, Section, Table, table
from leaktrace.report.letters.matter import Matter
from leaktrace.report.letters.naming import stated_sources
from leaktrace.report.letters.parts import circulating, not_meant, put_together
from leaktrace.report.numbers import count_text
from leaktrace.report.reading import how_to_read
from leaktrace.report.sentences import list_sentence
from leaktrace.report.standing import leading, stands_out
from leaktrace.report.view import Pairs
from leaktrace.report.words import VERDICTS, kind_word, listed, verdict_meaning, verdict_word


def press(matter: Matter) -> Letter:
    """What may be published of the case."""
    trace = matter.traced()
    names = _names(matter, trace)
    sections = (
        Section(
            _("How sure this is"),
            _how_sure(trace),
            table=_verdicts(trace),
        ),
        Section(
            _("What was found"),
            points=(
                *_sentences(trace, names),
                *circulating(trace, stated_sources(trace), names),
            ),
        ),
        Section(
            _("What else could explain it"), _innocent(matter, trace, names), assumptions(trace)
        ),
        Section(_("What it does not mean"), points=not_meant()),
        Section(_("Calls and messages"), _calls_lines(matter), facts=_sectors(matter)),
        Section(
            _("How to read the odds"), how_to_read(read_context(matter.case, trace)).paragraphs
        ),
        Section(_("Before it is published"), points=_before()),
    )
    opening = notices(False, trace)
    lists = _("Where leaked lists come from")
    title = lists if trace.batches else _("Whose data circulates, by the calls")
    return put_together(PRESS, title, opening, sections)


def _names(matter: Matter, trace: Trace) -> dict[str, str]:
    """Every source by its kind, but for the one that was asked for by name."""
    sources = {one.id: one for one in matter.case.sources()}
    parts = [part for finding in trace.batches for part in finding.sources]
    spoken = [part.source for part in parts if stands_out(part)]
    order = dict.fromkeys([*spoken, *(part.source for part in parts), *sources])
    return {
        source: _name(turn, source, sources.get(source), named=source == matter.source)
        for turn, source in enumerate(order, 1)
    }


def _name(turn: int, source: str, record: Source | None, *, named: bool) -> str:
    if named and record is not None:
        return shown_text(record.name) or shown_text(source)
    kind = kind_word(record.kind if record is not None else "other")
    return _("source no. {number} ({kind})").format(number=turn, kind=kind)


def _how_sure(trace: Trace) -> tuple[str, ...]:
    open_ = sum(one.verdict == "undetermined" for one in trace.batches)
    told = ngettext(
        "Of {total} list, {open} cannot be told.",
        "Of {total} lists, {open} cannot be told.",
        len(trace.batches),
    ).format(total=count_text(len(trace.batches)), open=count_text(open_))
    if not trace.batches:
        heard = [calls_hold()] if heard_of(trace) else []
        return (_("All of this is probability, and none of it proof."), *heard)
    return (
        told,
        _(
            "All of this is probability, and none of it proof. On the simulated worlds that this "
            "version was validated on, nine in ten statements made at 90% are true: one in ten is "
            "not. In a real case that holds as far as the prior and the model do."
        ),
    )


def _verdicts(trace: Trace) -> Table | None:
    counts = Counter(one.verdict for one in trace.batches)
    # What cannot be told comes first.
    rows = [
        [verdict_word(one), count_text(counts[one]), verdict_meaning(one)]
        for one in reversed(VERDICTS)
        if counts[one]
    ]
    return table([_("Verdict"), _("Lists"), _("What it says")], rows)


def _sentences(trace: Trace, names: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        list_sentence(finding, count_text(turn), names)
        for turn, finding in enumerate(trace.batches, 1)
    )


def _innocent(matter: Matter, trace: Trace, names: dict[str, str]) -> tuple[str, ...]:
    kinds = {one.id: one.kind for one in matter.case.sources()}
    return tuple(
        _("List {list}: {text}").format(
            list=count_text(turn), text=_best(finding, part.source, kinds, names)
        )
        for turn, finding in enumerate(trace.batches, 1)
        for part in leading(finding)
    )


def _best(finding: BatchFinding, source: str, kinds: dict[str, str], names: dict[str, str]) -> str:
    part = next(one for one in finding.sources if one.source == source)
    best = innocent_text(replace(part, source=names[source]))
    if best:
        return best
    text = _("Who usually holds the same people without having them from {source}: {twins}.")
    twins = twins_of(kinds.get(source, "other")).own
    return text.format(source=names[source], twins=twins)


def _calls_lines(matter: Matter) -> tuple[str, ...]:
    calls, campaigns = matter.chosen.calls, len(matter.chosen.campaigns)
    if not calls:
        return ()
    phones = {canary for call in calls for canary in call.canaries}
    came = ngettext(
        "{count} call or message came in on {phones} phones whose numbers were given out for this.",
        "{count} calls and messages came in on {phones} phones whose numbers were given out for "
        "this.",
        len(calls),
    )
    rang = ngettext(
        "{count} campaign rang two or more of them.",
        "{count} campaigns rang two or more of them.",
        campaigns,
    )
    return (
        came.format(count=count_text(len(calls)), phones=count_text(len(phones))),
        *([rang.format(count=count_text(campaigns))] if campaigns else []),
        _("Numbers that were never given to anybody ring, too."),
    )


def _sectors(matter: Matter) -> Pairs:
    counts = Counter(call.sector for call in matter.chosen.calls if call.sector)
    if not counts:
        return ()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    told = listed(
        _("{word} ({count})").format(word=sector_word(sector), count=count_text(count))
        for sector, count in ordered
    )
    return ((_("What they were about"), told),)


def _before() -> tuple[str, ...]:
    return (
        _("Ask whoever is named, and print the answer."),
        _("Print the probability with the name, and what else could explain it beside it."),
        _(
            "Print no row of a list and no number: the people in the lists would be exposed a "
            "second time."
        ),
    )
