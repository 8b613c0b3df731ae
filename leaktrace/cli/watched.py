"""What is new in a case, as tables and as JSON; who called is masked."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaktrace.cli.failures import say
from leaktrace.cli.fitted import fitted
from leaktrace.cli.outcomes import refusal_json, warning_json
from leaktrace.cli.output import count, next_step, show
from leaktrace.identifiers.masking import mask_text
from leaktrace.messages import _, ngettext
from leaktrace.report.callwords import number_text, sector_word
from leaktrace.report.numbers import odds_text
from leaktrace.times import day_text, time_text

if TYPE_CHECKING:
    from leaktrace.calls.records import Call
    from leaktrace.case.outcomes import Refusal
    from leaktrace.workflows.watching import Burnt, Hit, News, Rise, TakenLogs

_NAMED = 3
_SIGNIFICANT = 4


def news_json(news: News, logs: TakenLogs | None, *, remembered: bool) -> dict[str, Any]:
    """All kinds of news with their codes, each list empty where there is none."""
    from leaktrace.cli.commands.calls_shown import call_json, campaign_json
    from leaktrace.cli.pooled import duty_json

    campaign = _campaigns(news)
    fresh = {one.id for one in news.calls}
    return {
        "new": bool(news),
        "first": news.first,
        "remembered": remembered,
        "calls": [
            call_json(one, reveal=False) | {"campaign": campaign.get(one.id)} for one in news.calls
        ],
        "campaigns": [
            campaign_json(one) | {"new_calls": [call for call in one.calls if call in fresh]}
            for one in news.campaigns
        ],
        "batches": [
            {
                "batch": one.id,
                "file": one.file,
                "seen_at": one.seen_at.text,
                "rows": one.rows,
                "people": one.people,
            }
            for one in news.batches
        ],
        "hits": [_hit_json(one) for one in news.hits],
        "leaked": [_rise_json(one) for one in news.rises],
        "burnt": [
            {one.subject: one.id, "at": one.at.text, "why": mask_text(one.why)}
            for one in news.burnt
        ],
        "due": [duty_json(one) for one in news.duties],
        **_logs_json(logs),
    }


def _hit_json(one: Hit) -> dict[str, Any]:
    return {
        "canary": one.canary,
        "batch": one.batch,
        "seen_at": one.at.text,
        "planted": [{"source": it.source, "planted_at": it.planted_at.text} for it in one.planted],
    }


def _rise_json(one: Rise) -> dict[str, Any]:
    return {
        "source": one.source,
        "leaked": _rounded(one.leaked),
        "before": None if one.before is None else _rounded(one.before),
        "marks": list(one.marks),
    }


def _rounded(value: float) -> float:
    return float(f"{value:.{_SIGNIFICANT}g}")


def _logs_json(logs: TakenLogs | None) -> dict[str, Any]:
    return {
        "imported": None
        if logs is None
        else {"added": logs.added, "updated": logs.updated, "unchanged": logs.unchanged},
        "refused": refusal_json(logs.refused if logs else ()),
        "warnings": warning_json(logs.warnings if logs else ()),
    }


def show_news(news: News, case: Path | None) -> None:
    """Print the news, and nothing where there are none."""
    from leaktrace.cli.pooled import show_duties

    if not news:
        return
    if news.first:
        show(_("The first watch of this case: all there is. From now on, only what is new."), "")
    for title, block in _blocks(news):
        show(title, *block, "")
    if news.duties:
        show(_("Due"))
        show_duties(news.duties)
    _suggest(news, case)


def _blocks(news: News) -> Iterator[tuple[str, list[Any]]]:
    if news.rises:
        headers = [_("source"), _("probability"), _("before"), _("mark")]
        rows = [_rise_row(one) for one in news.rises]
        yield (
            _("Sources whose probability of circulating rose past a mark"),
            fitted(headers, rows, right=(1, 2, 3)),
        )
    if news.hits:
        headers = [_("canary"), _("source"), _("batch"), _("seen")]
        yield _("Canaries in lists"), fitted(headers, [_hit_row(one) for one in news.hits])
    if news.calls:
        text = ngettext(
            "{count} call or message on canary numbers",
            "{count} calls and messages on canary numbers",
            len(news.calls),
        )
        yield text.format(count=count(len(news.calls))), _call_table(news)
    if news.batches:
        headers = [_("batch"), _("seen"), _("rows"), _("people"), _("file")]
        rows = [
            [one.id, day_text(one.seen_at), count(one.rows), count(one.people), one.file]
            for one in news.batches
        ]
        yield _("Lists taken in"), fitted(headers, rows, right=(2, 3))
    if news.burnt:
        headers = [_("burnt"), _("since"), _("why")]
        yield _("Burnt"), fitted(headers, [_burnt_row(one) for one in news.burnt])


def _rise_row(one: Rise) -> list[str]:
    before = "–" if one.before is None else odds_text(one.before)
    return [one.source, odds_text(one.leaked), before, f"{one.marks[-1]:g}"]


def _hit_row(one: Hit) -> list[str]:
    by_then = [it for it in one.planted if it.planted_at.earliest <= one.at.latest]
    planted = _(", ").join(it.source for it in by_then if it.source)
    none = _("planted later") if one.planted else _("control")
    return [one.canary, planted or none, one.batch, day_text(one.at)]


def _burnt_row(one: Burnt) -> list[str]:
    return [one.id, day_text(one.at), mask_text(one.why)]


def _campaigns(news: News) -> dict[str, str]:
    """The campaign of each call that is in one."""
    return {call: one.id for one in news.campaigns for call in one.calls}


def _call_table(news: News) -> list[Any]:
    """The calls by canary and campaign, those that came last at the end."""
    campaign = _campaigns(news)
    groups: dict[tuple[str, str], list[Call]] = defaultdict(list)
    for call in news.calls:
        groups[_(", ").join(call.canaries), campaign.get(call.id, "")].append(call)
    headers = [_("canary"), _("calls"), _("last"), _("callers"), _("sector"), _("campaign")]
    rows = [
        [canary, count(len(calls)), time_text(calls[-1].at), *_said_of(calls), name]
        for (canary, name), calls in sorted(
            groups.items(), key=lambda item: (item[1][-1].at.earliest, item[0])
        )
    ]
    return fitted(headers, rows, right=(1,))


def _said_of(calls: Sequence[Call]) -> list[str]:
    callers = [number_text(one.caller, reveal=False) or _("hidden") for one in calls]
    sectors = [sector_word(one.sector) for one in calls if one.sector]
    return [_few(callers), _few(sectors)]


def _few(texts: Sequence[str]) -> str:
    """The most frequent of ``texts``, and how many others there are."""
    found = [text for text, _number in Counter(texts).most_common()]
    named = _(", ").join(found[:_NAMED])
    rest = len(found) - _NAMED
    if rest <= 0:
        return named
    more = ngettext("{named} and {count} other", "{named} and {count} others", rest)
    return more.format(named=named, count=count(rest))


def _suggest(news: News, case: Path | None) -> None:
    if news.calls:
        next_step(_("Next: leaktrace calls list, which shows the calls one by one"), case=case)
    if news.rises or news.hits or news.batches:
        next_step(_("Next: leaktrace trace, which weighs lists and calls"), case=case)
    if news.duties:
        next_step(_("Next: leaktrace canary due, which lists all that needs doing"), case=case)


def tell_refused(logs: TakenLogs) -> None:
    """Say on standard error what of the logs was refused: a line for each reason in each file."""
    groups: dict[tuple[str, str], list[Refusal]] = defaultdict(list)
    for one in logs.refused:
        groups[one.file, one.code].append(one)
    for refusals in groups.values():
        say(_refused_text(refusals))
    if sys.stderr.isatty():
        # They would come each time, and are no news.
        text = _("{name}: {text}")
        for item in logs.warnings:
            next_step(text.format(name=item.place, text=item.text))


def _refused_text(refusals: Sequence[Refusal]) -> str:
    first = refusals[0]
    said = first.reason
    if first.file not in said:
        said = _("{name}: {text}").format(name=first.file, text=said)
    rest = len(refusals) - 1
    more = ngettext("; and {count} more", "; and {count} more", rest).format(count=count(rest))
    return said + more * bool(rest)
