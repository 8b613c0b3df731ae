"""A sample of a table's rows, copied out of its blocks so that it does not keep them alive."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

# The first rows, then one in so many: a run of neighbours from the beginning of each block, and
# its last row, so that the table's own last row is among them.
_FIRST = 4_000
_ONE_IN = 128
_RUN = 512
_MOST = 60_000
_COLUMNS = 64
_LONGEST = 120


class Sample:
    """Rows of one table; :meth:`add` takes them from each block."""

    def __init__(self) -> None:
        self._rows: list[npt.NDArray[np.int64]] = []
        self._columns: list[list[Any]] = []
        self._lengths: list[int] = []
        self._taken = 0

    def __len__(self) -> int:
        return self._taken

    def add(self, cells: list[Any], first_row: int, rows: int) -> int:
        """Take some rows of a block with these ``cells``; how many were taken."""
        run = self._share(rows)
        if not run:
            return 0
        last = [rows - 1] if run < rows else []
        taken = run + len(last)
        for position, column in enumerate(cells[:_COLUMNS]):
            if position == len(self._columns):
                self._columns.append([pa.nulls(self._taken, pa.string())])
                self._lengths.append(self._taken)
            # This copies, so the block may go.
            for part in (column.slice(0, run), *(column.slice(at, 1) for at in last)):
                self._columns[position].append(pc.utf8_slice_codeunits(part, 0, _LONGEST))
            self._lengths[position] += taken
        self._rows.append(first_row + np.array([*range(run), *last], dtype=np.int64))
        self._taken += taken
        for position, length in enumerate(self._lengths):
            if length < self._taken:
                self._columns[position].append(pa.nulls(self._taken - length, pa.string()))
                self._lengths[position] = self._taken
        return taken

    def rows(self) -> npt.NDArray[np.int64]:
        """Which rows they are: int64[n], ascending."""
        return np.concatenate([np.zeros(0, np.int64), *self._rows])

    def columns(self) -> list[Any]:
        """Their cells: ``pyarrow.StringArray[n]`` for each column."""
        return [pa.concat_arrays(parts) for parts in self._columns]

    def _share(self, rows: int) -> int:
        if self._taken < _FIRST:
            return min(rows, _FIRST - self._taken)
        # The last row of a block may have taken one too many.
        return max(0, min(rows, _RUN, max(2, rows // _ONE_IN), _MOST - self._taken))
