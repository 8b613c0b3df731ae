"""What matching an offer gives. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leaktrace.case.records import Offer


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing in which an offer and a list agree, or do not.

    Attributes
    ----------
    code : str
        ``offer.kind``, ``offer.carrier``, ``offer.price``, ``offer.tags``, ``offer.seller`` or
        ``offer.time``.
    agrees : bool
    log10_lr : float
        Of "this offer is of this list" against "it is of another list".
    if_same, if_other : float
        The assumed probabilities of agreeing, from which ``log10_lr`` follows.
    assumed : str
        Why so, in the chosen language.
    detail : mapping of str to Any
        Codes and masked words of what was compared.
    """

    code: str
    agrees: bool
    log10_lr: float
    if_same: float
    if_other: float
    assumed: str
    detail: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class OfferMatch:
    """A list that an offer may be of; ``capped`` where the pieces would have given more."""

    batch: str
    log10_lr: float
    capped: bool
    support: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A list that an offer is of, as somebody wrote; ``by`` is the column: ``batch_id`` of the
    offer, or ``offer_id`` of the batch."""

    batch: str
    by: str


@dataclass(frozen=True, slots=True)
class OfferMatches:
    """An offer with its lists.

    Attributes
    ----------
    offer : Offer
    stated : tuple of Stated
    matches : tuple of OfferMatch
        The strongest first.
    candidates : int
        How many lists it was compared with: those seen at the time of the offer or later of which
        nobody said to what offer they belong.
    """

    offer: Offer
    stated: tuple[Stated, ...]
    matches: tuple[OfferMatch, ...]
    candidates: int
