"""The truth of a world as plain values, for TRUTH.json. No identifier of a person is in it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from leaktrace.simulate.world import Batch, Holder, World


def iso_day(day: int) -> str:
    """Days since 1970-01-01 as ``2026-03-01``."""
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def truth(world: World) -> dict[str, Any]:
    """What is true of every batch, source, canary and unseen list; shares rounded to 6 digits."""
    leaked = world.leaked()
    twins = {holder.twin_of: holder.id for holder in world.holders if holder.twin_of}
    return {
        "seed": world.seed,
        "settings": _settings(world),
        "batches": {batch.id: _batch(world, batch) for batch in world.seen},
        "unseen": {batch.id: _batch(world, batch) for batch in world.batches if batch.hidden},
        "sources": {
            holder.id: _holder(holder, holder.id in leaked, twins.get(holder.id))
            for holder in world.holders
        },
        "canaries": {
            canary.id: {
                "plantings": [
                    {"source": source, "planted_at": iso_day(day)}
                    for source, day in canary.plantings
                ],
                "recycled": canary.recycled_from is not None,
            }
            for canary in world.canaries
        },
    }


def _settings(world: World) -> dict[str, Any]:
    values = {field.name: getattr(world.settings, field.name) for field in fields(world.settings)}
    return {**values, "mix": dict(world.settings.mix)}


def _batch(world: World, batch: Batch) -> dict[str, Any]:
    shares = world.shares(batch)
    return {
        "type": batch.type,
        "form": batch.form,
        "contributors": {name: round(share, 6) for name, share in shares.items()},
        "sources": sorted(world.contributors(batch)),
        "parents": {name: round(share, 6) for name, share in world.parents(batch).items()},
        "cut_at": iso_day(batch.cut_day),
        "seen_at": iso_day(batch.seen_day),
        "filters": list(batch.filters),
    }


def _holder(holder: Holder, leaked: bool, twin: str | None) -> dict[str, Any]:
    return {
        "kind": holder.kind,
        "leaked": leaked,
        "people": len(holder.members),
        "reference": holder.reference.type if holder.reference else None,
        "twin": twin,
        "twin_of": holder.twin_of,
    }
