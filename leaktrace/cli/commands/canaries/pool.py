"""``leaktrace canary pool``: taking numbers in, listing them, showing one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Group, command_group, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.outcomes import tell_import
from leaktrace.cli.output import next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.messages import _

At = Annotated[
    str | None,
    typer.Option("--at", metavar=_("DATE"), help=_("as of that day; else now")),
]
Reveal = Annotated[
    bool, typer.Option("--reveal", help=_("show the numbers themselves, which are secret"))
]
SilentAfter = Annotated[
    int,
    typer.Option(
        "--silent-after",
        min=1,
        max=3650,
        help=_("days without a heartbeat after which a planted number counts as silent"),
    ),
]


def pool_group() -> Group:
    """The group ``canary pool`` with its commands."""
    from leaktrace.cli.commands.canaries import tending

    taken = _(
        "Columns: number_id, value, and any of kind (mobile, landline, email, address), custodian, "
        "carrier, region, acquired_at, contract_end, topup_due, cost, quarantine_until, note, or "
        "their Chinese names. A number that is in the pool gets the new details; its history only "
        "grows."
    )
    logged = _(
        "Columns: number_id, at, what, and any of to, until, caller, note. What: {words}. Lines "
        "may come late and in any order."
    ).format(words=", ".join(tending.TOLD_WORDS))
    members = {
        "import": one_command("canary pool import", import_, taken),
        "list": one_command("canary pool list", list_),
        "show": one_command("canary pool show", show_),
        "log": one_command("canary pool log", tending.log, logged),
        "extend": one_command("canary pool extend", tending.extend),
        "topup": one_command("canary pool topup", tending.topup),
        "free": one_command("canary pool free", tending.free),
        "rest": one_command("canary pool rest", tending.rest),
        "return": one_command(
            "canary pool return",
            tending.return_,
            _("The carrier gives it to somebody else: what reaches it from then on is theirs."),
        ),
        "burn": one_command("canary pool burn", tending.burn),
    }
    return command_group("canary pool", members)


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="NUMBERS.csv", help=_("the table of numbers"))],
    quarantine_days: Annotated[
        int,
        typer.Option(
            "--quarantine-days",
            min=0,
            max=3650,
            help=_("how long a new phone number is listened to before it is planted"),
        ),
    ] = 90,
    as_json: AsJson = False,
) -> int:
    """Take numbers into the pool."""
    from leaktrace.canary.pool import import_numbers
    from leaktrace.canary.pool.burning import unmarked
    from leaktrace.cli.pooled import early_text

    with progress() as bars, the_case(context) as case:
        outcome = import_numbers(case, file, bars, quarantine_days=quarantine_days)
        early = len(unmarked(case)) if outcome.added else 0
    following = _("Next: leaktrace canary due, which lists what needs doing")
    status = tell_import(outcome, following, context.obj, as_json=as_json)
    if early and not as_json:
        next_step(early_text(early), case=context.obj)
    return status


def list_(
    context: typer.Context,
    at: At = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            metavar=_("STATE"),
            help=_("only these: {states}; repeatable").format(
                states="quarantined, free, planted, control, silent, burnt, resting, returned"
            ),
        ),
    ] = None,
    reveal: Reveal = False,
    silent_after: SilentAfter = 45,
    as_json: AsJson = False,
) -> None:
    """List the pool."""
    from leaktrace.canary.pool.reading import read_entries
    from leaktrace.canary.pool.records import STATES
    from leaktrace.cli.pooled import moment_given, number_json, show_pool
    from leaktrace.errors import UsageError
    from leaktrace.identifiers.masking import mask_text

    if unknown := sorted(set(state or ()) - set(STATES)):
        raise UsageError(
            _("--state {state} is none of: {states}").format(
                state=mask_text(unknown[0]), states=", ".join(STATES)
            )
        )
    moment = moment_given(at, "--at")
    with the_case(context) as case:
        entries = read_entries(case.ledger, case.sealer, moment, silent_after=silent_after)
    found = [
        one for one in entries if one.standing and (not state or one.standing.state.code in state)
    ]
    if as_json:
        write_json({"numbers": [number_json(one, reveal=reveal) for one in found]})
        return
    if not entries:
        show(_("There is no number in the pool yet."))
        next_step(_("Next: leaktrace canary pool import NUMBERS.csv"), case=context.obj)
        return
    show_pool(found, reveal=reveal)
    next_step(_("Next: leaktrace canary due, which lists what needs doing"), case=context.obj)


def show_(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar=_("ID"), help=_("the number's id"))],
    at: At = None,
    reveal: Reveal = False,
    silent_after: SilentAfter = 45,
    as_json: AsJson = False,
) -> None:
    """Show one number."""
    from leaktrace.canary.pool.reading import read_entry
    from leaktrace.canary.pool.states import in_order
    from leaktrace.cli.pooled import (
        happening_json,
        moment_given,
        number_json,
        show_history,
        show_pool,
    )

    moment = moment_given(at, "--at")
    with the_case(context) as case:
        entry = read_entry(case, number, moment, silent_after=silent_after)
    history = [
        one for one in in_order(entry.history) if moment is None or one.at.earliest <= moment.latest
    ]
    if as_json:
        said = number_json(entry, reveal=reveal)
        events = [happening_json(one, reveal=reveal) for one in history]
        write_json(said | {"history": events})
        return
    show_pool([entry], reveal=reveal)
    show_history(history, reveal=reveal)
    next_step(_("Next: leaktrace canary due, which lists what needs doing"), case=context.obj)
