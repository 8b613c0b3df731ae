"""The graph as a file for Gephi, networkx and others."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaktrace.errors import UsageError
from leaktrace.graph.look import placed
from leaktrace.graph.names import shown_text
from leaktrace.graph.writing import write_atomically
from leaktrace.messages import _

if TYPE_CHECKING:
    import networkx as nx

_MADE = re.compile(rb' lastmodifieddate="[^"]*"')
_MAKER = re.compile(rb"<creator>[^<]*</creator>")


def export_graph(graph: nx.MultiDiGraph[str], path: Path) -> None:
    """Write ``graph`` to ``path`` in the format that its suffix names, whole or not at all.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        From :func:`leaktrace.graph.build_graph`.
    path : Path
        ``.graphml``, ``.gexf`` (with positions and colours for Gephi) or ``.json`` (networkx
        node-link form). The same graph gives the same bytes.

    Raises
    ------
    UsageError
        If the suffix names no format.
    LeaktraceError
        If the file cannot be written.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            _(
                "{file}: the graph is written as {formats}; end the file name with one of them"
            ).format(file=shown_text(path.name), formats=", ".join(FORMATS))
        )
    write_atomically(path, form(graph))


def _graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    from networkx.readwrite.graphml import write_graphml_xml

    # write_graphml takes lxml where it is installed, and then gives other bytes.
    buffer = BytesIO()
    write_graphml_xml(graph, buffer)
    return buffer.getvalue()


def _gexf(graph: nx.MultiDiGraph[str]) -> bytes:
    from networkx.readwrite.gexf import write_gexf

    buffer = BytesIO()
    write_gexf(placed(graph), buffer)
    data = _MADE.sub(b"", buffer.getvalue(), count=1)
    return _MAKER.sub(b"<creator>leaktrace</creator>", data, count=1)


def _node_link(graph: nx.MultiDiGraph[str]) -> bytes:
    import msgspec
    from networkx.readwrite.json_graph import node_link_data

    data: dict[str, Any] = node_link_data(graph, edges="edges")
    return msgspec.json.encode(data, order="sorted") + b"\n"


FORMATS: dict[str, Callable[[nx.MultiDiGraph[str]], bytes]] = {
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".json": _node_link,
}
