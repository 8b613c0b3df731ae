"""Made-up leaks, by means of their own: lists of registrations that are cut, merged and dialled.

Nothing here is shared with the decoder or with the trials of a plan, nor with their random numbers.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.canary.planning.codes import Code

LEAKS, MISSING, BACKGROUND = 3, 0.3, 0.02

Bools = npt.NDArray[np.bool_]
Cut = Callable[[list[list[int]], random.Random], list[list[int]]]


def each_by_itself(lists: list[list[int]], rng: random.Random) -> list[list[int]]:
    """Every row of every list is lost with 30%."""
    return [[one for one in rows if rng.random() >= MISSING] for rows in lists]


def so_many(lists: list[list[int]], rng: random.Random) -> list[list[int]]:
    """Of every list exactly 30% are lost (rounded)."""
    return [rng.sample(rows, len(rows) - round(len(rows) * MISSING)) for rows in lists]


def unlike(lists: list[list[int]], rng: random.Random) -> list[list[int]]:
    """Every list loses a share of its own, 10% to 50%."""
    shares = [rng.uniform(0.1, 0.5) for _rows in lists]
    return [
        [one for one in rows if rng.random() >= share]
        for rows, share in zip(lists, shares, strict=True)
    ]


def filtered(lists: list[list[int]], rng: random.Random) -> list[list[int]]:
    """The same 30% of the numbers are lost from every list: they were of one carrier."""
    gone = {
        one for one in sorted({row for rows in lists for row in rows}) if rng.random() < MISSING
    }
    return [[one for one in rows if one not in gone] for rows in lists]


@dataclass(frozen=True)
class World:
    """How leaks are cut, in words and as a function."""

    name: str
    cut: Cut


PLAIN = World("", each_by_itself)
WORLDS = (
    World("exactly 30% lost", so_many),
    World("10-50% lost, each its own", unlike),
    World("one carrier lost from all", filtered),
)


def leaked(code: Code, world: World, seed: int, trial: int) -> tuple[tuple[int, ...], Bools]:
    """Three of the sources, and which numbers came back (bool[m])."""
    rng = random.Random(f"{seed}/{trial}")
    sources, numbers = code.shape
    truth = sorted(rng.sample(range(sources), LEAKS))
    lists = [np.flatnonzero(code[one]).tolist() for one in truth]
    dialled = {one for rows in world.cut(lists, rng) for one in rows}
    dialled |= {one for one in range(numbers) if rng.random() < BACKGROUND}
    return tuple(truth), np.isin(np.arange(numbers), sorted(dialled))
