"""Held lists made of plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from leaktrace.fingerprint.held import NO_DAY, HeldList, PeopleTable, TokenIndex
from leaktrace.fingerprint.keys import Key

KEY = Key(bytes(range(32)))


@pytest.fixture
def key() -> Key:
    """A key that is the same in every run."""
    return KEY


def held_of(
    people: Sequence[Mapping[str, int]],
    *,
    days: Sequence[int] | None = None,
    full: Sequence[bool] | None = None,
) -> HeldList:
    """An exact list in which each person carries the given tokens, by kind."""
    count = len(people)
    index = {}
    for kind in sorted({kind for person in people for kind in person}):
        pairs = sorted(
            (person[kind], number) for number, person in enumerate(people) if kind in person
        )
        index[kind] = TokenIndex(
            np.array([token for token, _ in pairs], dtype=np.uint64),
            np.array([number for _, number in pairs], dtype=np.uint32),
        )
    distinct = {kind: len(set(item.tokens.tolist())) for kind, item in index.items()}
    return HeldList(
        people=PeopleTable(
            id_token=np.array([person.get("id_number", 0) for person in people], dtype=np.uint64),
            registered=np.array(days or [NO_DAY] * count, dtype=np.int32),
            carrier=np.zeros(count, dtype=np.uint8),
            region=np.zeros(count, dtype=np.uint16),
            swept=np.zeros(count, dtype=np.bool_),
            never_issued=np.zeros(count, dtype=np.bool_),
            full=None if full is None else np.array(full, dtype=np.bool_),
        ),
        index=index,
        scaled=1,
        size=count,
        distinct=distinct,
        written=distinct,
    )


def random_held(count: int, seed: int, *, days: bool = False) -> HeldList:
    """An exact list of ``count`` people with a mobile and an ID number each."""
    generator = np.random.default_rng(seed)
    mobiles = np.unique(generator.integers(1, 2**64, 2 * count, dtype=np.uint64))
    generator.shuffle(mobiles)
    people = [
        {"mobile": int(mobiles[n]), "id_number": int(mobiles[count + n])} for n in range(count)
    ]
    dates = generator.integers(15000, 20000, count).tolist() if days else None
    return held_of(people, days=dates)
