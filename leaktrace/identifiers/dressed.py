"""The second pass: what is met most beside plain cells, also in bulk.

A mobile with a country code, separators, quotes, ``="…"`` or words around it; an ID number with an
apostrophe before it or a tab after it. What matches :data:`MOBILE` is one mobile and nothing else,
and holds no digits after it, so its last eleven digits are the number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.buffers import bytes_of
from leaktrace.identifiers.digits import read_eight, words_at
from leaktrace.identifiers.mobile import CORES, PREFIX
from leaktrace.identifiers.plain import Plain, plain_ids

_MEANINGFUL = (
    r"0-9A-Za-z０-９Ａ-Ｚａ-ｚ@＠+＋.．_＿*＊×✕●•·・∙⋅#＃⁎∗✱○◯…\-－"
    r"\x{2010}-\x{2015}\x{2212}\x{2500}\x{fe58}\x{fe63}"
)
"""What may join a number to something else: where none of it stands around, nothing can."""

MOBILE = (
    rf"^[ \t\"'=]*{PREFIX}(?:{'|'.join(CORES)})[ \t\"',;]*$"
    rf"|^[^{_MEANINGFUL}]*1[3-9][0-9]{{9}}[^{_MEANINGFUL}]*$"
)

_NONE = np.zeros(0, dtype=np.uint64)
_ID_DRESS = " \t\"',;="
_ID = rf"^[{_ID_DRESS}]*[0-9]{{17}}[0-9Xx][{_ID_DRESS}]*$"

_DATE = (
    r"[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?"
)
_LENGTHS = (
    r"[0-9]{1,8}|(?:0[1-9]|[1-9][0-9])(?:[0-9]{7}|[0-9]{12}|[0-9]{14,15}|[0-9]{17,})"
    r"|(?:[1235679][0-9]|0[1-9])[0-9]{8}|(?:[2-9][0-9]|1[0-2])[0-9]{9}|[1-9][0-9]{11}"
    r"|(?:[1-79][0-9]|8[0-57-9]|0[1-9])[0-9]{11}"
)
DULL = rf"^(?:{_DATE}|{_LENGTHS}|-?[0-9]{{1,9}}\.[0-9]{{1,10}})$"
"""Cells that pass the hints and are yet nothing: dates, amounts, digits of no kind's length."""

DULL_IN_PHONES = rf"^(?:{_DATE})$"


def dressed_mobiles(cells: Any) -> Plain:
    """Which of ``cells`` (a ``pyarrow`` array of n strings) hold one dressed mobile only."""
    import pyarrow.compute as pc

    rows = np.flatnonzero(np.asarray(pc.match_substring_regex(cells, MOBILE)))
    return Plain(rows, _last_eleven(cells.take(rows)) if len(rows) else _NONE)


def _last_eleven(cells: Any) -> npt.NDArray[np.uint64]:
    text = bytes_of(cells)
    first = int(text.starts[0])
    data = text.data[first : int(text.starts[-1] + text.lengths[-1])]
    is_digit = (data - np.uint8(48)) < 10
    digits = np.ascontiguousarray(data[is_digit])
    before = np.concatenate(([0], np.cumsum(is_digit)))
    starts = before[text.starts - first + text.lengths] - 11
    head = read_eight(words_at(digits, starts))
    tail = read_eight(words_at(digits, starts + 3))
    return head * np.uint64(1000) + tail % np.uint64(1000)


def dressed_ids(cells: Any) -> Plain:
    """Which of ``cells`` (a ``pyarrow`` array of n strings) are a valid ID number in a dress."""
    import pyarrow.compute as pc

    rows = np.flatnonzero(np.asarray(pc.match_substring_regex(cells, _ID)))
    if not len(rows):
        return Plain(rows, _NONE)
    found = plain_ids(bytes_of(pc.utf8_trim(cells.take(rows), characters=_ID_DRESS)))
    return Plain(rows[found.rows], found.values)
