"""The edges, each with its evidence in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaktrace.attribution.result import BatchFinding, Interval, Related, SourceFinding, Trace
from leaktrace.attribution.words import few, percent
from leaktrace.case.records import Batch, Canary
from leaktrace.graph.clean import clean
from leaktrace.graph.evidence import evidence_text
from leaktrace.graph.hits import hits
from leaktrace.graph.labels import Labels
from leaktrace.graph.nodes import UNKNOWN
from leaktrace.graph.records import CaseRecords
from leaktrace.messages import _

if TYPE_CHECKING:
    import networkx as nx


def add_edges(graph: nx.MultiDiGraph[str], case: CaseRecords, trace: Trace, labels: Labels) -> None:
    """Put every edge into ``graph``; its nodes are there already."""
    for canary in case.canaries():
        _add_plantings(graph, canary, labels)
    for batch, canary_id in hits(trace):
        _add_hit(graph, labels.batches[batch], labels.canaries[canary_id])
    for finding in trace.batches:
        for source in finding.sources:
            _add_contribution(graph, finding, source, labels)
        _add_unknown(graph, finding, labels)
        _add_parents(graph, finding, labels)
    for pair in trace.related:
        _add_related(graph, pair, labels)
    for record in case.batches():
        _add_seller(graph, record, labels)


def add_edge(
    graph: nx.MultiDiGraph[str], relation: str, start: str, end: str, **attributes: object
) -> None:
    """Put one edge into ``graph`` under a key that no other edge has."""
    key = f"{relation} {start} {end}"
    turn = 1
    while graph.has_edge(start, end, key):
        turn += 1
        key = f"{relation} {start} {end} {turn}"
    graph.add_edge(start, end, key, **clean({"relation": relation, "weight": 1.0} | attributes))


def _add_related(graph: nx.MultiDiGraph[str], pair: Related, labels: Labels) -> None:
    earlier, later = labels.batches[pair.earlier], labels.batches[pair.later]
    text = _(
        "Lists {earlier} and {later} share {people} people, {share} of the smaller one: one may be "
        "cut from the other, or both from one place."
    ).format(earlier=earlier, later=later, people=few(pair.people), share=percent(pair.share))
    add_edge(
        graph,
        "shares",
        f"batch:{earlier}",
        f"batch:{later}",
        weight=pair.share,
        evidence=text,
    )


def _add_plantings(graph: nx.MultiDiGraph[str], canary: Canary, labels: Labels) -> None:
    shown = labels.canaries[canary.id]
    for planting in canary.plantings:
        source = labels.sources.get(planting.source) if planting.source else None
        if source is None:
            continue
        text = _("Canary {canary} was planted at source {source} on {time}.").format(
            canary=shown, source=source, time=planting.planted_at.text
        )
        add_edge(
            graph,
            "planted",
            f"canary:{shown}",
            f"source:{source}",
            planted_at=planting.planted_at.text,
            evidence=text,
        )


def _add_hit(graph: nx.MultiDiGraph[str], batch: str, canary: str) -> None:
    text = _("Canary {canary} stands in list {batch}.").format(canary=canary, batch=batch)
    add_edge(graph, "hit", f"canary:{canary}", f"batch:{batch}", evidence=text)


def _add_contribution(
    graph: nx.MultiDiGraph[str], finding: BatchFinding, source: SourceFinding, labels: Labels
) -> None:
    pieces = [evidence_text(piece) for piece in finding.evidence if piece.source == source.source]
    text = " ".join(pieces) or _("No single piece of evidence; the prior and the rest of the case.")
    add_edge(
        graph,
        "contributed",
        f"source:{labels.sources[source.source]}",
        f"batch:{labels.batches[finding.batch]}",
        weight=source.posterior,
        posterior=source.posterior,
        prior=source.prior,
        log10_lr=source.log10_lr,
        capped=source.capped,
        support=source.support,
        verdict=finding.verdict,
        evidence=text,
        **_shares(source.share),
    )


def _add_unknown(graph: nx.MultiDiGraph[str], finding: BatchFinding, labels: Labels) -> None:
    if finding.verdict != UNKNOWN:
        return
    shown = labels.batches[finding.batch]
    add_edge(
        graph,
        "contributed",
        f"unknown:{shown}",
        f"batch:{shown}",
        verdict=finding.verdict,
        evidence=_("With a probability of at least 95%, no known source contributed."),
        **_shares(finding.unexplained_share),
    )


def _add_parents(graph: nx.MultiDiGraph[str], finding: BatchFinding, labels: Labels) -> None:
    shown = labels.batches[finding.batch]
    for parent in finding.parents:
        earlier = labels.batches.get(parent.batch)
        if earlier is None:
            continue
        text = _("List {batch} was cut from list {parent} with a probability of {odds:.4g}.")
        add_edge(
            graph,
            "parent",
            f"batch:{earlier}",
            f"batch:{shown}",
            weight=parent.posterior,
            posterior=parent.posterior,
            share_estimate=parent.share,
            evidence=text.format(batch=shown, parent=earlier, odds=parent.posterior),
        )


def _add_seller(graph: nx.MultiDiGraph[str], batch: Batch, labels: Labels) -> None:
    shown = labels.batches[batch.id]
    time = batch.seen_at.text
    if batch.seller:
        seller = labels.sellers[batch.seller]
        text = _("Seller {seller} offered list {batch}, seen on {time}.")
        text = text.format(seller=seller, batch=shown, time=time)
        add_edge(graph, "sold", f"seller:{seller}", f"batch:{shown}", seen_at=time, evidence=text)
    if batch.claimed_kind:
        claim = labels.claims[batch.claimed_kind]
        text = _("List {batch} was offered as: {claim}.").format(batch=shown, claim=claim)
        add_edge(graph, "claimed", f"batch:{shown}", f"claim:{claim}", evidence=text)


def _shares(share: Interval) -> dict[str, float]:
    return {"share_low": share.low, "share_estimate": share.estimate, "share_high": share.high}
