"""One record for each row of a list, in the original order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from leaktrace.engines.occurrences import Gathered, Occurrences
from leaktrace.engines.people import Linked
from leaktrace.fingerprint.sorting import first_of_runs
from leaktrace.identifiers.kinds import KIND


def rows_of(gathered: Gathered, linked: Linked) -> Any:
    """One record for each row: ``pyarrow.Table`` (columns: fingerprint/FORMAT.md)."""
    columns: dict[str, Any] = {
        "table": gathered.table,
        "status": gathered.status,
        "person": linked.person,
        "registered": gathered.registered,
        "name": gathered.names,
    }
    further: list[tuple[int, Occurrences]] = []
    for name, found in gathered.written.items():
        first = first_of_runs(found.rows)
        column = np.zeros(len(gathered), dtype=np.uint64)
        column[found.rows[first]] = found.tokens[first]
        columns[name] = column
        if not first.all():
            rest = Occurrences(found.tokens[~first], found.rows[~first], found.excluded[~first])
            further.append((KIND[name].code, rest))
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    kinds, tokens = _lists(further, len(gathered))
    return table.append_column("other_kinds", kinds).append_column("other_tokens", tokens)


def _lists(further: list[tuple[int, Occurrences]], rows: int) -> tuple[Any, Any]:
    codes = [np.full(len(found.rows), code, dtype=np.uint8) for code, found in further]
    at = np.concatenate([found.rows for _, found in further] or [np.zeros(0, dtype=np.int64)])
    order = np.argsort(at, kind="stable")
    kind = np.concatenate([*codes, np.zeros(0, dtype=np.uint8)])[order]
    token = np.concatenate([f.tokens for _, f in further] or [np.zeros(0, dtype=np.uint64)])[order]
    offsets = np.searchsorted(at[order], np.arange(rows + 1)).astype(np.int32)
    return tuple(
        pa.ListArray.from_arrays(pa.array(offsets), pa.array(values)) for values in (kind, token)
    )
