"""Columns that look like identifiers and are not: numbers of orders, numbers that Excel cut."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.identifiers.column import recognise_column
from leaktrace.identifiers.segments import never_issued
from leaktrace.intake.cells import as_text

_PHONE = "(?i)电话|電話|手机|手機|热线|熱線|客服|联系|聯繫|致电|微信|(?:tel|phone|mobile)[:：. ]"
_MOBILE = r"^[\s'\"=]*(1[3-9][0-9]{9})(?:\.0)?[\s'\"]*$"
_EIGHTEEN = r"^[\s'\"=]*[0-9]{18}(?:\.0)?[\s'\"]*$"
CUT = r"^[\s'\"=]*[1-9][0-9]{14}000(?:\.0)?[\s'\"]*$"
"""Fifteen digits are as many as Excel keeps of a number."""

# One true ID number in a thousand ends in 000 by chance.
_CUT_SHARE, _CUT_LEAST = 0.02, 3
# Of random digits 19% stand in segments that were never issued, of real mobiles next to none.
_NEVER_SHARE = 0.05
_KNOWN_SHARE = 0.8
# People who sort their customers by number have steps of millions between them.
_STEP = 10_000
_RISING = 0.9
_LEAST = 5
# Without a header that says so it takes a counter of our own time: one up for each row, or nearly.
_SURE_STEP, _SURE_LEAST = 100, 10


def is_cut(column: Any) -> bool:
    """Whether a column (StringArray) holds ID numbers that Excel turned into plain numbers."""
    whole = _count(pc.match_substring_regex(column, _EIGHTEEN))
    cut = _count(pc.match_substring_regex(column, CUT))
    return cut >= _CUT_LEAST and cut >= _CUT_SHARE * whole


def cut_rows(column: Any) -> npt.NDArray[np.bool_]:
    """Which cells of such a column were cut: bool[rows]."""
    found = pc.fill_null(pc.match_substring_regex(column, CUT), False)
    return found.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def is_serial(column: Any, *, titled: bool) -> bool:
    """Whether a column holds serial numbers, though some may pass for mobiles.

    Parameters
    ----------
    column : pyarrow.StringArray
    titled : bool
        Its header says so: then it takes mobiles or ID numbers in nearly every cell, in issued
        segments and in no sequence, to believe otherwise.
    """
    values = _mobiles(column)
    if not titled:
        return is_sequence(values, step=_SURE_STEP, least=_SURE_LEAST)
    if is_sequence(values):
        return True
    if len(values) and float(never_issued(values).mean()) > _NEVER_SHARE:
        return True
    filled = _count(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0))
    known: set[int] = set()
    for match in recognise_column(column):
        if match.kind.full:
            known.update(match.rows.tolist())
    return len(known) < _KNOWN_SHARE * filled


def is_sequence(values: npt.NDArray[np.uint64], *, step: int = _STEP, least: int = _LEAST) -> bool:
    """Whether numbers go up (or down) by small steps, as counters do."""
    if len(values) < least:
        return False
    steps = np.diff(values.astype(np.int64))
    if float(np.mean(steps < 0)) > 0.5:
        steps = -steps
    rising = float(np.mean(steps > 0))
    return rising >= _RISING and float(np.median(steps)) <= step


def _mobiles(column: Any) -> npt.NDArray[np.uint64]:
    plain = pc.match_substring_regex(column, _MOBILE)
    texts = pc.extract_regex(column.filter(pc.fill_null(plain, False)), _named(_MOBILE))
    if not len(texts):
        return np.zeros(0, dtype=np.uint64)
    numbers = pc.struct_field(texts, "n").cast(pa.uint64())
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.uint64)


def _named(pattern: str) -> str:
    return pattern.replace("(1", "(?P<n>1", 1)


def _count(flags: Any) -> int:
    return int(pc.sum(flags).as_py() or 0)


def said_to_be_phones(column: Any, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Of these rows of a column of serial numbers, those that speak of a phone: a table's foot."""
    texts = as_text(column.take(pa.array(rows)))
    found = pc.fill_null(pc.match_substring_regex(texts, _PHONE), False)
    return found.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def left_alone(texts: Any) -> dict[str, int]:
    """How many cells of a StringArray hold nine digits in a row or more, by how many they are.

    Keys are ``"digits:13"`` and the like: times in milliseconds, orders, cards.
    """
    long = texts.filter(pc.fill_null(pc.match_substring_regex(texts, "[0-9]" * 9), False))
    if not len(long):
        return {}
    runs = pc.struct_field(pc.extract_regex(long, r"(?P<n>[0-9]{9,})"), "n")
    lengths = np.minimum(pc.binary_length(runs).to_numpy(zero_copy_only=False), 30)
    counts = np.bincount(lengths.astype(np.int64)).tolist()
    return {f"digits:{length}": number for length, number in enumerate(counts) if number}
