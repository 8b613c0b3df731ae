"""Offers: who advertised what, which list was sold on it, and which may have been."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leaktrace.attribution.offers import OfferMatch, OfferMatches
from leaktrace.case.records import Offer
from leaktrace.graph.clean import clean
from leaktrace.graph.edges import add_edge
from leaktrace.graph.labels import Labels
from leaktrace.messages import _

if TYPE_CHECKING:
    import networkx as nx


def add_offers(graph: nx.MultiDiGraph[str], offers: Sequence[OfferMatches], labels: Labels) -> None:
    """Put every offer into ``graph`` with its edges; the other nodes are there already."""
    for one in offers:
        shown = labels.offers[one.offer.id]
        graph.add_node(f"offer:{shown}", **_offer(shown, one.offer))
        _add_seller(graph, one.offer, labels)
        for stated in one.stated:
            batch = labels.batches[stated.batch]
            text = _("List {batch} was sold on offer {offer}, as the case's tables say.")
            text = text.format(batch=batch, offer=shown)
            add_edge(
                graph, "offered", f"offer:{shown}", f"batch:{batch}",
                stated_by=stated.by, evidence=text,
            )  # fmt: skip
        for match in one.matches:
            _add_match(graph, shown, match, labels)


def _offer(shown: str, offer: Offer) -> dict[str, object]:
    return dict(
        clean(
            {
                "type": "offer",
                "label": shown,
                "seen_at": offer.seen_at.text,
                "platform": offer.platform,
                "claimed_app": offer.claimed_app,
                "claimed_channel": offer.claimed_channel,
                "claimed_carrier": offer.claimed_carrier,
                "tags": offer.tags,
                "price": offer.price,
                "price_unit": offer.price_unit,
                "currency": offer.currency,
                "min_order": offer.min_order,
            }
        )
    )


def _add_seller(graph: nx.MultiDiGraph[str], offer: Offer, labels: Labels) -> None:
    shown, time = labels.offers[offer.id], offer.seen_at.text
    if offer.seller:
        seller = labels.sellers[offer.seller]
        text = _("Seller {seller} advertised offer {offer}, seen on {time}.")
        text = text.format(seller=seller, offer=shown, time=time)
        add_edge(
            graph, "advertised", f"seller:{seller}", f"offer:{shown}", seen_at=time, evidence=text
        )
    if offer.claimed_kind:
        claim = labels.claims[offer.claimed_kind]
        text = _("Offer {offer} was advertised as: {claim}.").format(offer=shown, claim=claim)
        add_edge(graph, "claimed", f"offer:{shown}", f"claim:{claim}", evidence=text)


def _add_match(graph: nx.MultiDiGraph[str], offer: str, match: OfferMatch, labels: Labels) -> None:
    batch = labels.batches[match.batch]
    text = _(
        "List {batch} looks like what offer {offer} advertised: a likelihood ratio of {ratio:.2g}, "
        "which is weak and names no source."
    ).format(batch=batch, offer=offer, ratio=10.0**match.log10_lr)
    add_edge(
        graph, "matched", f"offer:{offer}", f"batch:{batch}",
        # A weight of 1 is for what is known.
        weight=match.log10_lr / 10.0, log10_lr=match.log10_lr, capped=match.capped,
        support=match.support, agrees=[one.code for one in match.pieces if one.agrees],
        evidence=text,
    )  # fmt: skip
