"""Which offers a list was sold on, or looks like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from leaktrace.attribution.offers import OfferMatch, OfferMatches
from leaktrace.graph import shown_ids
from leaktrace.messages import _, ngettext
from leaktrace.report.numbers import count_text
from leaktrace.report.words import listed

MOST_ALIKE = 3
"""So many offers that a list looks like are named; in a big market any list is like many."""


def offers_of_lists(offers: Sequence[OfferMatches]) -> Mapping[str, str]:
    """What is to be said of offers, by the id of the batch."""
    names = shown_ids(one.offer.id for one in offers)
    stated: dict[str, list[str]] = defaultdict(list)
    alike: dict[str, list[tuple[OfferMatch, str]]] = defaultdict(list)
    for one in offers:
        shown = names[one.offer.id]
        for said in one.stated:
            stated[said.batch].append(shown)
        for match in one.matches:
            alike[match.batch].append((match, shown))
    said_of = {batch: _stated(shown) for batch, shown in stated.items()}
    return said_of | {batch: _alike(found) for batch, found in alike.items()}


def _stated(names: Sequence[str]) -> str:
    return _("{offers}, as the case's tables say").format(offers=listed(names))


def _alike(found: Sequence[tuple[OfferMatch, str]]) -> str:
    # Of a list whose offer was stated, no likeness is told (attribution/offers/matching.py).
    strongest = sorted(found, key=lambda one: (-one[0].log10_lr, one[1]))[:MOST_ALIKE]
    text = _(
        "it looks like {offers}: a likelihood ratio of {ratio:.2g} at most, on assumed figures, "
        "which is weak and no evidence of any source"
    ).format(
        offers=listed(name for _match, name in strongest), ratio=10.0 ** strongest[0][0].log10_lr
    )
    rest = len(found) - len(strongest)
    more = ngettext("; and {count} more", "; and {count} more", rest)
    return text + more.format(count=count_text(rest)) * bool(rest)
