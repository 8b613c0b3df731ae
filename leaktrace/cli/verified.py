"""How a verification is shown, and told in JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from leaktrace import __version__
from leaktrace.cli.output import count, show, table
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.case.verification import Check, Verification


def verified_json(found: Verification) -> dict[str, Any]:
    """The document of ``verify --json``: the figures, then every check."""
    states = ("same", "differs", "unchecked")
    return {
        "version": __version__,
        **{state: len(found.those(state)) for state in states},
        "checks": [asdict(check) for check in found.checks],
    }


def show_verified(found: Verification) -> None:
    """Print what differs, what could not be checked, and how much is as it was."""
    told = [*found.those("differs"), *found.those("unchecked")]
    if told:
        headers = [_("input"), _("what"), _("outcome"), _("where"), _("why")]
        show(table(headers, [_row(check) for check in told]))
    for check in found.those("same"):
        if check.code in _noted():
            show(_("note: {text}").format(text=_noted()[check.code].format(place=check.place)))
    show(
        _(
            "{same} checks found all as recorded, {differs} differ, {unchecked} could not be made"
        ).format(
            same=count(len(found.those("same"))),
            differs=count(len(found.those("differs"))),
            unchecked=count(len(found.those("unchecked"))),
        )
    )


def _row(check: Check) -> list[str]:
    states = {"differs": _("differs"), "unchecked": _("not checked")}
    return [
        _subject(check),
        _part(check.part),
        states.get(check.state, check.state),
        check.place,
        check.text or _reason(check),
    ]


def _subject(check: Check) -> str:
    if check.subject in ("ledger", "case"):
        return _("ledger") if check.subject == "ledger" else _("the case")
    if check.subject == "reference":
        return _("reference of {source}").format(source=check.subject_id)
    return check.subject_id


def _part(part: str) -> str:
    words = {
        "original": _("the original"),
        "kept": _("the original kept in the case"),
        "files": _("the stored list"),
        "reading": _("reading it again"),
        "sums": _("sums"),
        "database": _("database"),
        "chain": _("chain of entries"),
        "folder": _("its folder"),
        "head": _("newest link, as kept beside the key"),
        "plantings": _("plantings"),
        "commitment": _("commitment"),
        "published": _("published digest"),
    }
    return words.get(part, part)


def _reason(check: Check) -> str:
    if check.state == "unchecked" and check.code in ("counts", "extraction"):
        return _(
            "it gives other records than then, but was read by another version of leaktrace, or on "
            "another system"
        )
    said = _reasons_of_files() | _reasons_of_ledger() | _reasons_of_plantings()
    return said.get(check.code, check.code)


def _reasons_of_files() -> dict[str, str]:
    return {
        "missing": _("it is not where it was; say where it is with --original"),
        "gone": _("it is gone from the case; go back to a copy of the case folder"),
        "unreadable": _("it cannot be read; check its permissions"),
        "other-bytes": _("its bytes are others than those that were taken in"),
        "damaged": _("it was changed or damaged since; go back to a copy of the case folder"),
        "no-checksums": _("it was stored by an older version, which kept no checksums"),
        "no-original": _("there is no original to read"),
        "other-original": _(
            "the original is there, but its bytes are others than those that were taken in: it was "
            "not read"
        ),
        "foreign": _(
            "the ledger does not know it: something other than leaktrace put it there, or a "
            "command was broken off; look at it and move it elsewhere"
        ),
        "opened": _("other members could be opened than then; give the same passwords"),
        "member": _("this member has other bytes than then"),
        "counts": _("it counts otherwise than then"),
        "extraction": _("it gives other records than then"),
        "sums": _("the recorded counts do not add up"),
    }


def _reasons_of_ledger() -> dict[str, str]:
    return {
        "sealed": _("a sealed value does not open; go back to a copy of the case folder"),
        "link": _("a link of the chain does not follow from what is before it"),
        "unlinked": _("there are entries after the last link"),
        "changed": _("this row was changed by something other than leaktrace"),
        "added": _("this row was added by something other than leaktrace"),
        "missing-row": _("this row was taken out by something other than leaktrace"),
        "no-chain": _("the ledger is from before there were chains; the next command begins one"),
    }


def _reasons_of_plantings() -> dict[str, str]:
    return {
        "rolled-back": _(
            "the ledger lacks what was written to it last from here: it was put back to an earlier "
            "copy, or its end was cut off"
        ),
        "bad-head": _("the file in the key folder was changed, and vouches for nothing"),
        "planting-gone": _("this planting was taken out"),
        "planting-changed": _("this planting is not what its record says"),
        "record-leaf": _("its record was replaced"),
        "record-damaged": _("its record, or its canary, does not open"),
        "cut-off": _("there were more plantings when this was committed to"),
        "other-root": _("the plantings are not those that were committed to"),
        "other-ledger": _("the ledger is not the one that was committed to"),
        "not-committed": _(
            "no commitment of this case has this digest: it was cut off, or is another case's"
        ),
        "stamp-rejected": _stamp_is_wrong(),
        "stamp-unreadable": _stamp_is_wrong(),
        "stamp-other-digest": _stamp_is_wrong(),
        "stamp-bad-signature": _stamp_is_wrong(),
    }


def _stamp_is_wrong() -> str:
    return _("its time stamp was changed")


def _noted() -> dict[str, str]:
    """What is no fault, and should be known."""
    return {
        "no-head": _(
            "no newest link of this copy is kept beside the key ({place}), so a cut of the "
            "ledger's end cannot show; the next command that writes keeps one"
        ),
        "no-record": _(
            "plantings {place} are from before there were records of them; leaktrace canary commit "
            "makes these"
        ),
    }
