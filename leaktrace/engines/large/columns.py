"""Columns of one value a row, on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

CHUNK = 1 << 17
"""Rows at a time, wherever all rows are gone through: what is made of them stays in the cache."""


class Column:
    """Values of consecutive rows, appended to a file; rows that are passed over are 0.

    Parameters
    ----------
    path : Path
    dtype : numpy dtype
    """

    def __init__(self, path: Path, dtype: npt.DTypeLike) -> None:
        self.path = path
        self.dtype = np.dtype(dtype)
        self._file = path.open("wb")
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, values: npt.NDArray[Any], first: int) -> None:
        """Append the values of rows from ``first`` on, which is not before the end."""
        self.pad(first)
        self._file.write(values.astype(self.dtype, copy=False).view(np.uint8).data)
        self._size += len(values)

    def pad(self, rows: int) -> None:
        """Zeros up to ``rows`` values; where the file system can, they take no room."""
        if rows > self._size:
            self._file.truncate(rows * self.dtype.itemsize)
            self._file.seek(rows * self.dtype.itemsize)
            self._size = rows

    def chunks(self, size: int = CHUNK) -> Iterator[npt.NDArray[Any]]:
        """The values, some at a time."""
        with self.path.open("rb", buffering=0) as file:
            for start in range(0, self._size, size):
                values = np.empty(min(size, self._size - start), dtype=self.dtype)
                file.readinto(values.view(np.uint8).data)
                yield values

    def finish(self, rows: int) -> None:
        """No more values: ``rows`` in all."""
        self.pad(rows)
        self._file.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def remove(self) -> None:
        """Give the disk back what it took."""
        self.close()
        self.path.unlink(missing_ok=True)
