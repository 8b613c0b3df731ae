"""``leaktrace ingest``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.burning import mark_early, seen_json, tell_burnt
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.ingested import ingest_json, show_ingested
from leaktrace.cli.options import (
    AsJson,
    ColumnKinds,
    Examiner,
    KeepOriginals,
    PasswordFile,
    Passwords,
    column_mapping,
    passwords_of,
    the_case,
)
from leaktrace.cli.outcomes import status
from leaktrace.cli.output import next_step
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _
from leaktrace.times import Moment, read_moment


def command() -> Command:
    """The command ``ingest``."""
    return one_command(
        "ingest",
        ingest,
        _(
            "The files given, else those that the manifest names. For every list it shows which "
            "column was taken for what, and rows that add up. One list that cannot be read does "
            "not keep the others out. Time grows with the rows, memory hardly does."
        ),
    )


def ingest(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar=_("FILE"), help=_("leaked lists"))
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(
            "--manifest", metavar="BATCHES.csv", help=_("a table that names the files and batches")
        ),
    ] = None,
    seen_at: Annotated[
        str | None,
        typer.Option(
            "--seen-at",
            metavar=_("TIME"),
            help=_("when the lists were seen, such as 2026-03-01; else now"),
        ),
    ] = None,
    columns: ColumnKinds = None,
    split: Annotated[
        bool, typer.Option("--split", help=_("one batch for each sheet or archive member"))
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help=_("say why each file and each column was read as it was, with counts"),
        ),
    ] = False,
    examiner: Examiner = None,
    keep_originals: KeepOriginals = False,
    passwords: Passwords = None,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> int:
    """Take leaked lists in."""
    if not files and manifest is None:
        raise UsageError(_("name the files to take in, or a manifest with --manifest BATCHES.csv"))
    mapping, moment = column_mapping(columns), _moment(seen_at)
    secrets = passwords_of(passwords, password_file)
    from leaktrace.case import ingest as take_in

    with progress() as bars, the_case(context) as case:
        outcome = take_in(
            case,
            files or [],
            manifest=manifest,
            seen_at=moment,
            mapping=mapping,
            split=split,
            examiner=examiner,
            keep_originals=keep_originals,
            passwords=secrets,
            progress=bars,
        )
        burnt = mark_early(case, {("batch", item.batch.id) for item in outcome.batches})
    if as_json:
        write_json(ingest_json(outcome, explain=explain) | {"burnt": seen_json(burnt)})
    else:
        show_ingested(outcome, explain=explain)
    tell_burnt(burnt)
    if not as_json and not outcome.nothing_accepted:
        next_step(
            _("Next: leaktrace trace"),
            _("How each file came in: leaktrace custody"),
            case=context.obj,
        )
    return status(outcome.refused, nothing_accepted=outcome.nothing_accepted)


def _moment(text: str | None) -> Moment | None:
    if text is None:
        return None
    try:
        return read_moment(text)
    except ValueError as error:
        raise UsageError(_("--seen-at takes a date or a time, such as 2026-03-01T09:30")) from error
