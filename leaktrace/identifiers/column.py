"""Whole columns to identifiers: plain cells in bulk, the others through the complete road."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from leaktrace.identifiers.buffers import bytes_of
from leaktrace.identifiers.cell import LONGEST, recognise_cell
from leaktrace.identifiers.dressed import (
    DULL,
    DULL_IN_PHONES,
    dressed_ids,
    dressed_mobiles,
)
from leaktrace.identifiers.kinds import ID_NUMBER, KINDS, MOBILE, Form, Kind
from leaktrace.identifiers.plain import plain_ids, plain_mobiles
from leaktrace.identifiers.recogniser import Identifier
from leaktrace.identifiers.registry import hint
from leaktrace.identifiers.wellknown import is_well_known

CHUNK = 1 << 16
"""Rows at a time: the arrays of one step (512 KiB) stay in a core's cache."""

_REMEMBERED = 1 << 17


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """The identifiers of one kind in a column.

    Attributes
    ----------
    kind : Kind
    rows : int64[n]
        Row of each identifier, ascending; a row may come several times, in the order of its cell.
    values : uint64[n] or None
        Normal forms for kinds of form NUMBER; the number beside the name for NAMED.
    texts : pyarrow.StringArray[n] or None
        Normal forms for kinds of form TEXT; the normalised name for NAMED.
    excluded : bool[n] or None
        Which are widely known; None where none is.
    """

    kind: Kind
    rows: npt.NDArray[np.int64]
    values: npt.NDArray[np.uint64] | None = None
    texts: Any = None
    excluded: npt.NDArray[np.bool_] | None = None


@dataclass(slots=True)
class _Gathered:
    """What was found of one kind so far, chunk by chunk."""

    rows: list[npt.NDArray[np.int64]] = field(default_factory=list)
    values: list[npt.NDArray[np.uint64]] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)


class _Column:
    """Holds, over the chunks of one column, what was found and what was recognised before."""

    def __init__(self, encoding: str, phones: bool) -> None:
        self.encoding = encoding
        self.phones = phones
        self.gathered: dict[Kind, _Gathered] = {}
        self.known: dict[str, list[Identifier]] = {}

    def read(self, chunk: Any, first: int) -> None:
        """Find the identifiers in ``chunk``, whose first row is row ``first`` of the column."""
        import pyarrow.compute as pc

        cells = bytes_of(chunk)
        mobiles, ids = plain_mobiles(cells), plain_ids(cells)
        rest = cells.lengths > 0
        rest[mobiles.rows] = False
        rest[ids.rows] = False
        found = {
            MOBILE: [(mobiles.rows, mobiles.values)],
            ID_NUMBER: [(ids.rows, ids.values)],
        }
        slow: list[tuple[int, Identifier]] = []
        rows = np.flatnonzero(rest)
        if len(rows):
            texts = _decoded(chunk.take(rows), self.encoding)
            if int(cells.lengths.max()) > LONGEST:
                texts = pc.utf8_slice_codeunits(texts, 0, LONGEST)
            rows, texts = self._promising(rows, texts)
            for kind, dressed in ((MOBILE, dressed_mobiles), (ID_NUMBER, dressed_ids)):
                more = dressed(texts)
                found[kind].append((rows[more.rows], more.values))
                left = np.ones(len(rows), dtype=np.bool_)
                left[more.rows] = False
                rows, texts = _only(left, rows, texts)
            slow = list(self._slowly(rows, texts))
        self._gather(first, found, slow)

    def _promising(self, rows: npt.NDArray[np.int64], texts: Any) -> tuple[Any, Any]:
        import pyarrow.compute as pc

        for pattern, wanted in (
            (hint(self.phones), True),
            (DULL_IN_PHONES if self.phones else DULL, False),
        ):
            matched = np.asarray(pc.match_substring_regex(texts, pattern))
            rows, texts = _only(matched == wanted, rows, texts)
        return rows, texts

    def _slowly(self, rows: npt.NDArray[np.int64], texts: Any) -> Iterator[tuple[int, Identifier]]:
        for row, text in zip(rows.tolist(), texts.to_pylist(), strict=True):
            identifiers = self.known.get(text)
            if identifiers is None:
                if len(self.known) >= _REMEMBERED:
                    self.known.clear()
                identifiers = recognise_cell(text, phones=self.phones)
                self.known[text] = identifiers
            for identifier in identifiers:
                yield row, identifier

    def _gather(
        self,
        first: int,
        found: dict[Kind, list[tuple[Any, Any]]],
        slow: list[tuple[int, Identifier]],
    ) -> None:
        by_kind: dict[Kind, list[tuple[int, Identifier]]] = {}
        for row, identifier in slow:
            by_kind.setdefault(identifier.kind, []).append((row, identifier))
        for kind in {**found, **by_kind}:
            pairs = by_kind.get(kind, [])
            parts = list(found.get(kind, []))
            if pairs:
                at = np.array([row for row, _one in pairs], dtype=np.int64)
                numbers = np.array([one.value or 0 for _row, one in pairs], dtype=np.uint64)
                parts.append((at, numbers))
            parts = [part for part in parts if len(part[0])]
            if not parts:
                continue
            rows, values = _in_row_order(parts)
            home = self.gathered.setdefault(kind, _Gathered())
            home.rows.append(rows + first)
            home.values.append(values)
            if kind.form is not Form.NUMBER:
                home.texts.extend(one.name or one.text for _row, one in pairs)

    def matches(self) -> list[ColumnMatch]:
        """One match for each kind that was found, in the order of the kinds."""
        return [_match(kind, self.gathered[kind]) for kind in KINDS if kind in self.gathered]


