"""The pool's codes in words."""

from __future__ import annotations

from leaktrace.messages import _


def state_word(code: str) -> str:
    """A state of a number or a canary."""
    words = {
        "quarantined": _("in quarantine"),
        "free": _("free"),
        "planted": _("planted"),
        "control": _("control"),
        "silent": _("silent"),
        "burnt": _("burnt"),
        "resting": _("resting"),
        "returned": _("given back"),
        "retired": _("retired"),
    }
    return words.get(code, code)


def reason_word(code: str) -> str:
    """Why a number is what it is."""
    words = {
        "acquired": _("newly got"),
        "quarantine-over": _("quarantine over"),
        "freed": _("set free"),
        "missed-heartbeat": _("a heartbeat was missed"),
        "no-heartbeat": _("no heartbeat for too long"),
        "contract-ended": _("its contract ended"),
        "lapsed": _("its contract lapsed"),
        "retired": _("its canary was retired"),
        "found-early": _("found in a list before it was planted"),
    }
    return words.get(code) or state_word(code)


def kind_word(code: str) -> str:
    """A kind of number."""
    words = {
        "mobile": _("mobile"),
        "landline": _("landline"),
        "email": _("mailbox"),
        "address": _("address"),
    }
    return words.get(code, code)


def what_word(code: str) -> str:
    """Something that happened."""
    words = {
        "taken": _("taken into the pool"),
        "quarantined": _("put in quarantine"),
        "freed": _("set free"),
        "heartbeat": _("rang"),
        "missed": _("did not ring"),
        "called": _("called by others"),
        "topup": _("topped up"),
        "extended": _("contract extended"),
        "lapsed": _("contract lapsed"),
        "handed": _("handed on"),
        "resting": _("put to rest"),
        "returned": _("given back"),
        "burnt": _("burnt"),
        "planted": _("planted"),
        "control": _("made a control"),
        "retired": _("retired"),
        "known-to": _("made known"),
    }
    return words.get(code, code)


def duty_word(code: str) -> str:
    """Something to be done."""
    words = {
        "heartbeat": _("test call or message"),
        "topup": _("top up"),
        "contract-end": _("contract ends"),
        "quarantine-over": _("quarantine over"),
    }
    return words.get(code, code)


def how_word(code: str) -> str:
    """How somebody knew of a canary."""
    words = {
        "custodian": _("held its number"),
        "planted-it": _("planted it"),
        "authorised-it": _("authorised it"),
        "named": _("was named"),
    }
    return words.get(code, code)
