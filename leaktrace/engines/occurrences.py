"""Identifiers as tokens beside the rows that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leaktrace.engines.growing import Growing
from leaktrace.fingerprint.held import UInt64
from leaktrace.intake.blocks import Found

Rows = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

UNIDENTIFIED, IDENTIFIED, REFUSED, FURTHER = 0, 1, 2, 3
"""The status of a row; FURTHER is one more person of the row before, and counts as no row."""

STATUSES = 4


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Identifiers of one kind in the order of their rows, then of their columns.

    Attributes
    ----------
    tokens : uint64[n]
    rows : int64[n]
        Rows of the whole list, ascending.
    excluded : bool[n]
        Widely known, or of nobody in the list: counted, not matched.
    values : uint64[n] or None
        The numbers themselves, in memory only, where something is still to be derived.
    """

    tokens: UInt64
    rows: Rows
    excluded: Bool
    values: UInt64 | None = None

    def matched(self) -> Occurrences:
        """Those that may match across lists."""
        if not self.excluded.any():
            return self
        keep = ~self.excluded
        values = None if self.values is None else self.values[keep]
        return Occurrences(self.tokens[keep], self.rows[keep], self.excluded[keep], values)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A whole list as tokens.

    Attributes
    ----------
    table : uint16[rows]
    status : uint8[rows]
        UNIDENTIFIED, IDENTIFIED, REFUSED or FURTHER.
    registered : int32[rows]
    names : uint64[rows]
        Token of the person's name, 0 where none.
    written, matched, derived : mapping of kind name to Occurrences
        Identifiers as they were written, those of them that may match across lists, and the
        partial forms made from these.
    """

    table: npt.NDArray[np.uint16]
    status: npt.NDArray[np.uint8]
    registered: npt.NDArray[np.int32]
    names: UInt64
    written: Mapping[str, Occurrences]
    matched: Mapping[str, Occurrences]
    derived: Mapping[str, Occurrences]

    def __len__(self) -> int:
        return len(self.status)


def in_row_order(pairs: list[tuple[Found, UInt64]]) -> Occurrences:
    """The occurrences of one kind in a block, from one column or several."""
    if len(pairs) == 1:
        found, tokens = pairs[0]
        return Occurrences(tokens, found.rows, _excluded(found), found.values)
    pairs = sorted(pairs, key=lambda pair: pair[0].column)
    rows = np.concatenate([found.rows for found, _ in pairs])
    order = np.argsort(rows, kind="stable")
    tokens = np.concatenate([tokens for _, tokens in pairs])
    excluded = np.concatenate([_excluded(found) for found, _ in pairs])
    values = None
    if all(found.values is not None for found, _ in pairs):
        values = np.concatenate([found.values for found, _ in pairs if found.values is not None])
        values = values[order]
    return Occurrences(tokens[order], rows[order], excluded[order], values)


def _excluded(found: Found) -> Bool:
    if found.excluded is None:
        return np.zeros(len(found.rows), dtype=np.bool_)
    return found.excluded


class GrowingOccurrences:
    """The occurrences of one kind, block after block.

    Parameters
    ----------
    values : bool
        Whether the numbers themselves are kept.
    """

    def __init__(self, *, values: bool) -> None:
        self._tokens = Growing(np.uint64)
        self._rows = Growing(np.int64)
        self._excluded = Growing(np.bool_)
        self._values = Growing(np.uint64) if values else None

    def extend(self, block: Occurrences, first_row: int) -> None:
        """Append those of a block whose rows count from ``first_row``."""
        self._tokens.extend(block.tokens)
        self._rows.extend(block.rows + first_row)
        self._excluded.extend(block.excluded)
        if self._values is not None and block.values is not None:
            self._values.extend(block.values)

    def finish(self) -> Occurrences:
        """All of them."""
        values = None if self._values is None else self._values.array()
        return Occurrences(self._tokens.array(), self._rows.array(), self._excluded.array(), values)
