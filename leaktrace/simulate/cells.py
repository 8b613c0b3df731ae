"""Whose version of a person a row is: how each holder spells, lays out, dates and prices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from leaktrace.simulate.holders import estate_name
from leaktrace.simulate.numbers import UInt64
from leaktrace.simulate.people import Int32, name_texts
from leaktrace.simulate.tables import ADDRESS, AMOUNT, DATE, GIVEN, REMARK, REMARKS, TOWNS
from leaktrace.simulate.world import END, World

Float64 = npt.NDArray[np.float64]

# Typical amounts: a price, a loan, fees.
_AMOUNTS = {
    "property-sale": 1_300_000.0, "loan-platform": 900_000.0, "agency": 1_500_000.0,
    "loan-app": 12_000.0, "education": 4_800.0, "car-insurance": 3_600.0, "life-insurance": 9_000.0,
}  # fmt: skip
# Up to which lot an address is right, an old one, mistyped; beyond, the unit is missing.
_GOOD, _OLD, _TYPO = 0.90, 0.94, 0.97
ADDRESS_STYLES: tuple[Callable[..., str], ...] = (
    lambda town, estate, building, unit, room: f"{estate}{building}栋{unit}单元{room}",
    lambda town, estate, building, unit, room: f"{estate}{building}-{unit}-{room}",
    lambda town, estate, building, unit, room: f"{estate}{building}#{unit}-{room}室",
    lambda town, estate, building, unit, room: f"{town}市{estate}{building}号楼{unit}单元{room}室",
    lambda town, estate, building, unit, room: f"{estate} {building}幢{room}",
    lambda town, estate, building, unit, room: f"{town}{estate}{building}栋{room}房",
)
DATE_STYLES: tuple[Callable[[np.datetime64, float], str], ...] = (
    lambda day, part: str(day),
    lambda day, part: "/".join(piece.lstrip("0") for piece in str(day).split("-")),
    lambda day, part: f"{day} {_clock(part)}",
    lambda day, part: str(day).replace("-", "."),
    lambda day, part: str(day).replace("-", ""),
)
AMOUNT_STYLES: tuple[Callable[[float], str], ...] = (
    lambda amount: f"{amount:.0f}",
    lambda amount: f"{amount:,.2f}",
    lambda amount: f"{amount / 10_000:.1f}万",
)


def _clock(part: float) -> str:
    seconds = 8 * 3600 + int(part * 13 * 3600)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def lots(seed: int, people: Int32, holder: int, salt: int) -> Float64:
    """A number in [0, 1) for each person at a holder, always the same (splitmix64), float64[n]."""
    offset = seed * 0x9E3779B97F4A7C15 + holder * 0xD1B54A32D192ED03 + salt * 0x8CB92BA72F3D8DD7
    mixed: UInt64 = people.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9) + np.uint64(
        offset % 2**64
    )
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53


def style_of(seed: int, holder: int, salt: int, count: int) -> int:
    """Which of ``count`` styles a holder writes in."""
    return int(lots(seed, np.array([0], np.int32), holder, 100 + salt)[0] * count)


def name_cells(world: World, people: Int32, holder: int) -> list[str]:
    """Names as a holder wrote them: one in sixty has another last character."""
    names = name_texts(world.people.name[people]).tolist()
    for place in np.flatnonzero(lots(world.seed, people, holder, 1) < 1 / 60).tolist():
        name = names[place]
        names[place] = name[:-1] + GIVEN[(GIVEN.index(name[-1]) + 7) % len(GIVEN)]
    return [str(name) for name in names]


def cells(world: World, people: Int32, holder: int, column: str, style: int = -1) -> list[str]:
    """The cells of ``people`` in one of a holder's columns, list of n texts.

    ``holder`` is a position in ``world.holders``; ``style`` another one, whose way of writing
    addresses, dates and amounts it was retyped in (-1: the holder's own).
    """
    maker = {ADDRESS: _addresses, AMOUNT: _amounts, DATE: _dates, REMARK: _remarks}[column]
    return maker(world, people, holder, holder if style < 0 else style)


def _addresses(world: World, people: Int32, holder: int, style: int) -> list[str]:
    """One in ten differs: an old address, a typing error, a missing unit."""
    write = ADDRESS_STYLES[style_of(world.seed, style, 1, len(ADDRESS_STYLES))]
    who, lot = world.people, lots(world.seed, people, holder, 2)
    old = (lot >= _GOOD) & (lot < _OLD)
    wrong = (lot >= _OLD) & (lot < _TYPO)
    estate = np.where(old, who.estate[people] + 1, who.estate[people])
    room = np.where(old | wrong, who.room[people] + 100, who.room[people])
    unit = np.where(lot >= _TYPO, 1, who.unit[people])
    columns = (who.town[people], estate, who.building[people], unit, room)
    return [
        write(TOWNS[town % len(TOWNS)], estate_name(town, number), building, entrance, flat)
        for town, number, building, entrance, flat in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def registration_days(world: World, people: Int32, holder: int) -> Int32:
    """When each was registered at the holder, int32[n]; for others (made up) some day before."""
    book = world.holders[holder]
    order = np.argsort(book.members, kind="stable")
    place = np.searchsorted(book.members, people, sorter=order).clip(max=len(order) - 1)
    found = order[place]
    invented = END - 700 + (lots(world.seed, people, holder, 3) * 500).astype(np.int32)
    days: Int32 = np.where(book.members[found] == people, book.registered[found], invented).astype(
        np.int32
    )
    return days


def _dates(world: World, people: Int32, holder: int, style: int) -> list[str]:
    write = DATE_STYLES[style_of(world.seed, style, 2, len(DATE_STYLES))]
    days = registration_days(world, people, holder).astype("datetime64[D]")
    parts = lots(world.seed, people, holder, 4)
    return [write(day, part) for day, part in zip(days, parts.tolist(), strict=True)]


def _amounts(world: World, people: Int32, holder: int, style: int) -> list[str]:
    write = AMOUNT_STYLES[style_of(world.seed, style, 3, len(AMOUNT_STYLES))]
    base = _AMOUNTS.get(world.holders[holder].kind, 1_000.0)
    noise = 0.7 + 0.6 * lots(world.seed, people, holder, 5)
    exact = base * world.people.wealth[people] * noise
    rounded = np.round(exact / (base / 100)) * (base / 100)
    return [write(amount) for amount in rounded.tolist()]


def _remarks(world: World, people: Int32, holder: int, style: int) -> list[str]:
    words = REMARKS.get(world.holders[holder].kind, REMARKS["other"])
    # A third has none.
    lot = lots(world.seed, people, holder, 6) * len(words) * 1.5
    return [words[place] if place < len(words) else "" for place in lot.astype(int).tolist()]
