"""The cells of a list's people that are no identifiers, as tokens: how this holder writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from leaktrace.fingerprint.held import UInt32, UInt64


@dataclass(frozen=True, slots=True)
class CellColumn:
    """One column of a list.

    Attributes
    ----------
    table, position : int
        Both from 0.
    header : str or None
        As the intake shows it.
    name : bool
        Whether people's names stand in it.
    """

    table: int
    position: int
    header: str | None = None
    name: bool = False


@dataclass(frozen=True, slots=True)
class HeldCells:
    """The cells of a list; read as they are asked for.

    Attributes
    ----------
    columns : tuple of CellColumn
        Those with a cell that is no identifier.
    normalised_as : int
        Normalised tokens are only compared between lists where this is the same
        (:data:`leaktrace.fingerprint.store.CELL_FORMAT`).
    fetch : callable
        People (uint32[k], any order) to raw and normalised tokens (uint64[k, columns] each).
    """

    columns: tuple[CellColumn, ...]
    normalised_as: int
    fetch: Callable[[UInt32], tuple[UInt64, UInt64]]

    def of(self, people: UInt32) -> tuple[UInt64, UInt64]:
        """Tokens as typed and normalised of some people: uint64[k, columns] each.

        0 where the cell is empty or holds an identifier. Of somebody in several rows it is the
        first. The two lowest bits of a normalised token tell the form of the reading
        (:mod:`leaktrace.fingerprint.readings`), where ``normalised_as`` is 2 or more.
        """
        if not len(people):
            none = np.zeros((0, len(self.columns)), dtype=np.uint64)
            return none, none
        return self.fetch(people)
