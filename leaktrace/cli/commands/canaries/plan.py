"""``leaktrace canary plan``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.outcomes import refusal_json, show_refusals, status
from leaktrace.cli.output import next_step, quoted, show
from leaktrace.cli.streams import write_json
from leaktrace.errors import UsageError
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.canary.planning import Plan, PlannedSource
    from leaktrace.case.outcomes import Refusal

_MOST = 100_000
Sources = Annotated[
    Path | None,
    typer.Option(
        "--sources",
        metavar=_("FILE"),
        help=_("a table of sources (id, population, passes); else the case's"),
    ),
]
Numbers = Annotated[
    str | None,
    typer.Option(
        "--numbers",
        metavar=_("COUNT|FILE"),
        help=_("how many numbers there are, or a table of their ids; else the pool's free"),
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="PLAN.csv", help=_("write which number goes where")),
]
Picture = Annotated[
    Path | None,
    typer.Option("--picture", metavar="OUT.svg", help=_("draw the chances over the leak's size")),
]
Registrations = Annotated[
    int | None, typer.Option("--registrations", min=1, help=_("the most the team can make"))
]
Budget = Annotated[float | None, typer.Option("--budget", min=0, help=_("the most it may cost"))]
NumberCost = Annotated[float, typer.Option("--number-cost", min=0, help=_("what one number costs"))]
RegistrationCost = Annotated[
    float, typer.Option("--registration-cost", min=0, help=_("what one registration costs"))
]
Controls = Annotated[
    int, typer.Option("--controls", min=0, help=_("numbers drawn at random and never planted"))
]
Leaks = Annotated[
    int, typer.Option("--leaks", min=1, max=5, help=_("sources that may leak at the same time"))
]
Missing = Annotated[
    float,
    typer.Option("--missing", min=0, max=0.95, help=_("share of its canaries that a leak misses")),
]
Background = Annotated[
    float,
    typer.Option("--background", min=0, max=0.5, help=_("how often a number returns by itself")),
]
Rows = Annotated[int, typer.Option("--rows", min=1, help=_("rows of the leak to be seen"))]
Passes = Annotated[
    float,
    typer.Option("--passes", min=0, max=1, help=_("chance that a canary survives their filters")),
]
Dialled = Annotated[float, typer.Option("--dialled", min=1, help=_("numbers called a day"))]
Sure = Annotated[
    float, typer.Option("--sure", min=0.5, max=0.999, help=_("the chance that is enough"))
]
FormOf = Annotated[
    str | None,
    typer.Option("--form", metavar="own|code|hybrid", help=_("this form; else the best of them")),
]
Trials = Annotated[
    int,
    typer.Option("--trials", min=1, help=_("simulated leaks for each form; time grows with them")),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help=_("the same seed gives the same plan"))]


def plan(
    context: typer.Context,
    sources: Sources = None,
    numbers: Numbers = None,
    out: Out = None,
    picture: Picture = None,
    registrations: Registrations = None,
    budget: Budget = None,
    number_cost: NumberCost = 0.0,
    registration_cost: RegistrationCost = 0.0,
    controls: Controls = 0,
    leaks: Leaks = 3,
    missing: Missing = 0.3,
    background: Background = 0.02,
    rows: Rows = 5_000,
    passes: Passes = 1.0,
    dialled: Dialled = 1_000.0,
    sure: Sure = 0.95,
    form: FormOf = None,
    trials: Trials = 40,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> int:
    """Plan who is given which number."""
    from leaktrace.canary.planning import FORMS, Assumed, LeakAssumed, Means, make_plan
    from leaktrace.cli.canaryplan import show_plan

    if form is not None and form not in FORMS:
        raise UsageError(_("--form is one of: {forms}").format(forms=", ".join(FORMS)))
    _check(out, picture)
    planned, refused, ids = _material(context, sources, numbers, passes)
    means = Means(ids, registrations, budget, number_cost, registration_cost, controls)
    with progress() as bars:
        made = make_plan(
            planned,
            means,
            assumed=Assumed(leaks, missing, background),
            leak=LeakAssumed(rows, dialled, sure, background),
            trials=trials,
            form=form,
            seed=seed,
            progress=bars,
        )
    drawn = _written(made, out, picture)
    if as_json:
        write_json({**made.to_json(), "refused": refusal_json(refused)})
    else:
        show_plan(made)
        show_refusals(refused, nothing_accepted=False)
        if not drawn:
            show(_("No picture was drawn: no source has a known population."))
        _suggest(context, out)
    return status(refused, nothing_accepted=False)


def _check(out: Path | None, picture: Path | None) -> None:
    from leaktrace.report.planpicture import check_picture

    if picture is not None:
        check_picture(picture)
    if out is not None and out.suffix.lower() != ".csv":
        raise UsageError(_("the plan is written as .csv; end the file name with it"))


def _material(
    context: typer.Context, sources: Path | None, numbers: str | None, passes: float
) -> tuple[tuple[PlannedSource, ...], tuple[Refusal, ...], tuple[str, ...]]:
    """The sources, what was refused, and the ids of the numbers."""
    from leaktrace.canary.planning import planned_sources, read_planned_sources
    from leaktrace.canary.planning.free import free_numbers

    refused: tuple[Refusal, ...] = ()
    planned: tuple[PlannedSource, ...] = ()
    ids, unread = _named(numbers)
    if sources is not None:
        planned, refused = read_planned_sources(sources, passes)
    if sources is None or numbers is None:
        with the_case(context) as case:
            planned = planned_sources(case.sources(), passes) if sources is None else planned
            ids = free_numbers(case) if numbers is None else ids
    if not ids and not unread:
        raise UsageError(
            _("no number of the pool is free; say how many there will be with --numbers")
        )
    return planned, (*refused, *unread), ids


def _named(numbers: str | None) -> tuple[tuple[str, ...], tuple[Refusal, ...]]:
    """The ids that ``--numbers`` stands for: so many, or those in a table."""
    from leaktrace.canary.planning import read_number_ids

    if numbers is None:
        return (), ()
    if not numbers.isdecimal():
        return read_number_ids(Path(numbers))
    if not 0 < int(numbers) <= _MOST:
        raise UsageError(
            _("--numbers takes a count from 1 to {most}, or a table").format(most=f"{_MOST:,}")
        )
    return tuple(f"N{turn + 1:04}" for turn in range(int(numbers))), ()


def _written(made: Plan, out: Path | None, picture: Path | None) -> bool:
    """Write what was asked for; False where there was nothing to draw."""
    from leaktrace.canary.planning import plan_csv, plan_lines
    from leaktrace.graph import write_atomically
    from leaktrace.report.planpicture import write_plan_svg

    if out is not None:
        write_atomically(out, plan_csv(plan_lines(made)), private=True)
    return write_plan_svg(picture, made) if picture is not None else True


def _suggest(context: typer.Context, out: Path | None) -> None:
    if out is None:
        next_step(_("Next: the same with -o PLAN.csv, to keep it"), case=context.obj)
        return
    next_step(
        _("Next: leaktrace canary sheet {plan} SHEET.html").format(plan=quoted(out)),
        case=context.obj,
    )
