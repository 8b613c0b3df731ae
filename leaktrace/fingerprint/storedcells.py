"""The cells of stored lists, person by person; nothing but where people stand is kept in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.cellstore import read_cells
from leaktrace.fingerprint.held import UInt32, UInt64
from leaktrace.fingerprint.heldcells import CellColumn, HeldCells
from leaktrace.fingerprint.lookup import NOBODY
from leaktrace.fingerprint.store import open_cell_format, read_list_rows
from leaktrace.intake.blocks import ColumnReport

Int64 = npt.NDArray[np.int64]


def open_cells(folder: Path, reports: Sequence[ColumnReport]) -> HeldCells | None:
    """The cells of a stored list; None where it has none.

    Parameters
    ----------
    folder : Path
    reports : sequence of ColumnReport
        Its columns as the intake understood them, table by table.
    """
    if not any(folder.glob("cells-*.arrow")):
        return None
    stored = _Stored(folder)
    columns = tuple(one for one in _columns(reports) if stored.has(one))
    if not columns:
        return None
    return HeldCells(columns, open_cell_format(folder), lambda people: stored.of(people, columns))


def _columns(reports: Sequence[ColumnReport]) -> list[CellColumn]:
    columns = []
    table = -1
    for report in reports:
        table += report.column == 1
        columns.append(
            CellColumn(max(table, 0), report.column - 1, report.header, report.kind == "name")
        )
    return columns


class _Stored:
    """A stored list's cells by person; nothing but where people stand is kept in memory."""

    def __init__(self, folder: Path) -> None:
        self._cells = read_cells(folder)
        self._rows = read_list_rows(folder)
        self._first: tuple[UInt32, Int64] | None = None

    def has(self, column: CellColumn) -> bool:
        """Whether such a column is there (tables differ in how many they have)."""
        there = f"norm_{column.position}" in self._cells.column_names
        return there and self._cells.num_rows == self._rows.num_rows

    def of(self, people: UInt32, columns: Sequence[CellColumn]) -> tuple[UInt64, UInt64]:
        """Tokens as typed and normalised: uint64[k, columns] each."""
        rows, known = self._rows_of(people)
        where = np.flatnonzero(known)
        order = np.argsort(rows[where], kind="stable")
        where = where[order]
        taken = rows[where]
        tables = _taken(self._rows, ["table"], taken)[:, 0]
        found = []
        for kind in ("raw", "norm"):
            names = [f"{kind}_{column.position}" for column in columns]
            tokens = np.zeros((len(people), len(columns)), dtype=np.uint64)
            own = _taken(self._cells, names, taken)
            for place, column in enumerate(columns):
                own[tables != column.table, place] = 0
            tokens[where] = own
            found.append(tokens)
        return found[0], found[1]

    def _rows_of(self, people: UInt32) -> tuple[Int64, npt.NDArray[np.bool_]]:
        """The first row of each person, and whether it has one of its own."""
        if self._first is None:
            self._first = _first_rows(self._rows["person"])
        owners, rows = self._first
        at = np.searchsorted(owners, people).clip(max=max(len(owners) - 1, 0))
        if not len(owners):
            return np.zeros(len(people), dtype=np.int64), np.zeros(len(people), dtype=np.bool_)
        return rows[at], owners[at] == people


def _first_rows(person: Any) -> tuple[UInt32, Int64]:
    """Everybody who has a row, ascending, and the first row of each.

    People are numbered in the order in which they appear, so a row is the first of its person where
    its number is above all before it.
    """
    owners, rows = [], []
    top, start = -1, 0
    for chunk in person.chunks:
        numbers = chunk.to_numpy().astype(np.int64)
        numbers[numbers == NOBODY] = -1
        highest = np.maximum.accumulate(np.maximum(numbers, top))
        before = np.append(top, highest[:-1])
        first = np.flatnonzero(numbers > before)
        owners.append(numbers[first].astype(np.uint32))
        rows.append(first + start)
        top, start = int(highest[-1]) if len(highest) else top, start + len(numbers)
    if not owners:
        return np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.int64)
    return np.concatenate(owners), np.concatenate(rows)


def _taken(table: Any, names: Sequence[str], rows: Int64) -> UInt64:
    """Some rows (ascending) of some columns: uint64[rows, columns]."""
    found = np.zeros((len(rows), len(names)), dtype=np.uint64)
    for place, name in enumerate(names):
        start = 0
        for chunk in table[name].chunks:
            low, high = np.searchsorted(rows, (start, start + len(chunk)))
            if high > low:
                values = chunk.to_numpy()
                found[low:high, place] = values[rows[low:high] - start]
            start += len(chunk)
    return found
