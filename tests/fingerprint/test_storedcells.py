"""Cells by person, as the attribution asks for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.store import CELL_FORMAT, write_list
from leaktrace.fingerprint.storedcells import open_cells
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.intake.blocks import ColumnReport
from tests.engines.conftest import reading_of

KEY = Key(bytes(range(32)))
TOKENISER = Tokeniser(KEY)
ROWS: list[dict[str, Any]] = [
    {"cells": ["制表人", "x"]},
    {"mobile": 13812345678, "cells": ["锦绣花园3-2-501", "2026-03-01"]},
    {"mobile": 13900001111, "cells": ["a座", None]},
    {"mobile": 13812345678, "cells": ["又一处", "2020-01-01"]},
    {"mobile": 13700000000, "cells": [None, "2026/3/2"]},
]


def report(column: int, header: str | None, kind: str = "other") -> ColumnReport:
    return ColumnReport(None, None, column, header, kind, 4, 0)


REPORTS = [report(1, "手机", "mobile"), report(2, "姓名", "name"), report(3, "日期")]


def stored(folder: Path) -> Path:
    write_list(folder, build_list(reading_of(ROWS), KEY))
    return folder


def test_a_person_has_the_cells_of_its_first_row(tmp_path: Path) -> None:
    cells = open_cells(stored(tmp_path / "a"), REPORTS)
    assert cells is not None
    assert [(one.position, one.header, one.name) for one in cells.columns] == [
        (0, "手机", False), (1, "姓名", True), (2, "日期", False),
    ]  # fmt: skip
    assert cells.normalised_as == CELL_FORMAT
    raw, normal = cells.of(np.array([2, 0, 1], dtype=np.uint32))
    typed, said = TOKENISER.cell_pairs(["锦绣花园3-2-501", "2026-03-01", "a座", "2026/3/2"])
    assert raw.tolist() == [[0, 0, typed[3]], [0, typed[0], typed[1]], [0, typed[2], 0]]
    assert normal.tolist() == [[0, 0, said[3]], [0, said[0], said[1]], [0, said[2], 0]]
    again = TOKENISER.cell_pairs(["锦绣花园3栋2单元501", "2026年3月1日"])[1]
    assert normal[1].tolist() == [0, *again.tolist()]


def test_nobody_and_people_without_a_row_have_no_cells(tmp_path: Path) -> None:
    cells = open_cells(stored(tmp_path / "a"), REPORTS)
    assert cells is not None
    raw, normal = cells.of(np.zeros(0, dtype=np.uint32))
    assert raw.shape == normal.shape == (0, 3)
    raw, normal = cells.of(np.array([99], dtype=np.uint32))
    assert not raw.any()
    assert not normal.any()


def test_a_list_of_before_tells_how_it_was_normalised(tmp_path: Path) -> None:
    folder = stored(tmp_path / "a")
    meta = msgspec.json.decode((folder / "meta.json").read_bytes())
    assert meta.pop("cells") == CELL_FORMAT
    (folder / "meta.json").write_bytes(msgspec.json.encode(meta))
    cells = open_cells(folder, REPORTS)
    assert cells is not None
    assert cells.normalised_as == 1


def test_a_list_without_cells_has_none(tmp_path: Path) -> None:
    folder = stored(tmp_path / "a")
    assert open_cells(folder, []) is None
    for path in folder.glob("cells-*.arrow"):
        path.unlink()
    assert open_cells(folder, REPORTS) is None


def test_columns_of_tables_are_told_apart(tmp_path: Path) -> None:
    cells = open_cells(stored(tmp_path / "a"), [*REPORTS, report(1, None), report(2, "地址")])
    assert cells is not None
    assert [(one.table, one.position) for one in cells.columns] == [
        (0, 0), (0, 1), (0, 2), (1, 0), (1, 1),
    ]  # fmt: skip
    raw, _normal = cells.of(np.array([0], dtype=np.uint32))
    assert raw[0, 1] != 0
    assert not raw[0, 3:].any()  # all rows are of the first table
