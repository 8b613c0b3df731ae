"""The cells of a simulated world's lists, as the intake would find them in its files.

The tokens are those of a fixed key: a made-up world has nobody to protect. Texts are made for the
people that are asked for alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from leaktrace.fingerprint.held import UInt32, UInt64
from leaktrace.fingerprint.heldcells import CellColumn, HeldCells
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.store import CELL_FORMAT
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.simulate.people import Int32
from leaktrace.simulate.tables import ADDRESS, AMOUNT, DATE, REMARK
from leaktrace.simulate.tabulate import batch_versions, column_texts
from leaktrace.simulate.world import Batch, World

_KEY = Key(bytes(32))
_CELLS = ("name", ADDRESS, AMOUNT, DATE, REMARK)
_Version = Callable[[npt.NDArray[np.int64], str], Sequence[str]]


def batch_cells(world: World, batch: Batch) -> HeldCells | None:
    """The cells of a batch, its people in order of their first rows; None where it has none."""
    first = np.sort(np.unique(batch.people, return_index=True)[1])
    versions = batch_versions(batch)[first]
    people = batch.people[first]

    def texts(chosen: npt.NDArray[np.int64], column: str) -> Sequence[str]:
        found = np.empty(len(chosen), dtype=object)
        for holder in np.unique(versions[chosen]).tolist():
            rows = np.flatnonzero(versions[chosen] == holder)
            found[rows] = column_texts(world, people[chosen[rows]], holder, column, batch.style)
        return [str(text) for text in found.tolist()]

    # Beside its last four digits a name is part of an identifier.
    shown = [one for one in batch.columns if one != "name" or batch.form != "last-four"]
    return _held(shown, texts)


def reference_cells(world: World, holder: int, people: Int32) -> HeldCells | None:
    """The cells of a source's reference list, of ``people`` in it; None where it has none."""
    reference = world.holders[holder].reference
    assert reference is not None

    def texts(chosen: npt.NDArray[np.int64], column: str) -> Sequence[str]:
        return column_texts(world, people[chosen], holder, column)

    return _held(reference.columns, texts)


def _held(shown: Sequence[str], texts: _Version) -> HeldCells | None:
    names = [one for one in _CELLS if one in shown]
    if not names:
        return None
    tokeniser = Tokeniser(_KEY)

    def fetch(people: UInt32) -> tuple[UInt64, UInt64]:
        chosen = people.astype(np.int64)
        pairs = [tokeniser.cell_pairs(texts(chosen, name)) for name in names]
        raw, normal = zip(*pairs, strict=True)
        return np.column_stack(raw), np.column_stack(normal)

    columns = tuple(CellColumn(0, place, name, name == "name") for place, name in enumerate(names))
    return HeldCells(columns, CELL_FORMAT, fetch)
