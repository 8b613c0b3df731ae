"""Rows above and below those of people name nobody; no last row of somebody is taken for one."""

from __future__ import annotations

from unittest import mock

import deeds
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.documents import recordlist
from leaktrace.intake.reading import open_list

NAMES = ("张伟", "王芳", "李娜", "刘洋", "陈静", "杨勇", "赵敏", "黄磊", "周杰", "吴刚")
MOBILES = tuple(f"138{i * 37119193 % 10**8:08d}" for i in range(3, 23))
OTHER = "13712345678"
ROWS = [f"{NAMES[i]},{MOBILES[i]},3-{i}" for i in range(10)]
HEADER = "姓名,电话,房号"


def summary_of(tmp_path, *lines, encoding="utf-8", **named):
    path = tmp_path / "list.csv"
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return build_list(open_list(path, **named), Key(b"k" * 32)).summary


def reasons(summary):
    return [(one["row"], one["reason"]) for one in summary.counts[0].margins]


@pytest.mark.parametrize(
    ("foot", "reason"),
    [
        (f"制表人：王小明  电话 {OTHER},,", "maker"),
        (f"製表：王小明 {OTHER},,", "maker"),
        (f"制表人,王小明,{OTHER}", "maker"),
        (f"联系电话：{OTHER},,", "contact"),
        (f"联系电话,{OTHER},", "contact"),
        (f"聯絡電話 400-123-4567/{OTHER},,", "contact"),
        ("客服热线,400-123-4567,", "contact"),
        (f"更多客户资料请联系 {OTHER},,", "contact"),
        (f"合计：10人  联系电话：{OTHER},,", "total"),
        (f"合计,10人,{OTHER}", "total"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_foot_counts_nobody(tmp_path, foot, reason, encoding):
    summary = summary_of(tmp_path, HEADER, *ROWS, foot, encoding=encoding)
    assert (summary.rows, summary.identified_rows, summary.people) == (11, 10, 10)
    assert summary.unidentified_rows == 1
    assert reasons(summary) == [(11, reason)]
    # As written it is counted, and matched with nothing.
    assert summary.identifiers.get("mobile", 0) == 10 + (OTHER in foot)
    assert sum(summary.excluded.values()) == foot.count(OTHER) + foot.count("400-")
    (warning,) = [one for one in summary.warnings if one.code == "margins"]
    assert "row 11" in warning.text and OTHER not in warning.text


@pytest.mark.parametrize(
    "last",
    [
        f"王五,{OTHER},",
        f"王五,{OTHER},3-9",
        f"王五 联系电话 {OTHER},,",
        f"联系人：王五 {OTHER},,",
        f"联系电话：{OTHER} 王五,,",
        f"{OTHER},,",
        f",{OTHER},",
        f"客服,{OTHER},",
        f"审核员,{OTHER},3-2",
        f"姓名：王五,,\n联系电话：{OTHER},,",
        f"联系电话：{OTHER} {deeds.IDS[0]},,",
        f"联系电话：{MOBILES[15]},,\n王五,{OTHER},3-9",
    ],
)
def test_whoever_may_be_somebody_is_kept(tmp_path, last):
    summary = summary_of(tmp_path, HEADER, *ROWS, last)
    assert summary.people == summary.identified_rows
    assert summary.identified_rows == summary.identifiers["mobile"] >= 11
    assert not summary.excluded and not reasons(summary)


def test_the_last_row_of_a_column_of_words_is_kept(tmp_path):
    for head, word in (("来源,姓名,电话", "客服热线"), ("岗位,姓名,电话", "审核员")):
        rows = [f"{word},{NAMES[i]},{MOBILES[i]}" for i in range(10)]
        summary = summary_of(tmp_path, head, *rows, f"{word},,{OTHER}")
        assert summary.people == 11
    rows = [f"{i},{NAMES[i]},{MOBILES[i]}" for i in range(10)]
    summary = summary_of(tmp_path, "序号,姓名,电话", *rows, f"制表人,王小明,{OTHER}")
    assert (summary.people, reasons(summary)) == (10, [(11, "maker")])


def test_a_table_of_a_field_a_row_has_no_foot(tmp_path):
    fields = [
        f"姓名,{NAMES[i]}\n身份证号,{deeds.IDS[i]}\n备注,好\n联系电话,{MOBILES[i]}"
        for i in range(4)
    ]
    summary = summary_of(tmp_path, *fields)
    assert summary.identifiers == {"mobile": 4, "id_number": 4}
    assert not summary.excluded


def test_a_head_counts_nobody(tmp_path):
    head = (f"某小区业主名单（制表：王小明 {OTHER}）,,", f"客服电话：{MOBILES[15]},,")
    summary = summary_of(tmp_path, *head, HEADER, *ROWS)
    assert (summary.rows, summary.identified_rows, summary.people) == (12, 10, 10)
    assert reasons(summary) == [(1, "maker"), (2, "contact")]
    # People above the header stay people.
    above = [f"{NAMES[i]} 联系电话：{MOBILES[10 + i]}" for i in range(6)]
    assert summary_of(tmp_path, *above, HEADER, *ROWS).identified_rows == 16
    above = [f"联系电话：{MOBILES[10 + i]},," for i in range(6)]
    assert summary_of(tmp_path, *above, HEADER, *ROWS).identified_rows == 16


def test_a_column_of_mobiles_may_have_a_foot(tmp_path):
    summary = summary_of(tmp_path, *MOBILES, f"联系电话：{OTHER}")
    assert (summary.rows, summary.people, reasons(summary)) == (21, 20, [(21, "contact")])


def test_somebody_whose_number_is_at_the_foot_too_is_counted(tmp_path):
    summary = summary_of(tmp_path, HEADER, *ROWS, f"联系电话：{MOBILES[0]},,")
    assert (summary.people, summary.identifiers) == (10, {"mobile": 10})


def test_the_foot_of_each_sheet(tmp_path):
    rows = [[NAMES[i], MOBILES[i], "3"] for i in range(5)]
    foot = [["合计", 5], [f"制表：王小明 {OTHER}"]]
    sheets = [[["某小区业主"], HEADER.split(","), *rows, *foot] for _sheet in range(2)]
    path = tmp_path / "book.xlsx"
    path.write_bytes(deeds.workbook(*sheets, names=("三月", "四月")))
    summary = build_list(open_list(path), Key(b"k" * 32)).summary
    assert [one.margins for one in summary.counts] == [[{"row": 8, "reason": "maker"}]] * 2
    assert (summary.identified_rows, summary.people) == (10, 5)
    assert [one.place for one in summary.warnings if one.code == "margins"] == ["三月", "四月"]


@pytest.mark.parametrize("rows", [1, 2, 3, 7])
def test_where_blocks_are_cut_does_not_matter(tmp_path, rows):
    table = [HEADER.split(","), *(row.split(",") for row in ROWS * 5)]
    table = [[f"客服电话：{OTHER}"], *table, ["合计", "50"], ["联系电话", MOBILES[19], None]]
    path = tmp_path / "book.xlsx"
    path.write_bytes(deeds.workbook(table))
    _reading, whole = deeds.read(path)
    with mock.patch.object(recordlist, "_ROWS", rows):
        reading, got = deeds.read(path)
    assert got == whole
    assert [one["row"] for one in reading.counts[0].margins] == [1, 53]


WORDS = st.sampled_from(
    ["", "联系电话", "制表", "合计", "客服热线", "共10人", "电话", "姓名：", "审核", "好", "3-1"]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6), st.booleans())
def test_a_name_and_a_mobile_in_their_columns_are_never_lost(tmp_path, words, titled):
    last = [f"{a},{NAMES[i]},{MOBILES[10 + i]},{b}" for i, (a, b) in enumerate(words)]
    plain = [f"{i},{NAMES[i]},{MOBILES[i]},好" for i in range(4)]
    head = ["类别,姓名,电话,备注"] if titled else []
    summary = summary_of(tmp_path, *head, *plain, *last)
    assert summary.people == summary.identifiers["mobile"] == 4 + len(words)
