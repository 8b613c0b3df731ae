"""A column of texts as numpy sees it: one buffer of bytes, offsets and lengths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

UInt64 = npt.NDArray[np.uint64]
_WORD = 8
# _MASKS[k] keeps the first k bytes of a little-endian word.
_MASKS = np.array([(1 << 8 * k) - 1 for k in range(_WORD + 1)], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class BytesColumn:
    """Texts laid end to end.

    Attributes
    ----------
    data : uint8[m]
        The bytes, followed by at least 16 bytes of padding.
    starts, lengths : int64[n]
        Where each text begins, and its bytes; a null has length 0.
    null : bool[n] or None
        True where there is no text; None if there is one everywhere.
    """

    data: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    null: npt.NDArray[np.bool_] | None

    def at(self, position: int) -> bytes:
        """The bytes of one text."""
        start = int(self.starts[position])
        return self.data[start : start + int(self.lengths[position])].tobytes()

    def words(self) -> tuple[UInt64, UInt64]:
        """Bytes 0-7 and 8-13 of each text as little-endian words, zero-padded.

        Longer texts are cut; what stands for them is the caller's affair.
        """
        # A view that starts a word at every byte: each gather reads eight bytes at once.
        view = np.ndarray(
            (len(self.data) - _WORD + 1,), dtype="<u8", buffer=self.data, strides=(1,)
        )
        low = view[self.starts] & _MASKS[np.minimum(self.lengths, _WORD)]
        high = view[self.starts + _WORD] & _MASKS[np.clip(self.lengths - _WORD, 0, 6)]
        return low.astype(np.uint64, copy=False), high.astype(np.uint64, copy=False)


def bytes_column(texts: Any) -> BytesColumn:
    """``texts`` (Arrow string or binary array, large or not, or a sequence of str) as bytes."""
    array = texts if isinstance(texts, pa.Array | pa.ChunkedArray) else pa.array(texts, pa.string())
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_null(array.type):
        array = array.cast(pa.string())
    large = pa.types.is_large_string(array.type) or pa.types.is_large_binary(array.type)
    width = np.dtype(np.int64 if large else np.int32)
    validity, offset_buffer, data_buffer = array.buffers()
    del validity
    offsets = (
        np.frombuffer(
            offset_buffer, dtype=width, count=len(array) + 1, offset=array.offset * width.itemsize
        )
        if len(array)
        else np.zeros(1, dtype=width)
    )
    return _column(array, offsets.astype(np.int64), data_buffer)


def _column(array: Any, offsets: npt.NDArray[np.int64], buffer: Any) -> BytesColumn:
    first, last = int(offsets[0]), int(offsets[-1])
    data = np.zeros(last - first + 2 * _WORD, dtype=np.uint8)
    if last > first:
        data[: last - first] = np.frombuffer(buffer, np.uint8, last - first, first)
    lengths = np.diff(offsets)
    null = None
    if array.null_count:
        null = array.is_null().to_numpy(zero_copy_only=False)
        lengths = np.where(null, 0, lengths)
    return BytesColumn(data, offsets[:-1] - first, lengths, null)
