"""Several stored lists together are what one list with all their rows is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from leaktrace.engines.local import build_list
from leaktrace.engines.together import Together, link_lists
from leaktrace.fingerprint.cellstore import filled_cells, knows_filled, read_cells
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.store import write_list
from leaktrace.intake.blocks import ListReading

Reading = Callable[..., ListReading]
Row = dict[str, Any]
NAMES = ["张三", "李四", "王五", "赵六", None]


def _together(tmp_path: Path, key: Key, reading: Reading, lists: list[list[Row]]) -> Together:
    for number, rows in enumerate(lists):
        write_list(tmp_path / str(number), build_list(reading(rows), key))
    return link_lists([tmp_path / str(number) for number in range(len(lists))])


def _random_row(rng: np.random.Generator) -> Row:
    row: Row = {"name": NAMES[rng.integers(5)]}
    mobiles = [int(13_500_000_000 + n) for n in rng.integers(12, size=rng.integers(3))]
    if mobiles:
        row["mobile"] = mobiles
    if rng.random() < 0.3:
        row["id_number"] = [
            int(31010419900101000 + n) for n in rng.integers(8, size=rng.integers(1, 3))
        ]
    if rng.random() < 0.2:
        row["mobile_masked"] = int(1_350_000 + rng.integers(6))
    if rng.random() < 0.2:
        row["id_number_suspect"] = f"31010419900101{rng.integers(4):04d}"
    if rng.random() < 0.2:
        row["hotline"] = int(400_000_0000 + rng.integers(2))
    if rng.random() < 0.1:
        # Which numbers are widely known does not depend on the row.
        row |= {"mobile": 13_800_138_000, "excluded": ("mobile",)}
    return row


@pytest.mark.parametrize("seed", range(12))
def test_together_is_one_list(tmp_path: Path, key: Key, reading: Reading, seed: int) -> None:
    rng = np.random.default_rng(seed)
    lists = [[_random_row(rng) for _ in range(rng.integers(1, 25))] for _ in range(3)]
    whole = build_list(reading([row for rows in lists for row in rows]), key)
    found = _together(tmp_path, key, reading, lists)
    assert found.count == whole.summary.people
    assert found.full.sum() == whole.held.people.full.sum()
    kinds = {kind for one in found.written for kind in one}
    union = {
        kind: len(np.unique(np.concatenate([o[kind] for o in found.written if kind in o])))
        for kind in kinds
    }
    assert union == whole.summary.identifiers
    own = whole.rows["person"].to_numpy()
    first = np.full(len(own), 0xFFFFFFFF)
    first[found.rows[::-1]] = found.people[::-1]
    assert np.array_equal(first, own)


def test_the_same_people_in_two_lists_count_once(
    tmp_path: Path, key: Key, reading: Reading
) -> None:
    one = [{"mobile": 13512345678 + n, "name": "张三"} for n in range(5)]
    two = [*one[3:], {"mobile": 13999999999, "name": "李四"}]
    found = _together(tmp_path, key, reading, [one, two])
    assert found.count == 6
    assert [len(found.in_list(n)) for n in (0, 1)] == [5, 3]
    assert len(np.intersect1d(found.in_list(0), found.in_list(1))) == 2
    assert found.with_rows(1, np.array([True, False, True])).size == 2


def test_filled_cells_hold_identifiers_too(tmp_path: Path, key: Key, reading: Reading) -> None:
    rows = [
        {"mobile": 13512345678, "cells": ("甲", "")},
        {"cells": ("  ", "乙")},
        {"mobile": 13612345678, "cells": (None, "丙")},
    ]
    write_list(tmp_path / "list", build_list(reading(rows), key))
    cells = read_cells(tmp_path / "list")
    assert knows_filled(cells)
    found = [filled_cells(cells, column).tolist() for column in range(3)]
    assert found == [[True, False, True], [True, False, False], [False, True, True]]
    # Lists of the version before.
    older = cells.drop([name for name in cells.column_names if name.startswith("filled_")])
    assert not knows_filled(older)
    assert filled_cells(older, 0).tolist() == [False] * 3
