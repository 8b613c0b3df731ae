"""The files of the npm package csv-spectrum, read beside its answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from deeds import read

_FOLDER = Path(__file__).parents[1] / "data" / "csv-spectrum"
# The package's own answer to location_coordinates.csv has another number than that file.
_MISPRINTS = {"1234567890": "2095257564"}
_FILES = sorted(_FOLDER.glob("csvs/*.csv"))


@pytest.mark.parametrize("path", _FILES, ids=[path.stem for path in _FILES])
def test_every_cell_is_as_the_answer_says(path: Path) -> None:
    answer = json.loads((_FOLDER / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
    answer = answer if isinstance(answer, list) else [answer]
    reading, got = read(path)
    rows = [[cell or "" for cell in row] for row in got["cells"]]
    if reading.layout["header_row"] is None:
        assert rows.pop(0) == list(answer[0])
    # A line end inside a cell is one character here, as csv and Excel see it.
    expected = [
        [_MISPRINTS.get(value, value).replace("\r\n", "\n") for value in line.values()]
        for line in answer
    ]
    assert rows == expected
    assert got["refused"] == 0


def test_none_is_missing() -> None:
    assert len(_FILES) == 12
