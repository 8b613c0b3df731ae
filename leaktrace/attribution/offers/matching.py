"""Which lists an offer may be of.

A match says that a list looks like what was advertised, no more: an offer names no source, and no
posterior is moved by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from leaktrace.attribution.offers.pieces import Listing, pieces_of
from leaktrace.attribution.offers.records import OfferMatch, OfferMatches, Piece, Stated
from leaktrace.attribution.result import Trace
from leaktrace.attribution.verdict import CERTAIN, support_of
from leaktrace.case.case import Case
from leaktrace.case.offers import read_offers
from leaktrace.case.profiles import batch_profile
from leaktrace.case.records import Offer

#: Never more: just below a ratio of ten, so that no match is ever more than weak. The pieces hang
#: together (a seller sells one kind at one price), so that their sum says too much.
CAP = 0.99
#: A match is told from here: a ratio of 2, below which evidence supports nothing.
LEAST = 0.30103
_TIME = "offer.time"


def offers_of_case(case: Case, trace: Trace | None = None) -> tuple[OfferMatches, ...]:
    """Every offer of ``case`` with its lists, by the time it was seen.

    ``trace`` says which kinds of source the lists are of; without it, what was said of them counts.
    """
    offers = read_offers(case)
    if not offers:
        return ()
    sources = {source.id: source for source in case.sources()}
    named = {
        finding.batch: tuple(
            sources[one.source]
            for one in finding.sources
            if one.posterior >= CERTAIN and one.source in sources
        )
        for finding in (trace.batches if trace else ())
    }
    listings = [
        Listing(batch, batch_profile(case, batch), named.get(batch.id, ()))
        for batch in case.batches()
    ]
    return match_offers(offers, listings)


def match_offers(offers: Sequence[Offer], listings: Sequence[Listing]) -> tuple[OfferMatches, ...]:
    """Each of ``offers`` with its lists.

    A list of which somebody said to which offer it belongs is matched to no other.
    """
    stated = _stated(offers, listings)
    taken = {one.batch for ones in stated.values() for one in ones}
    free = [listing for listing in listings if listing.batch.id not in taken]
    return tuple(_matched(offer, tuple(stated[offer.id]), free) for offer in offers)


def _stated(offers: Sequence[Offer], listings: Sequence[Listing]) -> dict[str, list[Stated]]:
    found: dict[str, list[Stated]] = defaultdict(list)
    for offer in offers:
        for listing in listings:
            batch = listing.batch
            if offer.batch_id == batch.id:
                found[offer.id].append(Stated(batch.id, "batch_id"))
            elif batch.offer_id == offer.id:
                found[offer.id].append(Stated(batch.id, "offer_id"))
    return found


def _matched(offer: Offer, stated: tuple[Stated, ...], listings: Sequence[Listing]) -> OfferMatches:
    # Where the dates leave room, the list counts as seen later.
    later = [one for one in listings if one.batch.seen_at.latest >= offer.seen_at.earliest]
    found = [(one.batch.id, pieces_of(offer, one)) for one in later]
    matches = [_match(batch, pieces) for batch, pieces in found if _fits(pieces)]
    matches.sort(key=lambda one: (-one.log10_lr, one.batch))
    return OfferMatches(offer, stated, tuple(matches), len(later))


def _fits(pieces: Sequence[Piece]) -> bool:
    # That a list was seen after an offer is no likeness.
    alike = any(piece.agrees for piece in pieces if piece.code != _TIME)
    return alike and sum(piece.log10_lr for piece in pieces) >= LEAST


def _match(batch: str, pieces: tuple[Piece, ...]) -> OfferMatch:
    whole = sum(piece.log10_lr for piece in pieces)
    cut = min(CAP, whole)
    return OfferMatch(batch, cut, whole > CAP, support_of(cut), pieces)
