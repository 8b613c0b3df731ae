"""Offers and their matches as tables and as JSON; identifiers in them are masked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leaktrace.cli.fitted import fitted
from leaktrace.cli.output import count, show
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.attribution.offers import OfferMatch, OfferMatches, Piece
    from leaktrace.case.records import Offer

_TYPED = ("seller", "platform", "claimed_kind", "claimed_app", "claimed_channel")


def offer_json(offer: Offer) -> dict[str, Any]:
    """An offer with its codes."""
    from leaktrace.graph import shown_text

    return {
        "offer": offer.id,
        "seen_at": offer.seen_at.text,
        **{name: shown_text(getattr(offer, name)) for name in _TYPED},
        "claimed_carrier": shown_text(offer.claimed_carrier),
        "tags": [shown_text(tag) for tag in offer.tags],
        "price": offer.price,
        "price_unit": offer.price_unit,
        "currency": shown_text(offer.currency),
        "min_order": shown_text(offer.min_order),
        "batch": offer.batch_id,
        "note": shown_text(offer.note),
    }


def show_offers(offers: Sequence[Offer]) -> None:
    """Print offers, by time."""
    from leaktrace.graph import shown_text
    from leaktrace.report.callwords import carrier_word
    from leaktrace.report.words import claim_word, price_text

    headers = [_("offer"), _("seen at"), _("seller"), _("offered as"), _("carrier"), _("tags")]
    headers += [_("price"), _("batch")]
    rows = [
        [
            one.id,
            one.seen_at.text,
            shown_text(one.seller),
            claim_word(one.claimed_kind),
            shown_text(carrier_word(one.claimed_carrier)) if one.claimed_carrier else "",
            "; ".join(map(shown_text, one.tags)),
            price_text(_amount(one.price), shown_text(one.currency), one.price_unit),
            one.batch_id,
        ]
        for one in offers
    ]
    show(*fitted(headers, rows))


def _amount(price: float | None) -> str:
    return "" if price is None else f"{price:,.10g}"


def matches_json(found: OfferMatches) -> dict[str, Any]:
    """An offer with its lists, and what each match rests on."""
    return {
        "offer": found.offer.id,
        "stated": [{"batch": one.batch, "by": one.by} for one in found.stated],
        "candidates": found.candidates,
        "matches": [_match_json(one) for one in found.matches],
    }


def _match_json(match: OfferMatch) -> dict[str, Any]:
    return {
        "batch": match.batch,
        "log10_lr": _rounded(match.log10_lr),
        "capped": match.capped,
        "support": match.support,
        "pieces": [
            {
                "code": one.code,
                "agrees": one.agrees,
                "log10_lr": _rounded(one.log10_lr),
                "if_same": one.if_same,
                "if_other": one.if_other,
                "assumed": one.assumed,
                "detail": dict(one.detail),
            }
            for one in match.pieces
        ],
    }


def show_matches(found: Sequence[OfferMatches]) -> None:
    """Print the lists of each offer, and what the figures mean."""
    rows = [row for one in found for row in _rows(one)]
    headers = [_("offer"), _("batch"), _("likelihood ratio"), _("lists compared")]
    headers += [_("agrees"), _("does not agree")]
    show(*fitted(headers, rows, right=(2, 3)))
    told = [piece for one in found for match in one.matches for piece in match.pieces]
    if told:
        show(
            "",
            _(
                "A ratio compares “this offer is of this list” with “it is of another”. It is "
                "weak: with many lists on the market, most matches are chance. It names no source, "
                "and no attribution counts it."
            ),
            _("Assumed, not measured:"),
            *(
                "- " + _("{name}: {text}").format(name=_word(code), text=text)
                for code, text in _assumed(told).items()
            ),
        )


def _assumed(pieces: Sequence[Piece]) -> dict[str, str]:
    return {piece.code: piece.assumed for piece in pieces}


def _rows(one: OfferMatches) -> list[list[str]]:
    stated = [[one.offer.id, it.batch, _("as stated"), "", "", ""] for it in one.stated]
    matched = [
        [
            one.offer.id,
            match.batch,
            f"{10.0**match.log10_lr:.2g}",
            count(one.candidates),
            _words(match.pieces, agrees=True),
            _words(match.pieces, agrees=False),
        ]
        for match in one.matches
    ]
    none = [one.offer.id, _("none is like it"), "", count(one.candidates), "", ""]
    return stated + matched or [none]


def _words(pieces: Sequence[Piece], *, agrees: bool) -> str:
    return _(", ").join(_word(piece.code) for piece in pieces if piece.agrees == agrees)


def _word(code: str) -> str:
    words = {
        "offer.kind": _("kind"),
        "offer.carrier": _("carrier"),
        "offer.price": _("price"),
        "offer.tags": _("tags"),
        "offer.seller": _("seller"),
        "offer.time": _("time"),
    }
    return words[code]


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
