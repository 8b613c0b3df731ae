"""``leaktrace canary``: its commands, and ``canary import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, Group, command_group, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.outcomes import tell_import
from leaktrace.cli.output import next_step
from leaktrace.messages import _


def command() -> Group:
    """The group ``canary`` with its commands."""
    details = _("A line without a source is a control: a canary that was never planted anywhere.")
    members = {
        "import": one_command("canary import", import_, details),
        **planning_members(),
        **proving_members(),
        **watching_members(),
    }
    return command_group("canary", members)


def planning_members() -> dict[str, Command]:
    """Planning, the sheet for those who plant, and what they planted."""
    from leaktrace.cli.commands.canaries.plan import plan
    from leaktrace.cli.commands.canaries.plant import plant
    from leaktrace.cli.commands.canaries.sheet import sheet

    planned = _(
        "Time grows with --trials and the number of sources: half a minute with 120 of them."
    )
    sheets = _(
        "It shows the numbers and personas that are canaries. Without a case, or without a case's "
        "key, personas come from the seed alone."
    )
    planted = _(
        "Only a free number can be planted; where a false statement is unlawful, only by a true "
        "registrant. Of a sheet, the lines with a date are taken."
    )
    return {
        "plan": one_command("canary plan", plan, planned),
        "sheet": one_command("canary sheet", sheet, sheets),
        "plant": one_command("canary plant", plant, planted),
    }


def proving_members() -> dict[str, Command]:
    """Committing to plantings, opening one, and checking what was opened."""
    from leaktrace.cli.commands.canaries.check import check
    from leaktrace.cli.commands.canaries.commit import commit
    from leaktrace.cli.commands.canaries.prove import prove

    committed = _(
        "The digest shows later that the plantings were recorded before it was published, and "
        "gives none of them away. Nothing is sent anywhere."
    )
    proven = _("It says what the file discloses, and asks before it writes it.")
    checked = _("It needs no case and no key. Status 1 where the proof does not hold.")
    return {
        "commit": one_command("canary commit", commit, committed),
        "prove": one_command("canary prove", prove, proven),
        "check": one_command("canary check", check, checked),
    }


def watching_members() -> dict[str, Command | Group]:
    """The pool of numbers, what keeps them alive, and the canaries that use them."""
    from leaktrace.cli.commands.canaries import tending, watching
    from leaktrace.cli.commands.canaries.pool import pool_group

    listed = _("It looks through every list of the case. Who holds which number is shown in plain.")
    burning = _("It asks first; --found also marks numbers of the pool that no canary uses yet.")
    return {
        "pool": pool_group(),
        "due": one_command("canary due", tending.due),
        "heartbeat": one_command("canary heartbeat", tending.heartbeat),
        "hand": one_command("canary hand", tending.hand),
        "knows": one_command("canary knows", watching.knows),
        "list": one_command("canary list", watching.list_, listed),
        "show": one_command("canary show", watching.show_),
        "burn": one_command("canary burn", watching.burn, burning),
        "retire": one_command("canary retire", watching.retire),
    }


def import_(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="PLANTINGS.csv", help=_("the table of plantings"))
    ],
    as_json: AsJson = False,
) -> int:
    """Record canaries and their plantings."""
    from leaktrace.canary import import_plantings
    from leaktrace.canary.pool.burning import unmarked
    from leaktrace.cli.pooled import early_text

    with progress() as bars, the_case(context) as case:
        outcome = import_plantings(case, file, bars)
        early = len(unmarked(case)) if outcome.added else 0
    following = _(
        "Next: leaktrace ingest FILE, with the lists that leaked, or leaktrace calls import FILE, "
        "with the calls"
    )
    done = tell_import(outcome, following, context.obj, as_json=as_json)
    if early and not as_json:
        next_step(early_text(early), case=context.obj)
    return done
