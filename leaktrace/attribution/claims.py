"""What the seller says of a list, and what the list looks like on the market, as weak evidence.

Sellers lie: they call any list what sells best. So a claim moves the odds of the sources that it
fits by a small factor, and never in sum: what it gives to some it takes from the other known
sources, so that no claim makes it likelier that any known source contributed. A source's unseen
twin gains as much as the source (its lists are sold under the same names), so claims never tell
the two apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from leaktrace.attribution.hypotheses import Premises, at_odds
from leaktrace.attribution.settings import Settings
from leaktrace.case.records import Batch, Source
from leaktrace.case.sourcekinds import kind_code
from leaktrace.fingerprint.held import HeldList

#: By what a claimed kind that is the source's multiplies its prior odds. An assumption, kept small.
KIND_CLAIMED = 2.0
#: The same where the price of one number is usual for the source's kind, as the user told it.
USUAL_PRICE = 1.5
#: The same where the list is of one carrier and that kind is sold so, as the user told it.
ONE_CARRIER = 1.5
#: Claims together never do more than this.
MOST = 3.0
_ONE_CARRIER_SHARE = 0.95
_ENOUGH = 100  # numbers whose carrier is known, below which a mix says nothing


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a list that fits one source.

    Attributes
    ----------
    factor : float
        On the prior odds of the source, before the whole is scaled back.
    fits : tuple of str
        ``kind``, ``price`` and ``carrier``, as far as they fit.
    """

    factor: float
    fits: tuple[str, ...]


def claims_of(
    batch: Batch, held: HeldList, sources: Mapping[str, Source], settings: Settings
) -> dict[str, Claim]:
    """The claims about ``batch`` by source, for the sources that they fit."""
    price = _price_of_one(batch)
    single = bool(settings.market) and _of_one_carrier(held)
    found = {}
    for name, source in sorted(sources.items()):
        market = settings.market.get(source.kind)
        fits: dict[str, float] = {}
        if batch.claimed_kind and _fits_kind(batch.claimed_kind, source):
            fits["kind"] = KIND_CLAIMED
        if market and price is not None and market.usual(price):
            fits["price"] = USUAL_PRICE
        if market and market.one_carrier and single:
            fits["carrier"] = ONE_CARRIER
        if fits:
            factor = min(MOST, float(np.prod(list(fits.values()))))
            found[name] = Claim(factor, tuple(fits))
    return found


def premises_under(premises: Premises, claims: Mapping[str, Claim]) -> Premises:
    """``premises`` with the prior of each source as ``claims`` move it; their sum stays."""
    if not claims:
        return premises
    moved = at_odds(premises.prior, {one: claim.factor for one, claim in claims.items()})
    scale = sum(premises.prior.values()) / sum(moved.values())
    return replace(premises, prior={one: prior * scale for one, prior in moved.items()})


def _fits_kind(claimed: str, source: Source) -> bool:
    code = kind_code(claimed)
    if code is None or code == "other":
        return claimed.strip().casefold() == source.kind_as_written.strip().casefold() != ""
    return code == source.kind


def _price_of_one(batch: Batch) -> float | None:
    """The price asked for one number, None where it was not told."""
    try:
        price = float(batch.price.replace(",", ""))
    except ValueError:
        return None
    numbers = {"per-number": 1, "total": max(1, batch.people)}
    return price / numbers[batch.price_unit] if batch.price_unit in numbers else None


def _of_one_carrier(held: HeldList) -> bool:
    known = held.people.carrier[held.people.carrier > 0]
    if len(known) < _ENOUGH:
        return False
    return bool(np.bincount(known).max() >= _ONE_CARRIER_SHARE * len(known))
