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
    }
    return words.get(part, part)


def _reason(check: Check) -> str:
    if check.state == "unchecked" and check.code in ("counts", "extraction"):
        return _(
            "it gives other records than then, but was read by another version of leaktrace, or on "
            "another system"
        )
    return (_reasons_of_files() | _reasons_of_ledger()).get(check.code, check.code)


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
