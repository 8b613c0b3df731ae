"""Offers matched to lists that were seen later: weak, stated, and no evidence of any source.

:mod:`.pieces` says what each agreement is taken to be worth, and why; :mod:`.matching` puts them
together for every offer and list.
"""

from leaktrace.attribution.offers.matching import match_offers, offers_of_case
from leaktrace.attribution.offers.records import OfferMatch, OfferMatches, Piece, Stated

__all__ = ["OfferMatch", "OfferMatches", "Piece", "Stated", "match_offers", "offers_of_case"]
