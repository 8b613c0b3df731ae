"""A list's fingerprint and the sketch of its stored form are the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaktrace.engines.local import fingerprint_file, store_file
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.sketch import sketch_of
from leaktrace.fingerprint.sketchfile import sketch_bytes
from leaktrace.fingerprint.store import open_held

SECRET = bytes(range(32))
_HEADER = "姓名,手机号,登记时间"


@pytest.mark.parametrize("rows", [40, 6_000])
def test_the_stored_list_makes_the_same_sketch(tmp_path: Path, rows: int) -> None:
    lines = [
        f"张{chr(0x4E00 + n % 900)},{13_700_000_000 + 7919 * n},2025-0{1 + n % 9}-11"
        for n in range(rows)
    ]
    path = tmp_path / "list.csv"
    path.write_text("\n".join([_HEADER, *lines]), encoding="utf-8")
    fingerprint_file(path, SECRET, tmp_path / "list.sketch")
    store_file(path, SECRET, tmp_path / "store")
    made = sketch_bytes(sketch_of(open_held(tmp_path / "store"), Key(SECRET)))
    assert made == (tmp_path / "list.sketch").read_bytes()
