"""One spelling for a name, and what looks like one."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.identifiers import looks_like_name, name_share, normalise_name, normalise_names

names = st.lists(
    st.sampled_from(
        [*"张三李四周乾張國榮王著鍾后余先生女士小姐总哥老阿欧阳 ·.\u3000Ａa１-'", "先生", "女士"]
    )
    | st.characters(codec="utf-8", exclude_categories=["Cs"]),
    max_size=10,
).map("".join)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三", "张三"),
        (" 张 三 ", "张三"),
        ("张\u3000三", "张三"),
        ("張國榮", "张国荣"),
        ("周乾", "周乾"),
        ("張三先生", "张三"),
        ("李四 女士", "李四"),
        ("王小姐", ""),
        ("王先生", ""),
        ("李总", ""),
        ("张女士", ""),
        ("欧阳先生", ""),
        ("欧阳总", ""),
        ("老王", ""),
        ("小李", ""),
        ("王", ""),
        ("先生", ""),
        ("欧阳", "欧阳"),
        ("李小总", "李小总"),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提"),
        ("Zhang San", "ZHANGSAN"),
        ("Ｚｈａｎｇ", "ZHANG"),
        ("", ""),
    ],
)
def test_one_spelling(text: str, name: str) -> None:
    assert normalise_name(text) == name


@given(names)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise_name(text)
    assert normalise_name(once) == once


@given(st.lists(st.none() | names, max_size=8))
def test_columns_agree_with_cells(texts: list[str | None]) -> None:
    expected = [normalise_name(text) or None if text is not None else None for text in texts]
    assert normalise_names(pa.array(texts, pa.string())).to_pylist() == expected


@pytest.mark.parametrize(
    "text",
    [
        "张三",
        "李小明",
        "欧阳修",
        "司马相如",
        "張國榮",
        "王 伟",
        "阿卜杜拉·买买提",
        "Zhang San",
    ],
)
def test_names(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "金水路",
        "石家庄",
        "成都",
        "武汉",
        "王先生",
        "李总",
        "成交",
        "高意向客户",
        "未接",
        "张",
        "13912345670",
        "万科城",
        "",
        "two",
        "上海市",
    ],
)
def test_no_names(text: str) -> None:
    assert not looks_like_name(text)


def test_share_of_names() -> None:
    assert name_share(pa.array(["张三", "李四", None, "", "金水路", "X1"])) == 0.5
    assert name_share(pa.array([None], pa.string())) == 0.0
