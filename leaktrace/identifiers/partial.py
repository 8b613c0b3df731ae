"""The partial forms that full identifiers also emit, so that a washed list still matches."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.id_number import CHECKS, WEIGHTS

Numbers = npt.NDArray[np.uint64]

_LAST = np.uint64(10_000)
# An ID number's digits in groups (width, first place) that are looked up at once: 40 ns a number,
# against 250 digit by digit.
_GROUPS = ((2, 0), (4, 2), (4, 6), (4, 10), (3, 14))


def mask_mobiles(mobiles: Numbers) -> Numbers:
    """The ``mobile_masked`` forms (uint64[n]) of mobiles (uint64[n]): 13812345678 gives 1385678."""
    return mobiles // np.uint64(10**8) * _LAST + mobiles % _LAST


def last4(mobiles: Numbers) -> Numbers:
    """The last four digits (uint64[n]), as they stand beside a name in ``name_last4``."""
    return mobiles % _LAST


def mask_ids(ids: Numbers) -> Any:
    """The ``id_number_masked`` forms, ``FFFFFF*LLLL``, as a ``pyarrow.StringArray`` of length n.

    Parameters
    ----------
    ids : uint64[n]
        First seventeen digits; the check digit (ISO 7064 MOD 11-2) is worked out here.
    """
    import pyarrow as pa

    text = np.empty((len(ids), 11), dtype=np.uint8)
    total = np.zeros(len(ids), dtype=np.uint8)
    rest = ids
    for width, start in _GROUPS:
        size = np.uint64(10 ** (17 - start - width))
        group = rest // size
        rest = rest - group * size
        digits, sums = _group(width, start)
        total += sums[group]
        if start < 6:
            text[:, start : start + width] = digits[group]
        elif start == 14:
            text[:, 7:10] = digits[group]
    text[:, 6] = ord("*")
    text[:, 10] = np.frombuffer(CHECKS.encode(), dtype=np.uint8)[total % 11]
    offsets = np.arange(0, 11 * len(ids) + 1, 11, dtype=np.int32)
    return pa.StringArray.from_buffers(
        len(ids), pa.py_buffer(offsets.tobytes()), pa.py_buffer(text.tobytes())
    )


@cache
def _group(width: int, start: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """For each group of ``width`` digits from place ``start``: their ASCII, their weighted sum."""
    places = 10 ** np.arange(width - 1, -1, -1)
    digits = np.arange(10**width)[:, None] // places % 10
    sums = digits @ np.array(WEIGHTS[start : start + width]) % 11
    return (digits + 48).astype(np.uint8), sums.astype(np.uint8)
