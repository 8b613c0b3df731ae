"""The complaint to 12321: for each call, or each campaign, what the form asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from leaktrace.calls.records import Call, Campaign
from leaktrace.messages import _, ngettext
from leaktrace.report.callwords import numbers_text, sector_word, spoken_word
from leaktrace.report.letters.form12321 import (
    DESCRIPTION,
    FRAUD,
    Chosen12321,
    both,
    choices,
    is_message,
)
from leaktrace.report.letters.letter import COMPLAINT, Block, Letter, Section
from leaktrace.report.letters.matter import Matter
from leaktrace.report.letters.parts import (
    caller_text,
    callers_told,
    day_and_minute,
    left_out_text,
    masked_text,
    put_together,
    said_text,
)
from leaktrace.report.numbers import count_text
from leaktrace.times import day_text, time_text

_LONGEST = DESCRIPTION[1]
_SEVERAL = 2


def complaint(matter: Matter) -> Letter:
    """The complaint about the calls of ``matter``."""
    calls = matter.chosen.calls
    notices = [
        _(
            "For 12321 (网络不良与垃圾信息举报受理中心), on www.12321.cn or its WeChat account. "
            "Its form is filled in once for each call and each message, and sends a code to the "
            "number that was called: have that phone at hand. In the page, one click takes a "
            "whole field."
        ),
        callers_told(),
        *masked_text(matter),
        *left_out_text(matter),
    ]
    heading = _("Campaigns") if matter.by_campaign else _("Calls and messages")
    made = _campaign_blocks(matter) if matter.by_campaign else _call_blocks(matter, calls)
    sections = (
        Section(heading, (_count_text(calls),), blocks=tuple(made)),
        Section(_("Before it is sent"), points=_points()),
    )
    return put_together(COMPLAINT, _("Complaint to 12321"), notices, sections)


def _call_blocks(matter: Matter, calls: Sequence[Call]) -> list[Block]:
    return [
        Block(
            _("{place} of {count}: {form}").format(
                place=place, count=len(calls), form=_form(is_message(call))
            ),
            _message_fields(matter, call) if is_message(call) else _call_fields(matter, call),
        )
        for place, call in enumerate(calls, 1)
    ]


def _form(message: bool) -> str:
    return both("垃圾短信", _("message")) if message else both("骚扰电话", _("harassing call"))


def _call_fields(matter: Matter, call: Call) -> tuple[tuple[str, str], ...]:
    call = _with_sector(matter, call)
    chosen = choices(call)
    day, minute = day_and_minute(call.at)
    seconds = "" if call.duration_s is None else _seconds(call.duration_s)
    return _filled(
        (_received(), matter.disclosure.called(call)),
        (_complained(), caller_text(call)),
        (both("来电日期", _("day of the call")), day),
        (both("来电时间", _("time of the call")), minute),
        (both("通话时长", _("duration")), _joined(chosen.duration, seconds)),
        (both("骚扰形式", _("manner")), _joined(chosen.manner, spoken_word(call.kind))),
        (both("不良类型", _("kind")), _kind(call, chosen)),
        (both("来电描述", _("description")), _description(matter, call)),
    )


def _message_fields(matter: Matter, call: Call) -> tuple[tuple[str, str], ...]:
    day, minute = day_and_minute(call.at)
    return _filled(
        (_received(), matter.disclosure.called(call)),
        (_complained(), caller_text(call)),
        (both("接收时间", _("received at")), f"{day} {minute}".strip()),
        (both("短信内容", _("whole text")), said_text(matter, call)),
    )


def _campaign_blocks(matter: Matter) -> list[Block]:
    blocks = []
    for one in matter.chosen.campaigns:
        calls = [call for call in matter.chosen.calls if call.id in one.calls]
        heading = _("Campaign {id}: {count}").format(id=one.id, count=_count_text(calls))
        blocks.append(Block(heading, _campaign_fields(matter, one, calls)))
    alone = [call for call in matter.chosen.calls if not matter.chosen.campaign_of(call.id)]
    return [*blocks, *_call_blocks(matter, alone)]


def _campaign_fields(
    matter: Matter, campaign: Campaign, calls: Sequence[Call]
) -> tuple[tuple[str, str], ...]:
    callers = Counter(map(caller_text, calls))
    numbers = [
        _("{number}: {count}").format(number=number, count=_count_text_of(count))
        for number, count in sorted(callers.items(), key=lambda item: (-item[1], item[0]))
    ]
    longest = _with_sector(matter, max(calls, key=lambda call: len(call.transcript)))
    called = dict.fromkeys(matter.disclosure.called(call) for call in calls)
    return _filled(
        (_received(), "\n".join(filter(None, called))),
        (_complained(), "\n".join(numbers)),
        (both("来电时间", _("time of the call")), _span(campaign)),
        (both("骚扰形式", _("manner")), _most(_joined_manner(call) for call in calls)),
        (both("不良类型", _("kind")), _kind(longest, choices(longest))),
        (both("来电描述", _("description")), _description(matter, longest)),
    )


def _joined_manner(call: Call) -> str:
    return _joined(choices(call).manner, spoken_word(call.kind))


def _most(words: Iterable[str]) -> str:
    counts = Counter(filter(None, words))
    return min(counts, key=lambda word: (-counts[word], word)) if counts else ""


def _span(campaign: Campaign) -> str:
    first, last = day_text(campaign.first), day_text(campaign.last)
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _kind(call: Call, chosen: Chosen12321) -> str:
    if call.sector == FRAUD:
        return _(
            "the form has no kind for this: report it as a fraudulent call (诈骗电话), and to the "
            "police on 96110"
        )
    return _joined(chosen.kind, sector_word(call.sector))


def _description(matter: Matter, call: Call) -> str:
    """What the form's description may hold: facts of the call, then what was said, cut at 1,000."""
    about, who = sector_word(call.sector), spoken_word(call.kind)
    # Never shorter than the form wants it.
    facts = [
        _("The call of {time} from {number} was not asked for.").format(
            time=time_text(call.at), number=call.caller.number or _("a hidden number")
        ),
        *([_("Who spoke: {who}.").format(who=who)] if who else []),
        *([_("It was about: {sector}.").format(sector=about)] if about else []),
        *_campaign_facts(matter, call),
    ]
    said = said_text(matter, call)
    if said:
        facts.append(_("What was said: “{text}”").format(text=said))
    text = _sentences(facts)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _sentences(facts: Sequence[str]) -> str:
    text = facts[0]
    for fact in facts[1:]:
        text = _("{first} {second}").format(first=text, second=fact)
    return text


