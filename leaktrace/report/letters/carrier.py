"""To the carrier: which numbers called or wrote, when, how, and what belongs together."""

from __future__ import annotations

from collections import defaultdict

from leaktrace.calls.records import Call
from leaktrace.messages import _
from leaktrace.report.callwords import mode_word, sector_word
from leaktrace.report.letters.letter import CARRIER, Letter, Section, Table, table
from leaktrace.report.letters.matter import Matter
from leaktrace.report.letters.parts import (
    call_table,
    caller_text,
    callers_told,
    campaign_lines,
    campaign_table,
    issue_text,
    left_out_text,
    masked_text,
    put_together,
)
from leaktrace.report.numbers import count_text
from leaktrace.report.words import listed
from leaktrace.times import day_text


def carrier(matter: Matter) -> Letter:
    """The letter about the numbers that called."""
    notices = [callers_told(), *masked_text(matter), *left_out_text(matter)]
    sections = (
        Section(_("What is asked"), points=_asked()),
        Section(_("The numbers"), (_issued(),), table=_numbers(matter)),
        Section(_("Campaigns"), campaign_lines(matter), table=campaign_table(matter)),
        Section(_("Calls and messages"), table=call_table(matter, said=False)),
    )
    title = _("To the carrier: numbers to look into")
    return put_together(CARRIER, title, notices, sections)


def _asked() -> tuple[str, ...]:
    return (
        _("Keep the records of these calls and messages until those entitled to ask have done so."),
        _("Find out whether a number called by itself, or was shown by somebody else."),
        _(
            "Find out whether these lines are used as their contracts say: sales SIMs, call-back "
            "lines, whitelisted cards, robots."
        ),
        _("Say which numbers are not yours, so that their carrier can be asked."),
    )


def _issued() -> str:
    return _(
        "Carrier and region are those of issue: a number may have been carried over to another "
        "network, and is often chosen for its region."
    )


def _numbers(matter: Matter) -> Table | None:
    headers = [_("caller"), _("from"), _("calls"), _("first"), _("last")]
    headers += [_("line"), _("sector"), _("campaign")]
    grouped: dict[str, list[Call]] = defaultdict(list)
    for call in matter.chosen.calls:
        grouped[caller_text(call)].append(call)
    ordered = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))
    return table(headers, [_number_row(matter, number, calls) for number, calls in ordered])


def _number_row(matter: Matter, number: str, calls: list[Call]) -> list[str]:
    caller = calls[0].caller
    campaigns = {matter.chosen.campaign_of(call.id) for call in calls} - {None}
    return [
        number,
        issue_text(caller),
        count_text(len(calls)),
        day_text(calls[0].at),
        day_text(calls[-1].at),
        listed(filter(None, sorted({mode_word(call.call_mode) for call in calls}))),
        listed(filter(None, sorted({sector_word(call.sector) for call in calls}))),
        listed(sorted(one.id for one in campaigns if one is not None)),
    ]
