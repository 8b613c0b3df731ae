"""Made-up campaigns with lists of known length, called at a known pace, and what canaries see.

Of the people of a source some are canaries; a list is a part of them, or all; it is called evenly
over some days in an order that knows nothing of canaries, those who do not answer again; of a blend
of two lists each canary is told by its own source. A campaign is seen once two canaries were hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from leaktrace.calls.campaign import Exposed
from leaktrace.times import DAY

Generator = np.random.Generator


@dataclass(frozen=True, slots=True)
class MadeList:
    """A campaign: what canaries saw of it, and what is true.

    ``people`` and ``dials_a_day`` are of the sources of which a canary was hit; ``in_all`` are the
    people of the others, too, of which nobody who looks at hits can know.
    """

    exposed: tuple[Exposed, ...]
    first_hits: tuple[float, ...]
    dials_each: float
    people: int
    dials_a_day: float
    in_all: int


FAMILIES = ("any", "whole", "large", "blend")
"""Lists of any order of magnitude; whole sources; cuts of a tenth to nine tenths; blends of two."""


def made_lists(seed: int, count: int, family: str) -> Iterator[MadeList]:
    """``count`` campaigns of a family that canaries saw."""
    rng = np.random.default_rng(seed)
    seen = 0
    while seen < count:
        made = _made(rng, family)
        if made is not None:
            seen += 1
            yield made


def _made(rng: Generator, family: str) -> MadeList | None:
    parts = [_part(rng, family, number) for number in range(2 if family == "blend" else 1)]
    people = sum(part[1] for part in parts if part[0].hit)
    hit = sum(part[0].hit for part in parts)
    if hit < 2:
        return None
    days = float(np.exp(rng.uniform(np.log(2), np.log(90))))
    # Whoever is not reached is dialled again: the canaries are as many others are.
    each = float(rng.uniform(1.0, 2.5))
    seen_each = 1.0 + float(rng.poisson((each - 1.0) * hit)) / hit
    hits = rng.uniform(0.0, days, hit) * DAY
    exposed = tuple(part[0] for part in parts if part[0].hit)
    in_all = sum(part[1] for part in parts)
    return MadeList(exposed, tuple(hits.tolist()), seen_each, people, people * each / days, in_all)


def _part(rng: Generator, family: str, number: int) -> tuple[Exposed, int]:
    population = int(np.exp(rng.uniform(np.log(2_000), np.log(500_000))))
    planted = int(rng.integers(5, 60))
    low = {"any": 0.005, "large": 0.1, "blend": 0.05}.get(family, 1.0)
    share = 1.0 if family == "whole" else float(np.exp(rng.uniform(np.log(low), np.log(0.9))))
    people = max(1, round(share * population))
    hit = int(rng.hypergeometric(planted, population - planted, people))
    return Exposed(f"S{number}", population, planted, hit), people
