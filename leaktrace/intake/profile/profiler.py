"""The list's own fingerprint, taken block by block while the list is read.

What can be had in bulk (plain mobiles, their segments, constant columns) is exact; forms, words and
order come from a sample of the rows (:mod:`~leaktrace.intake.profile.sample`).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.identifiers.kinds import MOBILE, MOBILE_MASKED
from leaktrace.identifiers.segments import CARRIERS, carrier_of, never_issued, region_of
from leaktrace.intake.blocks import Found, RowBlock
from leaktrace.intake.profile.columns import column_facts
from leaktrace.intake.profile.forms import mask_form, mobile_form
from leaktrace.intake.profile.order import order_of
from leaktrace.intake.profile.sample import Sample

VERSION = 1
_REGIONS_KEPT = 30
_LOOKED_AT = 64
_FIRST_LOOK = 2_000


class Profiler:
    """Takes in blocks with their cells; :meth:`finish` gives the facts of each table."""

    def __init__(self) -> None:
        self._tables: dict[int, _Table] = {}

    def add(self, block: RowBlock) -> None:
        """Take in one block; without cells it tells nothing."""
        if block.cells and block.rows:
            self._tables.setdefault(block.table, _Table()).add(block)

    def finish(self) -> dict[str, Any]:
        """``version`` and ``tables``, one for each table of the list (empty where without rows).

        JSON-able. It holds words of the list: keep it sealed.
        """
        count = max(self._tables, default=-1) + 1
        return {
            "version": VERSION,
            "tables": [self._tables[i].facts() if i in self._tables else {} for i in range(count)],
        }


class _Table:
    def __init__(self) -> None:
        self._rows = 0
        self._sample = Sample()
        self._forms: dict[int, Counter[str]] = {}
        self._constant: dict[int, str | None] = {}
        self._identifiers: set[int] = set()
        self._carriers = np.zeros(len(CARRIERS), np.int64)
        self._regions: npt.NDArray[np.int64] | None = None
        self._never = 0

    def add(self, block: RowBlock) -> None:
        self._sample.add(block.cells, self._rows, block.rows)
        for found in block.found:
            self._identifiers.add(found.column)
            if found.kind is MOBILE:
                self._count_places(found)
            if found.kind in (MOBILE, MOBILE_MASKED):
                forms = self._forms.setdefault(found.column, Counter())
                _count_forms(forms, block.cells[found.column], found)
        self._watch_constants(block)
        self._rows += block.rows

    def facts(self) -> dict[str, Any]:
        rows = self._sample.rows()
        columns, order = [], []
        for position, cells in enumerate(self._sample.columns()):
            facts = column_facts(cells, identifiers=position in self._identifiers)
            if facts.get("constant") and self._constant.get(position) is None:
                # It was so in the sample only.
                del facts["constant"]
            if forms := self._forms.get(position):
                facts["numbers"] = dict(sorted(forms.items()))
            columns.append(facts)
            if found := order_of(cells, rows, dated="dates" in facts):
                order.append({"column": position + 1} | found)
        return {
            "rows": self._rows,
            "sampled": len(rows),
            "columns": columns,
            "order": order,
            "carriers": _named(self._carriers, CARRIERS),
            "regions": self._region_facts(),
            "never_issued": self._never,
            "mobiles": int(self._carriers.sum()),
        }

    def _count_places(self, found: Found) -> None:
        values = found.values
        assert values is not None
        if found.excluded is not None and found.excluded.any():
            values = values[~found.excluded]
        self._carriers += np.bincount(carrier_of(values), minlength=len(CARRIERS))
        self._never += int(never_issued(values).sum())
        counts = np.bincount(region_of(values))
        if self._regions is None or len(counts) > len(self._regions):
            counts[: 0 if self._regions is None else len(self._regions)] += (
                0 if self._regions is None else self._regions
            )
            self._regions = counts
        else:
            self._regions[: len(counts)] += counts

    def _region_facts(self) -> dict[str, int]:
        from leaktrace.identifiers.segments import REGIONS

        if self._regions is None:
            return {}
        named = _named(self._regions, REGIONS)
        most = sorted(named.items(), key=lambda item: (-item[1], item[0]))[:_REGIONS_KEPT]
        return dict(most)

    def _watch_constants(self, block: RowBlock) -> None:
        """Which columns have had one value from the first row on; None once they have not."""
        for position, cells in enumerate(block.cells):
            if self._rows == 0:
                self._constant[position] = cells[0].as_py()
            value = self._constant.get(position)
            if value is None:
                continue
            # Most columns change within a few rows.
            same = _all_equal(cells.slice(0, 64), value) and _all_equal(cells, value)
            if not same:
                self._constant[position] = None


def _all_equal(cells: Any, value: str) -> bool:
    return cells.null_count == 0 and bool(pc.all(pc.equal(cells, pa.scalar(value))).as_py())


def _named(counts: npt.NDArray[np.int64], names: Any) -> dict[str, int]:
    return {names[i]: int(counts[i]) for i in np.flatnonzero(counts)}


def _count_forms(forms: Counter[str], cells: Any, found: Found) -> None:
    """Count the forms of the cells of ``found``; plain mobiles all, others as far as looked at."""
    rows = found.rows
    if len(rows) > 1 and not (rows[1:] > rows[:-1]).all():
        rows = np.unique(rows)
    if found.kind is MOBILE:
        lengths = pc.binary_length(cells).to_numpy(zero_copy_only=False)[rows]
        plain = int((lengths == 11).sum())
        if plain:
            forms["plain"] += plain
        rows = rows[lengths != 11]
    if not len(rows):
        return
    # The first block is looked at closely, since rare forms tell most; then a few of each.
    most = _FIRST_LOOK if sum(forms.values()) < 2 * _FIRST_LOOK else _LOOKED_AT
    step = max(1, -(-len(rows) // most))
    texts = cells.take(pa.array(rows[::step])).drop_null().to_pylist()
    if found.kind is MOBILE:
        forms.update(map(mobile_form, texts))
    else:
        forms.update(f"masked {mask}" for text in texts if (mask := mask_form(text)))
    if len(rows) > len(texts):
        forms["unexamined"] += len(rows) - len(texts)
