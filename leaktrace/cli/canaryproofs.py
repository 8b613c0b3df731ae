"""How commitments, time stamps and proofs are shown, and told in JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from leaktrace.cli.output import count, show, table
from leaktrace.messages import _, ngettext
from leaktrace.times import clock, read_moment, time_text

if TYPE_CHECKING:
    from leaktrace.canary.proving import Commitment, ProofCheck, StampCheck


def commitment_json(one: Commitment) -> dict[str, Any]:
    """A commitment, with its digest and the text that the digest is of."""
    return {
        "number": one.number,
        "at": one.at,
        "plantings": one.plantings,
        "root": one.root,
        "ledger": one.ledger,
        "digest": one.digest,
        "text": one.text,
    }


def stamp_json(one: StampCheck | None) -> dict[str, Any] | None:
    """What a time stamp shows."""
    return None if one is None else {**asdict(one), "good": one.good}


def check_json(found: ProofCheck) -> dict[str, Any]:
    """The document of ``canary check --json``."""
    later = found.proof.later
    return {
        "holds": found.holds,
        "faults": list(found.faults),
        "published": found.published,
        "stamp": stamp_json(found.stamp),
        "commitment": commitment_json(found.proof.commitment),
        "later": later and commitment_json(later.commitment),
        "record": dict(found.said),
    }


def plantings_text(number: int) -> str:
    """So many plantings."""
    return ngettext("{count} planting", "{count} plantings", number).format(count=count(number))


def show_check(found: ProofCheck) -> None:
    """Print what a proof says, and what there is for it."""
    if found.said:
        show(table([_("what the record says"), ""], said_rows(found.said)))
    show("", *_grounds(found))


def _grounds(found: ProofCheck) -> list[str]:
    commitment = found.proof.commitment
    if not found.holds:
        return [_("This is not proven.")]
    told = [
        _("It is in the commitment {digest}, over {plantings}.").format(
            digest=commitment.digest, plantings=plantings_text(commitment.plantings)
        )
    ]
    if found.published == "same":
        told.append(_("That is the digest that you gave: it is as old as that was published."))
    elif found.published == "later":
        told.append(_("The digest that you gave is that of a later commitment, which holds it."))
    if found.stamp is not None:
        told.append(_stamp_text(found.stamp))
    if not found.published and found.stamp is None:
        told.append(
            _("Nothing here shows when: compare the digest with where it was published (--digest).")
        )
    return told


def _stamp_text(stamp: StampCheck) -> str:
    said = {
        "trusted": _("Stamped at {at} by {authority}, which you trust."),
        "signed": _(
            "Stamped at {at} by {authority}, says the stamp; whether that can be trusted shows "
            "its certificate, with --authority."
        ),
    }
    return said[stamp.code].format(at=clock(stamp.at), authority=stamp.authority)


def fault_texts(found: ProofCheck) -> list[str]:
    """Why a proof does not hold, one sentence for each fault."""
    said = {
        "root": _("the record is not the one that was committed to"),
        "case": _("the record is of another case"),
        "later": _("the later commitment does not begin with the earlier"),
        "published": _("the digest that you gave is of another commitment"),
        "stamp": _("its time stamp is of something else, or wrong, or by nobody whom you trust"),
        "record": _("it holds no record of a planting"),
    }
    return [said[one] for one in found.faults]


def said_rows(said: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """What a record says, in words; what it leaves empty is left out."""
    control = _("nowhere: a control")
    rows = [
        (_("canary"), str(said.get("canary", ""))),
        (_("source"), _named(said) or control),
        (_("planted, as was said"), _time(_text(said.get("planted"), "text"))),
        (_("recorded"), _clock(str(said.get("recorded_at", "")))),
        (_("channel"), channel_word(str(said.get("channel", "")))),
        (_("where"), str(said.get("place", ""))),
        (_("planted by"), str(said.get("by", ""))),
        (_("authorised by"), str(said.get("authorised_by", ""))),
        (_("SHA-256 of the evidence"), str(said.get("evidence_sha256", ""))),
        (_("registrant"), _("a true one") if said.get("true_registrant") else ""),
        *_identity(said),
        (_("note"), str(said.get("note", ""))),
    ]
    return [row for row in rows if row[1]]


def channel_word(code: str) -> str:
    """A channel in words."""
    words = {
        "form": _("a form"),
        "app": _("an app"),
        "counter": _("at the counter"),
        "400-call": _("a 400 call"),
        "sms-reply": _("the reply to a text message"),
        "annual-report": _("an annual report"),
        "other": _("otherwise"),
    }
    return words.get(code, code)


def _named(said: Mapping[str, Any]) -> str:
    parts = (said.get("source"), said.get("source_name"))
    return " ".join(str(part) for part in parts if part)


def _text(value: Any, name: str) -> str:
    return str(value.get(name, "")) if isinstance(value, dict) else ""


def _time(text: str) -> str:
    try:
        return time_text(read_moment(text))
    except (ValueError, OverflowError):  # a proof may say anything
        return text


def _clock(text: str) -> str:
    try:
        return clock(text)
    except ValueError:  # a proof may say anything
        return text


def _identity(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the canary showed itself by there, each once: a name is identity and mark at once."""
    from leaktrace.report.words import field_word

    parts = (said.get("identity"), said.get("marks"))
    found = {
        (str(name), str(text)): None
        for part in parts
        if isinstance(part, dict)
        for name, text in sorted(part.items())
    }
    return [(field_word(name), text) for name, text in found]