def _in_row_order(parts: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    if len(parts) == 1:
        return parts[0]
    rows = np.concatenate([part[0] for part in parts])
    order = np.argsort(rows, kind="stable")
    return rows[order], np.concatenate([part[1] for part in parts])[order]


def _match(kind: Kind, home: _Gathered) -> ColumnMatch:
    import pyarrow as pa

    values = np.concatenate(home.values)
    excluded = is_well_known(kind, values)
    return ColumnMatch(
        kind,
        np.concatenate(home.rows),
        None if kind.form is Form.TEXT else values,
        None if kind.form is Form.NUMBER else pa.array(home.texts, pa.string()),
        excluded if excluded.any() else None,
    )


def _only(
    keep: npt.NDArray[np.bool_], rows: npt.NDArray[np.int64], texts: Any
) -> tuple[npt.NDArray[np.int64], Any]:
    if keep.all():
        return rows, texts
    return rows[keep], texts.take(np.flatnonzero(keep))


def _decoded(cells: Any, encoding: str) -> Any:
    """``cells`` as strings; bytes that are none in this encoding become U+FFFD."""
    import pyarrow as pa

    if not (pa.types.is_binary(cells.type) or pa.types.is_large_binary(cells.type)):
        return cells
    raw = cells.to_pylist()
    texts = b"\0".join(raw).decode(encoding, errors="replace").split("\0")
    if len(texts) != len(raw):
        texts = [cell.decode(encoding, errors="replace") for cell in raw]
    return pa.array(texts, pa.large_string())


def recognise_column(
    cells: Any, *, encoding: str = "utf-8", phones: bool = False
) -> list[ColumnMatch]:
    """Every identifier in a column: what :func:`recognise_cell` gives, row by row.

    Parameters
    ----------
    cells : pyarrow array or chunked array of n (large) strings or binaries
        Strings, or the raw bytes of an encoding in which ASCII stays ASCII. Bytes of other cells
        than plain numbers are decoded first: GB18030's four-byte characters hold digits.
    encoding : str
        The encoding of binary cells; bytes that are invalid in it are replaced.
    phones : bool
        The column is known to hold phone numbers (see :func:`recognise_cell`).

    Notes
    -----
    Measured time per cell: 60 ns for a plain mobile, 70 ns for a plain ID number, 80 to 160 ns for
    a cell without a hint of one, 400 ns for a mobile or ID number in the usual dress, 25 µs for the
    rest, once for each different text (the last 131,072 of them are remembered).
    """
    import pyarrow as pa

    column = _Column(encoding, phones)
    base = 0
    for part in cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]:
        for start in range(0, len(part), CHUNK):
            column.read(part.slice(start, CHUNK), base + start)
        base += len(part)
    return column.matches()
