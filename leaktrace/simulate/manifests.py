"""The three tables of a world: sources, plantings, batches, as the contract names their columns."""

from __future__ import annotations

from collections import Counter

import numpy as np

from leaktrace.simulate.numbers import id_texts
from leaktrace.simulate.people import name_texts
from leaktrace.simulate.tables import KIND_PROFILES
from leaktrace.simulate.truth import iso_day
from leaktrace.simulate.world import END, Batch, World

Rows = list[list[str]]


def source_rows(world: World) -> Rows:
    """SOURCES.csv, header first."""
    rows = [["id", "name", "kind", "population", "opened_at", "access"]]
    for holder in world.sources:
        told = "" if holder.population is None else str(holder.population)
        opened = iso_day(holder.opened)
        rows.append([holder.id, holder.name, holder.kind, told, opened, holder.access])
    return rows


def planting_rows(world: World) -> Rows:
    """PLANTINGS.csv, header first; controls without a source, from the day they were set up."""
    rows = [["canary_id", "source_id", "planted_at", "mobile", "name", "id_number"]]
    who = np.array([canary.person for canary in world.canaries], np.int64)
    mobiles = world.people.mobile[who].tolist()
    names = name_texts(world.people.name[who]).tolist()
    ids = id_texts(world.people.id_number[who]).tolist()
    for canary, mobile, name, id_number in zip(world.canaries, mobiles, names, ids, strict=True):
        for source, day in canary.plantings or (("", END - 1_100),):
            rows.append([canary.id, source, iso_day(day), str(mobile), name, id_number])
    return rows


def batch_rows(world: World, files: dict[str, str], rng: np.random.Generator) -> Rows:
    """BATCHES.csv, header first; what sellers claim is right more often than not."""
    rows = [
        ["file", "batch_id", "seen_at", "seller", "claimed_kind", "price", "price_unit", "currency"]
    ]
    for batch in world.seen:
        minutes = int(rng.integers(8 * 60, 23 * 60))
        clock = f"{minutes // 60:02d}:{minutes % 60:02d}:00+08:00"
        seen = f"{iso_day(batch.seen_day)}T{clock}"
        price = f"{rng.lognormal(-0.7, 0.7):.2f}"
        claim = _claim(world, batch, rng)
        rows.append(
            [files[batch.id], batch.id, seen, batch.seller, claim, price, "per-number", "CNY"]
        )
    return rows


def _claim(world: World, batch: Batch, rng: np.random.Generator) -> str:
    lot = rng.random()
    real = Counter(batch.origin[batch.origin >= 0].tolist())
    if lot < 0.6 and real:
        most = min(real, key=lambda place: (-real[place], place))
        return world.holders[int(most)].kind
    return str(rng.choice(list(KIND_PROFILES))) if lot < 0.8 else ""
