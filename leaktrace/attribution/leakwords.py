"""The sentences about whether data of a source circulate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from leaktrace.attribution.result import BY_CALLS
from leaktrace.messages import _, ngettext

_LIKELY = 0.5


def _lists(detail: Mapping[str, Any]) -> str:
    return ngettext(
        "Of {of} list in the case, {batches} speaks for people of {source} being in it.",
        "Of {of} lists in the case, {batches} speak for people of {source} being in them.",
        detail["of"],
    ).format(of=detail["of"], batches=detail["batches"], source=detail["source"])


def _calls(detail: Mapping[str, Any]) -> str:
    text = ngettext(
        "{lines} number that was planted at {source} was listened to; {rung} was rung afterwards, "
        "by {callers} callers or campaigns, where about {due} were due without a leak.",
        "{lines} numbers that were planted at {source} were listened to; {rung} were rung "
        "afterwards, by {callers} callers or campaigns, where about {due} were due without a leak.",
        detail["lines"],
    ).format(
        lines=detail["lines"],
        source=detail["source"],
        rung=detail["rung"],
        callers=detail["callers"],
        due=f"{detail['due']:.1f}",
    )
    if detail["expected"]:
        text = ngettext(
            "{sentence} {count} call that it may place itself is not counted.",
            "{sentence} {count} calls that it may place itself are not counted.",
            detail["expected"],
        ).format(sentence=text, count=detail["expected"])
    if detail["rings_itself"] > _LIKELY:
        text = _(
            "{sentence} It may ring those people itself: calls in its own line of business say "
            "little."
        ).format(sentence=text)
    return text


def _excess(detail: Mapping[str, Any]) -> str:
    return _(
        "How often single callers ring the numbers planted at {source}, when and with what, "
        "compared with all other numbers."
    ).format(source=detail["source"])


def _campaign(detail: Mapping[str, Any]) -> str:
    return _(
        "Campaigns that ring several of the numbers planted at {source}, and few others."
    ).format(source=detail["source"])


def _recited(detail: Mapping[str, Any]) -> str:
    return ngettext(
        "{count} caller recited what was told at {source} and nowhere else.",
        "{count} callers recited what was told at {source} and nowhere else.",
        detail["recited"],
    ).format(count=detail["recited"], source=detail["source"])


def _circulating(detail: Mapping[str, Any]) -> str:
    return _(
        "Calls to its canaries say that data of {source} circulate; that makes it {factor} times "
        "as likely beforehand that this list holds some."
    ).format(source=detail["source"], factor=f"{detail['factor']:.1f}")


LEAK_EVIDENCE: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "leaked.lists": _lists,
    BY_CALLS: _calls,
    "calls.excess": _excess,
    "calls.campaign": _campaign,
    "calls.recited": _recited,
    "calls.circulating": _circulating,
}
