"""Arrays that grow at their end, so that a list's blocks are not held twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

# Memory that is not written to costs nothing; 2e6 rows are never copied.
_CAPACITY = 1 << 22
_SMALL = 1 << 14


class Growing:
    """A one-dimensional array that is appended to.

    Parameters
    ----------
    dtype : numpy dtype
    """

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self._values: npt.NDArray[Any] = np.empty(0, dtype=dtype)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def extend(self, values: npt.NDArray[Any]) -> None:
        """Append ``values``."""
        stop = self._size + len(values)
        if stop > len(self._values):
            capacity = 2 * stop if stop < _SMALL else max(_CAPACITY, 2 * stop)
            larger = np.empty(capacity, dtype=self._values.dtype)
            larger[: self._size] = self._values[: self._size]
            self._values = larger
        self._values[self._size : stop] = values
        self._size = stop

    def array(self) -> npt.NDArray[Any]:
        """What was appended; a view."""
        return self._values[: self._size]
