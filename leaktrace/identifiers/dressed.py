"""The second pass: mobiles in the dress that is met most, also in bulk.

A country code, one kind of separator, quotes, spaces, ``="…"``: what matches :data:`MOBILE` is one
mobile and nothing else, so its last eleven digits are the number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.buffers import bytes_of
from leaktrace.identifiers.digits import read_eight, words_at
from leaktrace.identifiers.mobile import CORES, PREFIX

MOBILE = rf"^[ \t\"'=]*{PREFIX}(?:{'|'.join(CORES)})[ \t\"',;]*$"

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


def dressed_mobiles(cells: Any) -> npt.NDArray[np.uint64]:
    """The numbers in ``cells`` (a ``pyarrow`` array of n strings that match :data:`MOBILE`)."""
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
