"""``leaktrace canary sheet``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.canaryproofs import plantings_text
from leaktrace.cli.failures import say
from leaktrace.cli.options import AsJson
from leaktrace.cli.outcomes import refusal_json, show_refusals, status, warning_json
from leaktrace.cli.output import count, next_step, quoted, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _, ngettext

if TYPE_CHECKING:
    from leaktrace.canary.planning import PlannedPlanting
    from leaktrace.canary.planning.sheet import SheetRow, SheetSource
    from leaktrace.case import Case
    from leaktrace.intake.blocks import Warning

Seed = Annotated[
    int, typer.Option("--seed", min=0, help=_("the same seed gives the same personas in a case"))
]
Town = Annotated[str, typer.Option("--town", help=_("what addresses begin with"))]
Domain = Annotated[
    str, typer.Option("--domain", help=_("your own domain, at which mailboxes are made"))
]
UnissuedIds = Annotated[
    bool,
    typer.Option(
        "--unissued-ids",
        help=_("give personas ID numbers of a form that cannot have been issued"),
    ),
]


def sheet(
    context: typer.Context,
    plan: Annotated[
        Path, typer.Argument(metavar="PLAN.csv", help=_("the plan: which number goes where"))
    ],
    out: Annotated[
        Path, typer.Argument(metavar=_("OUT"), help=_("the sheet, ending in .html or .csv"))
    ],
    seed: Seed = 0,
    town: Town = "",
    domain: Domain = "",
    unissued_ids: UnissuedIds = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=_("replace a sheet that is there already"))
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Write the planting sheet."""
    from leaktrace.canary.planning import read_plan
    from leaktrace.report.plantingsheet import check_sheet, write_sheet

    check_sheet(out, overwrite=overwrite)
    lines, refused = read_plan(plan)
    rows, doubts = _rows(context, plan, lines, seed, town, domain, unissued_ids)
    write_sheet(out, rows, overwrite=overwrite)
    for doubt in doubts:
        say(_("note: {text}").format(text=doubt.text))
    lawful = sum(bool(row.lawful) for row in rows)
    if as_json:
        write_json(
            {
                "file": str(out),
                "plantings": len(rows),
                "lawful": lawful,
                "controls": sum(one.source is None for one in lines),
                "refused": refusal_json(refused),
                "warnings": warning_json(doubts),
            }
        )
        return status(refused, nothing_accepted=not lines)
    show(
        _("{out}: {plantings}").format(out=out, plantings=plantings_text(len(rows)))
        + _by_true_registrants(lawful)
    )
    show_refusals(refused, nothing_accepted=not lines)
    next_step(
        _("It names every canary: hand it only to those who plant, and keep it like a key."),
        *_following(plan, out, lines),
        case=context.obj,
    )
    return status(refused, nothing_accepted=not lines)


def _by_true_registrants(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        ", {count} of them by a true registrant only",
        ", {count} of them by true registrants only",
        number,
    ).format(count=count(number))


def _following(plan: Path, out: Path, lines: Sequence[PlannedPlanting]) -> list[str]:
    said = []
    if any(one.source is None for one in lines):
        said.append(
            _("Next: leaktrace canary plant --controls {plan}, which records the controls").format(
                plan=quoted(plan)
            )
        )
    if out.suffix.lower() == ".csv":
        filled = _("Next: leaktrace canary plant --sheet {sheet}, when it is filled in")
        return [*said, filled.format(sheet=quoted(out))]
    return [
        *said,
        _(
            "Next: leaktrace canary plant NUMBER SOURCE --by NAME --authorised-by NAME, for "
            "each line when it is done"
        ),
    ]


def _rows(
    context: typer.Context,
    plan: Path,
    lines: Sequence[PlannedPlanting],
    seed: int,
    town: str,
    domain: str,
    unissued_ids: bool,
) -> tuple[tuple[SheetRow, ...], tuple[Warning, ...]]:
    """The rows, with what the case knows, where there is one; and what it would refuse."""
    from leaktrace.canary.planning.doubts import plan_doubts
    from leaktrace.canary.planning.free import number_values
    from leaktrace.canary.planning.sheet import sheet_rows
    from leaktrace.canary.planning.taken import taken_marks

    given = partial(sheet_rows, lines, town=town, domain=domain, unissued_ids=unissued_ids)
    found = _case_of(context)
    if found is None:
        return given(seed=seed), ()
    with found as case:
        # Under the case's key, since whoever has this program could try small seeds.
        secret = case.key.derive("personas")
        rows = given(
            seed=secret + str(seed).encode(),
            sources=_sources(case),
            values=number_values(case),
            taken=taken_marks(case, lines),
            secret=secret,
        )
        return rows, plan_doubts(case, plan, lines)


def _case_of(context: typer.Context) -> Case | None:
    from leaktrace.case import find_case, open_case

    try:
        return open_case(find_case(context.obj))
    except LeaktraceError as error:
        # A plan may be made before there is a case; one that was named must open.
        if context.obj is not None or error.code == "key-missing":
            raise
        return None


def _sources(case: Case) -> dict[str, SheetSource]:
    from leaktrace.canary.planning.lawful import lawful_reason
    from leaktrace.canary.planning.sheet import SheetSource

    return {one.id: SheetSource(one.name, one.kind, lawful_reason(one)) for one in case.sources()}
