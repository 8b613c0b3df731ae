"""``leaktrace canary import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Group, command_group, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.outcomes import tell_import
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
    following = _("Next: leaktrace ingest FILE, with the lists that leaked")
    return tell_import(outcome, following, context.obj, as_json=as_json)
