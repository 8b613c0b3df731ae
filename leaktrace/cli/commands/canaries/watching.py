"""``leaktrace canary list|show|knows|burn|retire``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step, quoted, show
from leaktrace.cli.pooled import (
    burnt_for_good,
    early_text,
    moment_given,
    recorded_json,
    show_recorded,
)
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _

Canaries = Annotated[list[str], typer.Argument(metavar=_("CANARY"), help=_("ids of canaries"))]
When = Annotated[
    str | None,
    typer.Option("--at", metavar=_("DATE"), help=_("when it happened, if not now")),
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar=_("DATE"), help=_("as of that day; else now")),
]
Yes = Annotated[bool, typer.Option("--yes", help=_("do not ask"))]


def list_(
    context: typer.Context,
    at: At = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar=_("FILE"), help=_("write them as a table, too")),
    ] = None,
    reveal: Annotated[
        bool,
        typer.Option("--reveal", help=_("with --csv: the identities themselves, too")),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the canaries."""
    from leaktrace.canary.pool.roll import roll
    from leaktrace.cli.rolled import entry_json, roll_csv, show_roll
    from leaktrace.graph import write_atomically

    if reveal and csv is None:
        raise UsageError(_("--reveal goes with --csv; one canary is shown by: canary show"))
    with the_case(context) as case:
        entries = roll(case, moment_given(at, "--at"))
        identities = {one.canary.id: case.reveal_canary(one.canary.id) for one in entries if reveal}
    if csv is not None:
        write_atomically(csv, roll_csv(entries, identities if reveal else None), private=True)
    if as_json:
        write_json({"canaries": [entry_json(one) for one in entries]})
        return
    if not entries:
        show(_("There is no canary in this case yet."))
        next_step(_("Next: leaktrace canary plan, or leaktrace canary import"), case=context.obj)
        return
    show_roll(entries)
    if csv is not None and reveal:
        next_step(
            _("{file} names every canary: keep it like a key.").format(file=quoted(csv)),
            case=context.obj,
        )
    early = sum(one.early is not None and one.state.reason == "found-early" for one in entries)
    if early:
        next_step(early_text(early), case=context.obj)
    else:
        next_step(_("Next: leaktrace canary due, which lists what needs doing"), case=context.obj)


def show_(
    context: typer.Context,
    canary: Annotated[str, typer.Argument(metavar=_("CANARY"), help=_("the canary's id"))],
    at: At = None,
    reveal: Annotated[
        bool, typer.Option("--reveal", help=_("show its identity, which is secret"))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show one canary."""
    from leaktrace.canary.pool.roll import roll_entry
    from leaktrace.cli.rolled import entry_json, show_entry

    with the_case(context) as case:
        entry = roll_entry(case, canary, moment_given(at, "--at"))
        identity = case.reveal_canary(canary) if reveal else None
    if as_json:
        said = entry_json(entry, whole=True)
        write_json(said if identity is None else said | {"identity": identity})
        return
    show_entry(entry, identity)
    next_step(
        _("Next: leaktrace canary knows {canary} --who NAME, for each who learns of it").format(
            canary=canary
        ),
        case=context.obj,
    )


def knows(
    context: typer.Context,
    canaries: Canaries,
    who: Annotated[str, typer.Option("--who", metavar=_("NAME"), help=_("who learnt of it"))],
    at: When = None,
    note: Annotated[str, typer.Option("--note", metavar=_("TEXT"), help=_("kept sealed"))] = "",
    as_json: AsJson = False,
) -> None:
    """Record who knows of canaries."""
    from leaktrace.canary.pool.knowing import name_knower

    with the_case(context) as case:
        done = name_knower(case, canaries, who, moment_given(at, "--at"), note)
    if as_json:
        write_json(recorded_json(done))
        return
    show_recorded(done)
    following = _("Next: leaktrace canary show {canary}, which lists all who knew of it")
    next_step(following.format(canary=canaries[0]), case=context.obj)


def burn(
    context: typer.Context,
    canaries: Annotated[
        list[str] | None, typer.Argument(metavar=_("CANARY"), help=_("ids of canaries"))
    ] = None,
    why: Annotated[
        str, typer.Option("--why", metavar=_("TEXT"), help=_("the reason, kept sealed"))
    ] = "",
    found: Annotated[
        bool,
        typer.Option(
            "--found", help=_("all that stood in a list of the case before they were planted")
        ),
    ] = False,
    at: When = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Mark canaries as burnt."""
    from leaktrace.canary.pool.burning import burn as mark
    from leaktrace.cli.asking import agreed

    if found == bool(canaries):
        raise UsageError(_("name the canaries, or give --found"))
    if found:
        if why or at:
            raise UsageError(_("with --found, the lists say why, and since when"))
        _burn_found(context, yes, as_json)
        return
    given = canaries or []
    if not why.strip():
        raise UsageError(_("say why, as in --why “named in a complaint”"))
    moment = moment_given(at, "--at")
    with the_case(context) as case:
        agreed(burnt_for_good(given), yes=yes)
        done = mark(case, given, why, moment)
    if as_json:
        write_json(recorded_json(done))
        return
    show_recorded(done)
    next_step(_("Next: leaktrace canary list"), case=context.obj)


def _burn_found(context: typer.Context, yes: bool, as_json: bool) -> None:
    from leaktrace.canary.pool.burning import burn_premature, unmarked
    from leaktrace.cli.asking import agreed
    from leaktrace.cli.burning import seen_json, seen_texts

    with the_case(context) as case:
        found = unmarked(case)
        if found:
            agreed(burnt_for_good([one.subject_id for one in found]), yes=yes)
            burn_premature(case, found)
    if as_json:
        write_json({"burnt": seen_json(found)})
        return
    show(*seen_texts(found))
    if not found:
        show(_("Nothing stands in a list of the case from before it was planted."))
    next_step(_("Next: leaktrace canary list"), case=context.obj)


def retire(
    context: typer.Context,
    canaries: Canaries,
    why: Annotated[
        str, typer.Option("--why", metavar=_("TEXT"), help=_("the reason, kept sealed"))
    ] = "",
    at: When = None,
    as_json: AsJson = False,
) -> None:
    """Stop watching canaries."""
    from leaktrace.canary.pool.burning import retire as mark

    with the_case(context) as case:
        done = mark(case, canaries, why, moment_given(at, "--at"))
    if as_json:
        write_json(recorded_json(done))
        return
    show_recorded(done)
    next_step(_("Next: leaktrace canary pool list, where their numbers rest"), case=context.obj)
