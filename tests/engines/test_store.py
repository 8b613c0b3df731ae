"""The list store: what is written is what was built, the same bytes each time, no plaintext."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from leaktrace.engines.local import build_list
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.lookup import match_people
from leaktrace.fingerprint.minhash import minhash
from leaktrace.fingerprint.sketch import sketch_of
from leaktrace.fingerprint.sketchfile import sketch_bytes
from leaktrace.fingerprint.store import (
    open_held,
    open_key_fingerprint,
    open_minhash,
    open_summary,
    read_rows,
    write_list,
)
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.kinds import CELL_NORMAL_CODE, CELL_RAW_CODE, MOBILE

from .conftest import reading_of

KEY = Key(bytes(range(32)))
ROWS: list[dict[str, Any]] = [
    {"name": "张三", "mobile": 13812345678, "id_number": 11010119900307001, "day": 19000},
    {"name": "李四", "mobile": [13900001111, 13900002222], "cells": ["Ａ座", "看房"]},
    {"cells": ["制表人", None]},
    {"refused": True},
    {"name": "张三", "mobile": 13812345678, "cells": ["a座"]},
]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_list_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_list(tmp_path / name, build_list(reading_of(ROWS), KEY))
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_what_is_opened_is_what_was_built(tmp_path: Path) -> None:
    built = build_list(reading_of(ROWS), KEY)
    write_list(tmp_path / "a", built)
    held = open_held(tmp_path / "a")
    assert held.size == 2
    assert held.distinct == built.held.distinct
    assert held.written == {"id_number": 1, "mobile": 3}
    for kind, index in built.held.index.items():
        assert held.index[kind].tokens.tolist() == index.tokens.tolist()
        assert held.index[kind].people.tolist() == index.people.tolist()
    for name in ("id_token", "registered", "carrier", "region", "swept", "never_issued", "full"):
        there, here = getattr(held.people, name), getattr(built.held.people, name)
        assert there.dtype == here.dtype
        assert there.tolist() == here.tolist()
    # All but the list's own fingerprint, which holds words of it.
    figures = {name: fact for name, fact in built.summary.facts.items() if name != "profile"}
    assert open_summary(tmp_path / "a") == replace(built.summary, facts=figures)
    assert open_key_fingerprint(tmp_path / "a") == KEY.fingerprint
    assert match_people(held, built.held).tolist() == [0, 1]


def test_rows_keep_their_order_and_their_tokens(tmp_path: Path) -> None:
    write_list(tmp_path / "a", build_list(reading_of(ROWS), KEY))
    rows = read_rows(tmp_path / "a")
    tokeniser = Tokeniser(KEY)
    assert rows["status"].to_pylist() == [1, 1, 0, 2, 1]
    assert rows["person"].to_pylist() == [0, 1, 2**32 - 1, 2**32 - 1, 0]
    mobiles = tokeniser.numbers(
        np.array([13812345678, 13900001111, 13900002222], dtype=np.uint64), MOBILE
    ).tolist()
    assert rows["mobile"].to_pylist() == [mobiles[0], mobiles[1], 0, 0, mobiles[0]]
    assert rows["other_tokens"].to_pylist() == [[], [mobiles[2]], [], [], []]
    assert rows["other_kinds"].to_pylist() == [[], [MOBILE.code], [], [], []]
    raw = tokeniser.cells(["Ａ座", "a座"], CELL_RAW_CODE).tolist()
    normal = tokeniser.cells(["a座"], CELL_NORMAL_CODE).tolist()[0]
    found = [name for name in rows.column_names if raw[0] in rows[name].to_pylist()]
    assert found == ["raw_3"]
    assert rows["norm_3"].to_pylist()[1] == normal
    assert rows["raw_1"].to_pylist() == [0, 0, 0, 0, raw[1]]
    assert rows["raw_3"].to_pylist()[3:] == [0, 0]
    tokens = rows["row_token"].to_pylist()
    assert len(set(tokens)) == 5 and 0 not in tokens


def test_equal_rows_have_equal_tokens(tmp_path: Path) -> None:
    write_list(tmp_path / "a", build_list(reading_of(ROWS[:2] * 3, block=2), KEY))
    tokens = read_rows(tmp_path / "a")["row_token"].to_pylist()
    assert tokens == tokens[:2] * 3


def test_no_plaintext_anywhere(tmp_path: Path) -> None:
    write_list(tmp_path / "a", build_list(reading_of(ROWS), KEY))
    for raw in files(tmp_path / "a").values():
        for text in ("张三", "看房", "13812345678", "11010119900307001"):
            for encoding in ("utf-8", "utf-16-le", "gb18030"):
                assert text.encode(encoding) not in raw
            if text.isdigit():
                assert int(text).to_bytes(8, "little") not in raw


def test_a_stored_list_is_never_changed(tmp_path: Path) -> None:
    write_list(tmp_path / "a", build_list(reading_of(ROWS), KEY))
    before = files(tmp_path / "a")
    with pytest.raises(LeaktraceError):
        write_list(tmp_path / "a", build_list(reading_of(ROWS[:1]), KEY))
    assert files(tmp_path / "a") == before


def test_a_damaged_folder_is_said_to_be(tmp_path: Path) -> None:
    write_list(tmp_path / "a", build_list(reading_of(ROWS), KEY))
    (tmp_path / "a" / "meta.json").write_bytes(b"{}")
    with pytest.raises(LeaktraceError) as error:
        open_held(tmp_path / "a")
    assert error.value.code == "damaged"


@pytest.mark.parametrize("rows", [[], [{"cells": ["无"]}], [{"refused": True}]])
def test_lists_of_nobody_are_stored_too(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    built = build_list(reading_of(rows), KEY)
    write_list(tmp_path / "a", built)
    assert open_held(tmp_path / "a").size == 0
    assert read_rows(tmp_path / "a").num_rows == len(rows)
    assert sketch_of(open_held(tmp_path / "a"), KEY).people == 0


def test_the_store_s_sketch_is_the_list_s(tmp_path: Path) -> None:
    rows = [{"mobile": 13800000000 + 17 * n, "day": 19000 + n} for n in range(3_000)]
    built = build_list(reading_of(rows, block=1000), KEY)
    write_list(tmp_path / "a", built)
    bare = build_list(reading_of(rows, block=700), KEY, rows=False)
    here = sketch_bytes(sketch_of(open_held(tmp_path / "a"), KEY, scaled=10))
    assert here == sketch_bytes(sketch_of(bare, KEY, scaled=10))
    tokens = built.held.index["mobile"].tokens
    assert open_minhash(tmp_path / "a")["mobile"].tolist() == minhash(tokens).tolist()


def test_only_the_kinds_that_are_wanted() -> None:
    built = build_list(reading_of(ROWS), KEY, rows=False, kinds=frozenset({"mobile"}))
    assert set(built.held.index) == {"mobile"}
    assert built.rows is None and built.cells is None
