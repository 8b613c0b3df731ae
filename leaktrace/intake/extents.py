"""How large the rectangle is that the cells of a binary sheet span, told without its reader."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO

# [MS-XLSB] 2.3.2: a row's header, and the records of cells with something in them.
_ROW, _CELLS = 0, frozenset(range(2, 12))
# [MS-XLS] 2.4: Number, Label, BoolErr, RString, RK, LabelSst, Formula, and Formula and RK of old.
_OLD_CELLS = frozenset({0x203, 0x204, 0x205, 0xD6, 0x27E, 0xFD, 0x06, 0x206, 0x406, 0x03, 0x04})
_OLD_MANY = 0xBD
_OLD_DIMENSIONS = frozenset({0x200, 0x00})
_OLD_SHEETS = frozenset({0x809, 0x409, 0x209, 0x09})
_NONE = (1 << 31, -1, 1 << 31, -1, 0)
_STEP = 1 << 20


@dataclass(slots=True)
class _Extent:
    rows: tuple[int, int] = (1 << 31, -1)
    columns: tuple[int, int] = (1 << 31, -1)
    filled: int = 0

    def add(self, row: int, column: int) -> None:
        low, high = self.rows
        if not low <= row <= high:
            self.rows = min(low, row), max(high, row)
        low, high = self.columns
        if not low <= column <= high:
            self.columns = min(low, column), max(high, column)
        self.filled += 1

    @property
    def told(self) -> tuple[int, int]:
        if not self.filled:
            return 0, 0
        (top, bottom), (left, right) = self.rows, self.columns
        return (bottom - top + 1) * (right - left + 1), self.filled


def xlsb_extent(file: IO[bytes]) -> tuple[int, int]:
    """The cells of the rectangle, and those with something in them, of a sheet of an XLSB."""
    extent, row = _Extent(), 0
    data, place = b"", 0
    while True:
        if len(data) - place < _STEP:
            data, place = data[place:] + file.read(_STEP), 0
        kind, size, start = _head(data, place)
        if start < 0:
            return extent.told
        if start + size > len(data):
            more = file.read(start + size - len(data))
            if not more:
                return extent.told
            data += more
        if kind == _ROW and size >= 4:
            row = int.from_bytes(data[start : start + 4], "little")
        elif kind in _CELLS and size >= 4:
            extent.add(row, int.from_bytes(data[start : start + 4], "little"))
        place = start + size


def _head(data: bytes, place: int) -> tuple[int, int, int]:
    """Kind and size of the record at ``place``, and where its data begin; -1 where none does."""
    try:
        kind = data[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | data[place] << 7
            place += 1
        size = 0
        for shift in range(0, 28, 7):
            byte = data[place]
            place += 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
    except IndexError:
        return 0, 0, -1
    return kind, size, place


def xls_extents(data: bytes) -> list[tuple[int, int]]:
    """The same of each sheet in the stream of an old workbook, in their order."""
    extents: list[_Extent] = []
    end, place = len(data) - 8, 0
    top, bottom, left, right, filled = _NONE
    head = struct.Struct("<HHHH").unpack_from
    while place <= end:
        kind, size, row, column = head(data, place)
        if kind in _OLD_CELLS or kind == _OLD_MANY:
            top, bottom = min(row, top), max(row, bottom)
            left, right = min(column, left), max(column, right)
            filled += 1
            if kind == _OLD_MANY:
                # Six bytes for each cell after the first two fields, then the last column.
                more = max(0, (size - 6) // 6 - 1)
                right, filled = max(right, column + more), filled + more
        elif kind in _OLD_SHEETS:
            extents.append(_Extent((top, bottom), (left, right), filled))
            top, bottom, left, right, filled = _NONE
        place += 4 + size
    extents.append(_Extent((top, bottom), (left, right), filled))
    return [extent.told for extent in extents]


def without_dimensions(data: bytes) -> bytes:
    """The stream of an old workbook in which no sheet says how large it is: the reader makes as
    much room as it is told, and the cells tell it anyway."""
    mended = bytearray(data)
    place = 0
    while place + 4 <= len(mended):
        kind, size = struct.unpack_from("<HH", mended, place)
        end = place + 4 + size
        if kind in _OLD_DIMENSIONS and size >= 8 and end <= len(mended):
            mended[place + 4 : end] = bytes(size)
        place = end
    return bytes(mended)
