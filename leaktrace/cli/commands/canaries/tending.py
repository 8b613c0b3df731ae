"""Keeping numbers alive: ``canary due|heartbeat|hand`` and what ``canary pool`` records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.outcomes import tell_import
from leaktrace.cli.output import next_step, show
from leaktrace.cli.pooled import (
    burnt_for_good,
    duty_json,
    moment_given,
    recorded_json,
    show_duties,
    show_recorded,
)
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _

TOLD_WORDS = (
    "heartbeat", "missed", "called", "topup", "extended", "lapsed", "handed", "quarantined",
    "freed", "resting", "returned", "burnt",
)  # fmt: skip

Ids = Annotated[list[str], typer.Argument(metavar=_("ID"), help=_("ids of numbers"))]
When = Annotated[
    str | None,
    typer.Option("--at", metavar=_("DATE"), help=_("when it happened, if not now")),
]
Note = Annotated[str, typer.Option("--note", metavar=_("TEXT"), help=_("kept sealed"))]
Why = Annotated[str, typer.Option("--why", metavar=_("TEXT"), help=_("the reason, kept sealed"))]
Yes = Annotated[bool, typer.Option("--yes", help=_("do not ask"))]


def due(
    context: typer.Context,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar=_("DATE"), help=_("as of that day; else now")),
    ] = None,
    within: Annotated[
        int,
        typer.Option("--within", min=0, max=3650, metavar=_("DAYS"), help=_("so many days ahead")),
    ] = 14,
    every: Annotated[
        int,
        typer.Option("--every", min=1, max=3650, metavar=_("DAYS"), help=_("between heartbeats")),
    ] = 30,
    as_json: AsJson = False,
) -> None:
    """List what needs doing."""
    from leaktrace.canary.pool.duties import due as duties_of

    moment = moment_given(at, "--at")
    with the_case(context) as case:
        duties = duties_of(case, moment, within, every=every)
    if as_json:
        write_json({"due": [duty_json(one) for one in duties]})
        return
    if not duties:
        show(_("Nothing is due."))
    else:
        show_duties(duties)
    next_step(
        _("Next: leaktrace canary heartbeat ID…, for each number that rang"), case=context.obj
    )


def heartbeat(
    context: typer.Context,
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar=_("ID"), help=_("ids of numbers"))
    ] = None,
    at: When = None,
    missed: Annotated[bool, typer.Option("--missed", help=_("they did not ring"))] = False,
    table: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="CSV",
            help=_("a table instead: number_id, at, what (heartbeat or missed), note"),
        ),
    ] = None,
    note: Note = "",
    as_json: AsJson = False,
) -> int:
    """Record heartbeats."""
    from leaktrace.canary.pool.logbook import import_happenings
    from leaktrace.canary.pool.records import HEARTBEAT, MISSED

    if (table is None) == (not numbers):
        raise UsageError(_("name the numbers, or a table with --from"))
    if table is None:
        what = MISSED if missed else HEARTBEAT
        return _tell(context, "canary heartbeat", numbers or (), what, at, as_json, note=note)
    if at or missed or note:
        raise UsageError(_("with --from, the table says when, and what"))
    with progress() as bars, the_case(context) as case:
        outcome = import_happenings(
            case,
            table,
            bars,
            command="canary heartbeat",
            allowed=(HEARTBEAT, MISSED),
            otherwise=HEARTBEAT,
        )
    return tell_import(outcome, _following(), context.obj, as_json=as_json)


def hand(
    context: typer.Context,
    numbers: Ids,
    to: Annotated[str, typer.Option("--to", metavar=_("NAME"), help=_("who holds them now"))],
    at: When = None,
    note: Note = "",
    as_json: AsJson = False,
) -> int:
    """Hand numbers to another custodian."""
    if not to.strip():
        raise UsageError(_("--to is empty: say who holds them now"))
    return _tell(context, "canary hand", numbers, "handed", at, as_json, to=to.strip(), note=note)


def log(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="HAPPENINGS.csv", help=_("what happened"))],
    as_json: AsJson = False,
) -> int:
    """Record what happened to many numbers."""
    from leaktrace.canary.pool.logbook import import_happenings

    with progress() as bars, the_case(context) as case:
        outcome = import_happenings(case, file, bars)
    return tell_import(outcome, _following(), context.obj, as_json=as_json)


def extend(
    context: typer.Context,
    numbers: Ids,
    until: Annotated[str, typer.Option("--until", metavar=_("DATE"), help=_("the new end"))],
    at: When = None,
    note: Note = "",
    as_json: AsJson = False,
) -> int:
    """Record a contract's new end."""
    return _tell(
        context, "canary pool extend", numbers, "extended", at, as_json, until=until, note=note
    )


def topup(
    context: typer.Context,
    numbers: Ids,
    until: Annotated[
        str | None, typer.Option("--until", metavar=_("DATE"), help=_("when the next one is due"))
    ] = None,
    at: When = None,
    note: Note = "",
    as_json: AsJson = False,
) -> int:
    """Record a top-up."""
    return _tell(
        context, "canary pool topup", numbers, "topup", at, as_json, until=until, note=note
    )


def free(
    context: typer.Context, numbers: Ids, at: When = None, note: Note = "", as_json: AsJson = False
) -> int:
    """End a quarantine early, or a rest."""
    return _tell(context, "canary pool free", numbers, "freed", at, as_json, note=note)


def rest(
    context: typer.Context, numbers: Ids, at: When = None, note: Note = "", as_json: AsJson = False
) -> int:
    """Put numbers aside."""
    return _tell(context, "canary pool rest", numbers, "resting", at, as_json, note=note)


def return_(
    context: typer.Context, numbers: Ids, at: When = None, note: Note = "", as_json: AsJson = False
) -> int:
    """Give numbers back to their carrier."""
    return _tell(context, "canary pool return", numbers, "returned", at, as_json, note=note)


def burn(
    context: typer.Context,
    numbers: Ids,
    why: Why,
    at: When = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> int:
    """Mark numbers as burnt."""
    from leaktrace.cli.asking import agreed

    if not why.strip():
        raise UsageError(_("say why, as in --why “named in a complaint”"))
    agreed(burnt_for_good(numbers), yes=yes)
    return _tell(context, "canary pool burn", numbers, "burnt", at, as_json, note=why.strip())


def _tell(
    context: typer.Context,
    command: str,
    numbers: Sequence[str],
    what: str,
    at: str | None,
    as_json: bool,
    *,
    until: str | None = None,
    to: str = "",
    note: str = "",
) -> int:
    """Record that ``what`` happened to each of ``numbers``, and say so."""
    from leaktrace.canary.pool.records import now
    from leaktrace.canary.pool.telling import Told, tell

    moment = moment_given(at, "--at") or now()
    end = moment_given(until, "--until")
    given = list(dict.fromkeys(numbers))
    said: dict[str, Any] = {"numbers": given, "at": moment.text}
    said |= {name: value for name, value in (("to", to), ("until", until), ("note", note)) if value}
    with the_case(context) as case:
        told = [Told(number, what, moment, to, end, note) for number in given]
        done = tell(case, command, told, **said)
    if as_json:
        write_json(recorded_json(done))
    else:
        show_recorded(done)
        next_step(_following(), case=context.obj)
    return 0


def _following() -> str:
    return _("Next: leaktrace canary due, which lists what needs doing")
