"""The nodes: sources, canaries, batches, sellers, what they claim, and unknown sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaktrace.attribution.result import BatchFinding, Trace
from leaktrace.case.records import Batch, Canary, Source
from leaktrace.graph.clean import clean
from leaktrace.graph.labels import Labels
from leaktrace.graph.names import shown_text
from leaktrace.graph.records import CaseRecords
from leaktrace.messages import _

if TYPE_CHECKING:
    import networkx as nx

UNKNOWN = "unknown-source"


def add_nodes(graph: nx.MultiDiGraph[str], case: CaseRecords, trace: Trace, labels: Labels) -> None:
    """Put a node into ``graph`` for everything in ``labels``, and one for each unknown source."""
    sources = {source.id: source for source in case.sources()}
    leaked = {summary.source: summary.leaked for summary in trace.sources}
    for raw, shown in labels.sources.items():
        graph.add_node(f"source:{shown}", **_source(shown, sources.get(raw), leaked.get(raw)))
    canaries = {canary.id: canary for canary in case.canaries()}
    for raw, shown in labels.canaries.items():
        graph.add_node(f"canary:{shown}", **_canary(shown, canaries.get(raw)))
    _add_batches(graph, case, trace, labels)
    for kind, names in (("seller", labels.sellers), ("claim", labels.claims)):
        for shown in names.values():
            graph.add_node(f"{kind}:{shown}", type=kind, label=shown)


def _add_batches(
    graph: nx.MultiDiGraph[str], case: CaseRecords, trace: Trace, labels: Labels
) -> None:
    batches = {batch.id: batch for batch in case.batches()}
    findings = {finding.batch: finding for finding in trace.batches}
    for raw, shown in labels.batches.items():
        finding = findings.get(raw)
        graph.add_node(f"batch:{shown}", **_batch(shown, batches.get(raw), finding))
        if finding is not None and finding.verdict == UNKNOWN:
            label = _("unknown source of {batch}").format(batch=shown)
            graph.add_node(f"unknown:{shown}", **clean({"type": "unknown", "label": label}))


def _source(shown: str, source: Source | None, leaked: float | None) -> dict[str, object]:
    attributes: dict[str, object] = {"type": "source", "label": shown, "leaked": leaked}
    if source is not None:
        name = shown_text(source.name)
        attributes |= {
            "label": f"{shown} {name}" if name and name != shown else shown,
            "kind": source.kind,
            "access": source.access,
            "population": source.population,
        }
    return dict(clean(attributes))


def _canary(shown: str, canary: Canary | None) -> dict[str, object]:
    attributes: dict[str, object] = {"type": "canary", "label": shown}
    if canary is not None:
        planted = sum(planting.source is not None for planting in canary.plantings)
        attributes |= {"control": planted == 0, "plantings": planted}
    return dict(clean(attributes))


def _batch(shown: str, batch: Batch | None, finding: BatchFinding | None) -> dict[str, object]:
    attributes: dict[str, object] = {"type": "batch", "label": shown}
    if batch is not None:
        attributes |= {
            "file": batch.file,
            "sha256": batch.sha256,
            "seen_at": batch.seen_at.text,
            "rows": batch.rows,
            "people": batch.people,
            "price": batch.price,
            "price_unit": batch.price_unit,
            "currency": batch.currency,
        }
    if finding is not None:
        attributes |= {
            "verdict": finding.verdict,
            "unexplained_share": finding.unexplained_share.estimate,
            "made_up_share": finding.made_up_share.estimate,
        }
    return _keep_digest(dict(clean(attributes)), batch)


def _keep_digest(attributes: dict[str, object], batch: Batch | None) -> dict[str, object]:
    # Half of all digests hold a run of digits that masking would take for a number.
    return attributes if batch is None else attributes | {"sha256": batch.sha256}
