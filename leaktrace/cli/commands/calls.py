"""``leaktrace calls import|list|campaigns``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Group, command_group, one_command
from leaktrace.cli.options import AsJson, Callee, the_case
from leaktrace.cli.outcomes import tell_import
from leaktrace.cli.output import next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.messages import _

Reveal = Annotated[
    bool, typer.Option("--reveal", help=_("show who called and what was said, unmasked"))
]


def command() -> Group:
    """The group ``calls`` with its commands."""
    taken = _(
        "A CALLS table, a carrier's bill (详单), a backup of Android's SMS Backup & Restore, call "
        "records of Asterisk or FreeSWITCH: each is known by what stands in it. Who called and "
        "what was said is sealed in the case."
    )
    grouped = _(
        "Calls belong together that read one script, come from one number within days, or from one "
        "block of numbers in a burst; a human's call after a robot's, too. The number that shows "
        "is nobody's identity. Time grows with the number of transcripts that differ: half a "
        "minute with 4,000."
    )
    members = {
        "import": one_command("calls import", import_, taken),
        "list": one_command("calls list", list_),
        "campaigns": one_command("calls campaigns", campaigns_, grouped),
    }
    return command_group("calls", members)


def import_(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="CALLS.csv", help=_("files that hold calls"))
    ],
    callee: Callee = "",
    as_json: AsJson = False,
) -> int:
    """Take in calls and messages."""
    from leaktrace.calls import import_calls
    from leaktrace.case.outcomes import ImportOutcome
    from leaktrace.intake.worker import Worker

    with progress() as bars, the_case(context) as case, Worker() as worker:
        parts = [import_calls(case, file, bars, callee=callee, worker=worker) for file in files]
    outcome = ImportOutcome(
        added=sum(part.added for part in parts),
        updated=sum(part.updated for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        refused=tuple(one for part in parts for one in part.refused),
        warnings=tuple(one for part in parts for one in part.warnings),
    )
    following = _("Next: leaktrace calls campaigns, which puts together what belongs together")
    return tell_import(outcome, following, context.obj, as_json=as_json)


def list_(
    context: typer.Context,
    canary: Annotated[
        str | None, typer.Option("--canary", metavar=_("CANARY"), help=_("of this canary alone"))
    ] = None,
    reveal: Reveal = False,
    as_json: AsJson = False,
) -> None:
    """List the calls."""
    from leaktrace.calls import read_calls
    from leaktrace.cli.commands.calls_shown import call_json, show_calls

    with the_case(context) as case:
        if canary is not None:
            case.reveal_canary(canary)  # which says so where there is no such canary
        calls = [one for one in read_calls(case) if canary in (None, *one.canaries)]
    if as_json:
        write_json({"calls": [call_json(one, reveal=reveal) for one in calls]})
        return
    if not calls:
        show(_("There is no call in this case yet."))
        next_step(_("Next: leaktrace calls import FILE"), case=context.obj)
        return
    show_calls(calls, reveal=reveal)
    next_step(
        _("Next: leaktrace calls campaigns, which puts together what belongs together"),
        case=context.obj,
    )


def campaigns_(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the campaigns behind the calls."""
    from leaktrace.calls import campaigns, read_calls
    from leaktrace.cli.commands.calls_shown import campaign_json, show_campaigns

    with the_case(context) as case:
        calls = read_calls(case)
        found = campaigns(case, calls)
    if as_json:
        write_json({"campaigns": [campaign_json(one) for one in found], "calls": len(calls)})
        return
    if not calls:
        show(_("There is no call in this case yet."))
        next_step(_("Next: leaktrace calls import FILE"), case=context.obj)
        return
    show_campaigns(found, len(calls))
    next_step(
        _("Next: leaktrace calls list, which shows the calls one by one, or leaktrace trace"),
        case=context.obj,
    )
