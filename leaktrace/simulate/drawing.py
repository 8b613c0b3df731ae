"""A whole world in memory, from settings and a seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leaktrace.simulate.batches import draw_batches
from leaktrace.simulate.holders import draw_setting
from leaktrace.simulate.people import join_people
from leaktrace.simulate.references import draw_references
from leaktrace.simulate.settings import WorldSettings, check
from leaktrace.simulate.world import World


def draw_world(settings: WorldSettings | None = None, seed: int = 1) -> World:
    """A world as arrays in memory; the same settings and seed give the same world.

    No file is written: many worlds in seconds.

    Raises
    ------
    UsageError
        If a setting is out of range, or nothing leaks in such a world.
    """
    settings = WorldSettings() if settings is None else settings
    check(settings)
    rng = np.random.default_rng(seed)
    setting = draw_setting(rng, settings)
    holders, batches, invented = draw_batches(rng, settings, setting)
    world = World(
        seed=seed,
        settings=settings,
        space=setting.space,
        people=join_people([setting.people, *invented]),
        holders=holders,
        canaries=setting.canaries,
        batches=batches,
    )
    return replace(world, holders=draw_references(rng, world))
