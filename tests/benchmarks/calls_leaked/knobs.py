"""What a year is like: the ranges out of which a seed draws, and the presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

import numpy as np

Ranges = Mapping[str, tuple[float, float]]

#: Each is drawn evenly from low to high, once a world; those in ``_LOG`` evenly in their logarithm.
_MAIN: Ranges = {
    # Leaks. 5-10% of the sources leak; some again. Part of them as a feed, lead by lead.
    "leaking": (0.05, 0.10),
    "again": (0.1, 0.3),
    "feeds": (0.15, 0.4),
    # Which part of the registrants is in what leaked.
    "carried": (0.7, 1.0),
    # Median days from the leak to the first sale; its logarithm has a standard deviation of 2.3:
    # from seconds to months.
    "delay_days": (4.0, 20.0),
    # Buyers after the first; days between sales; which part of a list a buyer rings.
    "resold": (2.0, 7.0),
    "resale_days": (10.0, 40.0),
    "rung": (0.3, 0.7),
    "more_tries": (0.5, 3.0),
    # A buyer's sector is the source's own, or any.
    "own_sector": (0.3, 0.6),
    # A buyer who dials at random, too; one who says to be the source; callers who tell the name.
    "also_random": (0.1, 0.4),
    "posing": (0.05, 0.2),
    "recites": (0.1, 0.4),
    "second_stage": (0.1, 0.35),
    # Days from one unprovoked call of a line to the next, on average (a US study of 66,606 lines:
    # 8.42), the numbers that none of them ever calls, and the shape of the others' gamma.
    "days_between": (8.42, 25.0),
    "never_rung": (0.15, 0.35),
    "shape": (0.6, 1.6),
    "cluster": (1.2, 2.5),
    # Storms over all numbers, and sweeps through one segment, a year; whom they reach.
    "storms": (4.0, 12.0),
    "storm_reach": (0.05, 0.4),
    "sweeps": (10.0, 40.0),
    "sweep_reach": (0.3, 0.8),
    # One sector rings so many times as often for a month.
    "boom": (2.0, 4.0),
    # Numbers: had an owner before; fall silent for months; what the carrier keeps away.
    "recycled": (0.08, 0.2),
    "silent": (0.02, 0.06),
    "filtered": (0.05, 0.35),
    "pooled": (0.7, 1.0),
    # Sources: ring their own registrants; declare all their numbers; say who they are in so many
    # of the calls; have recipients, all declared; are public; of unknown population.
    "first_party": (0.5, 0.5),
    "declared": (0.4, 0.8),
    "named": (0.4, 0.9),
    "recipients": (0.08, 0.2),
    "public": (0.03, 0.08),
    "unknown_population": (0.03, 0.12),
    # Callers: a number like the callee's; robots of which a transcript was made; its noise.
    "spoofed": (0.05, 0.25),
    # Calls of which nobody knows what they were for: a third as many of a source's own.
    "unheard": (0.2, 0.4),
    "transcribed": (0.15, 0.4),
    "misheard": (0.0, 0.08),
}
_LOG = frozenset({"delay_days", "days_between", "resale_days"})


@dataclass(frozen=True, slots=True)
class Size:
    """How many numbers there are, how many of them are controls, how many sources; and which part
    of the sources has numbers of its own."""

    numbers: int = 500
    controls: int = 60
    sources: int = 300
    own: float = 0.8


PRESETS: Mapping[str, tuple[Size, Ranges]] = {
    "main": (Size(), {}),
    "quiet": (
        Size(),
        {"days_between": (40.0, 90.0), "storms": (0.0, 3.0), "sweeps": (2.0, 8.0)},
    ),
    "stormy": (
        Size(),
        {
            "days_between": (7.0, 12.0), "storms": (15.0, 40.0), "storm_reach": (0.2, 0.6),
            "sweeps": (40.0, 120.0), "cluster": (2.0, 4.0),
        },
    ),
    "shared": (Size(numbers=380, own=0.2), {}),
    "firstparty": (Size(), {"leaking": (0.0, 0.0)}),
    "tiny": (
        Size(numbers=24, controls=8, sources=10),
        {"leaking": (0.3, 0.3), "days_between": (60.0, 60.0), "public": (0.1, 0.1)},
    ),
}  # fmt: skip


def draw_knobs(rng: np.random.Generator, preset: str) -> dict[str, float]:
    """What one world of ``preset`` is like, by the names above."""
    ranges = {**_MAIN, **PRESETS[preset][1]}
    return {
        name: exp(rng.uniform(log(low), log(high))) if name in _LOG else rng.uniform(low, high)
        for name, (low, high) in ranges.items()
    }