def _campaign_facts(matter: Matter, call: Call) -> list[str]:
    campaign = matter.chosen.campaign_of(call.id)
    if campaign is None or len(campaign.calls) < _SEVERAL:
        return []
    return [
        _(
            "It is one of at least {count} calls by one campaign ({numbers}), {first} to {last}."
        ).format(
            count=count_text(len(campaign.calls)),
            numbers=numbers_text(campaign),
            first=day_text(campaign.first),
            last=day_text(campaign.last),
        )
    ]


def _with_sector(matter: Matter, call: Call) -> Call:
    """``call``, where it tells no sector with that of its campaign."""
    campaign = matter.chosen.campaign_of(call.id)
    return replace(call, sector=campaign.sector) if campaign and not call.sector else call


def _points() -> tuple[str, ...]:
    return (
        _("A choice that stands empty above is one that the case does not know: choose it."),
        _("A message's text is to be copied unchanged; its screenshot is asked for, too."),
        _(
            "“Not asked for” is for you to judge: strike it out where the owner of "
            "the number had agreed to such calls."
        ),
        _(
            "Whoever complains tells 12321 the number that was called, and 12321 may pass it on to "
            "carriers and companies."
        ),
    )


def _count_text(calls: Sequence[Call]) -> str:
    return _count_text_of(len(calls))


def _count_text_of(count: int) -> str:
    text = ngettext("{count} call or message", "{count} calls and messages", count)
    return text.format(count=count_text(count))


def _seconds(seconds: float) -> str:
    return _("{count} s").format(count=f"{seconds:.0f}")


def _received() -> str:
    return both("您的手机号", _("the number that was called"))


def _complained() -> str:
    return both("被举报号码", _("the number complained of"))


def _joined(form: str, meaning: str) -> str:
    return both(form, meaning) if form else ""


def _filled(*fields: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    empty = _("(not known)")
    return tuple((label, value or empty) for label, value in fields)
