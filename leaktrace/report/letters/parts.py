"""What several letters say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from leaktrace import __version__
from leaktrace.attribution.result import BatchFinding, SourceFinding, Trace
from leaktrace.calls.records import Call, Caller
from leaktrace.graph import shown_text
from leaktrace.messages import _, current_language, ngettext
from leaktrace.report.callwords import (
    carrier_word,
    estimate_text,
    from_text,
    mode_word,
    number_text,
    numbers_text,
    sector_word,
    way_text,
)
from leaktrace.report.caveats import no_finding
from leaktrace.report.context import Context
from leaktrace.report.letters.letter import Letter, Section, Table, table
from leaktrace.report.letters.matter import Matter
from leaktrace.report.letters.naming import leaked_of
from leaktrace.report.numbers import count_text, odds_text
from leaktrace.report.sentences import list_sentence
from leaktrace.report.view import Pairs
from leaktrace.report.words import VERDICTS, listed, verdict_meaning, verdict_word
from leaktrace.times import Moment, day_text, read_moment, time_text

_LANGUAGE_TAGS = {"en": "en", "zh": "zh-CN"}


def put_together(
    audience: str, title: str, notices: Sequence[str], sections: Sequence[Section]
) -> Letter:
    """The letter, without the parts that say nothing."""
    return Letter(
        audience=audience,
        language=_LANGUAGE_TAGS[current_language()],
        title=title,
        notices=tuple(notices),
        sections=tuple(one for one in sections if _says(one)),
        footer=_("Made with leaktrace {version}.").format(version=__version__),
    )


def _says(section: Section) -> bool:
    parts = (section.lines, section.points, section.facts, section.table, section.blocks)
    return any(parts)


def callers_told() -> str:
    """Why a letter shows who called."""
    return _(
        "The numbers that called stand here whole, since looking into them is what this letter "
        "asks for. A number that shows on a phone may be forged, and rotates: whoever it was "
        "issued to need not have called."
    )


def canary_meant() -> str:
    """What a canary is."""
    return _(
        "A canary is a made-up customer with a number of ours, known to the places where it was "
        "given alone: what comes back of it, in a list or on the phone, came from there by some "
        "road. A control was given to nobody."
    )


def circulating(trace: Trace, named: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """With what probability data of the ``named`` sources circulates, a sentence each."""
    leaked = {source: leaked_of(trace, source) for source in named}
    text = _(
        "That such data of {source} circulates has a probability of {odds}, from all lists and "
        "calls together."
    )
    return tuple(
        text.format(source=names[source], odds=odds_text(value))
        for source, value in leaked.items()
        if value is not None
    )


def masked_text(matter: Matter) -> tuple[str, ...]:
    """That called numbers are masked, where some are."""
    hidden = sorted(
        {
            canary
            for call in matter.chosen.calls
            if not matter.disclosure.whole(call)
            for canary in call.canaries
        }
    )
    if not hidden:
        return ()
    return (
        _(
            "The numbers of {canaries} are masked here, and so is what callers recited of them: "
            "they were not disclosed. To tell them: --disclose CANARY, which marks the canary as "
            "burnt."
        ).format(canaries=listed(map(shown_text, hidden))),
    )


def left_out_text(matter: Matter) -> tuple[str, ...]:
    """That expected calls are left out, where some are."""
    count = len(matter.chosen.expected)
    if not count:
        return ()
    text = ngettext(
        "{count} call is left out: it comes from a place where the number was registered, or names "
        "one, or carries a one-time password. --call ID puts it in.",
        "{count} calls are left out: they come from places where the number was registered, or "
        "name one, or carry a one-time password. --call ID puts one in.",
        count,
    )
    return (text.format(count=count_text(count)),)


def day_and_minute(moment: Moment) -> tuple[str, str]:
    """The day and the minute in China; no minute where none is known."""
    day, _blank, minute = time_text(moment).partition(" ")
    return day, minute


def caller_text(call: Call) -> str:
    """Who called, whole; for letters whose purpose that is."""
    return number_text(call.caller, reveal=True) or _("hidden")


def said_text(matter: Matter, call: Call) -> str:
    """What was said, as far as it may be told."""
    return matter.disclosure.said(call, call.transcript)


def call_table(matter: Matter, *, said: bool) -> Table | None:
    """The calls, one a line, with who called; what was ``said`` where that is wanted."""
    headers = [_("time"), _("caller"), _("from"), _("called")]
    headers += [_("seconds"), _("kind"), _("sector"), _("campaign"), _("claims to be")]
    headers += [_("what was said")] if said else []
    rows = [_call_row(matter, call, said=said) for call in matter.chosen.calls]
    return table(headers, rows)


def _call_row(matter: Matter, call: Call, *, said: bool) -> list[str]:
    campaign = matter.chosen.campaign_of(call.id)
    return [
        time_text(call.at),
        caller_text(call),
        issue_text(call.caller),
        matter.disclosure.called(call),
        "" if call.duration_s is None else f"{call.duration_s:.0f}",
        way_text(call),
        sector_word(call.sector),
        campaign.id if campaign else "",
        matter.disclosure.said(call, call.claims_to_be),
        *([said_text(matter, call)] if said else []),
    ]


def issue_text(caller: Caller) -> str:
    """What kind of number it is, to which carrier and where it was issued."""
    if not caller.number:
        return ""
    told = from_text(caller)
    # A virtual operator's number says so by its kind.
    if not caller.carrier or caller.kind == caller.carrier:
        return told
    return _("{kind}, {carrier}").format(kind=told, carrier=carrier_word(caller.carrier))


def campaign_table(matter: Matter, sources: Mapping[str, str] | None = None) -> Table | None:
    """The campaigns; where the canaries that they rang were planted, if ``sources`` are named."""
    headers = [_("campaign"), _("first"), _("last"), _("calls"), _("phones of ours that rang")]
    headers += [_("numbers"), _("sector"), _("line"), _("where planted"), _("people on the list")]
    rows = []
    by_id = {call.id: call for call in matter.chosen.calls}
    for one in matter.chosen.campaigns:
        modes = sorted({mode_word(by_id[call].call_mode) for call in one.calls if call in by_id})
        size = one.size
        rows.append(
            [
                one.id,
                day_text(one.first),
                day_text(one.last),
                count_text(len(one.calls)),
                count_text(len(one.canaries)),
                numbers_text(one),
                sector_word(one.sector),
                listed(filter(None, modes)),
                listed(sources[source] for source in one.sources if source in sources)
                if sources
                else "",
                estimate_text(size.people if size else None),
            ]
        )
    return table(headers, rows)


def campaign_lines(matter: Matter) -> tuple[str, ...]:
    """What a campaign is, where there is one."""
    if not matter.chosen.campaigns:
        return ()
    return (
        _(
            "Calls that read one script, come from one number within days, or from one block of "
            "numbers in a burst, are put together. The number that shows is nobody's identity. In "
            "brackets: intervals of 90%."
        ),
    )


def list_pairs(finding: BatchFinding, context: Context) -> Pairs:
    """What identifies a list: which bytes, seen when, how long, and the verdict on it."""
    return (
        (_("List"), context.batch_names[finding.batch]),
        ("SHA-256", finding.sha256),
        (_("Seen"), time_text(read_moment(finding.seen_at))),
        (_("Rows"), count_text(finding.rows)),
        (_("Distinct people"), count_text(finding.people)),
        (_("Verdict"), verdict_word(finding.verdict)),
    )


def list_sentences(findings: Sequence[BatchFinding], context: Context) -> tuple[str, ...]:
    """Where each list comes from, in the sentences of the report."""
    return tuple(
        list_sentence(finding, context.batch_names[finding.batch], context.source_names)
        for finding in findings
    )


def verdict_facts(findings: Sequence[BatchFinding]) -> Pairs:
    """The verdicts that occur, and what each says."""
    present = {finding.verdict for finding in findings}
    return tuple((verdict_word(one), verdict_meaning(one)) for one in VERDICTS if one in present)


def not_meant() -> tuple[str, ...]:
    """What none of it means."""
    return (
        _("It is not said who let the data out: a staff member, a contractor, a carrier, a thief."),
        _(
            "It is not said that anybody broke the law, or that a caller knew where the list came "
            "from."
        ),
        no_finding(),
    )


def part_of(finding: BatchFinding, source: str) -> SourceFinding | None:
    """What is found of ``source`` in a list."""
    return next((one for one in finding.sources if one.source == source), None)
