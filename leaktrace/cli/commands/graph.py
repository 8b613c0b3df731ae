"""``leaktrace graph export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaktrace.cli.assuming import Assumptions, Priors, Twins, Without, settings_of
from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Group, command_group, one_command
from leaktrace.cli.options import AsJson, the_case
from leaktrace.cli.output import count, next_step, show
from leaktrace.cli.streams import write_json
from leaktrace.messages import _


def command() -> Group:
    """The group ``graph`` with its commands."""
    return command_group("graph", {"export": one_command("graph export", export)})


def export(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Argument(
            metavar=_("OUT"),
            help=_("the file; its suffix picks the format: .graphml, .gexf, .json"),
        ),
    ],
    prior: Priors = None,
    twin: Twins = None,
    without: Without = None,
    assume: Assumptions = None,
    as_json: AsJson = False,
) -> None:
    """Write the provenance graph."""
    from leaktrace.attribution import trace_case
    from leaktrace.attribution.offers import offers_of_case
    from leaktrace.graph import build_graph, export_graph

    settings = settings_of(prior, twin, without, assume)
    with progress() as bars, the_case(context) as case:
        trace = trace_case(case, settings=settings, progress=bars)
        graph = build_graph(case, trace, offers_of_case(case, trace))
        export_graph(graph, out)
    if as_json:
        write_json(
            {
                "file": str(out),
                "nodes": graph.number_of_nodes(),
                "edges": graph.number_of_edges(),
            }
        )
        return
    show(
        _("{out}: {nodes} nodes, {edges} edges").format(
            out=out, nodes=count(graph.number_of_nodes()), edges=count(graph.number_of_edges())
        )
    )
    next_step(_("Next: open it in Gephi, or with networkx."))
