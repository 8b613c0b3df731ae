"""``leaktrace trace``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.assuming import Assumptions, Priors, Twins, Without, settings_of
from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step
from leaktrace.cli.streams import write_bytes
from leaktrace.errors import UsageError
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.attribution import Trace


def command() -> Command:
    """The command ``trace``."""
    return one_command(
        "trace",
        trace,
        _(
            "All evidence and all batches are weighed at once; the case is only read. Time grows "
            "with the batches and sources."
        ),
    )


def trace(
    context: typer.Context,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar=_("BATCH"),
            help=_("why a batch is taken for what it is, piece by piece, and what else could be"),
        ),
    ] = None,
    next_: Annotated[
        bool,
        typer.Option("--next", help=_("what to do next, by what it is expected to tell")),
    ] = False,
    prior: Priors = None,
    twin: Twins = None,
    without: Without = None,
    assume: Assumptions = None,
    as_json: AsJson = False,
) -> None:
    """Attribute every batch."""
    from leaktrace.attribution import to_json, trace_case
    from leaktrace.cli.explaining import check_batch

    if explain is not None and next_:
        raise UsageError(_("--explain and --next are two questions: ask one of them at a time"))
    settings = settings_of(prior, twin, without, assume)
    with progress() as bars, the_case(context) as case:
        wanted: bool | frozenset[str] = True
        if explain is not None:
            check_batch(explain, (one.id for one in case.batches()))
            wanted = frozenset({explain})
        found = trace_case(case, settings=settings, explain=wanted, progress=bars)
    if as_json:
        write_bytes(to_json(_of(found, explain)))
    else:
        _show(context, found, explain, next_)


def _of(found: Trace, batch: str | None) -> Trace:
    """The answer for one batch alone, where one was asked about."""
    if batch is None:
        return found
    return replace(found, batches=tuple(one for one in found.batches if one.batch == batch))


def _show(context: typer.Context, found: Trace, explain: str | None, planned: bool) -> None:
    from leaktrace.cli.explaining import show_explanation
    from leaktrace.cli.planned import show_next
    from leaktrace.cli.traced import show_trace

    if explain is not None:
        show_explanation(found, explain)
        next_step(_("Next: leaktrace trace --next says what would tell more"), case=context.obj)
    elif planned:
        show_next(found)
    else:
        show_trace(found)
        next_step(*_following(found), case=context.obj)


def _following(found: Trace) -> tuple[str, ...]:
    """What to do once the case was traced, by what it holds."""
    from leaktrace.cli.traced import worth_explaining
    from leaktrace.report.heard import heard_of

    if found.batches:
        hint = _("Next: leaktrace trace --explain {batch} says why, piece by piece")
        return (
            hint.format(batch=worth_explaining(found)),
            _("Then: leaktrace report report.html, or leaktrace graph export graph.graphml"),
        )
    if heard_of(found):
        return (
            _("Next: leaktrace report report.html shows what speaks for it and against it"),
            _(
                "Then: leaktrace report --for complaint writes to 12321, and leaktrace watch says "
                "what is new from now on"
            ),
        )
    return (_("Next: leaktrace ingest FILE, or leaktrace calls import FILE"),)
