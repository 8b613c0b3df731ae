"""The people of a world as columns: who they are, where they live, which number they carry."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from leaktrace.simulate.numbers import (
    CARRIER_SHARES,
    Int64,
    NumberSpace,
    UInt8,
    UInt64,
    draw_ids,
    draw_mobiles,
)
from leaktrace.simulate.tables import GIVEN, SURNAMES

Int32 = npt.NDArray[np.int32]

#: People of one town have virtual numbers from ``town * TOWN_STRIDE`` on.
TOWN_STRIDE = 100_000_000
HOUSEHOLD = 3
ESTATE_PEOPLE = 3_000
_PER_SURNAME = len(GIVEN) * (len(GIVEN) + 1)


@dataclass(frozen=True, slots=True, repr=False)
class People:
    """One row a person; canaries and made-up rows are people too, with a mark.

    Attributes
    ----------
    town : uint8[n]
        The town they live in; ``estate`` (int32, town-wide number), ``building``, ``unit`` and
        ``room`` (int32) are the address there.
    mobile : uint64[n]
        Eleven digits.
    number_town, carrier : uint8[n]
        Where and by whom the mobile was issued (``identifiers.segments.CARRIERS``).
    id_number : uint64[n]
        The first 17 digits.
    name : int32[n]
        See :func:`name_texts`.
    wealth : float32[n]
        What amounts are made from, about 1.
    canary : int32[n]
        Number of the canary, -1 for others.
    made_up : bool[n]
        Invented by a seller.
    """

    town: UInt8
    estate: Int32
    building: Int32
    unit: Int32
    room: Int32
    mobile: UInt64
    number_town: UInt8
    carrier: UInt8
    id_number: UInt64
    name: Int32
    wealth: npt.NDArray[np.float32]
    canary: Int32
    made_up: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.mobile)


def join_people(parts: list[People]) -> People:
    """All people of ``parts``, in order."""
    return People(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(People))
    )


def draw_names(rng: np.random.Generator, count: int) -> Int32:
    """Name codes, int32[count]; frequent surnames are frequent, a fifth has one given character."""
    weights = 1.0 / (np.arange(len(SURNAMES)) + 6.0)
    surname = rng.choice(len(SURNAMES), count, p=weights / weights.sum())
    first = rng.integers(0, len(GIVEN), count)
    second = np.where(rng.random(count) < 0.2, 0, rng.integers(1, len(GIVEN) + 1, count))
    return (surname * _PER_SURNAME + first * (len(GIVEN) + 1) + second).astype(np.int32)


def name_texts(codes: Int32) -> npt.NDArray[np.str_]:
    """The names behind ``codes``, ``<U4[n]``."""
    rest = codes % _PER_SURNAME
    first = np.array(GIVEN)[rest // (len(GIVEN) + 1)]
    second = np.array(("", *GIVEN))[rest % (len(GIVEN) + 1)]
    return np.strings.add(np.strings.add(np.array(SURNAMES)[codes // _PER_SURNAME], first), second)


def draw_people(
    rng: np.random.Generator,
    space: NumberSpace,
    virtual: Int64,
    outsiders: UInt8,
    estates: int,
) -> People:
    """Ordinary people for the virtual numbers ``virtual``, then one for each town of ``outsiders``.

    A virtual number holds town, estate and flat; outsiders (canaries) live in any of the first
    ``estates`` estates of their town. No two people share a mobile or an ID number.
    """
    local = virtual % TOWN_STRIDE
    flat = local % ESTATE_PEOPLE // HOUSEHOLD
    more = len(outsiders)
    town = np.concatenate([(virtual // TOWN_STRIDE).astype(np.uint8), outsiders])
    estate = np.concatenate([local // ESTATE_PEOPLE, rng.integers(0, max(estates, 1), more)])
    flat = np.concatenate([flat, rng.integers(0, ESTATE_PEOPLE // HOUSEHOLD, more)])
    count = len(town)
    carrier = rng.choice(len(CARRIER_SHARES), count, p=CARRIER_SHARES).astype(np.uint8)
    # One in eight brought the number from another town.
    moved = rng.random(count) < 0.125
    elsewhere = rng.integers(0, len(space.blocks), count).astype(np.uint8)
    number_town = np.where(moved, elsewhere, town).astype(np.uint8)
    return People(
        town=town,
        estate=estate.astype(np.int32),
        building=(flat // 80 + 1).astype(np.int32),
        unit=(flat // 40 % 2 + 1).astype(np.int32),
        room=((flat % 40 // 2 + 1) * 100 + flat % 2 + 1).astype(np.int32),
        mobile=draw_mobiles(rng, space, number_town, carrier),
        number_town=number_town,
        carrier=carrier,
        id_number=draw_ids(rng, count),
        name=draw_names(rng, count),
        wealth=rng.lognormal(0.0, 0.4, count).astype(np.float32),
        canary=np.concatenate(
            [np.full(len(virtual), -1, np.int32), np.arange(more, dtype=np.int32)]
        ),
        made_up=np.zeros(count, np.bool_),
    )
