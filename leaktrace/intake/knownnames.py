"""The normal forms of the names of a list, each made once."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from leaktrace.identifiers.names import normalise_names
from leaktrace.intake.cells import as_text

_MOST = 1 << 19
"""Names remembered (about 100 MB); a list of millions repeats most of its names sooner."""


class KnownNames:
    """Normal forms by name as typed; a name that comes again costs a look-up."""

    def __init__(self) -> None:
        self._normal: dict[str, str | None] = {}

    def normalised(self, column: Any) -> Any:
        """The normal form of each cell of a column, null where there is none."""
        coded = column.dictionary_encode()
        typed = as_text(coded.dictionary).to_pylist()
        known = self._normal
        fresh = [name for name in typed if name not in known]
        if fresh:
            if len(known) + len(fresh) > _MOST:
                # A new one: another thread may be looking into the old one.
                known = self._normal = {}
                fresh = typed
            known.update(
                zip(fresh, normalise_names(pa.array(fresh, pa.string())).to_pylist(), strict=True)
            )
        normal = pa.array([known[name] for name in typed], pa.string())
        return normal.take(coded.indices)
