"""What a cell says, apart from how it is written: a day, an amount, a place, else its text.

Two holders of one person lay the same address out as 3栋2单元501 and 3#2-501室, and a seller who
retypes a list changes layouts and not what they say. A reading is a form and a number; equal
numbers of one form say the same. The rules are those of FORMAT.md, "Readings of cells".
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.fingerprint.amounts import NUMERIC, hundredths
from leaktrace.fingerprint.places import SIGNS, Groups, TextColumn, digit_groups, place_values

UInt64 = npt.NDArray[np.uint64]
UInt8 = npt.NDArray[np.uint8]
Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

TEXT, NUMBER, DAY, PLACE = 0, 1, 2, 3
FORMS = 4

_DATE = (
    "^(?:19|20)[0-9]{2}(?:[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
    "(?:[t ]? ?[0-9]{1,2}[:时点].*)?|[0-9]{4}(?:[0-9]{6})?)$"
)
# Building, unit and room without a word: 3-2-501, and no date that ends in its year.
_DASHED = "^[0-9]+(?:-[0-9]+)+$"
_YEAR_LAST = "^[0-9]{1,2}-[0-9]{1,2}-(?:19|20)[0-9]{2}$"


# What this many cells take stays in a core's cache: 490 ns a cell instead of 620.
_AT_ONCE = 8_192


def readings_of(texts: Any) -> tuple[UInt8, UInt64]:
    """The readings of cells.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray[n]
        Normal forms (:func:`leaktrace.fingerprint.cells.normalise_cell`), no nulls.

    Returns
    -------
    uint8[n], uint64[n]
        The form, and its number: for :data:`NUMBER` hundredths (two's complement), for :data:`DAY`
        20260301, for :data:`PLACE` a weighted sum, 0 for :data:`TEXT`.
    """
    parts = [_read(texts.slice(at, _AT_ONCE)) for at in range(0, len(texts), _AT_ONCE)]
    if not parts:
        return np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.uint64)
    forms, values = zip(*parts, strict=True)
    return np.concatenate(forms), np.concatenate(values)


def _read(texts: Any) -> tuple[UInt8, UInt64]:
    forms = np.zeros(len(texts), dtype=np.uint8)
    values = np.zeros(len(texts), dtype=np.uint64)
    column = TextColumn.of(texts)
    rows = np.flatnonzero(column.with_digits())
    if len(rows) < len(texts):
        texts = texts.take(pa.array(rows))
        column = TextColumn.of(texts)
    if len(rows):
        forms[rows], values[rows] = _read_digits(texts, column)
    return forms, values


def _read_digits(texts: Any, column: TextColumn) -> tuple[UInt8, UInt64]:
    forms = np.zeros(len(texts), dtype=np.uint8)
    values = np.zeros(len(texts), dtype=np.uint64)
    dashed = np.zeros(len(texts), dtype=np.bool_)
    # What starts with a Chinese character is no day and no amount: most addresses need no pattern.
    rows = np.flatnonzero(column.data[column.starts[:-1]] < 0xE0)
    if len(rows):
        _read_short(texts.take(pa.array(rows)), rows, forms, values, dashed)
        rows = np.flatnonzero(forms == TEXT)
    else:
        rows = np.arange(len(texts))
    if len(rows):
        if len(rows) < len(texts):
            texts = texts.take(pa.array(rows))
            column = TextColumn.of(texts)
        if bool((column.data == ord(" ")).any()):
            # 3 栋 is 3栋.
            texts = pc.replace_substring_regex(texts, f" ([{SIGNS}])", r"\1")
            column = TextColumn.of(texts)
        found, known = place_values(texts, column)
        known |= dashed[rows]
        forms[rows[known]], values[rows[known]] = PLACE, found[known]
    return forms, values


def _read_short(texts: Any, rows: Int64, forms: UInt8, values: UInt64, dashed: Bool) -> None:
    """Days and amounts among ``texts``, which stand in those ``rows``; what is numbers between
    dashes is marked."""
    dated = _matching(texts, _DATE)
    if dated.any():
        where = np.flatnonzero(dated)
        days, known = _days(texts.take(pa.array(where)))
        dated[where] = known
        forms[rows[dated]], values[rows[dated]] = DAY, days[known]
        if dated.all():
            return
        texts, rows = texts.take(pa.array(np.flatnonzero(~dated))), rows[~dated]
    numeric = _matching(texts, NUMERIC)
    if numeric.any():
        where = np.flatnonzero(numeric)
        amounts, known = hundredths(texts.take(pa.array(where)))
        numeric[where] = known
        forms[rows[numeric]], values[rows[numeric]] = NUMBER, amounts[known]
    if not numeric.all():
        dashed[rows] = _matching(texts, _DASHED) & ~_matching(texts, _YEAR_LAST)


def _matching(texts: Any, pattern: str) -> Bool:
    found = pc.match_substring_regex(texts, pattern)
    return np.array(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _days(texts: Any) -> tuple[UInt64, Bool]:
    """The day as 20260301 in cells that match :data:`_DATE`, and whether it may be one."""
    column = TextColumn.of(texts)
    days, known = _even_days(column)
    rest = np.flatnonzero(~known)
    if len(rest):
        if len(rest) < len(texts):
            column = TextColumn.of(texts.take(pa.array(rest)))
        days[rest] = _split_days(digit_groups(column))
    month, day = days // np.uint64(100) % np.uint64(100), days % np.uint64(100)
    return days, (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)


def _even_days(column: TextColumn) -> tuple[UInt64, Bool]:
    """The same of 2026-03-01 and the like, with a time behind or not: places are fixed there."""
    starts, data = column.starts[:-1], column.data
    known = np.diff(column.starts) >= 10
    where = np.flatnonzero(known)
    days = np.zeros(len(starts), dtype=np.uint64)
    even = np.ones(len(where), dtype=np.bool_)
    total = np.zeros(len(where), dtype=np.uint64)
    for place in (0, 1, 2, 3, 5, 6, 8, 9):
        digit = data[starts[where] + place] - np.uint8(48)
        even &= digit < 10
        total = total * np.uint64(10) + digit
    even &= data[starts[where] + 4] - np.uint8(48) >= 10
    known[where] = even
    days[where] = total
    return days, known


def _split_days(groups: Groups) -> UInt64:
    first = groups.first
    lead = groups.values[first]
    last = np.minimum(first + 2, len(groups.values) - 1)
    middle = np.minimum(first + 1, len(groups.values) - 1)
    split = lead * np.uint64(10_000) + groups.values[middle] * np.uint64(100) + groups.values[last]
    whole = np.where(groups.lengths[first] == 14, lead // np.uint64(10**6), lead)
    return np.where(groups.lengths[first] >= 8, whole, split)
