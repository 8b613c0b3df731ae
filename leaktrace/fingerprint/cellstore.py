"""The tokens of cells and of whole rows, written as they come: memory does not hold them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leaktrace.fingerprint.held import UInt64

Bool = npt.NDArray[np.bool_]

ROW_TOKEN = "row_token"
_FILLED = "filled_"


class CellSink(Protocol):
    """Takes the cells of consecutive blocks of rows."""

    def add(
        self,
        raw: Sequence[UInt64],
        normal: Sequence[UInt64],
        filled: Sequence[Bool],
        rows: UInt64,
    ) -> None:
        """One block: tokens of each column as typed and normalised, which of its cells hold
        something (identifiers too), and the tokens of whole rows."""


class MemoryCells:
    """Keeps them: for lists that are looked at and not stored."""

    def __init__(self) -> None:
        self.batches: list[Any] = []

    def add(
        self,
        raw: Sequence[UInt64],
        normal: Sequence[UInt64],
        filled: Sequence[Bool],
        rows: UInt64,
    ) -> None:
        """One block."""
        self.batches.append(_batch(raw, normal, filled, rows))


class FolderCells:
    """Writes them to ``cells-0000.arrow`` and on: a new file where the number of columns changes.

    Use :func:`cells_into`, which closes the files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = 0
        self._schema: Any = None
        self._writer: Any = None

    def add(
        self,
        raw: Sequence[UInt64],
        normal: Sequence[UInt64],
        filled: Sequence[Bool],
        rows: UInt64,
    ) -> None:
        """One block."""
        self.write(_batch(raw, normal, filled, rows))

    def write(self, batch: Any) -> None:
        """One block, as :class:`MemoryCells` keeps it."""
        if self._writer is None or batch.schema != self._schema:
            self.close()
            path = self._folder / f"cells-{self._files:04d}.arrow"
            self._writer = pa.ipc.new_file(str(path), batch.schema)
            self._schema = batch.schema
            self._files += 1
        self._writer.write_batch(batch)

    def close(self) -> None:
        """No more blocks for now."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None


@contextmanager
def cells_into(folder: Path) -> Iterator[FolderCells]:
    """A sink that writes into ``folder`` and is closed at the end."""
    cells = FolderCells(folder)
    try:
        yield cells
    finally:
        cells.close()


def read_cells(folder: Path) -> Any:
    """All cells of a stored list: ``pyarrow.Table``, 0 where a table has fewer columns."""
    tables = [
        pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        for path in sorted(folder.glob("cells-*.arrow"))
    ]
    if not tables:
        return pa.table({ROW_TOKEN: pa.array([], pa.uint64())})
    cells = pa.concat_tables(tables, promote_options="default")
    for position, column in enumerate(cells.columns):
        if column.null_count:
            cells = cells.set_column(position, cells.column_names[position], _none(column))
    return cells


def filled_cells(cells: Any, column: int) -> Bool:
    """Which rows of a stored list hold something in a column (from 0): bool[rows].

    ``cells`` comes from :func:`read_cells`. Of lists that were stored before this was kept, cells
    that hold an identifier count as empty.
    """
    name, normal = f"{_FILLED}{column}", f"norm_{column}"
    if normal not in cells.column_names:
        return np.zeros(cells.num_rows, dtype=np.bool_)
    found: Bool = cells[normal].to_numpy() != 0
    if name in cells.column_names:
        found = found | cells[name].to_numpy()
    return found


def knows_filled(cells: Any) -> bool:
    """Whether a stored list tells cells with an identifier from empty ones."""
    return any(name.startswith(_FILLED) for name in cells.column_names)


def _none(column: Any) -> Any:
    return column.fill_null(False if pa.types.is_boolean(column.type) else 0)


def _batch(
    raw: Sequence[UInt64], normal: Sequence[UInt64], filled: Sequence[Bool], rows: UInt64
) -> Any:
    columns: dict[str, npt.NDArray[Any]] = {}
    for position, tokens in enumerate(raw):
        columns[f"raw_{position}"] = tokens
    for position, tokens in enumerate(normal):
        columns[f"norm_{position}"] = tokens
    for position, marks in enumerate(filled):
        columns[f"{_FILLED}{position}"] = marks
    columns[ROW_TOKEN] = rows
    arrays = [pa.array(tokens) for tokens in columns.values()]
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))
