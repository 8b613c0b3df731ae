"""Lists as the intake would read them, made in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from leaktrace.fingerprint.keys import Key
from leaktrace.identifiers.kinds import KIND, Form, Kind
from leaktrace.intake.blocks import NO_DAY, Found, ListReading, RowBlock

Row = Mapping[str, Any]


@pytest.fixture
def key() -> Key:
    """A key that is the same in every run."""
    return Key(bytes(range(32)))


@pytest.fixture
def reading() -> Callable[..., ListReading]:
    """Makes a reading of rows such as ``{"mobile": 13800001111, "name": "张三"}``."""
    return reading_of


def reading_of(rows: Sequence[Row], *, block: int = 3) -> ListReading:
    """A reading of ``rows`` in blocks of ``block``.

    A value may be a list (several columns). ``excluded`` names the kinds whose identifiers in
    that row are well known, ``cells`` the other cells, ``day`` the registration;
    ``further`` makes it one more person of the row before.
    """
    parts = [rows[start : start + block] for start in range(0, len(rows), block)]
    return ListReading(blocks=iter([_block(part) for part in parts]))


def _block(rows: Sequence[Row]) -> RowBlock:
    found = []
    column = 0
    for name, kind in KIND.items():
        width = max((len(_list(row.get(name))) for row in rows), default=0)
        for position in range(width):
            found.append(_found(kind, column, rows, position))
            column += 1
    cells: list[Any] = [pa.array([None] * len(rows), pa.string()) for _ in range(column)]
    width = max((len(row.get("cells", ())) for row in rows), default=0)
    for position in range(width):
        cells.append(pa.array([(*row.get("cells", ()), *[None] * width)[position] for row in rows]))
    identified = np.array([any(row.get(name) for name in KIND) for row in rows])
    return RowBlock(
        table=0,
        rows=len(rows),
        cells=cells,
        found=found,
        identified=identified,
        refused=np.array([bool(row.get("refused")) for row in rows]),
        names=pa.array([row.get("name") for row in rows], pa.string()),
        registered=np.array([row.get("day", NO_DAY) for row in rows], dtype=np.int32),
        further=np.array([bool(row.get("further")) for row in rows]),
    )


def _found(kind: Kind, column: int, rows: Sequence[Row], position: int) -> Found:
    at = [number for number, row in enumerate(rows) if len(_list(row.get(kind.name))) > position]
    items = [_list(rows[number][kind.name])[position] for number in at]
    texts = values = None
    if kind.form is Form.NUMBER:
        values = np.array(items, dtype=np.uint64)
    elif kind.form is Form.TEXT:
        texts = pa.array(items, pa.string())
    else:
        texts = pa.array([name for name, _ in items], pa.string())
        values = np.array([number for _, number in items], dtype=np.uint64)
    excluded = np.array([kind.name in rows[number].get("excluded", ()) for number in at], bool)
    return Found(kind, column, np.array(at, dtype=np.int64), values, texts, excluded)


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
