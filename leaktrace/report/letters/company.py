"""To a source itself: that such data of it circulates, with nothing of any other source.

Nothing that somebody typed is repeated here (names of files, batches and sellers, what callers
said): any of it may name another source. A canary that is planted elsewhere too is not counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from leaktrace.attribution.result import Trace
from leaktrace.attribution.twins import twins_of
from leaktrace.calls.records import Call
from leaktrace.case.records import Canary
from leaktrace.graph import hit_canaries, shown_text
from leaktrace.messages import _, ngettext
from leaktrace.report.callwords import sector_word, spoken_word
from leaktrace.report.caveats import assumptions
from leaktrace.report.context import read_context
from leaktrace.report.facts import notices
from leaktrace.report.letters.disclosure import has_phone
from leaktrace.report.letters.letter import COMPANY, Block, Letter, Section, Table, table
from leaktrace.report.letters.matter import Matter
from leaktrace.report.letters.naming import Standing, lists_of
from leaktrace.report.letters.parts import circulating, not_meant, put_together
from leaktrace.report.numbers import count_text, share_interval_text
from leaktrace.report.reading import how_to_read
from leaktrace.report.sentences import footing
from leaktrace.report.words import field_word
from leaktrace.times import day_text, read_moment


def company(matter: Matter) -> Letter:
    """The letter to the source of ``matter``."""
    trace = matter.traced()
    source = next(one for one in matter.case.sources() if one.id == matter.source)
    own = own_canaries(matter.case.canaries(), source.id)
    standing = lists_of(trace, source.id)
    twins = twins_of(source.kind)
    sections = (
        Section(_("What was found"), _found(trace, source.id), table=_lists(standing, own)),
        Section(_("Calls and messages"), _calls_lines(matter, own), table=_calls(matter, own)),
        Section(
            _("How to read the odds"),
            how_to_read(read_context(matter.case, trace)).paragraphs,
        ),
        Section(
            _("How it could be otherwise"),
            # The same people registered elsewhere explain a list, and no call to a canary.
            (_others().format(twins=twins.own),) if trace.batches else (),
            assumptions(trace),
        ),
        Section(_("What it does not mean"), points=not_meant()),
        Section(_("What is asked"), points=_asked(twins.copy)),
        Section(_("Canaries told to you"), _told_lines(matter), blocks=_told(matter, own)),
    )
    opening = [notices(False, trace)[0], _alone()]
    title = _("To {source}: data of yours may be circulating").format(
        source=shown_text(source.name) or shown_text(source.id)
    )
    return put_together(COMPANY, title, opening, sections)


def own_canaries(canaries: Sequence[Canary], source: str) -> dict[str, Canary]:
    """The canaries that were planted at ``source`` and nowhere else, by id."""
    return {
        one.id: one
        for one in canaries
        if {planting.source for planting in one.plantings} == {source}
    }


def _alone() -> str:
    return _(
        "This letter says nothing of any other organisation. Of the made-up customers that we "
        "registered with you (canaries) it counts those alone that were registered nowhere else."
    )


def _found(trace: Trace, source: str) -> tuple[str, ...]:
    return circulating(trace, [source], {source: _("yours")})


def _lists(standing: Sequence[Standing], own: dict[str, Canary]) -> Table | None:
    headers = [_("List"), _("Seen"), "SHA-256", _("Rows"), _("Distinct people")]
    headers += [_("Yours, if so (90% interval)"), _("How sure"), _("Canaries of yours in it")]
    rows = []
    for turn, (finding, part) in enumerate(standing, 1):
        pieces = (one for one in finding.evidence if one.source == part.source)
        hit = sum(canary in own for canary in hit_canaries(pieces))
        seen = read_moment(finding.seen_at)
        due = sum(
            any(one.planted_at.earliest <= seen.latest for one in canary.plantings)
            for canary in own.values()
        )
        rows.append(
            [
                count_text(turn),
                day_text(seen),
                finding.sha256,
                count_text(finding.rows),
                count_text(finding.people),
                share_interval_text(part.share),
                footing(part),
                _("{count} of {total}").format(count=count_text(hit), total=count_text(due)),
            ]
        )
    return table(headers, rows)


def _own_calls(matter: Matter, own: dict[str, Canary]) -> list[Call]:
    """Calls to the source's own canaries, since they were planted."""
    return [
        call
        for call in matter.chosen.calls
        if call.canaries
        and all(
            canary in own
            and any(one.planted_at.earliest <= call.at.latest for one in own[canary].plantings)
            for canary in call.canaries
        )
    ]


def _calls_lines(matter: Matter, own: dict[str, Canary]) -> tuple[str, ...]:
    calls = _own_calls(matter, own)
    if not calls:
        return ()
    phones = {canary for call in calls for canary in call.canaries}
    text = ngettext(
        "{count} call or message came in on {phones} of {total} numbers that we gave to you alone, "
        "from a caller who is not known to be yours.",
        "{count} calls and messages came in on {phones} of {total} numbers that we gave to you "
        "alone, from callers who are not known to be yours.",
        len(calls),
    )
    return (
        text.format(
            count=count_text(len(calls)),
            phones=count_text(len(phones)),
            total=count_text(sum(map(has_phone, own.values()))),
        ),
        _(
            "Some of these may be yours, or of those to whom you lawfully pass data; numbers that "
            "were never given to anybody ring, too. Days are told, and no times: by the time of a "
            "call, its number could be found."
        ),
    )


def _calls(matter: Matter, own: dict[str, Canary]) -> Table | None:
    rows = [
        [day_text(call.at), spoken_word(call.kind), sector_word(call.sector)]
        for call in _own_calls(matter, own)
    ]
    return table([_("day"), _("kind"), _("sector")], rows)


def _others() -> str:
    return _("Who usually registers the same people by themselves: {twins}.")


def _asked(copies: str) -> tuple[str, ...]:
    return (
        _("Look into where your data is copied: {copies}.").format(copies=copies),
        _("Keep the logs of who read and exported it, from before the first day above on."),
        _("Tell us which of these calls were yours, or of those to whom you pass data."),
        _(
            "Article 57 of the Personal Information Protection Law asks a handler to act at once, "
            "and to notify, where personal information has been or may have been leaked."
        ),
    )


def _told_lines(matter: Matter) -> tuple[str, ...]:
    if not matter.disclosure.told:
        return ()
    return (_("From the day on which you learn of them they prove nothing any more."),)


def _told(matter: Matter, own: dict[str, Canary]) -> tuple[Block, ...]:
    return tuple(
        Block(
            shown_text(canary),
            (
                *(
                    (field_word(name), value)
                    for name, value in matter.disclosure.identities.get(canary, {}).items()
                    if value
                ),
                (_("planted"), day_text(own[canary].plantings[0].planted_at)),
            ),
        )
        for canary in sorted(matter.disclosure.told & own.keys())
    )
