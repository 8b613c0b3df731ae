"""Amounts in cells, whatever their thousands, unit and sign of currency, in hundredths."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

UInt64 = npt.NDArray[np.uint64]

# Longer runs of digits are numbers of orders and the like.
NUMERIC = (
    r"^[¥$]? ?-?[0-9]{1,13}(?:,[0-9]{3})*(?:\.[0-9]+)?"
    " ?(?:万|萬|w|千|k|亿)?(?:元|圆|块|rmb|cny)?$"
)
_PLAIN = r"^[0-9]{1,13}(?:\.[0-9]+)?$"
_PARTS = re.compile(r"[¥$]? ?(-?[0-9,]+(?:\.[0-9]+)?) ?(万|萬|w|千|k|亿)?[a-z元圆块]*")
_UNITS = {"万": 10_000, "萬": 10_000, "w": 10_000, "千": 1_000, "k": 1_000, "亿": 100_000_000}
_MOST = 10**17


def hundredths(texts: Any) -> tuple[UInt64, npt.NDArray[np.bool_]]:
    """Amounts that match :data:`NUMERIC`, in hundredths (rounded half to even).

    Parameters
    ----------
    texts : pyarrow.LargeStringArray[n]

    Returns
    -------
    uint64[n]
        Two's complement.
    bool[n]
        False where the amount is too large to be one.
    """
    values = np.zeros(len(texts), dtype=np.int64)
    known = np.ones(len(texts), dtype=np.bool_)
    bare = pc.replace_substring(texts, ",", "")
    plain = pc.match_substring_regex(bare, _PLAIN).to_numpy(zero_copy_only=False)
    quick = np.flatnonzero(plain)
    if len(quick):
        floats = pc.cast(bare.take(pa.array(quick)), pa.float64()).to_numpy()
        values[quick] = np.rint(floats * 100.0).astype(np.int64)
    slow = np.flatnonzero(~plain)
    if len(slow):
        coded = bare.take(pa.array(slow)).dictionary_encode()
        each = [_hundredths(text) for text in coded.dictionary.to_pylist()]
        codes = coded.indices.to_numpy(zero_copy_only=False)
        values[slow] = np.array([min(max(one, -_MOST), _MOST) for one in each], np.int64)[codes]
    known &= np.abs(values) < _MOST
    return values.view(np.uint64), known


def _hundredths(text: str) -> int:
    found = _PARTS.fullmatch(text)
    assert found is not None, "the pattern lets nothing else through"
    amount = Decimal(found[1].replace(",", "")) * _UNITS.get(found[2] or "", 1)
    return int((amount * 100).to_integral_value())
