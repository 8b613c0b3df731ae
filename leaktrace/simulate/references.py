"""The reference lists that sources hand over: full, partial, stale or purged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leaktrace.simulate.tables import DATE, ID_COLUMN
from leaktrace.simulate.world import END, Holder, Reference, World

_TYPES = ("full", "partial", "stale")


def draw_references(rng: np.random.Generator, world: World) -> tuple[Holder, ...]:
    """The holders, the known ones with a reference list where they handed one over."""
    settings = world.settings
    count = len(world.sources)
    wanted = round(settings.referenced * count)
    order = rng.permutation(count).tolist()
    given = set(order[:wanted])
    return tuple(
        replace(holder, reference=_reference(rng, world, place)) if place in given else holder
        for place, holder in enumerate(world.holders)
    )


def _reference(rng: np.random.Generator, world: World, place: int) -> Reference:
    settings, holder = world.settings, world.holders[place]
    mix = np.array(settings.reference_mix)
    type_ = str(rng.choice(_TYPES, p=mix / mix.sum()))
    last = END - int(rng.integers(0, 20))
    kept = np.ones(len(holder.members), np.bool_)
    if type_ == "partial":
        kept = rng.random(len(kept)) < rng.uniform(*settings.reference_coverage)
    elif type_ == "stale":
        last -= int(rng.uniform(*settings.reference_stale_days))
    if holder.leaks and rng.random() < settings.purged:
        type_ = "purged"
        leaked = np.concatenate(
            [batch.people[batch.origin == place] for batch in world.batches]
            or [np.empty(0, np.int32)]
        )
        gone = rng.random(len(kept)) < rng.uniform(*settings.purged_loss)
        kept &= ~(np.isin(holder.members, leaked) & gone)
    rows = np.flatnonzero(kept & (holder.registered <= last))
    lot = rng.random()
    if lot < 0.25:
        rows = rows[np.argsort(world.people.mobile[holder.members[rows]], kind="stable")]
    elif lot < 0.4:
        rows = rng.permutation(rows)
    dated = bool(rng.random() < settings.reference_dated)
    columns = [name for name in holder.columns if name != ID_COLUMN or rng.random() < 0.85]
    columns = [name for name in columns if name != DATE] + ([DATE] if dated else [])
    return Reference(
        people=holder.members[rows],
        registered=holder.registered[rows] if dated else None,
        type=type_,
        columns=tuple(columns),
    )
