"""What a record says besides what stands in one cell: whose name, and when it was registered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.identifiers.column import ColumnMatch
from leaktrace.identifiers.kinds import NAME_LAST4
from leaktrace.intake.beside import names_beside
from leaktrace.intake.blocks import NO_DAY
from leaktrace.intake.cells import Bools, as_text
from leaktrace.intake.columns import ColumnPlan, Role
from leaktrace.intake.dates import days_of
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.rawblocks import RawBlock


def names_of(raw: RawBlock, plans: Sequence[ColumnPlan], known: KnownNames) -> Any:
    """The normalised name of each record: from the columns of names, else beside the numbers.

    A ``pyarrow.StringArray``, null where there is none; None where no column holds any.
    """
    names = None
    for i, plan in enumerate(plans):
        if plan.role is Role.NAME:
            more = known.normalised(raw.columns[i])
            names = more if names is None else pc.coalesce(names, more)
    if names is not None:
        return names
    for i, plan in enumerate(plans):
        if plan.beside:
            return known.normalised(names_beside(as_text(raw.columns[i])))
    return None


def registered_days(
    raw: RawBlock, plans: Sequence[ColumnPlan], further: Bools
) -> npt.NDArray[np.int32]:
    """The day of registration of each record, that of its row where it is a ``further`` one."""
    for i, plan in enumerate(plans):
        if plan.role is Role.REGISTERED:
            days = days_of(as_text(raw.columns[i]))
            row = np.maximum.accumulate(np.where(further, 0, np.arange(raw.rows)))
            return days[row] if further.any() else days
    return np.full(raw.rows, NO_DAY, dtype=np.int32)


def last_fours(column: Any, names: Any) -> list[ColumnMatch]:
    """The last four digits in a column of their own, each with the name of its row."""
    if names is None:
        return []
    text = pc.utf8_trim_whitespace(as_text(column))
    digits = pc.fill_null(pc.match_substring_regex(text, "^[0-9]{4}$"), False)
    there = pc.fill_null(pc.greater(pc.utf8_length(names), 0), False)
    rows = np.flatnonzero(pc.and_(digits, there).to_numpy(zero_copy_only=False))
    if not rows.size:
        return []
    chosen = pa.array(rows)
    values = text.take(chosen).cast(pa.uint64()).to_numpy(zero_copy_only=False)
    return [ColumnMatch(NAME_LAST4, rows, values, names.take(chosen), None)]
