"""The partial forms that full identifiers also emit, so that a washed list still matches."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.id_number import CHECKS, WEIGHTS

Numbers = npt.NDArray[np.uint64]

_LAST = np.uint64(10_000)


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

    digits = np.empty((len(ids), 17), dtype=np.uint8)
    rest = ids.copy()
    for place in range(16, -1, -1):
        rest, digits[:, place] = np.divmod(rest, np.uint64(10))
    checks = np.frombuffer(CHECKS.encode(), dtype=np.uint8)
    total = digits.astype(np.uint16) @ np.array(WEIGHTS, dtype=np.uint16)
    text = np.empty((len(ids), 11), dtype=np.uint8)
    text[:, :6] = digits[:, :6] + 48
    text[:, 6] = ord("*")
    text[:, 7:10] = digits[:, 14:17] + 48
    text[:, 10] = checks[total % 11]
    offsets = np.arange(0, 11 * len(ids) + 1, 11, dtype=np.int32)
    return pa.StringArray.from_buffers(
        len(ids), pa.py_buffer(offsets.tobytes()), pa.py_buffer(text.tobytes())
    )
