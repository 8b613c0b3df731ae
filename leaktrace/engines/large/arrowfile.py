"""Arrow files of one batch whose columns are written without being in memory."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

# What is longer is a column; Arrow's own headers are far shorter.
_HEADER = 1 << 16


class _Layout:
    """Takes what Arrow writes, and leaves holes for the columns."""

    closed = False

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: Any) -> int:
        """Write ``data``, or pass over it."""
        size = memoryview(data).nbytes
        if size > _HEADER:
            # The last byte is written, so that the file is as long as it will be.
            self._file.seek(size - 1, 1)
            self._file.write(b"\0")
        else:
            self._file.write(data)
        return size

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """The file is closed by whoever opened it."""


class ArrowFile:
    """A table of ``rows`` rows: laid out by Arrow with zeros, then filled column by column.

    The bytes are those that Arrow would write of the same table in memory. Use it as a context
    manager.

    Parameters
    ----------
    path : Path
    rows : int
    columns : mapping of name to numpy dtype
    lists : mapping of name to (numpy dtype, number of values in all)
        Columns of lists, which come last.
    """

    def __init__(
        self,
        path: Path,
        rows: int,
        columns: Mapping[str, npt.DTypeLike],
        lists: Mapping[str, tuple[npt.DTypeLike, int]] | None = None,
    ) -> None:
        zeros = _zeros(8 * max([rows, *(count for _, count in (lists or {}).values())]))
        arrays: dict[str, Any] = {
            name: _numbers(zeros, dtype, rows) for name, dtype in columns.items()
        }
        for name, (dtype, count) in (lists or {}).items():
            offsets = np.zeros(rows + 1, dtype=np.int32)
            offsets[-1] = count
            values = _numbers(zeros, dtype, count)
            arrays[name] = pa.ListArray.from_arrays(pa.array(offsets), values)
        table = pa.table(arrays)
        with path.open("wb") as file:
            sink = pa.PythonFile(_Layout(file), mode="w")
            with pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
        self._places = _places(path, table.column_names)
        self._file = path.open("r+b")

    def __enter__(self) -> ArrowFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def fill(self, name: str, chunks: Iterable[npt.NDArray[Any]], *, offsets: bool = False) -> None:
        """Write a column from its beginning (of a list column the values, or its ``offsets``)."""
        if not self._places:
            return  # of no rows Arrow writes nothing
        self._file.seek(self._places[name, offsets])
        for values in chunks:
            self._file.write(np.ascontiguousarray(values).view(np.uint8).data)


def _zeros(size: int) -> Any:
    """A buffer of ``size`` zeros that nobody reads.

    It may not be written to: so it takes no memory, and a limit on data does not count it.
    """
    return pa.py_buffer(mmap.mmap(-1, max(size, 1), access=mmap.ACCESS_READ))


def _numbers(zeros: Any, dtype: npt.DTypeLike, count: int) -> Any:
    kind = np.dtype(dtype)
    data = zeros.slice(0, count * kind.itemsize)
    return pa.Array.from_buffers(pa.from_numpy_dtype(kind), count, [None, data], null_count=0)


def _places(path: Path, names: list[str]) -> dict[tuple[str, bool], int]:
    """Where in the file the values, and the offsets, of each column begin."""
    places: dict[tuple[str, bool], int] = {}
    with pa.memory_map(str(path)) as mapped:
        begin = mapped.read_buffer().address
        mapped.seek(0)
        reader = pa.ipc.open_file(mapped)
        if reader.num_record_batches:
            batch = reader.get_batch(0)
            for name, column in zip(names, batch.columns, strict=True):
                buffers = [buffer for buffer in column.buffers() if buffer is not None]
                places[name, False] = buffers[-1].address - begin
                places[name, True] = buffers[0].address - begin
            del batch, column, buffers
        del reader
    return places
