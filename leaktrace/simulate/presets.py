"""Families of worlds: settings by name, each with its own difficulty."""

from __future__ import annotations

from leaktrace.errors import UsageError
from leaktrace.messages import _
from leaktrace.simulate.settings import STANDARD_MIX, WorldSettings


def standard() -> WorldSettings:
    """The default world."""
    return WorldSettings()


def easy() -> WorldSettings:
    """Full reference lists, unshared canaries, unknown sources that overlap by chance only."""
    return WorldSettings(
        twins=0, referenced=0.7, reference_mix=(1.0, 0.0, 0.0), reference_dated=1.0,
        population_exact=1.0, population_rough=0.0, canaried=1.0, canaries=(15, 40),
        shared_canaries=0.0, unknown_overlap=(0.0, 0.02), town_people=(300_000, 800_000),
        nesting=(0.2, 0.6), dumps=0.0, freshen=0.0, cut_delay=(0, 60), sweep_near_canary=0.0,
        cells=1.0,
        mix={**STANDARD_MIX, "twin": 0.0, "old-cut": 0.0},
    )  # fmt: skip


def hard() -> WorldSettings:
    """Everything that makes attribution hard, at once."""
    return WorldSettings(
        unknown_sources=3, twins=2, towns=3, town_people=(100_000, 300_000),
        nesting=(0.7, 1.0), household=0.2, reference_mix=(0.25, 0.4, 0.35), purged=0.25,
        population_exact=0.35, population_rough=0.35, shared_canaries=0.1, recycled=0.03,
        unknown_overlap=(0.1, 0.4), blend=(3, 5), smallest_share=0.05, padding=(0.2, 0.6),
        dumps=0.35, contiguous=0.35, chain=0.7, freshen=0.4, missing_parents=0.15, same_day=0.1,
        stray=0.03, sweep_near_canary=0.6, retyped=0.35, last_four=0.2,
        mix={**STANDARD_MIX, "pure": 0.10, "filtered": 0.12, "blended": 0.08, "resold": 0.15,
             "twin": 0.06, "padded": 0.08, "masked": 0.06, "old-cut": 0.05},
    )  # fmt: skip


def twins() -> WorldSettings:
    """Innocent sources whose twins leak."""
    return WorldSettings(twins=3, mix={**STANDARD_MIX, "twin": 0.25})


def unknown_third() -> WorldSettings:
    """Unknown sources that share a third of their people with a known one."""
    return WorldSettings(
        unknown_sources=3, unknown_overlap=(0.30, 0.36),
        mix={**STANDARD_MIX, "unknown": 0.22, "unknown-mixed": 0.12},
    )  # fmt: skip


def superset() -> WorldSettings:
    """Sources whose people nearly all came through an innocent one upstream."""
    return WorldSettings(nesting=(0.95, 1.0), leaking=0.4)


def old_cut() -> WorldSettings:
    """Lists that were cut long before they were seen."""
    return WorldSettings(cut_delay=(100, 500), mix={**STANDARD_MIX, "old-cut": 0.2})


def recycled() -> WorldSettings:
    """Canaries on numbers that were somebody's before, and canaries that came by other roads."""
    return WorldSettings(recycled=0.15, stray=0.15)


def purged() -> WorldSettings:
    """Reference lists from which a guilty source took the leaked people out."""
    return WorldSettings(purged=0.7, referenced=0.7)


PRESETS = {
    "standard": standard, "easy": easy, "hard": hard, "twins": twins,
    "unknown-third": unknown_third, "superset": superset, "old-cut": old_cut,
    "recycled": recycled, "purged": purged,
}  # fmt: skip


def preset(name: str) -> WorldSettings:
    """The settings of a family of worlds: one of :data:`PRESETS`.

    Raises
    ------
    UsageError
        If there is no such family.
    """
    if name not in PRESETS:
        raise UsageError(
            _("there is no family of worlds {name}; there are {names}").format(
                name=repr(name), names=", ".join(sorted(PRESETS))
            )
        )
    return PRESETS[name]()
