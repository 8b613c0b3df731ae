"""From pieces of text, or rows of a sheet, to equally long columns of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leaktrace.intake import fastroad
from leaktrace.intake.cells import Bools, filled
from leaktrace.intake.linecodes import ENCODING, NUL
from leaktrace.intake.records import QUOTING, Record, records_of

# Cells held at a time: a ragged table of thousands of columns must not fill the memory.
_CELLS = 8 << 20
# A piece with a ragged row is halved until the slow part is this small.
_SMALLEST = 1 << 16


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out: encoding of its pieces, delimiter, cells in most rows.

    ``other`` is the encoding that lines may be in which are not in ``encoding``; ``mixed`` is
    whether there are lines in it that pass for ``encoding``: then the slow road is taken.
    """

    encoding: str
    delimiter: str
    width: int
    other: str = ""
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class RawBlock:
    """Consecutive records.

    Attributes
    ----------
    columns : list of pyarrow.StringArray[rows], or of BinaryArray[rows] in GB18030
        At least as many as the table is wide; null where a row is too short. What a row has
        beyond the table's width stands together in one more column.
    filled : list of bool[rows]
        For each column, the cells that hold something besides blanks.
    refusals : uint8[rows]
        Why a row is refused: index into :data:`~leaktrace.intake.records.REFUSALS`, 0 for not;
        beyond these, what was mended in it.
    """

    columns: list[Any]
    filled: list[Bools]
    refusals: npt.NDArray[np.uint8]

    @property
    def rows(self) -> int:
        """How many records there are."""
        return len(self.refusals)

    def refused(self) -> Bools:
        """The rows that are refused: bool[rows]."""
        refused: Bools = (self.refusals == ENCODING) | (self.refusals == NUL)
        return refused

    def without(self, rows: Sequence[int]) -> RawBlock:
        """This block without some of its rows."""
        kept = np.ones(self.rows, dtype=np.bool_)
        kept[list(rows)] = False
        return self.only(kept)

    def only(self, kept: Bools) -> RawBlock:
        """The rows marked in ``kept``."""
        mask = pa.array(kept)
        columns = [column.filter(mask) for column in self.columns]
        return RawBlock(columns, [f[kept] for f in self.filled], self.refusals[kept])

    def part(self, start: int, stop: int) -> RawBlock:
        """Rows ``start`` up to ``stop``."""
        columns = [column.slice(start, stop - start) for column in self.columns]
        return RawBlock(columns, [f[start:stop] for f in self.filled], self.refusals[start:stop])


@dataclass(frozen=True, slots=True)
class _Part:
    columns: list[Any]
    refusals: npt.NDArray[np.uint8]


def raw_blocks(
    piece: bytes, layout: Layout, *, fast: bool = True, raw: bool = False
) -> Iterator[RawBlock]:
    """The records of a piece of text, blank ones left out, by the fast road where it is safe.

    ``raw`` leaves the cells of a text in GB18030 undecoded where that is safe.
    """
    fast = fast and not layout.mixed
    if raw and fast and layout.encoding == "gb18030":
        columns = fastroad.columns_of(
            piece, layout.encoding, layout.delimiter, layout.width, raw=True
        )
        if columns is not None:
            part = _Part(columns, np.zeros(len(columns[0]), dtype=np.uint8))
            return _blocks([part], layout.width)
    parts = list(_parts(piece, layout)) if fast else [_slow(piece, layout)]
    return _blocks(parts, layout.width)


def record_blocks(records: Iterable[Record], width: int) -> Iterator[RawBlock]:
    """Records as blocks, blank ones left out."""
    return _blocks([_from_records(records, width, " ")], width)


def _parts(piece: bytes, layout: Layout) -> Iterator[_Part]:
    columns = fastroad.columns_of(piece, layout.encoding, layout.delimiter, layout.width)
    if columns is not None:
        yield _Part(columns, np.zeros(len(columns[0]), dtype=np.uint8))
        return
    middle = piece.find(b"\n", len(piece) // 2) + 1
    # Where there are quotes, a cell may run over the place where the piece would be halved.
    quoted = layout.delimiter in QUOTING and b'"' in piece
    if (
        len(piece) <= _SMALLEST
        or layout.delimiter in (" ", "  ")
        or quoted
        or middle in (0, len(piece))
    ):
        yield _slow(piece, layout)
        return
    yield from _parts(piece[:middle], layout)
    yield from _parts(piece[middle:], layout)


def records_in(piece: bytes, layout: Layout) -> Iterator[Record]:
    """The records of a piece of text, by the slow road, blank ones included."""
    return records_of(
        piece,
        layout.encoding,
        layout.delimiter,
        layout.width,
        other=layout.other,
        mixed=layout.mixed,
    )


def _slow(piece: bytes, layout: Layout) -> _Part:
    return _from_records(records_in(piece, layout), layout.width, layout.delimiter)


def _from_records(records: Iterable[Record], width: int, delimiter: str) -> _Part:
    rows: list[list[str]] = []
    refusals = bytearray()
    for record in records:
        cells = record.cells
        if len(cells) > width:
            cells = [*cells[:width], delimiter.join(cells[width:])]
        rows.append(cells)
        refusals.append(record.refusal)
    # Turned round at once: row by row it takes four times as long.
    columns = [pa.array(cells, pa.string()) for cells in zip_longest(*rows)]
    return _Part(columns, np.frombuffer(bytes(refusals), dtype=np.uint8))


def _blocks(parts: list[_Part], width: int) -> Iterator[RawBlock]:
    columns = _stacked(parts, width)
    masks = [filled(column) for column in columns]
    block = RawBlock(columns, masks, np.concatenate([part.refusals for part in parts]))
    kept = np.logical_or.reduce(masks)
    if not kept.all():
        block = block.only(kept)
    most = max(1, _CELLS // max(1, len(columns)))
    for start in range(0, block.rows, most):
        yield block if block.rows <= most else block.part(start, start + most)


def _stacked(parts: list[_Part], width: int) -> list[Any]:
    count = max(width, 1, *(len(part.columns) for part in parts))
    if len(parts) == 1:
        columns = parts[0].columns
        blank = pa.nulls(len(parts[0].refusals), pa.string())
        return columns + [blank] * (count - len(columns))
    return [
        pa.concat_arrays(
            [
                part.columns[i]
                if i < len(part.columns)
                else pa.nulls(len(part.refusals), pa.string())
                for part in parts
            ]
        )
        for i in range(count)
    ]
