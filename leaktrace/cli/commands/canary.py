"""``leaktrace canary import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Group, command_group, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.outcomes import import_json, show_import, status
from leaktrace.cli.output import next_step
from leaktrace.cli.streams import write_json
from leaktrace.messages import _


def command() -> Group:
    """The group ``canary`` with its commands."""
    details = _("A line without a source is a control: a canary that was never planted anywhere.")
    return command_group("canary", {"import": one_command("canary import", import_, details)})


def import_(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="PLANTINGS.csv", help=_("the table of plantings"))
    ],
    as_json: AsJson = False,
) -> int:
    """Record canaries and their plantings."""
    from leaktrace.canary import import_plantings

    with progress() as bars, the_case(context) as case:
        outcome = import_plantings(case, file, bars)
    if as_json:
        write_json(import_json(outcome))
    else:
        show_import(outcome)
        if not outcome.nothing_accepted:
            next_step(
                _("Next: leaktrace ingest FILE, with the lists that leaked"), case=context.obj
            )
    return status(outcome.refused, nothing_accepted=outcome.nothing_accepted)
