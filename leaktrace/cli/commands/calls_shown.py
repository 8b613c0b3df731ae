"""Calls and campaigns as tables and as JSON; a person's number is masked unless asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leaktrace.cli.fitted import fitted
from leaktrace.cli.output import count, show
from leaktrace.messages import _, ngettext
from leaktrace.report.callwords import (
    estimate_text,
    from_text,
    number_text,
    numbers_text,
    sector_word,
    way_text,
)
from leaktrace.report.words import field_word

if TYPE_CHECKING:
    from leaktrace.calls.records import Call, Campaign, Interval, RecitedMarks, Size


def call_json(call: Call, *, reveal: bool) -> dict[str, Any]:
    """A call with its codes; who called and what was said only where that was asked for."""
    whole = {"transcript": call.transcript, "claims_to_be": call.claims_to_be} if reveal else {}
    return {
        "call": call.id,
        "canaries": list(call.canaries),
        "at": call.at.text,
        "caller": number_text(call.caller, reveal=reveal),
        "caller_kind": call.caller.kind,
        "carrier": call.caller.carrier,
        "region": call.caller.region,
        "duration_s": call.duration_s,
        "kind": call.kind,
        "call_mode": call.call_mode,
        "sector": call.sector,
        "inferred": list(call.inferred),
        "has_transcript": bool(call.transcript),
        "recited": _recited_json(call.recited),
        **whole,
    }


def show_calls(calls: Sequence[Call], *, reveal: bool) -> None:
    """Print calls, by time."""
    headers = [_("time"), _("canary"), _("caller"), _("from"), _("seconds"), _("kind"), _("sector")]
    headers += [_("recited"), *([_("what was said")] if reveal else [])]
    rows = [
        [
            call.at.text.replace("T", " ").removesuffix("+08:00"),
            ", ".join(call.canaries),
            number_text(call.caller, reveal=reveal) or _("hidden"),
            from_text(call.caller),
            "" if call.duration_s is None else f"{call.duration_s:.0f}",
            way_text(call),
            sector_word(call.sector),
            _recited(call.recited),
            *([call.transcript] if reveal else []),
        ]
        for call in calls
    ]
    show(*fitted(headers, rows, right=(4,)))


def campaign_json(campaign: Campaign) -> dict[str, Any]:
    """A campaign with its codes."""
    return {
        "campaign": campaign.id,
        "first": campaign.first.text,
        "last": campaign.last.text,
        "calls": list(campaign.calls),
        "canaries": list(campaign.canaries),
        "sources": list(campaign.sources),
        "sector": campaign.sector,
        "basis": list(campaign.basis),
        "numbers": campaign.numbers,
        "blocks": campaign.blocks,
        "rotating": campaign.rotating,
        "funnels": [
            {"canary": one.canary, "first": one.first, "second": one.second, "basis": one.basis}
            for one in campaign.funnels
        ],
        "recited": _recited_json(campaign.recited),
        "list": None if campaign.size is None else _size_json(campaign.size),
    }


def show_campaigns(campaigns: Sequence[Campaign], calls: int) -> None:
    """Print campaigns, by time, and what the figures rest on."""
    from leaktrace.calls.campaign.sizes import LINE_DIALS

    if not campaigns:
        show(_("No two canaries were called by one campaign, as far as these calls tell."))
        return
    headers = [_("campaign"), _("first"), _("last"), _("calls"), _("canaries"), _("sources")]
    headers += [_("sector"), _("numbers"), _("recited"), _("people on the list"), _("dials a day")]
    rows = [
        [
            one.id,
            one.first.text[:10],
            one.last.text[:10],
            count(len(one.calls)),
            ", ".join(one.canaries),
            ", ".join(one.sources),
            sector_word(one.sector),
            numbers_text(one),
            _recited(one.recited),
            estimate_text(one.size.people if one.size else None),
            estimate_text(one.size.dials_a_day if one.size else None),
        ]
        for one in campaigns
    ]
    inside = sum(len(one.calls) for one in campaigns)
    low, high = LINE_DIALS
    show(
        *fitted(headers, rows, right=(3,)),
        "",
        ngettext(
            "{count} of {calls} call is in a campaign.",
            "{count} of {calls} calls are in a campaign.",
            inside,
        ).format(count=count(inside), calls=count(calls)),
        _(
            "In brackets: intervals of 90%, for people of the sources named who were dialled. "
            "Vendors say that one line dials {low} to {high} numbers a day."
        ).format(low=count(low), high=count(high)),
    )


def _recited(marks: Sequence[RecitedMarks]) -> str:
    told = (
        _("{source}: {text}").format(
            source=one.source or one.canary, text=_(", ").join(map(field_word, one.kinds))
        )
        for one in marks
    )
    # Several canaries of one source are often recited alike.
    return _("; ").join(dict.fromkeys(told))


def _recited_json(marks: Sequence[RecitedMarks]) -> list[dict[str, Any]]:
    return [{"canary": one.canary, "source": one.source, "kinds": list(one.kinds)} for one in marks]


def _size_json(size: Size) -> dict[str, Any]:
    def told(interval: Interval | None) -> dict[str, float] | None:
        if interval is None:
            return None
        values = {"low": interval.low, "estimate": interval.estimate, "high": interval.high}
        return {name: _rounded(value, 4) for name, value in values.items()}

    return {
        "people": told(size.people),
        "dials_a_day": told(size.dials_a_day),
        "days": told(size.days),
        "sources": list(size.sources),
        "hit": size.hit,
        "planted": size.planted,
        "why_none": size.why_none,
    }


def _rounded(value: float, digits: int = 2) -> float:
    return float(f"{value:.{digits}g}")
