"""``leaktrace report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.assuming import Assumptions, Priors, Twins, Without, settings_of
from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.messages import _


def command() -> Command:
    """The command ``report``."""
    return one_command(
        "report",
        report,
        _(
            "It needs no network and shows no identifier of a person. It is written in the "
            "language of --lang."
        ),
    )


def report(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help=_("the report"))],
    reveal_canaries: Annotated[
        bool, typer.Option("--reveal-canaries", help=_("show the canaries' own numbers"))
    ] = False,
    prior: Priors = None,
    twin: Twins = None,
    without: Without = None,
    assume: Assumptions = None,
    as_json: AsJson = False,
) -> None:
    """Write the report."""
    from leaktrace.attribution import trace_case
    from leaktrace.report import write_report

    settings = settings_of(prior, twin, without, assume)
    with progress() as bars, the_case(context) as case:
        found = trace_case(case, settings=settings, progress=bars)
        write_report(case, found, out, reveal_canaries=reveal_canaries)
    if as_json:
        write_json({"file": str(out), "batches": len(found.batches)})
        return
    show(_("The report is in {out}.").format(out=out))
    next_step(_("Next: open it in a browser; its own print makes a PDF."))
