"""Blocks of rows to tokens: what is kept of a list once its plaintext is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leaktrace.engines.derived import ORIGINS, Derived
from leaktrace.engines.growing import Growing
from leaktrace.engines.occurrences import (
    IDENTIFIED,
    REFUSED,
    UNIDENTIFIED,
    Gathered,
    GrowingOccurrences,
    in_row_order,
)
from leaktrace.fingerprint.cellstore import CellSink
from leaktrace.fingerprint.held import UInt64
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.kinds import Form, Kind
from leaktrace.intake.blocks import Found, RowBlock

IDENTIFIER_PLACE = 1 << 32


def _row_columns() -> dict[str, Growing]:
    return {
        "table": Growing(np.uint16),
        "status": Growing(np.uint8),
        "registered": Growing(np.int32),
        "names": Growing(np.uint64),
    }


@dataclass(slots=True)
class Gatherer:
    """Takes in blocks; :meth:`finish` gives the list. Memory grows with rows, not with columns.

    Parameters
    ----------
    tokeniser : Tokeniser
    kinds : frozenset of str or None
        Only these kinds are kept (written or derived); None: all.
    sink : CellSink or None
        Where the tokens of cells and rows go; None: they are not made.
    """

    tokeniser: Tokeniser
    kinds: frozenset[str] | None = None
    sink: CellSink | None = None
    _rows: int = 0
    _named: int = 0
    _columns: dict[str, Growing] = field(default_factory=_row_columns)
    _written: dict[str, GrowingOccurrences] = field(default_factory=dict)

    def add(self, block: RowBlock) -> None:
        """Take in one block."""
        status = np.where(block.identified, IDENTIFIED, UNIDENTIFIED).astype(np.uint8)
        status[block.refused] = REFUSED
        self._columns["table"].extend(np.full(block.rows, block.table, dtype=np.uint16))
        self._columns["status"].extend(status)
        self._columns["registered"].extend(block.registered)
        if block.names is not None:
            # A list without names has no column of them: memory that nobody writes to is free.
            self._columns["names"].extend(np.zeros(self._rows - self._named, dtype=np.uint64))
            self._columns["names"].extend(self.tokeniser.names(block.names))
            self._named = self._rows + block.rows
        found = [(item, self._tokens(item)) for item in block.found if self._wants(item.kind)]
        for kind in dict.fromkeys(item.kind for item, _ in found):
            self._add_kind(kind, [pair for pair in found if pair[0].kind == kind])
        if self.sink is not None:
            self._add_cells(self.sink, block, found)
        self._rows += block.rows

    def finish(self) -> Gathered:
        """The list, once all its blocks are in."""
        table, status, registered = (
            self._columns[name].array() for name in ("table", "status", "registered")
        )
        names = np.zeros(self._rows, dtype=np.uint64)
        if self._named:
            self._columns["names"].extend(names[self._named :])
            names = self._columns["names"].array()
        written = {name: grown.finish() for name, grown in sorted(self._written.items())}
        matched = {name: found.matched() for name, found in written.items()}
        derived = Derived(self.tokeniser, matched, names, self.kinds)
        return Gathered(table, status, registered, names, written, matched, derived)

    def _wants(self, kind: Kind) -> bool:
        return self.kinds is None or kind.name in self.kinds

    def _tokens(self, found: Found) -> UInt64:
        if found.kind.form is Form.TEXT:
            return self.tokeniser.texts(found.texts, found.kind)
        assert found.values is not None
        if found.kind.form is Form.NAMED:
            return self.tokeniser.named(found.texts, found.values, found.kind)
        return self.tokeniser.numbers(found.values, found.kind)

    def _add_kind(self, kind: Kind, pairs: list[tuple[Found, UInt64]]) -> None:
        kept = kind.name in ORIGINS
        grown = self._written.setdefault(kind.name, GrowingOccurrences(values=kept))
        grown.extend(in_row_order(pairs), self._rows)

    def _add_cells(
        self, sink: CellSink, block: RowBlock, found: list[tuple[Found, UInt64]]
    ) -> None:
        raw, normal = [], []
        parts: list[tuple[int, UInt64]] = []
        for column, cells in enumerate(block.cells):
            taken = [item.rows for item, _ in found if item.column == column]
            typed, form = self._cell_tokens(cells, taken, block.rows)
            raw.append(typed)
            normal.append(form)
            parts.append((column, typed))
        for item, tokens in found:
            sums = np.zeros(block.rows, dtype=np.uint64)
            np.add.at(sums, item.rows, tokens)
            parts.append((IDENTIFIER_PLACE + item.kind.code, sums))
        sink.add(raw, normal, self.tokeniser.rows(parts, block.rows))

    def _cell_tokens(
        self, cells: Any, taken: list[npt.NDArray[np.int64]], rows: int
    ) -> tuple[UInt64, UInt64]:
        """Both tokens of a column's cells; 0 where an identifier was found."""
        if not taken:
            return self.tokeniser.cell_pairs(cells)
        free = np.ones(rows, dtype=np.bool_)
        for found in taken:
            free[found] = False
        where = np.flatnonzero(free)
        typed, form = np.zeros(rows, dtype=np.uint64), np.zeros(rows, dtype=np.uint64)
        if len(where):
            typed[where], form[where] = self.tokeniser.cell_pairs(cells.take(pa.array(where)))
        return typed, form
