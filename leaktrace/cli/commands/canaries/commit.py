"""``leaktrace canary commit``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.digests import Authority, Stamp, trusted
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step, quoted, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _
from leaktrace.times import clock

if TYPE_CHECKING:
    from leaktrace.canary.proving import Commitment, CommitOutcome, StampCheck

Request = Annotated[
    Path | None,
    typer.Option(
        "--stamp-request",
        metavar="FILE.tsq",
        help=_("write the request for a time stamp (RFC 3161), to send to an authority"),
    ),
]


def commit(
    context: typer.Context,
    stamp_request: Request = None,
    stamp: Stamp = None,
    authority: Authority = None,
    as_json: AsJson = False,
) -> None:
    """Commit to all plantings."""
    from leaktrace.canary.proving import commit as make
    from leaktrace.canary.proving import request_of, write_new

    if stamp is not None:
        if stamp_request is not None:
            raise UsageError(_("--stamp takes the answer to --stamp-request; give one at a time"))
        _stamped(context, stamp, authority, as_json)
        return
    with the_case(context) as case:
        outcome = make(case)
        if stamp_request is not None:
            write_new(stamp_request, request_of(outcome.commitment.digest))
    if as_json:
        _tell_json(outcome.commitment, outcome.status, outcome.completed, stamp_request, None)
    else:
        _tell(outcome, stamp_request)
        _suggest(context, stamp_request)


def _stamped(context: typer.Context, stamp: Path, authority: Path | None, as_json: bool) -> None:
    from leaktrace.canary.proving import add_stamp, read_answer

    with the_case(context) as case:
        found, checked = add_stamp(case, read_answer(stamp), trusted(authority))
    if as_json:
        _tell_json(found, "stamped", 0, None, checked)
        return
    show(
        _("Commitment {number} is stamped: {at}, by {authority}.").format(
            number=found.number, at=clock(checked.at), authority=checked.authority
        )
    )
    if checked.code == "signed":
        show(_("Its authority was not checked: give its certificate with --authority."))
    next_step(_("Next: leaktrace canary prove CANARY --out PROOF.json"), case=context.obj)


def _tell_json(
    one: Commitment,
    status: str,
    completed: int,
    request: Path | None,
    checked: StampCheck | None,
) -> None:
    from leaktrace.cli.canaryproofs import commitment_json, stamp_json

    write_json(
        {
            "status": status,
            "digest": one.digest,
            "commitment": commitment_json(one),
            "completed": completed,
            "request": None if request is None else str(request),
            "stamp": stamp_json(checked),
        }
    )


def _tell(outcome: CommitOutcome, request: Path | None) -> None:
    from leaktrace.cli.canaryproofs import plantings_text

    one = outcome.commitment
    said = (
        _("Nothing was planted since commitment {number} ({at}), over {plantings}; its digest is:")
        if outcome.status == "unchanged"
        else _("Commitment {number} ({at}) is over {plantings}; its digest is:")
    )
    plantings = plantings_text(one.plantings)
    show(said.format(number=one.number, at=clock(one.at), plantings=plantings), one.digest)
    if outcome.completed:
        show(
            _("{plantings} from before there were records have one now.").format(
                plantings=plantings_text(outcome.completed)
            )
        )
    if request is not None:
        show(_("The request for a time stamp is in {file}.").format(file=request))


def _suggest(context: typer.Context, request: Path | None) -> None:
    if request is not None:
        next_step(
            _("Next: have {file} stamped by an authority, then: leaktrace canary commit --stamp "
              "ANSWER.tsr").format(file=quoted(request)),
            case=context.obj,
        )  # fmt: skip
        return
    next_step(
        _("Publish the digest where its date shows: a newspaper, a notary, a public log. It gives "
          "no canary away."),
        _("Next: leaktrace canary prove CANARY --out PROOF.json"),
        case=context.obj,
    )  # fmt: skip
