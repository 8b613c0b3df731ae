"""Places in cells: the estate or road, and the numbers of the building and of the room.

Worked out on the bytes of a whole block at once; a regular expression for each cell would double
the time of taking a list in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leaktrace.fingerprint.weights import row_weight

UInt64 = npt.NDArray[np.uint64]
Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

#: Beside a number these say that it is part of an address.
SIGNS = "栋幢棟座楼樓号號室房单單户弄期层層#"
#: These end a word; they stand in one layout of an address and not in another.
BREAKS = SIGNS + "元户戶门門层層排省市区區县縣镇鎮乡鄉"
# Of the key's three characters, and of the first and the last number.
_DIGITS = 64
_WEIGHTS = tuple(np.uint64(row_weight(place)) for place in range(5))
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF


@dataclass(frozen=True, slots=True)
class Groups:
    """The runs of ASCII digits of n cells, each of which has one.

    Attributes
    ----------
    data : uint8[bytes]
        The cells one after the other, in UTF-8.
    starts : int64[n + 1]
        Where each cell starts in ``data``.
    first : int64[n]
        Its first run.
    places, ends : int64[k]
        Where each run starts and ends in ``data``.
    values : uint64[k]
        Its number, modulo 2**64.
    lengths : int64[k]
        How many digits it has.
    """

    data: npt.NDArray[np.uint8]
    starts: Int64
    first: Int64
    places: Int64
    ends: Int64
    values: UInt64
    lengths: Int64

    @property
    def last(self) -> Int64:
        """The last run of each cell: int64[n]."""
        return np.append(self.first[1:], len(self.places)) - 1


@dataclass(frozen=True, slots=True)
class TextColumn:
    """The bytes of n cells.

    Attributes
    ----------
    data : uint8[bytes]
        The cells one after the other, in UTF-8.
    starts : int64[n + 1]
        Where each cell starts in ``data``, and where the last one ends.
    digits : int64[k]
        Where the ASCII digits are.
    before : int64[n + 1]
        How many of these stand before each cell, and in all.
    """

    data: npt.NDArray[np.uint8]
    starts: Int64
    digits: Int64
    before: Int64

    @classmethod
    def of(cls, texts: Any) -> TextColumn:
        """Those of a ``pyarrow.LargeStringArray`` without nulls; nothing is copied."""
        offsets = np.frombuffer(texts.buffers()[1], np.int64)
        offsets = offsets[texts.offset : texts.offset + len(texts) + 1]
        data = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
        starts = offsets - offsets[0]
        digits = np.flatnonzero((data - np.uint8(48)) < 10)
        return cls(data, starts, digits, np.searchsorted(digits, starts))

    def with_digits(self) -> Bool:
        """Which cells hold a digit: bool[n]."""
        return np.asarray(self.before[1:] > self.before[:-1])


def digit_groups(column: TextColumn) -> Groups:
    """The runs of digits in cells each of which has one."""
    data, starts, where = column.data, column.starts, column.digits
    # A run also ends where its cell does.
    fresh = np.ones(len(where), dtype=np.bool_)
    fresh[1:] = where[1:] != where[:-1] + 1
    own = column.before[:-1]
    fresh[own] = True
    run = np.flatnonzero(fresh)
    lengths = np.diff(np.append(run, len(where)))
    places = where[run]
    first = np.cumsum(fresh)[own] - 1
    return Groups(
        data, starts, first, places, places + lengths, _values(data[where], run, lengths), lengths
    )


def _values(digits: npt.NDArray[np.uint8], run: Int64, lengths: Int64) -> UInt64:
    values = np.zeros(len(run), dtype=np.uint64)
    # Ten to the power of 64 is 0 in 64 bits, so that earlier digits change nothing.
    first = run + np.maximum(lengths - _DIGITS, 0)
    counted = np.minimum(lengths, _DIGITS)
    # Column by column: most runs have one to four digits.
    for place in range(int(counted.max(initial=0))):
        there = np.flatnonzero(counted > place)
        values[there] *= np.uint64(10)
        values[there] += digits[first[there] + place] - np.uint64(48)
    return values


def place_values(texts: Any, column: TextColumn) -> tuple[UInt64, Bool]:
    """What each cell says as a place, and whether it is one.

    The key is the last word (two Chinese characters or more, none of :data:`BREAKS`) with a number
    after it, its last three characters; the numbers are the first and the last after the key. So
    neither the town before the estate nor the unit between building and room counts, which one
    holder writes and the next does not. A cell is a place if one of its numbers has a sign beside
    it, or if two or more follow a key.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray[n]
        Each with a digit.
    column : TextColumn
        Their bytes.

    Returns
    -------
    uint64[n], bool[n]
    """
    groups = digit_groups(column)
    total, is_place = _usual(groups)
    rest = np.flatnonzero(~is_place)
    if len(rest):
        if len(rest) < len(texts):
            groups = digit_groups(TextColumn.of(texts.take(pa.array(rest))))
        total[rest], is_place[rest] = _any(groups)
    return total, is_place


def _usual(groups: Groups) -> tuple[UInt64, Bool]:
    """The same for the usual cell, in a third of the time: a word, right behind it two numbers or
    more, and no other word between these. False for all others."""
    data, first, last = groups.data, groups.first, groups.last
    before = groups.places[first]
    room = before - groups.starts[:-1]
    one, two, three = (_word_codes(data, before - 3 * k, room >= 3 * k) for k in (1, 2, 3))
    usual = (last > first) & (one > 0) & (two > 0)
    gaps = groups.places[1:] - groups.ends[:-1]
    gaps[first[1:] - 1] = 0  # from cell to cell
    wide = np.flatnonzero(gaps >= 6)
    if len(wide):
        ends = groups.ends[wide]
        pair = _word_codes(data, ends, gaps[wide] == 6) * _word_codes(
            data, ends + 3, gaps[wide] == 6
        )
        odd = wide[(gaps[wide] > 6) | (pair > 0)]
        usual[np.searchsorted(first, odd, side="right") - 1] = False
    total = one * _WEIGHTS[0] + two * _WEIGHTS[1] + three * _WEIGHTS[2]
    total += groups.values[first] * _WEIGHTS[3] + groups.values[last] * _WEIGHTS[4]
    return total, usual


def _word_codes(data: npt.NDArray[np.uint8], places: Int64, able: Bool) -> UInt64:
    """The characters at some places, 0 where no character of a word is there; ``able``: where
    there is room for one."""
    found = np.zeros(len(places), dtype=np.uint64)
    where = np.flatnonzero(able)
    where = where[(data[places[where]] - np.uint8(0xE4)) < 6]
    codes = _codes(data, places[where])
    found[where] = np.where(_tables()[0][codes], codes, 0)
    return found


def _any(groups: Groups) -> tuple[UInt64, Bool]:
    last = groups.last
    key = _keys(_han(groups.data), groups, groups.places[last])
    first = np.where(key.found, np.searchsorted(groups.places, key.ends), groups.first)
    is_place = np.logical_or.reduceat(_signed(groups), groups.first)
    is_place |= (last > first) & key.found
    total = key.sums + groups.values[first] * _WEIGHTS[3] + groups.values[last] * _WEIGHTS[4]
    return total, is_place


@dataclass(frozen=True, slots=True)
class _Han:
    """The Chinese characters of a block: where they stand, which they are, which make words."""

    places: Int64
    codes: npt.NDArray[np.int32]
    word: Bool


def _han(data: npt.NDArray[np.uint8]) -> _Han:
    # Three bytes from E4 to E9 on are U+4000 to U+9FFF.
    places = np.flatnonzero((data - np.uint8(0xE4)) < 6)
    codes = _codes(data, places)
    return _Han(places, codes, _tables()[0][codes])


def _codes(data: npt.NDArray[np.uint8], places: Int64) -> npt.NDArray[np.int32]:
    codes = (data[places] & 15).astype(np.int32) << 12
    codes |= (data[places + 1] & 63).astype(np.int32) << 6
    codes |= data[places + 2] & 63
    return codes


@cache
def _tables() -> tuple[Bool, Bool]:
    word = np.zeros(1 << 16, dtype=np.bool_)
    word[_FIRST_HAN : _LAST_HAN + 1] = True
    word[[ord(sign) for sign in BREAKS]] = False
    sign = np.zeros(1 << 16, dtype=np.bool_)
    sign[[ord(one) for one in SIGNS]] = True
    return word, sign


@dataclass(frozen=True, slots=True)
class _Keys:
    found: Bool
    ends: Int64
    sums: UInt64


def _keys(han: _Han, groups: Groups, before: Int64) -> _Keys:
    """The key of each cell: the last word of two characters or more that ends at ``before``."""
    linked = np.zeros(len(han.places), dtype=np.bool_)
    linked[1:] = han.word[1:] & han.word[:-1] & (han.places[1:] == han.places[:-1] + 3)
    pairs = np.flatnonzero(linked)
    if not len(pairs):
        none = np.zeros(len(before), dtype=np.bool_)
        return _Keys(none, before, np.zeros(len(before), dtype=np.uint64))
    at = np.searchsorted(han.places[pairs], before) - 1
    second = pairs[at.clip(0)]
    found = (at >= 0) & (han.places[second] - 3 >= groups.starts[:-1])
    third = np.maximum(second - 2, 0)
    long = linked[second - 1] & (han.places[third] >= groups.starts[:-1])
    ends = (second, second - 1, third)
    one, two, three = (han.codes[place].astype(np.uint64) for place in ends)
    sums = one * _WEIGHTS[0] + two * _WEIGHTS[1]
    sums += np.where(long, three, np.uint64(0)) * _WEIGHTS[2]
    return _Keys(found, han.places[second] + 3, np.where(found, sums, np.uint64(0)))


def _signed(groups: Groups) -> Bool:
    """Which runs of digits have a sign of an address beside them, in their own cell."""
    runs = np.diff(np.append(groups.first, len(groups.places)))
    stop = np.repeat(groups.starts[1:], runs)
    start = np.repeat(groups.starts[:-1], runs)
    inside = groups.ends < stop
    signed = np.zeros(len(groups.places), dtype=np.bool_)
    signed[inside] = groups.data[groups.ends[inside]] == ord("#")
    signed |= _sign_at(groups.data, groups.ends, groups.ends + 3 <= stop)
    signed |= _sign_at(groups.data, groups.places - 3, groups.places - 3 >= start)
    return signed


def _sign_at(data: npt.NDArray[np.uint8], places: Int64, able: Bool) -> Bool:
    """Where one of :data:`SIGNS` starts at a place; ``able``: where there is room for it."""
    found = np.zeros(len(places), dtype=np.bool_)
    where = np.flatnonzero(able)
    where = where[(data[places[where]] - np.uint8(0xE4)) < 6]
    found[where] = _tables()[1][_codes(data, places[where])]
    return found
