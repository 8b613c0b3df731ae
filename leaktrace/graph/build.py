"""A case and its trace as one graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leaktrace.attribution.offers import OfferMatches
from leaktrace.attribution.result import Trace
from leaktrace.graph.edges import add_edges
from leaktrace.graph.labels import Labels
from leaktrace.graph.nodes import add_nodes
from leaktrace.graph.offers import add_offers
from leaktrace.graph.records import CaseRecords

if TYPE_CHECKING:
    import networkx as nx


def build_graph(
    case: CaseRecords, trace: Trace, offers: Sequence[OfferMatches] = ()
) -> nx.MultiDiGraph[str]:
    """The provenance graph: who may have given what to whom, and on what evidence.

    Parameters
    ----------
    case : CaseRecords
    trace : Trace
        What :func:`leaktrace.attribution.trace_case` returned for the case.
    offers : sequence of OfferMatches
        What :func:`leaktrace.attribution.offers.offers_of_case` returned for it.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are ``source:…``, ``canary:…``, ``batch:…``, ``offer:…``, ``seller:…``, ``claim:…``
        and ``unknown:…`` with a ``type``; edges carry ``relation`` (``planted``, ``hit``,
        ``contributed``, ``parent``, ``sold``, ``claimed``, ``advertised``, ``offered``,
        ``matched``), ``evidence`` in words and, where there is one, a ``posterior``. Edge keys are
        unique in the graph. No identifier of a person is in it; values are such that every export
        takes them.
    """
    import networkx

    graph: nx.MultiDiGraph[str] = networkx.MultiDiGraph()
    labels = Labels.of(case, trace, offers)
    add_nodes(graph, case, trace, labels)
    add_edges(graph, case, trace, labels)
    add_offers(graph, offers, labels)
    return graph
