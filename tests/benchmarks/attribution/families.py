"""Which worlds are drawn: the families of :mod:`leaktrace.simulate`, each trap for the innocent by
itself, and worlds in which nothing tells a source from its twin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leaktrace.simulate import PRESETS, WorldSettings, preset
from leaktrace.simulate.settings import STANDARD_MIX

# A trap counts as soon as there are worlds of it.
_TRAPS = ("twins", "superset", "old-cut", "recycled", "purged", "first-party")
TRAPS = tuple(name for name in _TRAPS if name in PRESETS)
GROUPS: Mapping[str, Sequence[str]] = {"innocent": TRAPS}
UNTOLD = "untold"
DEFAULT = ("standard", "easy", "hard", "unknown-third", "innocent", UNTOLD)


def settings_of(family: str) -> WorldSettings:
    """The settings of a single family (not of a group)."""
    return untold() if family == UNTOLD else preset(family)


def untold() -> WorldSettings:
    """Lists without cells; most sources have no canary; some innocent ones have a leaking twin."""
    return WorldSettings(
        twins=3, referenced=0.7, canaried=0.4, cells=0.0, mix={**STANDARD_MIX, "twin": 0.15}
    )


def members(name: str) -> tuple[str, ...]:
    """The single families that a name stands for."""
    return tuple(GROUPS.get(name, (name,)))


def single_families(names: Sequence[str]) -> tuple[str, ...]:
    """The single families that the names stand for together, each once, in order."""
    return tuple(dict.fromkeys(one for name in names for one in members(name)))
