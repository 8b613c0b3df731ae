"""How the nodes of one graph are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaktrace.attribution.offers import OfferMatches
from leaktrace.attribution.result import Trace
from leaktrace.graph.hits import hits
from leaktrace.graph.names import shown_ids
from leaktrace.graph.records import CaseRecords


@dataclass(frozen=True, slots=True)
class Labels:
    """Shown names by raw name, for each type of node."""

    sources: Mapping[str, str]
    canaries: Mapping[str, str]
    batches: Mapping[str, str]
    sellers: Mapping[str, str]
    claims: Mapping[str, str]
    offers: Mapping[str, str]

    @classmethod
    def of(cls, case: CaseRecords, trace: Trace, offers: Sequence[OfferMatches] = ()) -> Labels:
        """The labels of everything that ``case`` and ``trace`` speak of, the case's order first."""
        batches = case.batches()
        advertised = [one.offer for one in offers]
        sellers = [batch.seller for batch in batches] + [one.seller for one in advertised]
        claims = [batch.claimed_kind for batch in batches]
        claims += [one.claimed_kind for one in advertised]
        named = [item.source for finding in trace.batches for item in finding.sources]
        listed = [item.source for item in trace.sources]
        hit = [canary for _batch, canary in hits(trace)]
        return cls(
            sources=shown_ids([source.id for source in case.sources()] + listed + named),
            canaries=shown_ids([canary.id for canary in case.canaries()] + hit),
            batches=shown_ids(
                [batch.id for batch in batches] + [finding.batch for finding in trace.batches]
            ),
            sellers=shown_ids(seller for seller in sellers if seller),
            claims=shown_ids(claim for claim in claims if claim),
            offers=shown_ids(offer.id for offer in advertised),
        )
