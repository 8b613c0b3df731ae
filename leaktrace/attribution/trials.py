"""Which canaries could be in a batch, which are, and with what probability they should be."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canaries import CanaryTrial
from leaktrace.attribution.madeup import MadeUp
from leaktrace.attribution.rates import FAR, Filters, ListRates, visible_filters
from leaktrace.attribution.roster import Roster
from leaktrace.attribution.settings import Settings
from leaktrace.fingerprint.held import HeldList
from leaktrace.identifiers.kinds import KIND

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_CARRIER_SHARE = 0.5  # of one carrier among a source's people, where no list says it


def guessed_rates(roster: Roster, people: int, populations: Floats, filters: Filters) -> Floats:
    """For each planting the probability that a share of 1 of ``people`` rows holds the canary, no
    list at hand: float64[p].

    ``populations`` (float64[p]) are those of the sources.
    """
    carrier, region = roster.carrier[roster.row], roster.region[roster.row]
    rate = people / np.maximum(populations, people)
    if filters.carrier:
        like = np.where(carrier == filters.carrier, 1.0 / _CARRIER_SHARE, FAR)
        rate = rate * np.where(carrier > 0, like, 1.0)
    if filters.region:
        far = (region > 0) & (region != filters.region)
        rate = rate * np.where(far, FAR, 1.0)
    return np.asarray(np.minimum(rate, 0.95))


def trial_of(
    held: HeldList,
    roster: Roster,
    lists: Mapping[str, ListRates],
    populations: Mapping[str, float],
    made_up: MadeUp,
    count: int,
    settings: Settings,
) -> CanaryTrial:
    """The trial of one batch, ``count`` of whose people are real, over all canaries that are
    planted anywhere and not burnt."""
    real = ~made_up.people
    filters = visible_filters(held.people.carrier[real], held.people.region[real])
    people = np.array([populations[one] for one in roster.sources], dtype=np.float64)
    rates = guessed_rates(roster, count, people[roster.column], filters)
    for place in (place for place, one in enumerate(roster.sources) if one in lists):
        source, here = roster.sources[place], roster.plantings_at(place)
        row = roster.row[here]
        rates[here] = lists[source].rates(
            roster.carrier[row], roster.region[row], roster.days[here], filters
        )
    hit, floor, named = _hits(roster, held, made_up.people, settings)
    measured = np.array([name in lists for name in roster.sources], dtype=bool)
    return CanaryTrial(
        roster.ids, hit, floor, named, roster.sources, measured, roster.row, roster.column,
        roster.moments, rates,
    )  # fmt: skip


def _hits(
    roster: Roster, held: HeldList, made_up: Bools, settings: Settings
) -> tuple[Bools, Floats, Bools]:
    hit = np.zeros(len(roster.ids), dtype=bool)
    named = np.zeros(len(roster.ids), dtype=bool)
    floor = np.full(len(roster.ids), settings.other_road)
    for row, sighting in roster.finder.sightings(held):
        # Among made-up numbers a canary's number comes up by chance: it says nothing.
        if made_up[sighting.person]:
            continue
        hit[row] = True
        named[row] = sighting.named
        other_name = KIND[sighting.kind].full and not sighting.named
        floor[row] = settings.recycled_road if other_name else settings.other_road
        floor[row] = min(0.9, floor[row] + sighting.chance)
    return hit, floor, named
