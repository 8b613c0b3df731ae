"""By which column the rows of a table are sorted, and which one counts them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.intake.blocks import NO_DAY
from leaktrace.intake.dates import days_of

_SORTED = 0.995
_FEWEST = 10
_ROWS = 50
_FILLED = 0.5
_NUMBERS = 0.95
_WHOLE = r"^\s*[0-9]{1,18}\s*$"
_LONGEST = 40
_WIDEST_STEP = 20


def order_of(column: Any, rows: npt.NDArray[np.int64], *, dated: bool) -> dict[str, Any] | None:
    """How the sampled rows of a table are sorted by one of its columns; None where they are not.

    Parameters
    ----------
    column : pyarrow.StringArray[n]
        Cells in the order of their rows.
    rows : int64[n]
        Their rows, ascending.
    dated : bool
        Whether the column holds dates.

    Returns
    -------
    dict or None
        ``direction`` (``"ascending"``, ``"descending"``), ``by`` (``"number"``, ``"time"``,
        ``"code"``: of the characters; ``"pinyin"``: of GBK, which sorts common characters so) and,
        where numbers go up by one, ``serial``: ``first``, ``last`` and ``steps``, the share of
        neighbours that are one apart.
    """
    keep = pc.fill_null(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0), False)
    kept = keep.to_numpy(zero_copy_only=False)
    if kept.sum() < max(_FEWEST + 1, _FILLED * len(column)):
        return None
    filled, rows = column.filter(keep), rows[kept]
    for by, keys in _keys(filled, dated):
        direction = _direction(keys)
        if direction:
            found: dict[str, Any] = {"direction": direction, "by": by}
            if by == "number" and direction == "ascending" and (serial := _serial(keys, rows)):
                found["serial"] = serial
            return found
    return None


def _keys(column: Any, dated: bool) -> list[tuple[str, npt.NDArray[Any]]]:
    if dated:
        days = days_of(column)
        return [("time", days[days != NO_DAY])]
    whole = pc.match_substring_regex(column, _WHOLE)
    if pc.sum(whole).as_py() >= _NUMBERS * len(column):
        numbers = pc.utf8_trim_whitespace(column.filter(whole)).cast(pa.int64())
        return [("number", numbers.to_numpy())] if len(numbers) == len(column) else []
    if pc.mean(pc.utf8_length(column)).as_py() > _LONGEST:
        return []
    texts = column.to_pylist()
    return [
        ("code", np.array(texts, dtype=object)),
        ("pinyin", np.array([text.encode("gbk", "replace") for text in texts], dtype=object)),
    ]


def _direction(keys: npt.NDArray[Any]) -> str:
    if len(keys) < _FEWEST + 1:
        return ""
    up = np.asarray(keys[1:] > keys[:-1], dtype=np.bool_)
    down = np.asarray(keys[1:] < keys[:-1], dtype=np.bool_)
    rising, falling = int(up.sum()), int(down.sum())
    changes = rising + falling
    # Three values in their order say little in ten rows, and much in a hundred.
    if changes < _FEWEST and (changes < 2 or len(keys) < _ROWS or min(rising, falling)):
        return ""
    if rising >= _SORTED * changes:
        return "ascending"
    return "descending" if falling >= _SORTED * changes else ""


def _serial(keys: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> dict[str, Any] | None:
    beside = np.diff(rows) == 1
    steps = np.diff(keys)[beside]
    if len(steps) < _FEWEST or (keys > 10**9).any():
        return None
    # A cut leaves gaps in what was counted through.
    if (steps <= 0).any() or np.median(steps) > _WIDEST_STEP:
        return None
    share = float((steps == 1).mean())
    return {"first": int(keys[0]), "last": int(keys[-1]), "steps": round(share, 4)}
