"""numpy files that are written from beginning to end without being in memory."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


class ArrayFile:
    """One ``.npy`` file of one dimension, as ``np.save`` writes it.

    Parameters
    ----------
    path : Path
    dtype : numpy dtype
    """

    def __init__(self, path: Path, dtype: npt.DTypeLike) -> None:
        self._dtype = np.dtype(dtype)
        self._file = path.open("wb")
        self._file.write(self._header(0))
        self._count = 0

    def add(self, values: npt.NDArray[Any]) -> None:
        """Append ``values``."""
        self._file.write(np.ascontiguousarray(values, self._dtype).view(np.uint8).data)
        self._count += len(values)

    def finish(self) -> None:
        """No more values: the header tells how many there are."""
        self._file.seek(0)
        self._file.write(self._header(self._count))
        self._file.close()

    def _header(self, count: int) -> bytes:
        # numpy leaves room for any length, so that the header is as long whatever it says.
        header = io.BytesIO()
        about = {"descr": self._dtype.str, "fortran_order": False, "shape": (count,)}
        np.lib.format.write_array_header_1_0(header, about)
        return header.getvalue()
