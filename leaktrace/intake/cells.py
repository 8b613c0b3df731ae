"""Vectorised questions about columns of cells, answered on Arrow's bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

_BLANKS = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_SHORTEST = 5
RAW = "gb18030"
"""The encoding of cells that are bytes."""
# Windows of bytes that stay in the cache; the same over whole columns is three times slower.
_WINDOW = 1 << 17
DAMAGED = r"^\s*[1-9](?:\.\d+)?[Ee]\+1\d\s*$"
"""A number of eleven digits or more as Excel writes it when the column is not text."""


def bytes_of(column: Any) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Offsets (rows + 1) into the bytes of a StringArray, and these bytes; nulls are empty."""
    buffers = column.buffers()
    if buffers[1] is None or len(column) == 0:
        return np.zeros(len(column) + 1, np.int32), np.zeros(0, np.uint8)
    start = column.offset
    offsets = np.frombuffer(buffers[1], np.int32)[start : start + len(column) + 1]
    data = np.zeros(0, np.uint8) if buffers[2] is None else np.frombuffer(buffers[2], np.uint8)
    return offsets, data


def is_raw(column: Any) -> bool:
    """Whether the cells of a column are bytes in GB18030."""
    return bool(pa.types.is_binary(column.type))


def as_text(column: Any) -> Any:
    """A column of bytes in GB18030 as a StringArray; texts stay as they are."""
    if not is_raw(column):
        return column
    coded = column.dictionary_encode()
    texts = [cell.decode(RAW) for cell in coded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(coded.indices)


def first_bytes_of_blanks(encoding: str) -> tuple[int, ...]:
    """The first bytes of the blanks beyond ASCII (no-break, em, ideographic space …)."""
    return tuple(sorted({blank.encode(encoding)[0] for blank in _BLANKS}))


_MAYBE_BLANK = {False: first_bytes_of_blanks("utf-8"), True: first_bytes_of_blanks(RAW)}


def filled(column: Any) -> Bools:
    """Which cells hold something besides blanks: bool[rows]."""
    if column.null_count == len(column):
        return np.zeros(len(column), dtype=np.bool_)
    offsets, data = bytes_of(column)
    some = offsets[1:] > offsets[:-1]
    if not data.size:
        return some
    first = data[np.minimum(offsets[:-1], data.size - 1)]
    sure = first > 0x20
    for lead in _MAYBE_BLANK[is_raw(column)]:
        sure &= first != lead
    result: Bools = some & sure
    unsure = np.flatnonzero(some & ~sure)
    if unsure.size:
        texts = as_text(column.take(pa.array(unsure))).to_pylist()
        result[unsure] = [bool(text and text.strip()) for text in texts]
    return result


def variety(column: Any) -> tuple[int, int, int]:
    """Of a StringArray: the filled cells, their distinct values, the cells of the commonest one."""
    counts = pc.value_counts(pc.utf8_trim_whitespace(column.drop_null()))
    pairs = zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True)
    numbers = [number for text, number in pairs if text]
    return sum(numbers), len(numbers), max(numbers, default=0)


def candidates(column: Any, least: int) -> Rows:
    """Rows whose cell may hold an identifier though the sample of the column showed none.

    Those with ``least`` ASCII bytes in a row, four full-width digits in a row, or an ``@``; a few
    too many at worst. Identifiers of fewer characters are not looked for.
    """
    rows = _candidates(column, least)
    if not (is_raw(column) and rows.size):
        return rows
    # Trail bytes pass for ASCII: of these rows, those are right that are right as text.
    return rows[_candidates(as_text(column.take(pa.array(rows))), least)]


def _candidates(column: Any, least: int) -> Rows:
    offsets, data = bytes_of(column)
    start, end = int(offsets[0]), int(offsets[-1])
    body = data[start:end]
    if not body.size:
        return np.zeros(0, np.int64)
    wide = _places(body, b"\xa3") if is_raw(column) else _wide_digits(body)
    places = [_ascii_runs(body, least), wide, _places(body, b"@")]
    hits = np.concatenate(places) + start
    marked = np.zeros(len(column), dtype=np.bool_)
    marked[np.searchsorted(offsets, hits, side="right") - 1] = True
    if not is_raw(column):
        # Short cells in a row look like a long one: amounts, ages, marks.
        marked &= np.diff(offsets) >= _SHORTEST
    return np.flatnonzero(marked)


def _ascii_runs(body: npt.NDArray[np.uint8], least: int) -> Rows:
    found = []
    for start in range(0, body.size, _WINDOW):
        run = body[start : start + _WINDOW + least - 1] < 0x80
        length = 1
        while length < least and run.size:
            step = min(length, least - length)
            run = run[:-step] & run[step:]
            length += step
        found.append(np.flatnonzero(run) + start)
    return np.concatenate(found)


def _places(body: npt.NDArray[np.uint8], sign: bytes) -> Rows:
    if sign not in body.tobytes():
        return np.zeros(0, np.int64)
    return np.flatnonzero(body == ord(sign))


def _wide_digits(body: npt.NDArray[np.uint8]) -> Rows:
    """Starts of four full-width digits (EF BC 90 to EF BC 99 each)."""
    if body.size < 12:
        return np.zeros(0, np.int64)
    starts = np.flatnonzero((body[:-2] == 0xEF) & (body[1:-1] == 0xBC))
    starts = starts[(body[starts + 2] >= 0x90) & (body[starts + 2] <= 0x99)]
    if starts.size < 4:
        return np.zeros(0, np.int64)
    four: Rows = starts[:-3][starts[3:] - starts[:-3] == 9]
    return four


def damaged(column: Any) -> Bools:
    """Which cells hold a number that Excel cut down to ``1.38E+10``: bool[rows]."""
    offsets, data = bytes_of(column)
    body = data[offsets[0] : offsets[-1]].tobytes()
    # The single byte first: that search is ten times as fast.
    if b"+" not in body or (b"E+1" not in body and b"e+1" not in body):
        return np.zeros(len(column), dtype=np.bool_)
    found = pc.fill_null(pc.match_substring_regex(as_text(column), DAMAGED), False)
    return found.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
