"""What it is worth that an offer and a list agree in something.

Nobody has measured these probabilities: they are assumptions, kept near to each other so that no
piece says much. Each is a pair: how often an offer agrees with the list that was sold on it, and
how often with a list that has nothing to do with it but was sold on the same market. The ratio
for agreeing and the one for not agreeing follow from the pair, so that an offer and a list picked
at random have an expected ratio of 1.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leaktrace.attribution.offers.records import Piece
from leaktrace.case.pricing import amount_in, currency_code, unit_code
from leaktrace.case.records import Batch, Offer, Source
from leaktrace.case.sourcekinds import kind_code
from leaktrace.identifiers.masking import mask_text
from leaktrace.identifiers.segments import CARRIERS
from leaktrace.intake.profile import ListProfile
from leaktrace.messages import _
from leaktrace.times import DAY

ONE_CARRIER = 0.95
ENOUGH = 100  # numbers whose carrier is known, below which a mix says nothing
NEAR_PRICE = 1.1
NEAR_DAYS = 60
_SHORTEST_TAG = 2  # a single character stands in half of all words


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as offers are compared with it.

    ``sources`` are those that a trace names for it; none where there is no trace, or it names none.
    """

    batch: Batch
    profile: ListProfile
    sources: tuple[Source, ...] = ()


def pieces_of(offer: Offer, listing: Listing) -> tuple[Piece, ...]:
    """All that can be compared; what one side does not tell is no piece."""
    found = (
        _kind(offer, listing),
        _carrier(offer, listing.profile),
        _price(offer, listing.batch),
        _tags(offer, listing.profile),
        _seller(offer, listing.batch),
        _time(offer, listing.batch),
    )
    return tuple(piece for piece in found if piece is not None)


def _piece(
    code: str, agrees: bool, same: float, other: float, assumed: str, **detail: Any
) -> Piece:
    ratio = same / other if agrees else (1.0 - same) / (1.0 - other)
    return Piece(code, agrees, math.log10(ratio), same, other, assumed, detail)


def plain(text: str) -> str:
    """``text`` as it is compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _kind_said(word: str) -> str:
    code = kind_code(word)
    return plain(word) if code in (None, "other") else str(code)


def _kind(offer: Offer, listing: Listing) -> Piece | None:
    if listing.sources:
        theirs = {
            one.kind if one.kind != "other" else _kind_said(one.kind_as_written)
            for one in listing.sources
        }
    else:
        theirs = {_kind_said(listing.batch.claimed_kind)}
    ours = _kind_said(offer.claimed_kind)
    if not ours or "" in theirs:
        return None
    assumed = _(
        "sellers call a list what sells best: half of them name the kind that it is, and a quarter "
        "of all lists would be called so anyway"
    )
    return _piece(
        "offer.kind", ours in theirs, 0.5, 0.25, assumed,
        offer=mask_text(ours), batch=sorted(map(mask_text, theirs)),
        basis="trace" if listing.sources else "claim",
    )  # fmt: skip


def _carrier(offer: Offer, profile: ListProfile) -> Piece | None:
    mix: Counter[str] = Counter()
    for table in profile.tables:
        mix.update(table.carriers)
    del mix[""]
    known = mix.total()
    if offer.claimed_carrier not in CARRIERS[1:] or known < ENOUGH:
        return None
    share = mix[offer.claimed_carrier] / known
    assumed = _(
        "a list offered as of one carrier is so seven times in ten (numbers move between carriers, "
        "and sellers lie), and one list in three on this market is of that carrier alone"
    )
    return _piece(
        "offer.carrier", share >= ONE_CARRIER, 0.7, 0.35, assumed,
        offer=offer.claimed_carrier, share=float(f"{share:.4g}"),
    )  # fmt: skip


def _price(offer: Offer, batch: Batch) -> Piece | None:
    asked, unit = amount_in(batch.price), unit_code(batch.price_unit)
    if offer.price is None or asked is None or not unit or unit != offer.price_unit:
        return None
    price, in_it = asked
    if (currency_code(batch.currency) or in_it) != offer.currency:
        return None
    near = max(price, offer.price) <= NEAR_PRICE * min(price, offer.price)
    assumed = _(
        "a list is sold within a tenth of the price that was advertised four times in ten, since "
        "prices are haggled over; one other list in seven costs as much"
    )
    return _piece(
        "offer.price", near, 0.4, 0.15, assumed,
        offer=offer.price, batch=price, price_unit=unit, currency=mask_text(offer.currency),
    )  # fmt: skip


def _tags(offer: Offer, profile: ListProfile) -> Piece | None:
    said = (*offer.tags, offer.claimed_app, offer.claimed_channel)
    tags = [tag for tag in said if len(plain(tag)) >= _SHORTEST_TAG]
    words = _words(profile)
    if not tags or not words:
        return None
    met = [tag for tag in tags if any(plain(tag) in word for word in words)]
    assumed = _(
        "an advertised tag, app or channel stands in the list's own tag columns three times in "
        "ten, and in one of ten other lists, since the same words are in use everywhere"
    )
    return _piece(
        "offer.tags", bool(met), 0.3, 0.1, assumed, met=list(map(mask_text, met)), of=len(tags)
    )


def _words(profile: ListProfile) -> list[str]:
    """The values of columns with one value or few. Those that look like names are compared too."""
    columns: Sequence[Any] = [column for table in profile.tables for column in table.columns]
    return [plain(word) for column in columns for word in (*column.words, *column.sealed)]


def _seller(offer: Offer, batch: Batch) -> Piece | None:
    ours, theirs = plain(offer.seller), plain(batch.seller)
    if not ours or not theirs:
        return None
    assumed = _(
        "half of the lists come from the seller who advertised them, the rest through resellers "
        "and other names; one other list in seven is that seller's, too"
    )
    return _piece("offer.seller", ours == theirs, 0.5, 0.15, assumed)


def _time(offer: Offer, batch: Batch) -> Piece:
    """The wait from the offer to the list, as short as the two dates allow."""
    days = max(0.0, batch.seen_at.earliest - offer.seen_at.latest) / DAY
    assumed = _(
        "six of ten lists turn up within {days} days of their offer, and three of ten others do so "
        "by chance"
    ).format(days=NEAR_DAYS)
    return _piece("offer.time", days <= NEAR_DAYS, 0.6, 0.3, assumed, days=round(days))
