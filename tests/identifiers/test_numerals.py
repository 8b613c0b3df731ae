"""Numbers that are spelt out, and what only looks like one."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.identifiers import recognise_cell, recognise_column
from leaktrace.identifiers.numerals import spelt_as_digits

WAYS = (
    "零一二三四五六七八九",
    "〇幺二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "０１２３４５６７８９",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "洞幺两三四五六拐八勾",
)


def mobiles(text):
    return [one.value for one in recognise_cell(text) if one.kind.name == "mobile"]


@given(st.sampled_from(WAYS), st.integers(13_000_000_000, 19_999_999_999))
def test_every_way_of_spelling_a_mobile(digits, number):
    spelt = str(number).translate(str.maketrans("0123456789", digits))
    assert mobiles(spelt) == mobiles(f"电话{spelt}，有意向") == [number]
    found = recognise_column(pa.array(["", spelt, "张三"]))
    assert [(m.kind.name, m.rows.tolist(), m.values.tolist()) for m in found] == [
        ("mobile", [1], [number])
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("138一二三四5678", [13812345678]),
        ("一三八-一二三四-五六七八", [13812345678]),
        ("张三13812345678", [13812345678]),
        ("张三一三八一二三四五六七八", [13812345678]),
        ("138○○○○5678", []),
        ("①13812345678", [13812345678]),
        ("二〇二六年三月一日", []),
        ("一二三四五六七八九十", []),
        ("三室一厅一百三十八平", []),
    ],
)
def test_mixed_and_mistakable(text, found):
    assert mobiles(text) == found


@given(st.text(alphabet="一三八〇0123 -张①○", max_size=30))
def test_every_character_stays_in_its_place(text):
    spelt = spelt_as_digits(text)
    assert len(spelt) == len(text)
    assert all(new == old or new.isdigit() for old, new in zip(text, spelt, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "013812345678",
        "0138-1234-5678",
        "86-013812345678",
        "138/1234/5678",
        "138_1234_5678",
        "138·1234·5678",
        "sj13812345678",
        "13812345678ext12",
        "13812345678转8001",
        "+86 (0)13812345678",
    ],
)
def test_rarer_dresses(text):
    assert mobiles(text) == [13812345678]


@pytest.mark.parametrize(
    "stars", ["----", "????", "____", "■■■■", "○○○○", "★★★★", "～～～～", "＊＊＊＊"]
)
def test_rarer_masks(stars):
    (one,) = recognise_cell(f"138{stars}5678")
    assert (one.kind.name, one.value) == ("mobile_masked", 1385678)


@pytest.mark.parametrize(
    "text", ["110101--------1234", "110101 ******** 1234", "110101-********-123X"]
)
def test_masked_ids_in_parts(text):
    (one,) = recognise_cell(text)
    assert (one.kind.name, one.text) == ("id_number_masked", f"110101*{text[-4:]}")
