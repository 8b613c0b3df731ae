"""What the contract's codes are called in words; the report and the command line share them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from leaktrace.attribution.verdict import support_of
from leaktrace.graph import shown_text
from leaktrace.messages import _

VERDICTS = ("attributed", "mixed", "unknown-source", "no-source", "undetermined")
SUPPORTS = ("none", "weak", "moderate", "moderately-strong", "strong", "very-strong")
# ENFSI's guideline for evaluative reporting: log10 of the likelihood ratio where each word begins.
SUPPORT_STEPS = (0.0, 0.301, 1.0, 2.0, 3.0, 4.0)


def verdict_word(verdict: str) -> str:
    """A verdict in a word or two."""
    words = {
        "attributed": _("attributed"),
        "mixed": _("mixed"),
        "unknown-source": _("unknown source"),
        "no-source": _("no source"),
        "undetermined": _("cannot tell"),
    }
    return words.get(verdict, verdict)


def verdict_meaning(verdict: str) -> str:
    """What a verdict says, as the contract defines it."""
    meanings = {
        "attributed": _(
            "One source at 95% or more, and most of the list that is not made up is from it."
        ),
        "mixed": _("At least one source at 95% or more, and other people beside it."),
        "unknown-source": _("With at least 95%, none of the known sources contributed."),
        "no-source": _("With at least 95%, more than nine tenths of the people are made up."),
        "undetermined": _("The evidence does not decide; the list says what would."),
    }
    return meanings.get(verdict, "")


def support_word(support: str) -> str:
    """A word of the ENFSI scale."""
    words = {
        "none": _("no support either way"),
        "weak": _("weak support"),
        "moderate": _("moderate support"),
        "moderately-strong": _("moderately strong support"),
        "strong": _("strong support"),
        "very-strong": _("very strong support"),
    }
    return words.get(support, support)


def support_against_word(support: str) -> str:
    """The same scale, where the evidence speaks against the source."""
    words = {
        "none": _("no support either way"),
        "weak": _("weak support against"),
        "moderate": _("moderate support against"),
        "moderately-strong": _("moderately strong support against"),
        "strong": _("strong support against"),
        "very-strong": _("very strong support against"),
    }
    return words.get(support, support)


def piece_word(log10_lr: float) -> str:
    """In words, how far one piece of evidence speaks for the source or against it."""
    code = support_of(abs(log10_lr))
    return support_against_word(code) if log10_lr < 0 else support_word(code)


def listed(items: Iterable[str]) -> str:
    """``items`` one after another, as the language sets them apart."""
    # translators: between the items of a list
    return _(", ").join(items)


def claim_word(claim: str) -> str:
    """What a seller calls a list: in words where it is a kind of source, else as it was said."""
    return _kind_words().get(claim, shown_text(claim))


def price_text(price: str, currency: str, unit: str) -> str:
    """A price as it was asked, in words: ``0.57 CNY per number``."""
    money = {"CNY": _("CNY"), "RMB": _("CNY"), "USD": _("USD"), "HKD": _("HKD")}
    amount = price
    if price and currency:
        named = money.get(currency.upper(), currency)
        amount = _("{price} {currency}").format(price=price, currency=named)
    if not amount:
        return ""
    if unit == "per-number":
        return shown_text(_("{amount} per number").format(amount=amount))
    if unit == "total":
        return shown_text(_("{amount} in total").format(amount=amount))
    return shown_text(f"{amount} {unit}")


def kind_word(kind: str) -> str:
    """A kind of source in words."""
    return _kind_words().get(kind, _("other kind of source"))


def _kind_words() -> Mapping[str, str]:
    return {
        "property-viewing": _("property viewing"),
        "property-sale": _("property sale"),
        "property-management": _("property management"),
        "agency": _("housing agency"),
        "annual-report": _("annual company report"),
        "loan-app": _("loan app"),
        "loan-platform": _("loan platform"),
        "bank-sms-reply": _("reply to a bank's message"),
        "hotline-400": _("400 hotline"),
        "telecom": _("telecom operator"),
        "web-crawl": _("web page"),
        "education": _("education"),
        "car-insurance": _("car insurance"),
        "life-insurance": _("life insurance"),
        "dental": _("dental clinic"),
        "logistics": _("logistics"),
        "recruitment": _("recruitment"),
        "other": _("other kind of source"),
    }


def field_word(field: str) -> str:
    """A part of a canary's identity, or of what was told of it, in words."""
    words = {
        "mobile": _("mobile number"),
        "name": _("name"),
        "id_number": _("ID number"),
        "email": _("e-mail address"),
        "address": _("address"),
        "road": _("road"),
        "employer": _("employer"),
        "layout": _("flat"),
        "area": _("area"),
        "loan": _("loan"),
        "unissued_id": _("ID number, never issued"),
    }
    return words.get(field, field)


def identifier_word(kind: str) -> str:
    """A kind of identifier in words."""
    words = {
        "mobile": _("mobile numbers"),
        "mobile_foreign": _("foreign mobile numbers"),
        "landline": _("landline numbers"),
        "hotline": _("hotlines"),
        "id_number": _("ID numbers"),
        "id_number_suspect": _("ID numbers with a wrong check digit"),
        "uscc": _("social credit codes"),
        "email": _("e-mail addresses"),
        "plate": _("number plates"),
        "mobile_masked": _("masked mobile numbers"),
        "id_number_masked": _("masked ID numbers"),
        "name_mobile_masked": _("names with a masked mobile number"),
        "name_last4": _("names with the last four digits"),
    }
    return words.get(kind, kind)
