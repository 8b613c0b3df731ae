"""To the police (公安): the facts in their order, what is claimed, and what is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from leaktrace.attribution.result import BatchFinding
from leaktrace.messages import _
from leaktrace.report.caveats import assumptions, legal_notes
from leaktrace.report.context import Context, read_context
from leaktrace.report.custody import custody_pairs
from leaktrace.report.facts import case_facts, notices
from leaktrace.report.letters.letter import POLICE, Block, Letter, Section, Table, table
from leaktrace.report.letters.matter import Matter
from leaktrace.report.letters.naming import stated_sources
from leaktrace.report.letters.parts import (
    call_table,
    callers_told,
    campaign_lines,
    campaign_table,
    canary_meant,
    circulating,
    left_out_text,
    list_sentences,
    masked_text,
    not_meant,
    put_together,
    verdict_facts,
)
from leaktrace.report.numbers import count_text
from leaktrace.report.words import verdict_word
from leaktrace.times import Moment, day_text

Event = tuple[Moment, str]


def police(matter: Matter) -> Letter:
    """The facts of the case for the police."""
    trace = matter.traced()
    context = read_context(matter.case, trace)
    lists = bool(trace.batches)
    opening = [*notices(False, trace), canary_meant(), callers_told()]
    opening += [*masked_text(matter), *left_out_text(matter)]
    sections = (
        Section(_("The case in numbers"), facts=(*case_facts(context), *_calls_fact(matter))),
        Section(_("The facts, in their order"), table=_in_order(matter, context)),
        Section(_("The lists"), blocks=tuple(_block(one, context) for one in trace.batches)),
        Section(
            _("Whose data it is"),
            points=(
                *list_sentences(trace.batches, context),
                *circulating(trace, stated_sources(trace), context.source_names),
            ),
            facts=verdict_facts(trace.batches),
        ),
        Section(
            _("Campaigns of calls"),
            campaign_lines(matter),
            table=campaign_table(matter, context.source_names),
        ),
        Section(_("Calls and messages"), table=call_table(matter, said=True)),
        Section(_("What is claimed"), points=_claimed(lists)),
        Section(_("What is not claimed"), points=not_meant()),
        Section(_("How it could be otherwise"), points=assumptions(trace)),
        Section(_("What else there is"), points=_pointers(lists)),
        Section(_("The law"), points=legal_notes(trace)[:-1]),
    )
    return put_together(POLICE, _("The facts, for the police"), opening, sections)


def _calls_fact(matter: Matter) -> tuple[tuple[str, str], ...]:
    count = len(matter.chosen.calls)
    return ((_("Calls and messages"), count_text(count)),) if count else ()


def _in_order(matter: Matter, context: Context) -> Table | None:
    events = [*_plantings(context), *_sightings(context), *_campaigns(matter)]
    events.sort(key=lambda event: (event[0].earliest, event[1]))
    return table([_("day"), _("what")], [[day_text(at), text] for at, text in events])


def _plantings(context: Context) -> Iterator[Event]:
    """One event for each source: when canaries were first planted there, and until when."""
    found: dict[str, list[Moment]] = defaultdict(list)
    for canary in context.canaries.values():
        for one in canary.plantings:
            if one.source is not None:
                found[one.source].append(one.planted_at)
    for source, moments in found.items():
        moments.sort(key=lambda at: at.earliest)
        single = _("A canary was planted at {source}")
        several = _("The first of {count} canaries was planted at {source}; the last on {last}")
        text = (single if len(moments) == 1 else several).format(
            count=count_text(len(moments)),
            source=context.source_names.get(source, source),
            last=day_text(moments[-1]),
        )
        yield moments[0], text


def _sightings(context: Context) -> Iterator[Event]:
    for batch in context.batches.values():
        text = _("List {list} was seen: {rows} rows, {people} people")
        yield (
            batch.seen_at,
            text.format(
                list=context.batch_names[batch.id],
                rows=count_text(batch.rows),
                people=count_text(batch.people),
            ),
        )


def _campaigns(matter: Matter) -> Iterator[Event]:
    for one in matter.chosen.campaigns:
        text = _("Campaign {id} began: {calls} calls to {phones} phones until {last}")
        yield (
            one.first,
            text.format(
                id=one.id,
                calls=count_text(len(one.calls)),
                phones=count_text(len(one.canaries)),
                last=day_text(one.last),
            ),
        )


def _block(finding: BatchFinding, context: Context) -> Block:
    verdict = ((_("Verdict"), verdict_word(finding.verdict)),)
    return Block(context.batch_names[finding.batch], (*custody_pairs(finding, context), *verdict))


def _claimed(lists: bool) -> tuple[str, ...]:
    came = _(
        "That the calls and messages came in on our phones at these times, from these numbers."
    )
    if not lists:
        return (
            came,
            _(
                "That such data of the sources named circulates, in the sense and with the "
                "probability that stand beside each."
            ),
        )
    return (
        _("That the files named above had these hashes when they were taken in."),
        came,
        _(
            "That the lists come from the sources named, in the sense and with the probability "
            "that stand beside each."
        ),
    )


def _pointers(lists: bool) -> tuple[str, ...]:
    return (
        *(_of_lists() if lists else ()),
        _("That nothing was changed since: leaktrace verify"),
        _("That a canary had been planted before it was called: leaktrace canary prove"),
        _("All the evidence, list by list: leaktrace report OUT.html")
        if lists
        else _("All the evidence, source by source: leaktrace report OUT.html"),
    )


def _of_lists() -> tuple[str, ...]:
    return (
        _(
            "How many items of information by kind, beside the numbers of Fa Shi [2017] No. 10: "
            "leaktrace batch count"
        ),
        _(
            "The electronic-data list (电子数据清单) after article 14 of 法发〔2016〕22号, with "
            "room for signatures: leaktrace custody -o LIST.html"
        ),
    )
