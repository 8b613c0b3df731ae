"""``leaktrace init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson
from leaktrace.cli.output import next_step, quoted, show
from leaktrace.cli.streams import write_json
from leaktrace.messages import _


def command() -> Command:
    """The command ``init``."""
    return one_command("init", init)


def init(
    folder: Annotated[Path, typer.Argument(metavar=_("DIR"), help=_("where the case will be"))],
    key_file: Annotated[
        Path | None,
        typer.Option(
            "--key", metavar=_("FILE"), help=_("the key that the case shall use; else a new one")
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a case."""
    from leaktrace.case import create_case
    from leaktrace.case.tables import table_file
    from leaktrace.fingerprint.keys import load_key
    from leaktrace.intake.refusals import on_disk

    made = create_case(folder, None if key_file is None else load_key(key_file))
    if as_json:
        write_json(
            {
                "folder": str(made.folder),
                "key": made.key_fingerprint,
                "key_file": str(made.key_file),
            }
        )
        return
    show(_("The case is in {folder}.").format(folder=made.folder))
    show(
        _(
            "Its key {fingerprint} is in {file}, outside the case. Without it the case cannot be "
            "read: keep a copy in a safe place (leaktrace key export FILE)."
        ).format(fingerprint=made.key_fingerprint, file=made.key_file)
    )
    templates = made.folder / "templates"
    table = templates / on_disk(f"{table_file('SOURCES')}.csv")
    next_step(
        _(
            "Next: fill in the tables in {templates} with a spreadsheet, then "
            "leaktrace -C {folder} source import {table}"
        ).format(templates=templates, folder=quoted(made.folder), table=quoted(table))
    )
