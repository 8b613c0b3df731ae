"""Dates of registration: columns of cells to days since 1970-01-01 in Shanghai."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from leaktrace.intake.blocks import NO_DAY
from leaktrace.times import read_moment

# Clock times without an offset do not move the day; without them few distinct texts are left.
_CLOCK = r"^(\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*$"
_SERIAL = re.compile(r"\s*([2-6]\d{4})(?:\.\d+)?\s*")
_EXCEL_ZERO = date(1899, 12, 30).toordinal() - date(1970, 1, 1).toordinal()


def days_of(column: Any) -> npt.NDArray[np.int32]:
    """The day that each cell of a StringArray names: int32[rows], NO_DAY where it names none."""
    if column.null_count == len(column):
        return np.full(len(column), NO_DAY, dtype=np.int32)
    plain = pc.replace_substring_regex(column, _CLOCK, r"\1")
    coded = plain.dictionary_encode()
    days = np.array([_day(text) for text in coded.dictionary.to_pylist()], dtype=np.int32)
    codes = pc.fill_null(coded.indices, len(days)).to_numpy(zero_copy_only=False)
    found: npt.NDArray[np.int32] = np.append(days, np.int32(NO_DAY))[codes]
    return found


@lru_cache(maxsize=1 << 14)
def _day(text: str) -> int:
    serial = _SERIAL.fullmatch(text)
    if serial:
        # 10000 to 69999 as Excel counts days: 1954 to 2091.
        return int(serial[1]) + _EXCEL_ZERO
    try:
        return read_moment(text).day
    except (ValueError, OverflowError):
        return NO_DAY


def share_of_days(column: Any) -> float:
    """The share of the filled cells that name a day."""
    filled = pc.sum(pc.not_equal(pc.utf8_trim_whitespace(column), "")).as_py() or 0
    found = int((days_of(column) != NO_DAY).sum())
    return found / filled if filled else 0.0
