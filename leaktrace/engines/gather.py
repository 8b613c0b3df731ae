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
    FURTHER,
    IDENTIFIED,
    REFUSED,
    UNIDENTIFIED,
    Gathered,
    GrowingOccurrences,
    Occurrences,
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


@dataclass(frozen=True, slots=True)
class Tokens:
    """Consecutive rows as tokens.

    Attributes
    ----------
    table : uint16[rows]
    status : uint8[rows]
    registered : int32[rows]
    names : uint64[rows] or None
        Tokens of names, 0 where none; None where no row has one.
    written : dict of kind name to Occurrences
        Their rows count from the first of these.
    """

    table: npt.NDArray[np.uint16]
    status: npt.NDArray[np.uint8]
    registered: npt.NDArray[np.int32]
    names: UInt64 | None
    written: dict[str, Occurrences]

    def __len__(self) -> int:
        return len(self.status)


@dataclass(frozen=True, slots=True)
class BlockTokens:
    """Makes :class:`Tokens` of blocks.

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

    def of(self, block: RowBlock) -> Tokens:
        """The tokens of one block; those of its cells are handed to the sink."""
        status = np.where(block.identified, IDENTIFIED, UNIDENTIFIED).astype(np.uint8)
        status[block.refused] = REFUSED
        if block.further is not None:
            status[block.further] = FURTHER
        found = [(item, self._tokens(item)) for item in block.found if self._wants(item.kind)]
        written = {
            kind.name: in_row_order([pair for pair in found if pair[0].kind == kind])
            for kind in dict.fromkeys(item.kind for item, _ in found)
        }
        if self.sink is not None:
            self._add_cells(self.sink, block, found)
        return Tokens(
            table=np.full(block.rows, block.table, dtype=np.uint16),
            status=status,
            registered=block.registered,
            names=None if block.names is None else self.tokeniser.names(block.names),
            written=written,
        )

    def _wants(self, kind: Kind) -> bool:
        return self.kinds is None or kind.name in self.kinds

    def _tokens(self, found: Found) -> UInt64:
        if found.kind.form is Form.TEXT:
            return self.tokeniser.texts(found.texts, found.kind)
        assert found.values is not None
        if found.kind.form is Form.NAMED:
            return self.tokeniser.named(found.texts, found.values, found.kind)
        return self.tokeniser.numbers(found.values, found.kind)

    def _add_cells(
        self, sink: CellSink, block: RowBlock, found: list[tuple[Found, UInt64]]
    ) -> None:
        raw, normal, filled = [], [], []
        parts: list[tuple[int, UInt64]] = []
        for column, cells in enumerate(block.cells):
            taken = [item.rows for item, _ in found if item.column == column]
            typed, form = self._cell_tokens(cells, taken, block.rows)
            raw.append(typed)
            normal.append(form)
            some = form != 0
            for rows in taken:
                some[rows] = True
            filled.append(some)
            parts.append((column, typed))
        for item, tokens in found:
            sums = np.zeros(block.rows, dtype=np.uint64)
            np.add.at(sums, item.rows, tokens)
            parts.append((IDENTIFIER_PLACE + item.kind.code, sums))
        sink.add(raw, normal, filled, self.tokeniser.rows(parts, block.rows))

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


@dataclass(slots=True)
class Gatherer:
    """Takes in tokens; :meth:`finish` gives the list. Memory grows with rows, not with columns.

    Parameters
    ----------
    tokeniser : Tokeniser
    kinds : frozenset of str or None
        Only these kinds are derived; None: all.
    """

    tokeniser: Tokeniser
    kinds: frozenset[str] | None = None
    _rows: int = 0
    _named: int = 0
    _columns: dict[str, Growing] = field(default_factory=_row_columns)
    _written: dict[str, GrowingOccurrences] = field(default_factory=dict)

    def __len__(self) -> int:
        return self._rows

    def add(self, tokens: Tokens) -> None:
        """Take in consecutive rows."""
        self._columns["table"].extend(tokens.table)
        self._columns["status"].extend(tokens.status)
        self._columns["registered"].extend(tokens.registered)
        if tokens.names is not None:
            # A list without names has no column of them: memory that nobody writes to is free.
            self._columns["names"].extend(np.zeros(self._rows - self._named, dtype=np.uint64))
            self._columns["names"].extend(tokens.names)
            self._named = self._rows + len(tokens)
        for name, found in tokens.written.items():
            kept = name in ORIGINS
            grown = self._written.setdefault(name, GrowingOccurrences(values=kept))
            grown.extend(found, self._rows)
        self._rows += len(tokens)

    def so_far(self) -> Tokens:
        """All that was taken in, as one block."""
        table, status, registered = (
            self._columns[name].array() for name in ("table", "status", "registered")
        )
        names = None
        if self._named:
            self._columns["names"].extend(np.zeros(self._rows - self._named, dtype=np.uint64))
            self._named = self._rows
            names = self._columns["names"].array()
        written = {name: grown.finish() for name, grown in sorted(self._written.items())}
        return Tokens(table, status, registered, names, written)

    def finish(self) -> Gathered:
        """The list, once all its rows are in."""
        all_ = self.so_far()
        names = np.zeros(self._rows, dtype=np.uint64) if all_.names is None else all_.names
        matched = {name: found.matched() for name, found in all_.written.items()}
        derived = Derived(self.tokeniser, matched, names, self.kinds)
        return Gathered(
            all_.table, all_.status, all_.registered, names, all_.written, matched, derived
        )
