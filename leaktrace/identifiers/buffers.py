"""The bytes and offsets of Arrow's string and binary arrays as numpy arrays, without a copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Bytes:
    """Cells as one run of bytes: cell i is ``data[starts[i] : starts[i] + lengths[i]]``.

    A missing cell has length -1.
    """

    data: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]


def bytes_of(cells: Any) -> Bytes:
    """A view of ``cells``, a (large) string or binary array, sliced or not."""
    import pyarrow as pa

    large = pa.types.is_large_string(cells.type) or pa.types.is_large_binary(cells.type)
    kind: type[np.signedinteger[Any]] = np.int64 if large else np.int32
    _validity, offsets, data = cells.buffers()
    if len(cells) == 0 or offsets is None:
        nothing = np.zeros(0, dtype=np.int64)
        return Bytes(np.zeros(0, dtype=np.uint8), nothing, nothing)
    places = np.frombuffer(offsets, dtype=kind)[cells.offset : cells.offset + len(cells) + 1]
    text = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
    starts = places[:-1].astype(np.int64)
    lengths = np.diff(places).astype(np.int64)
    if cells.null_count:
        lengths[np.asarray(cells.is_null())] = -1
    return Bytes(text, starts, lengths)
