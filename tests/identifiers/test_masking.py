"""No identifier survives in a text that is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.identifiers import mask_text, recognise_cell


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("客户名单20260301.csv", "客户名单20260301.csv"),
        ("2026-03-01张三13912345670.xlsx", "2026-03-01张*139********.xlsx"),
        ("139-1234-5670 王五", "139-****-**** 王*"),
        ("11010519491231002X", "110***************"),
        ("zhang@qq.com", "z****@qq.com"),
        ("京A12345.csv", "京A*****.csv"),
        ("lists/料子１３９１２３４５６７０（上海）.csv", "lists/料子１３９********（上海）.csv"),
        ("订单6222021391234567.txt", "订单622*************.txt"),
        ("手机号13800000001（张三）", "手机号138********（张*）"),
        ("备份20260301093000.zip", "备份20260301093000.zip"),
        ("客户（3月）.csv", "客户（3月）.csv"),
        ("B001", "B001"),
        ("QQ123456", "QQ123456"),
        ("1700000000000", "170**********"),
        ("99991399", "999*****"),
        ("", ""),
    ],
)
def test_masked(text: str, shown: str) -> None:
    assert mask_text(text) == shown


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                "13912345670",
                "138-0000-0001",
                "11010519491231002X",
                "a@b.com",
                "粤BD12345",
                "+852 91234567",
            ]
        )
        | st.sampled_from(["客户", "_", " ", "(", ")", "/", "2026", "v2", ".csv", "\u200b"]),
        max_size=8,
    ).map("".join)
)
def test_nothing_is_left(text: str) -> None:
    shown = mask_text(text)
    assert len(shown) == len(text)
    left = {one.kind.name for one in recognise_cell(shown)}
    assert left <= {"id_number_masked", "email"}
    assert not re.search("[0-9]{9,}", shown)


@given(
    st.text(
        st.characters(
            codec="utf-8", exclude_characters="0123456789@", exclude_categories=["Nd", "Cs"]
        ),
        max_size=8,
    )
)
def test_texts_without_identifiers_stay(text: str) -> None:
    if not recognise_cell(text):
        assert mask_text(text) == text
