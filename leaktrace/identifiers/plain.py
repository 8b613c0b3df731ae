"""The fast pass: cells that are plainly a mobile or an ID number of eighteen, and nothing else.

It reads the raw bytes, so it holds in every encoding in which such a cell is pure ASCII.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.buffers import Bytes
from leaktrace.identifiers.digits import (
    all_digits,
    read_eight,
    read_last_three,
    words_at,
    words_every,
)
from leaktrace.identifiers.id_number import CHECKS, FIRST_YEAR, WEIGHTS, known_region

_FIRST_DAY = FIRST_YEAR * 10_000
# Rows at a time, so that what is between stays in the cache.
_CHUNK = 1 << 14


@dataclass(frozen=True, slots=True)
class Plain:
    """Rows (int64, ascending) and normal forms (uint64) of the cells plainly of one kind."""

    rows: npt.NDArray[np.int64]
    values: npt.NDArray[np.uint64]


def plain_mobiles(cells: Bytes) -> Plain:
    """Cells of exactly eleven digits from 1[3-9], with or without Excel's ``.0``."""
    rows = np.flatnonzero((cells.lengths == 11) | (cells.lengths == 13))
    starts = cells.starts[rows]
    lengths = cells.lengths[rows]
    head = words_at(cells.data, starts)
    tail = words_at(cells.data, starts + 3)
    values, good = _mobiles(head, tail)
    longer = np.flatnonzero(good & (lengths == 13))
    if len(longer):
        at = starts[longer] + 11
        good[longer] = (cells.data[at] == ord(".")) & (cells.data[at + 1] == ord("0"))
    return Plain(rows[good], values[good])


def even_mobiles(
    data: npt.NDArray[np.uint8], step: int, count: int
) -> npt.NDArray[np.uint64] | None:
    """The mobiles that begin every ``step`` bytes, each of eleven digits from 1[3-9].

    uint64[count]; None where not all of them are mobiles.
    """
    values = np.empty(count, dtype=np.uint64)
    for start in range(0, count, _CHUNK):
        size = min(_CHUNK, count - start)
        head = words_every(data, start * step, step, size)
        tail = words_every(data, start * step + 3, step, size)
        values[start : start + size], good = _mobiles(head, tail)
        if not good.all():
            return None
    return values


def _mobiles(
    head: npt.NDArray[np.uint64], tail: npt.NDArray[np.uint64]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]:
    """The numbers of which these are the first and the last eight digits; whether they are any."""
    good = all_digits(head) & all_digits(tail)
    # Of the second word only the last three digits are new.
    values = read_eight(head)
    values *= np.uint64(1000)
    values += read_last_three(tail)
    good &= (values >= 13_000_000_000) & (values < 20_000_000_000)
    return values, good


def plain_ids(cells: Bytes) -> Plain:
    """Cells of just the eighteen characters of an ID number valid in region, date, check digit."""
    rows = np.flatnonzero(cells.lengths == 18)
    starts = cells.starts[rows]
    first, second = words_at(cells.data, starts), words_at(cells.data, starts + 8)
    digit17 = cells.data[starts + 16] - np.uint8(48)
    good = all_digits(first) & all_digits(second) & (digit17 < 10)
    rows, starts, digit17 = rows[good], starts[good], digit17[good]
    first, second = first[good], second[good]
    head, tail = read_eight(first), read_eight(second)
    total = _weighted(first, WEIGHTS[:8]) + _weighted(second, WEIGHTS[8:16])
    total += digit17 * np.uint16(WEIGHTS[16])
    last = cells.data[starts + 17]
    last = np.where(last == ord("x"), np.uint8(ord("X")), last)
    good = _check_bytes()[total % np.uint16(11)] == last
    birthday = (head % np.uint64(100)) * np.uint64(1_000_000) + tail // np.uint64(100)
    good &= _regions()[(head // np.uint64(100_000)).astype(np.intp)]
    days = _days()
    day = birthday.astype(np.int64) - _FIRST_DAY
    inside = (day >= 0) & (day < len(days))
    good &= inside & days[np.where(inside, day, 0)]
    values = head * np.uint64(10**9) + tail * np.uint64(10) + digit17
    return Plain(rows[good], values[good])


def _weighted(words: npt.NDArray[np.uint64], weights: tuple[int, ...]) -> npt.NDArray[np.uint16]:
    """The sum of weight times digit, in 16-bit lanes: at most 8 * 9 * 10 = 720 in the top one."""
    lanes = np.uint64(0x00FF00FF00FF00FF)
    even = sum(w << (48 - 16 * i) for i, w in enumerate(weights[0::2]))
    odd = sum(w << (48 - 16 * i) for i, w in enumerate(weights[1::2]))
    total = (words & lanes) * np.uint64(even) + ((words >> np.uint64(8)) & lanes) * np.uint64(odd)
    return (total >> np.uint64(48)).astype(np.uint16)


@cache
def _check_bytes() -> npt.NDArray[np.uint8]:
    return np.frombuffer(CHECKS.encode(), dtype=np.uint8)


@cache
def _regions() -> npt.NDArray[np.bool_]:
    return np.array([known_region(f"{head:03d}") for head in range(1000)], dtype=np.bool_)


@cache
def _days() -> npt.NDArray[np.bool_]:
    """Which ``YYYYMMDD`` minus 18900000 are dates from 1890 to today."""
    today = date.today()
    dates = np.arange(f"{FIRST_YEAR}-01-01", np.datetime64(today) + 1, dtype="datetime64[D]")
    months = dates.astype("datetime64[M]")
    years = months.astype("datetime64[Y]")
    number = (years.astype(np.int64) + 1970) * 10_000
    number += ((months - years).astype(np.int64) + 1) * 100
    number += (dates - months).astype(np.int64) + 1
    table = np.zeros((today.year + 1) * 10_000 - _FIRST_DAY, dtype=np.bool_)
    table[number - _FIRST_DAY] = True
    return table
