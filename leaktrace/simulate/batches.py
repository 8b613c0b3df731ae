"""Drawing the leaked lists of a world one after the other, each with its exact truth."""

from __future__ import annotations

import numpy as np

from leaktrace.errors import UsageError
from leaktrace.messages import _
from leaktrace.simulate.composition import compose
from leaktrace.simulate.cutting import draw_dump
from leaktrace.simulate.holders import Setting
from leaktrace.simulate.market import Market
from leaktrace.simulate.people import People
from leaktrace.simulate.registration import log_uniform
from leaktrace.simulate.settings import BATCH_TYPES, WorldSettings
from leaktrace.simulate.world import END, Batch, Holder

_SEEN_SPAN = 540
# What must leak for a type of batch to be possible; a known source for those not named.
_ROADS: dict[str, tuple[str, ...]] = {
    "swept": (), "resold": (), "resold-merged": (), "unknown": ("unknown",), "twin": ("twin",),
    "unknown-mixed": ("known", "unknown"),
}  # fmt: skip


def draw_types(rng: np.random.Generator, settings: WorldSettings) -> list[str]:
    """Types of the batches in order: each as often as its weight says, resold ones not first."""
    weights = np.array([settings.mix.get(name, 0.0) for name in BATCH_TYPES])
    leaking = round(settings.leaking * settings.sources)
    holders = {"known": leaking, "twin": settings.twins, "unknown": settings.unknown_sources}
    for place, name in enumerate(BATCH_TYPES):
        weights[place] *= all(holders[road] for road in _ROADS.get(name, ("known",)))
    if not weights.sum():
        raise UsageError(_("nothing leaks in this world: no type of list is possible"))
    exact = weights / weights.sum() * settings.batches
    counts = np.floor(exact).astype(int)
    rest = np.argsort(counts - exact, kind="stable")[: settings.batches - counts.sum()]
    counts[rest] += 1
    types = [name for name, count in zip(BATCH_TYPES, counts, strict=True) for _ in range(count)]
    types = [types[place] for place in rng.permutation(len(types))]
    late = [name for name in types[:4] if name.startswith("resold")]
    early = [name for name in types if not name.startswith("resold")][: len(late)]
    if len(early) < len(late):
        return types
    for name in (*late, *early):
        types.remove(name)
    return early + types[: len(types) // 2] + late + types[len(types) // 2 :]


def draw_seen_days(rng: np.random.Generator, settings: WorldSettings) -> list[int]:
    """The day on which each batch is seen, ascending; some on one day."""
    days = np.sort(rng.integers(END - _SEEN_SPAN, END, settings.batches, endpoint=True))
    same = np.flatnonzero(rng.random(settings.batches) < settings.same_day)
    for place in same[same > 0]:
        days[place] = days[place - 1]
    return [int(day) for day in np.sort(days)]


def draw_batches(
    rng: np.random.Generator, settings: WorldSettings, setting: Setting
) -> tuple[tuple[Holder, ...], tuple[Batch, ...], list[People]]:
    """The batches of a world, the holders (with their dumps) and the people made up for them."""
    holders = [
        draw_dump(rng, holder, int(rng.integers(END - 640, END - 60)))
        if holder.leaks and rng.random() < settings.dumps
        else holder
        for holder in setting.holders
    ]
    market = Market(rng, settings, setting, holders, people_count=len(setting.people))
    types, days = draw_types(rng, settings), draw_seen_days(rng, settings)
    for type_, seen in zip(types, days, strict=True):
        size = log_uniform(rng, settings.batch_size)
        compose(market, type_, seen, size)
    return tuple(holders), tuple(market.batches), market.invented
