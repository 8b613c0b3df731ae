"""Pieces of a list of nothing but mobiles, one a line: what all roads make of them, at once.

Such lists are the longest ones. Finding the lines, cutting them into cells and looking at each cell
takes five times as long, and gives the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leaktrace.identifiers.kinds import MOBILE
from leaktrace.identifiers.plain import even_mobiles
from leaktrace.identifiers.wellknown import is_well_known
from leaktrace.intake.blocks import NO_DAY, Found, RowBlock
from leaktrace.intake.columns import ColumnPlan, Role
from leaktrace.intake.linecodes import CODES
from leaktrace.intake.rawblocks import Layout
from leaktrace.intake.recognition import ColumnCount, CountedBlock, Wanted

_DIGITS = 11


def plain_block(
    piece: bytes, layout: Layout, plans: Sequence[ColumnPlan], table: int, wanted: Wanted
) -> CountedBlock | None:
    """The rows of a piece (whole lines) in which each line is a mobile and nothing else.

    None where one is not, or where the table is read in another way.
    """
    if layout.delimiter or len(plans) != 1 or not _takes_mobiles(plans[0], wanted):
        return None
    step = piece.find(b"\n") + 1
    rows, rest = divmod(len(piece), step or 1)
    if rest or step - _DIGITS not in (1, 2):
        return None
    data = np.frombuffer(piece, dtype=np.uint8)
    if not _ends(data, step):
        return None
    values = even_mobiles(data, step, rows)
    if values is None:
        return None
    excluded = is_well_known(MOBILE, values)
    found = Found(MOBILE, 0, np.arange(rows), values, None, excluded if excluded.any() else None)
    block = RowBlock(
        table=table,
        rows=rows,
        cells=[_cells(data, step, rows)] if wanted.cells else [],
        found=[found],
        identified=np.ones(rows, dtype=np.bool_),
        refused=np.zeros(rows, dtype=np.bool_),
        names=None,
        registered=np.full(rows, NO_DAY, dtype=np.int32),
    )
    count = ColumnCount(rows, rows, kinds=Counter({MOBILE.name: rows}))
    refusals = np.zeros(CODES, dtype=np.int64)
    refusals[0] = rows
    return CountedBlock(block, [count], refusals, size=len(piece))


def _takes_mobiles(plan: ColumnPlan, wanted: Wanted) -> bool:
    other = plan.forced and plan.kind not in (None, MOBILE)
    mine = plan.role is Role.IDENTIFIERS and not plan.serial and not other
    return mine and wanted.has(MOBILE.name)


def _ends(data: npt.NDArray[np.uint8], step: int) -> bool:
    """Whether every line ends as the first one does."""
    line_feeds = bool((data[step - 1 :: step] == ord("\n")).all())
    return line_feeds and (step == _DIGITS + 1 or bool((data[_DIGITS::step] == ord("\r")).all()))


def _cells(data: npt.NDArray[np.uint8], step: int, rows: int) -> Any:
    """The lines without their ends: ``pyarrow.StringArray``."""
    line = np.dtype({"names": ["text"], "formats": [f"V{_DIGITS}"], "itemsize": step})
    text = data.view(line)["text"].copy()
    offsets = np.arange(0, _DIGITS * rows + 1, _DIGITS, dtype=np.int32)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(text.view("u1")))
