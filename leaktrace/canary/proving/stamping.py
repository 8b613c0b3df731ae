"""Putting an authority's answer to the commitment that it stamps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from leaktrace.canary.proving.commitments import Commitment, read_commitments
from leaktrace.canary.proving.stamps import StampCheck, check_stamp, stamped_digest
from leaktrace.case.case import Case
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


def add_stamp(
    case: Case, answer: bytes, authorities: Sequence[Certificate] = ()
) -> tuple[Commitment, StampCheck]:
    """Keep ``answer`` (DER, RFC 3161) with the commitment whose digest it stamps.

    Raises
    ------
    LeaktraceError
        ``"bad-stamp"`` where it shows nothing of any commitment of this case, ``"stamped"`` where
        that commitment has another stamp: the first is the one that counts.
    """
    digest = stamped_digest(answer)
    with case.writing("canary commit") as writer, writer.one_input():
        every = read_commitments(writer.connection)
        found = next((one for one in every if one.digest == digest), None)
        checked = check_stamp(answer, digest if found else "", authorities)
        if found is None or not checked.good:
            raise _bad_stamp(checked)
        if found.stamp == answer:
            return found, checked
        if found.stamp is not None:
            raise LeaktraceError(
                _(
                    "commitment {number} has a time stamp already, and the first one counts; "
                    "keep this one elsewhere"
                ).format(number=found.number),
                code="stamped",
            )
        writer.run()
        writer.connection.execute(
            "UPDATE commitments SET stamp = ? WHERE id = ?", (answer, found.number)
        )
    return replace(found, stamp=answer), checked


def _bad_stamp(checked: StampCheck) -> LeaktraceError:
    reasons = {
        "rejected": _("the authority gave no time stamp; ask it again, or another one"),
        "bad-signature": _("the time stamp's signature is wrong; ask the authority again"),
        "unknown-authority": _(
            "the time stamp does not lead to an authority that you trust; give its certificate "
            "with --authority"
        ),
        "other-digest": _("the time stamp is of none of this case's commitments"),
    }
    unreadable = _(
        "this is no time stamp with its certificate; have the file made anew by leaktrace canary "
        "commit --stamp-request stamped"
    )
    return LeaktraceError(reasons.get(checked.code, unreadable), code="bad-stamp")
