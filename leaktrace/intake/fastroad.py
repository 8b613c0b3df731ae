"""The fast road: pyarrow's CSV reader, taken only where it gives what the slow road gives.

Its silent faults are unclosed quotes (rows swallowed), lone carriage returns (rows split) and a
byte-order mark inside the text (dropped): a piece with any of these is declined. Rows of unequal
length and bytes that are no text it reports itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from leaktrace.intake.gbk import RAW_DELIMITERS, is_plain_gbk
from leaktrace.intake.records import QUOTING

_MARK = b"\xef\xbb\xbf"
_UNIT = "\x1f"
_NEWLINE, _QUOTE = 10, 34


def columns_of(
    piece: bytes, encoding: str, delimiter: str, width: int, *, raw: bool = False
) -> list[Any] | None:
    """The columns of ``piece`` (whole lines), or None where the slow road must be taken.

    Parameters
    ----------
    piece : bytes
        Whole lines in ``encoding``.
    delimiter : str
        As in :func:`~leaktrace.intake.records.records_of`.
    width : int
        The most cells that a row may have.
    raw : bool
        Leave the cells in GB18030, as BinaryArrays; None where that is not safe.

    Returns
    -------
    list of pyarrow.StringArray or None
        Equally long, as many as every row has cells; blank lines are left out.
    """
    if raw and not (delimiter in RAW_DELIMITERS and is_plain_gbk(piece)):
        return None
    text = _plain(piece, "utf-8" if raw else encoding, delimiter)
    if text is None:
        return None
    single = delimiter if delimiter in QUOTING else _UNIT
    quotes = text.count(b'"') if delimiter in QUOTING and b'"' in text else 0
    if quotes and not quotes_are_plain(text, single):
        return None
    cells = _cells_of_first_line(text, single, bool(quotes))
    if cells > width or cells == 1 < width:
        return None  # lines without the delimiter may be cut by another one
    return _read(text, single, cells, bool(quotes), pa.binary() if raw else pa.string())


def _plain(piece: bytes, encoding: str, delimiter: str) -> bytes | None:
    """``piece`` in UTF-8 with a delimiter of one byte; None where that changes what it says."""
    if delimiter in (" ", "  ") or b"\0" in piece:
        return None
    # Looking for one takes a tenth of the time of counting them all.
    returns = piece.count(b"\r") if b"\r" in piece else 0
    if returns and returns != piece.count(b"\r\n"):
        return None
    if encoding != "utf-8":
        try:
            piece = piece.decode(encoding).encode("utf-8")
        except UnicodeDecodeError:
            return None
    if piece.startswith(_MARK):
        return None
    if delimiter in QUOTING:
        return piece
    if _UNIT.encode() in piece:
        return None
    return piece.replace(delimiter.encode(), _UNIT.encode()) if delimiter else piece


def quotes_are_plain(text: bytes, delimiter: str) -> bool:
    """Whether each line's quotes pair up, and open and close cells just at their ends.

    A doubled quote inside a cell closes and opens again, and is plain too.
    """
    view = np.frombuffer(text, dtype=np.uint8)
    places = np.flatnonzero(view == _QUOTE)
    if places.size % 2:
        return False
    opening, closing = places[0::2], places[1::2]
    # With parity right from the start of the piece, a line end between an opening quote and its
    # closing one is the only way in which a line's own quotes do not pair up.
    newlines = np.flatnonzero(view == _NEWLINE)
    if np.any(np.searchsorted(newlines, opening) != np.searchsorted(newlines, closing)):
        return False
    before = view[np.maximum(opening - 1, 0)]
    stands = (opening == 0) | _any_of(before, (ord(delimiter), _NEWLINE))
    doubled = np.zeros(opening.size, dtype=np.bool_)
    doubled[1:] = opening[1:] == closing[:-1] + 1
    after = view[np.minimum(closing + 1, view.size - 1)]
    ends = (closing == view.size - 1) | _any_of(after, (ord(delimiter), _NEWLINE, 13))
    again = np.zeros(closing.size, dtype=np.bool_)
    again[:-1] = doubled[1:]
    return bool(np.all(stands | doubled) and np.all(ends | again))


def _any_of(view: npt.NDArray[np.uint8], values: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    result = np.zeros(view.size, dtype=np.bool_)
    for value in values:
        result |= view == value
    return result


def _cells_of_first_line(text: bytes, delimiter: str, quoted: bool) -> int:
    start = 0
    while True:
        end = text.find(b"\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if line.rstrip(b"\r") or end < 0:
            break
        start = end + 1
    if not quoted:
        return line.count(delimiter.encode()) + 1
    # Outside of quotes alone: every second part between quotes.
    return sum(part.count(delimiter.encode()) for part in line.split(b'"')[0::2]) + 1


def _read(text: bytes, delimiter: str, cells: int, quoted: bool, form: Any) -> list[Any] | None:
    names = [str(i) for i in range(cells)]
    try:
        table = csv.read_csv(
            pa.BufferReader(text),
            # One block for each piece: pieces are read side by side instead.
            csv.ReadOptions(column_names=names, block_size=len(text) + 1, use_threads=False),
            csv.ParseOptions(delimiter=delimiter, quote_char='"' if quoted else False),
            csv.ConvertOptions(column_types=dict.fromkeys(names, form), null_values=[]),
        )
    except pa.ArrowInvalid:
        return None
    return [_one_array(table.column(i), form) for i in range(cells)]


def _one_array(column: Any, form: Any) -> Any:
    if column.num_chunks == 1:
        return column.chunk(0)
    return column.combine_chunks() if column.num_chunks else pa.array([], form)
