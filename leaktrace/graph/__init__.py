"""The provenance graph and its exports."""

from leaktrace.graph.build import build_graph
from leaktrace.graph.evidence import evidence_text
from leaktrace.graph.export import FORMATS, export_graph
from leaktrace.graph.hits import hit_canaries, hits
from leaktrace.graph.names import shown_ids, shown_text
from leaktrace.graph.records import CaseRecords
from leaktrace.graph.writing import write_atomically

__all__ = [
    "FORMATS",
    "CaseRecords",
    "build_graph",
    "evidence_text",
    "export_graph",
    "hit_canaries",
    "hits",
    "shown_ids",
    "shown_text",
    "write_atomically",
]
