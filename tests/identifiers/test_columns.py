"""Whole columns give what cells give, row by row, however they are stored."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.identifiers import count_damaged, looks_damaged, recognise_cell, recognise_column
from leaktrace.identifiers.dressed import DULL, DULL_IN_PHONES
from leaktrace.identifiers.dressed import MOBILE as DRESSED
from leaktrace.identifiers.id_number import check_digit

Rows = dict[str, list[tuple[int, Any, Any, bool]]]


def by_cell(cells: list[str | None], *, phones: bool = False) -> Rows:
    rows: Rows = {}
    for row, cell in enumerate(cells):
        for one in recognise_cell(cell or "", phones=phones):
            entry = (row, one.value, one.name or one.text, one.excluded)
            rows.setdefault(one.kind.name, []).append(entry)
    return rows


def by_column(cells: Any, *, phones: bool = False, encoding: str = "utf-8") -> Rows:
    rows: Rows = {}
    for match in recognise_column(cells, phones=phones, encoding=encoding):
        size = len(match.rows)
        assert match.rows.dtype == np.int64
        assert match.values is None or match.values.dtype == np.uint64
        values = [None] * size if match.values is None else match.values.tolist()
        texts = [None] * size if match.texts is None else match.texts.to_pylist()
        excluded = [False] * size if match.excluded is None else match.excluded.tolist()
        rows[match.kind.name] = list(zip(match.rows.tolist(), values, texts, excluded, strict=True))
    return rows


digits = st.text("0123456789", min_size=1, max_size=20)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
heads = st.from_regex(
    r"(11|31|44|65|81|91|99)0[1-9]0[1-9](19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}", fullmatch=True
)
ids = heads.map(lambda head: head + check_digit(head)) | heads.map(lambda head: head + "1")
pieces = (
    digits
    | mobiles
    | ids
    | st.sampled_from(
        [
            *" -.,/;:()'\"=+*xX@#\t\n、；（）－＋１３８０ＡＸ＊·…０后位尾号",
            "\u200b",
            "\u202d",
            "\u00a0",
            "\u3000",
            "86",
            "+86",
            "0086",
            "0755",
            "010",
            "400",
            "95588",
            "00852",
            "张三",
            "李小明",
            "京A",
            "粤BD",
            "路",
            "号",
            "tel",
            "x1y",
            "qq.com",
            "zhang@qq.com",
            ".0",
            "****",
            "********",
            "138****5678",
            "1998-03-07",
            "1.38E+10",
            "𠮷",
            "é",
        ]
    )
    | st.characters(codec="utf-8", exclude_categories=["Cs"])
)
messy = st.lists(pieces, max_size=6).map("".join) | mobiles | ids
columns = st.lists(st.none() | messy, max_size=12)


@settings(max_examples=400, deadline=None)
@given(columns, st.booleans())
def test_a_column_gives_what_its_cells_give(cells: list[str | None], phones: bool) -> None:
    expected = by_cell(cells, phones=phones)
    assert by_column(pa.array(cells, pa.string()), phones=phones) == expected


@settings(max_examples=150, deadline=None)
@given(columns)
def test_raw_gb18030_gives_what_its_text_gives(cells: list[str | None]) -> None:
    raw = pa.array([None if c is None else c.encode("gb18030") for c in cells], pa.binary())
    assert by_column(raw, encoding="gb18030") == by_cell(cells)


@settings(max_examples=100, deadline=None)
@given(columns, st.integers(0, 5), st.sampled_from([pa.string(), pa.large_string()]))
def test_slices_and_chunks_change_nothing(
    cells: list[str | None], cut: int, kind: pa.DataType
) -> None:
    whole = pa.array(["13800138000", None, *cells, "张三"], kind)
    assert by_column(whole.slice(2, len(cells))) == by_cell(cells)
    halves = pa.chunked_array([pa.array(cells[:cut], kind), pa.array(cells[cut:], kind)], kind)
    assert by_column(halves) == by_cell(cells)


@settings(max_examples=300, deadline=None)
@given(messy, st.booleans())
def test_dull_cells_hold_nothing(text: str, phones: bool) -> None:
    pattern = DULL_IN_PHONES if phones else DULL
    if pc.match_substring_regex(pa.array([text]), pattern)[0].as_py():
        assert recognise_cell(text, phones=phones) == []


@settings(max_examples=200, deadline=None)
@given(
    st.from_regex(
        r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}( \d\d:\d\d(:\d\d)?)?|\d{1,22}|\d{1,9}\.\d{1,10})\Z"
    )
)
def test_dates_amounts_and_other_digits_agree_too(text: str) -> None:
    assert by_column(pa.array([text])) == by_cell([text])
    assert by_column(pa.array([text]), phones=True) == by_cell([text], phones=True)


@settings(max_examples=200, deadline=None)
@given(
    mobiles,
    st.sampled_from(["", "+86", "86", "0086-", "(+86)", "+86 ", "(86) "]),
    st.sampled_from(["", "-", " ", "."]),
    st.sampled_from(["", '"', "'", "\t", '="', " "]),
)
def test_dressed_mobiles_take_the_bulk_road(mobile: str, code: str, gap: str, dress: str) -> None:
    text = f"{dress}{code}{mobile[:3]}{gap}{mobile[3:7]}{gap}{mobile[7:]}"
    assert pc.match_substring_regex(pa.array([text]), DRESSED)[0].as_py()
    assert by_column(pa.array([text, "x"])) == by_cell([text])


def test_digits_inside_four_byte_characters_are_no_numbers() -> None:
    text = "𠮷13800000001"
    raw = pa.array([text.encode("gb18030")], pa.binary())
    assert by_column(raw, encoding="gb18030") == {"mobile": [(0, 13800000001, None, False)]}


def test_bytes_that_are_invalid_do_not_move_rows() -> None:
    raw = pa.array(
        [b"\x81", b"13800000001", b"\xff\x00", b"138-0000-0002", b"\x81\x30"], pa.binary()
    )
    rows = by_column(raw, encoding="gb18030")["mobile"]
    assert [(row, value) for row, value, _text, _excluded in rows] == [
        (1, 13800000001),
        (3, 13800000002),
    ]


def test_many_rows_over_several_chunks_stay_in_order() -> None:
    rng = np.random.default_rng(3)
    numbers = rng.integers(13_000_000_000, 20_000_000_000, 150_000)
    cells = [str(number) for number in numbers]
    cells[7] = "张三 13800000001/13900000002"
    cells[100_000] = "138-0000-0003"
    (match,) = recognise_column(pa.array(cells))
    assert len(match.rows) == 150_001
    assert (np.diff(match.rows) >= 0).all()
    assert match.values is not None
    assert match.values[7:9].tolist() == [13800000001, 13900000002]
    assert match.values[100_001] == 13800000003


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_empty_columns(kind: pa.DataType) -> None:
    assert recognise_column(pa.array([], kind)) == []
    assert recognise_column(pa.array([None, None], kind)) == []
    assert recognise_column(pa.array(["", ""], pa.string()).cast(kind)) == []


@given(
    st.lists(st.sampled_from(["1.38E+10", "13800000001", "1.1E+17", "5E10", "", None]), max_size=8)
)
def test_damaged_cells_are_counted(cells: list[str | None]) -> None:
    expected = sum(looks_damaged(cell or "") for cell in cells)
    assert count_damaged(pa.array(cells, pa.string())) == expected


def test_excels_trailing_point_nought_takes_the_fast_road() -> None:
    cells = ["13912345670.0", "13912345670.5", "8613912345670", "1391234567012", "139123456701.0"]
    assert by_column(pa.array(cells)) == by_cell(list(cells))
    assert [row for row, *_rest in by_column(pa.array(cells))["mobile"]] == [0, 2]


def test_only_the_start_of_a_very_long_cell_is_looked_at() -> None:
    cells = ["13912345670" + "备" * 20_000, "备" * 20_000 + "13912345670", "13912345671"]
    assert by_column(pa.array(cells)) == by_cell(list(cells))
    assert [row for row, *_rest in by_column(pa.array(cells))["mobile"]] == [0, 2]


def test_damage_done_to_a_column_is_found_in_bytes_too() -> None:
    assert count_damaged(pa.array([b"1.38E+10", b"\xc0\xee", None], pa.binary())) == 1
