"""Calls, callers and campaigns in words; letters and the command line share them."""

from __future__ import annotations

from leaktrace.calls.records import Call, Caller, Campaign, Interval
from leaktrace.identifiers.masking import mask_text
from leaktrace.messages import _, ngettext
from leaktrace.report.numbers import count_text
from leaktrace.report.words import listed

COMPANIES = ("95", "96", "400", "service", "sms-port")
"""Kinds of calling numbers that no person has."""

_SHOWN = 3


def caller_word(code: str) -> str:
    """A kind of calling number in words."""
    words = {
        "mobile": _("mobile"),
        "virtual": _("virtual operator's"),
        "landline": _("landline"),
        "95": _("95 number"),
        "96": _("96 number"),
        "400": _("400 number"),
        "service": _("service number"),
        "sms-port": _("message port"),
        "foreign": _("foreign"),
        "hidden": _("hidden"),
        "other": _("other"),
    }
    return words.get(code, code)


def carrier_word(code: str) -> str:
    """A carrier of issue."""
    words = {
        "": _("unknown"),
        "china-mobile": _("China Mobile"),
        "china-unicom": _("China Unicom"),
        "china-telecom": _("China Telecom"),
        "virtual": _("virtual operators"),
        "china-broadnet": _("China Broadnet"),
    }
    return words.get(code, code)


def sector_word(code: str) -> str:
    """A sector in words."""
    words = {
        "loan": _("loans"),
        "property": _("property"),
        "renovation": _("renovation"),
        "insurance": _("insurance"),
        "medical": _("medical"),
        "education": _("education"),
        "company-services": _("company services"),
        "investment": _("investment"),
        "telecom": _("telecom"),
        "recruitment": _("recruitment"),
        "logistics": _("logistics"),
        "collection": _("debt collection"),
        "authority": _("posing as an authority"),
        "other": _("other"),
    }
    return words.get(code, code)


def spoken_word(code: str) -> str:
    """Who spoke, in words; empty where nobody knows."""
    return {"robot": _("robot"), "human": _("human"), "sms": _("message")}.get(code, "")


def mode_word(code: str) -> str:
    """By what line it was called, in words; empty where nobody knows."""
    words = {
        "ai": _("AI"),
        "sales-sim": _("sales SIM"),
        "call-back": _("call-back"),
        "whitelisted": _("whitelisted card"),
    }
    return words.get(code, "")


def way_text(call: Call) -> str:
    """Who spoke, and by what line."""
    return listed(filter(None, (spoken_word(call.kind), mode_word(call.call_mode))))


def number_text(caller: Caller, *, reveal: bool) -> str:
    """A calling number as it may be shown: a company's as it is, a person's masked unless it is to
    be revealed; empty where it was hidden."""
    if reveal or caller.kind in COMPANIES:
        return caller.number
    masked = mask_text(caller.number)
    if masked != caller.number or not caller.number:
        return masked
    return caller.number[:_SHOWN] + "*" * (len(caller.number) - _SHOWN)


def from_text(caller: Caller) -> str:
    """What kind of number it is, and where it was issued."""
    return " ".join(filter(None, (caller_word(caller.kind), caller.region)))


def numbers_text(campaign: Campaign) -> str:
    """From how many numbers a campaign called."""
    text = ngettext("{count} number", "{count} numbers", campaign.numbers)
    said = text.format(count=count_text(campaign.numbers))
    return _("{numbers}, rotating").format(numbers=said) if campaign.rotating else said


def estimate_text(interval: Interval | None) -> str:
    """An estimate with its interval of 90%, at two digits; empty where there is none."""
    if interval is None:
        return ""
    low, middle, high = (
        count_text(round(float(f"{value:.2g}")))
        for value in (interval.low, interval.estimate, interval.high)
    )
    return f"{middle} [{low}–{high}]"
