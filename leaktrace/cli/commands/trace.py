"""``leaktrace trace``."""

from __future__ import annotations

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import next_step
from leaktrace.cli.streams import write_bytes
from leaktrace.cli.traced import show_trace
from leaktrace.messages import _


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


def trace(context: typer.Context, as_json: AsJson = False) -> None:
    """Attribute every batch."""
    from leaktrace.attribution import to_json, trace_case

    with progress() as bars, the_case(context) as case:
        found = trace_case(case, progress=bars)
    if as_json:
        write_bytes(to_json(found))
        return
    show_trace(found)
    next_step(
        _("Next: leaktrace report report.html, or leaktrace graph export graph.graphml"),
        case=context.obj,
    )
