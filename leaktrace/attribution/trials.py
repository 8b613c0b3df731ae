"""Which canaries could be in a batch, which are, and with what probability they should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.attribution.canaries import CanaryTrial
from leaktrace.attribution.madeup import MadeUp
from leaktrace.attribution.rates import FAR, Filters, ListRates, visible_filters
from leaktrace.attribution.settings import Settings
from leaktrace.case.records import Canary, Source
from leaktrace.fingerprint.held import HeldList, TokenIndex
from leaktrace.fingerprint.lookup import FULL_ORDER, PARTIAL_ORDER, full_people
from leaktrace.identifiers.kinds import KIND

Floats = npt.NDArray[np.float64]
_STRENGTH = (*FULL_ORDER, *PARTIAL_ORDER)
# Distinct masked mobiles (first three, last four digits): about 60 issued prefixes x 10,000.
_MASKED_VALUES = 6e5
_NAME_SHARE = 5e-3  # of people who bear a common name: a made-up or regional list has fewer names
_CARRIER_SHARE = 0.5  # of one carrier among a source's people, where no list says it


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a canary was found in a list: by which kind, whose row, under its own name or not."""

    kind: str
    person: int
    named: bool
    chance: float


def find_canary(canary: Canary, held: HeldList, full: npt.NDArray[np.bool_]) -> Sighting | None:
    """The strongest sighting of ``canary`` in ``held``, or None.

    ``full`` (bool[n]) tells who shows a full identifier: such a person is matched by that alone.
    Of the partial ones the most telling that a person and the canary both have decides: a masked
    number under another name is another person.
    """
    for kind in _STRENGTH:
        if kind not in canary.tokens or kind not in held.index:
            continue
        for token in canary.tokens[kind]:
            for person in _carriers(held.index[kind], token):
                if KIND[kind].full:
                    named = _same_name(canary, held, int(person))
                    return Sighting(kind, int(person), named, 0.0)
                if not full[person] and not _tells_more(canary, held, int(person), kind):
                    return Sighting(kind, int(person), False, _chance(kind, len(held.people)))
    return None


def _tells_more(canary: Canary, held: HeldList, person: int, kind: str) -> bool:
    """Whether the canary and the person both have a more telling identifier than ``kind``, which
    then did not match."""
    stronger = _STRENGTH[: _STRENGTH.index(kind)]
    shown = (one for one in stronger if one in canary.tokens and one in held.index)
    return any(bool((held.index[one].people == person).any()) for one in shown)


def _carriers(index: TokenIndex, token: int) -> npt.NDArray[np.uint32]:
    value = np.uint64(token)
    low = int(np.searchsorted(index.tokens, value, side="left"))
    high = int(np.searchsorted(index.tokens, value, side="right"))
    return index.people[low:high]


def _same_name(canary: Canary, held: HeldList, person: int) -> bool:
    """Whether the row shows no other name than the canary's."""
    kind = "name_mobile_masked"
    if kind not in canary.tokens or kind not in held.index:
        return True
    entries = held.index[kind]
    if any(person in _carriers(entries, token) for token in canary.tokens[kind]):
        return True
    return not bool((entries.people == person).any())


def _chance(kind: str, people: int) -> float:
    """Probability that somebody among ``people`` shows a canary's partial identifier by chance."""
    if kind == "name_mobile_masked":
        return min(0.5, people * _NAME_SHARE / _MASKED_VALUES)
    if kind == "name_last4":
        return min(0.5, people * _NAME_SHARE / 1e4)
    return min(0.9, people / _MASKED_VALUES)


def guessed_rate(canary: Canary, people: int, population: float, filters: Filters) -> float:
    """The probability that a share of 1 of ``people`` rows holds the canary, no list at hand."""
    rate = people / max(population, people)
    if filters.carrier and canary.carrier:
        rate = rate / _CARRIER_SHARE if canary.carrier == filters.carrier else rate * FAR
    if filters.region and canary.region and canary.region != filters.region:
        rate *= FAR
    return min(rate, 0.95)


def trial_of(
    held: HeldList,
    canaries: Sequence[Canary],
    sources: Mapping[str, Source],
    lists: Mapping[str, ListRates],
    populations: Mapping[str, float],
    made_up: MadeUp,
    count: int,
    settings: Settings,
) -> CanaryTrial:
    """The trial of one batch, ``count`` of whose people are real, over all canaries that are
    planted anywhere and not burnt."""
    used = [one for one in canaries if any(p.source in sources for p in one.plantings)]
    names = sorted({p.source for one in used for p in one.plantings if p.source} & set(sources))
    column = {name: position for position, name in enumerate(names)}
    sightings = [find_canary(one, held, full_people(held)) for one in used]
    real = ~made_up.people
    filters = visible_filters(held.people.carrier[real], held.people.region[real])
    planted: dict[tuple[int, int], float] = {}
    rate: dict[tuple[int, int], float] = {}
    for row, canary in enumerate(used):
        for planting in canary.plantings:
            if planting.source is None or planting.source not in column:
                continue
            pair = (column[planting.source], row)
            planted[pair] = min(planted.get(pair, np.inf), planting.planted_at.latest)
            if planting.source in lists:
                value = lists[planting.source].rate(canary, planting.planted_at.day, filters)
            else:
                population = populations[planting.source]
                value = guessed_rate(canary, count, population, filters)
            rate[pair] = value
    hit, floor, named = _hits(sightings, made_up.people, settings)
    measured = np.array([name in lists for name in names], dtype=bool)
    ids = tuple(one.id for one in used)
    pairs = sorted(planted)
    columns, rows = (np.array(pairs, dtype=np.intp).reshape(-1, 2)).T
    return CanaryTrial(
        ids,
        hit,
        floor,
        named,
        tuple(names),
        measured,
        rows,
        columns,
        np.array([planted[pair] for pair in pairs]),
        np.array([rate[pair] for pair in pairs]),
    )


def _hits(
    sightings: Sequence[Sighting | None], made_up: npt.NDArray[np.bool_], settings: Settings
) -> tuple[npt.NDArray[np.bool_], Floats, npt.NDArray[np.bool_]]:
    hit = np.zeros(len(sightings), dtype=bool)
    named = np.zeros(len(sightings), dtype=bool)
    floor = np.full(len(sightings), settings.other_road)
    for row, sighting in enumerate(sightings):
        # Among made-up numbers a canary's number comes up by chance: it says nothing.
        if sighting is None or made_up[sighting.person]:
            continue
        hit[row] = True
        named[row] = sighting.named
        other_name = KIND[sighting.kind].full and not sighting.named
        floor[row] = settings.recycled_road if other_name else settings.other_road
        floor[row] = min(0.9, floor[row] + sighting.chance)
    return hit, floor, named
