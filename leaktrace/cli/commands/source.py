"""``leaktrace source import|reference``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.burning import mark_early, seen_json, tell_burnt
from leaktrace.cli.groups import Group, command_group, one_command
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
from leaktrace.cli.outcomes import (
    column_json,
    column_table,
    refusal_json,
    show_refusals,
    show_warnings,
    status,
    tell_import,
    warning_json,
)
from leaktrace.cli.output import count, next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import InputRefused
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.case.outcomes import ReferenceOutcome


def command() -> Group:
    """The group ``source`` with its commands."""
    members = {
        "import": one_command("source import", import_),
        "reference": one_command(
            "source reference",
            reference,
            _(
                "A column of registration times, where there is one, dates each row. Time grows "
                "with the rows of the list."
            ),
        ),
    }
    return command_group("source", members)


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="SOURCES.csv", help=_("the table of sources"))],
    as_json: AsJson = False,
) -> int:
    """Register sources."""
    from leaktrace.case import import_sources

    with progress() as bars, the_case(context) as case:
        outcome = import_sources(case, file, bars)
    following = _("Next: leaktrace source reference ID FILE, or leaktrace canary import FILE")
    return tell_import(outcome, following, context.obj, as_json=as_json)


def reference(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar=_("ID"), help=_("the source's id"))],
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("its list, or a .sketch"))],
    columns: ColumnKinds = None,
    examiner: Examiner = None,
    keep_originals: KeepOriginals = False,
    passwords: Passwords = None,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> int:
    """Attach a source's own list."""
    from leaktrace.case import attach_reference

    mapping, secrets = column_mapping(columns), passwords_of(passwords, password_file)
    try:
        with progress() as bars, the_case(context) as case:
            outcome = attach_reference(
                case,
                source,
                file,
                mapping,
                bars,
                examiner=examiner,
                keep_originals=keep_originals,
                passwords=secrets,
            )
            burnt = mark_early(case, {("reference", source)})
    except InputRefused as refusal:
        if as_json:
            refused = {"file": refusal.file, "code": refusal.code, "reason": refusal.message}
            write_json({"source": source, "refused": [refused]})
        raise
    tell_burnt(burnt)
    if as_json:
        write_json(_json(outcome) | {"burnt": seen_json(burnt)})
        return status(outcome.refused, nothing_accepted=False)
    show(
        _("{source}: {people} people from {rows} rows of {file} ({status})").format(
            source=outcome.reference.source,
            people=count(outcome.reference.people),
            rows=count(outcome.reference.rows),
            file=outcome.reference.file,
            status=_status(outcome.status),
        )
    )
    if outcome.columns:
        show("", column_table(outcome.columns))
    show_warnings(outcome.warnings)
    show_refusals(outcome.refused, nothing_accepted=False)
    next_step(_("Next: leaktrace ingest FILE, with the lists that leaked"), case=context.obj)
    return status(outcome.refused, nothing_accepted=False)


def _status(code: str) -> str:
    words = {"added": _("added"), "replaced": _("replaced"), "unchanged": _("unchanged")}
    return words.get(code, code)


def _json(outcome: ReferenceOutcome) -> dict[str, object]:
    reference = outcome.reference
    return {
        "source": reference.source,
        "file": reference.file,
        "sha256": reference.sha256,
        "scaled": reference.scaled,
        "people": reference.people,
        "rows": reference.rows,
        "status": outcome.status,
        "columns": column_json(outcome.columns),
        "warnings": warning_json(outcome.warnings),
        "refused": refusal_json(outcome.refused),
    }
