"""People that a seller invents: made-up numbers, with names and addresses or without."""

from __future__ import annotations

import numpy as np

from leaktrace.simulate.numbers import NumberSpace, draw_ids, draw_made_up
from leaktrace.simulate.people import People, draw_names


def draw_made_up_people(
    rng: np.random.Generator, space: NumberSpace, count: int, mode: str, near: int | None
) -> People:
    """``count`` invented people; ``mode`` and ``near`` as in :func:`numbers.draw_made_up`.

    Their numbers may belong to somebody: nobody checked.
    """
    town = rng.integers(0, len(space.blocks), count).astype(np.uint8)
    return People(
        town=town,
        estate=rng.integers(0, 40, count).astype(np.int32),
        building=rng.integers(1, 14, count).astype(np.int32),
        unit=rng.integers(1, 3, count).astype(np.int32),
        room=(rng.integers(1, 21, count) * 100 + rng.integers(1, 3, count)).astype(np.int32),
        mobile=draw_made_up(rng, space, count, mode, near),
        number_town=town,
        carrier=np.zeros(count, np.uint8),
        id_number=draw_ids(rng, count),
        name=draw_names(rng, count),
        wealth=rng.lognormal(0.0, 0.4, count).astype(np.float32),
        canary=np.full(count, -1, np.int32),
        made_up=np.ones(count, np.bool_),
    )
