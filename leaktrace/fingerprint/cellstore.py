"""The tokens of cells and of whole rows, written as they come: memory does not hold them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from leaktrace.fingerprint.held import UInt64

ROW_TOKEN = "row_token"


class CellSink(Protocol):
    """Takes the cells of consecutive blocks of rows."""

    def add(self, raw: Sequence[UInt64], normal: Sequence[UInt64], rows: UInt64) -> None:
        """One block: tokens of each column as typed and normalised, and of each whole row."""


class MemoryCells:
    """Keeps them: for lists that are looked at and not stored."""

    def __init__(self) -> None:
        self.batches: list[Any] = []

    def add(self, raw: Sequence[UInt64], normal: Sequence[UInt64], rows: UInt64) -> None:
        """One block."""
        self.batches.append(_batch(raw, normal, rows))


class FolderCells:
    """Writes them to ``cells-0000.arrow`` and on: a new file where the number of columns changes.

    Use :func:`cells_into`, which closes the files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = 0
        self._schema: Any = None
        self._writer: Any = None

    def add(self, raw: Sequence[UInt64], normal: Sequence[UInt64], rows: UInt64) -> None:
        """One block."""
        self.write(_batch(raw, normal, rows))

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
            cells = cells.set_column(position, cells.column_names[position], column.fill_null(0))
    return cells


def _batch(raw: Sequence[UInt64], normal: Sequence[UInt64], rows: UInt64) -> Any:
    columns: dict[str, UInt64] = {}
    for position, tokens in enumerate(raw):
        columns[f"raw_{position}"] = tokens
    for position, tokens in enumerate(normal):
        columns[f"norm_{position}"] = tokens
    columns[ROW_TOKEN] = rows
    arrays = [pa.array(tokens) for tokens in columns.values()]
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))
