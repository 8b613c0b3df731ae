"""``leaktrace report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.assuming import Assumptions, Priors, Twins, Without, settings_of
from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.attribution.result import Trace
    from leaktrace.case import Case


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
        bool,
        typer.Option(
            "--reveal-canaries", help=_("show the canaries' own numbers, which burns them")
        ),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help=_("do not ask before canaries are shown"))
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
    with the_case(context) as case:
        with progress() as bars:
            found = trace_case(case, settings=settings, progress=bars)
        if reveal_canaries:
            shown = _write_openly(case, found, out, yes)
        else:
            shown = ()
            write_report(case, found, out)
    if as_json:
        said = {"file": str(out), "batches": len(found.batches)}
        write_json(said | ({"burnt": list(shown)} if reveal_canaries else {}))
        return
    show(_("The report is in {out}.").format(out=out))
    if shown:
        marked = _("Marked as burnt, since it shows them: {canaries}")
        show(marked.format(canaries=", ".join(shown)))
    next_step(_("Next: open it in a browser; its own print makes a PDF."))


def _write_openly(case: Case, found: Trace, out: Path, yes: bool) -> tuple[str, ...]:
    """Write the report with the canaries' numbers, once that is agreed, and mark them as burnt."""
    from leaktrace.canary.pool.burning import burn
    from leaktrace.cli.asking import agreed
    from leaktrace.report import disclosed_canaries, write_report

    shown = disclosed_canaries(case, found)
    if shown:
        question = _(
            "The report shows these canaries in plain: {canaries}. Whoever reads it can spare "
            "them, so they will be marked as burnt for good."
        )
        agreed(question.format(canaries=", ".join(shown)), yes=yes)
    write_report(case, found, out, reveal_canaries=True)
    if shown:
        burn(case, shown, _("shown in a report"))
    return shown
