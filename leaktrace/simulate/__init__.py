"""Worlds with known truth: drawn in memory, or written as the files that a case is made from."""

from leaktrace.simulate.drawing import draw_world
from leaktrace.simulate.presets import PRESETS, preset
from leaktrace.simulate.settings import WorldSettings
from leaktrace.simulate.tabulate import batch_columns, batch_days, reference_columns
from leaktrace.simulate.world import (
    END,
    MADE_UP,
    START,
    STRAY,
    Batch,
    Holder,
    PlantedCanary,
    Reference,
    World,
)
from leaktrace.simulate.writing import reference_files, save_world, write_world

__all__ = [
    "END",
    "MADE_UP",
    "PRESETS",
    "START",
    "STRAY",
    "Batch",
    "Holder",
    "PlantedCanary",
    "Reference",
    "World",
    "WorldSettings",
    "batch_columns",
    "batch_days",
    "draw_world",
    "preset",
    "reference_columns",
    "reference_files",
    "save_world",
    "write_world",
]
