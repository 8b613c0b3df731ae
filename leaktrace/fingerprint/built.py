"""A list as the engines hand it over, before it is written anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaktrace.fingerprint.held import HeldList
from leaktrace.fingerprint.summary import ListSummary


@dataclass(frozen=True, slots=True)
class BuiltList:
    """A list under one key.

    Attributes
    ----------
    held : HeldList
        Its people and who carries which token; exact.
    summary : ListSummary
        ``sha256`` and ``size`` are empty where no file stands behind it.
    rows : pyarrow.Table or None
        One record for each row, in the original order (see :mod:`leaktrace.fingerprint.store`).
    cells : list of pyarrow.RecordBatch or None
        The tokens of cells, where they were kept in memory.
    key_fingerprint : str
    folder : Path or None
        Where the rows, the people and the sets of a large list were written already; the sets are
        mapped from there.
    """

    held: HeldList
    summary: ListSummary
    rows: Any
    cells: list[Any] | None
    key_fingerprint: str
    folder: Path | None = None
