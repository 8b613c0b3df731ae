"""Our own tables, as Chinese Excel and others save them."""

from __future__ import annotations

from datetime import datetime

import deeds
import pytest

from leaktrace.errors import InputRefused
from leaktrace.intake.tables import TableColumn, TableSpec, read_table
from leaktrace.messages import choose_language

SPEC = TableSpec(
    "PLANTINGS",
    (
        TableColumn("canary_id", ("编号", "蜜标编号"), required=True),
        TableColumn("source_id", ("来源编号", "来源"), required=True),
        TableColumn("planted_at", ("投放时间",), required=True),
        TableColumn("mobile", ("手机号",), required=False),
    ),
)
TEXT = "投放时间,来源,蜜标编号,手机号,联系人\n2026/3/1,S1,C1,13912345678,张三\n\n2026/3/2,S2,C2,,\n"


def rows(path):
    return read_table(path, SPEC).rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "PLANTINGS.csv"
    path.write_bytes(TEXT.replace(",", delimiter).replace("\n", "\r\n").encode(encoding))
    first, second = rows(path)
    assert first.number == 2
    assert first.values == {
        "canary_id": "C1",
        "source_id": "S1",
        "planted_at": "2026/3/1",
        "mobile": "13912345678",
    }
    assert first.extra == {"联系人": "张三"}
    assert second.number == 4
    assert second.values["mobile"] == ""


def test_english_headers_come_before_chinese_ones(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("来源,source_id,canary_id,planted_at\nx,S1,C1,2026-01-01\n", encoding="utf-8")
    (row,) = rows(path)
    assert row.values["source_id"] == "S1"
    assert row.extra == {"来源": "x"}


def test_a_workbook_with_a_title_and_typed_cells(tmp_path):
    path = tmp_path / "t.xlsx"
    sheet = [
        ["投放记录"],
        ["编号", "来源编号", "投放时间", "手机号"],
        ["C1", "S1", datetime(2026, 3, 1, 9, 5), 13912345678],
        [None, None, None, None],
        ["C2", 7, datetime(2026, 3, 2), 110101199003070011],
    ]
    path.write_bytes(deeds.workbook([["nothing here"]], sheet))
    first, second = rows(path)
    assert (first.number, first.values["mobile"], first.damaged) == (3, "13912345678", ())
    assert first.values["planted_at"] == "2026-03-01 09:05:00"
    assert (second.number, second.values["source_id"]) == (5, "7")
    assert second.damaged == ("手机号",)
    assert (second.title("mobile"), second.title("email")) == ("手机号", "email")


def test_damage_quotes_and_formulas(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        'canary_id,source_id,planted_at,mobile,note\nC1,S1,2026-01-01,1.38E+10,"a\nb, ""c"""\n'
        'C2,S1,2026-01-01,"=""13912345678""",\'+8613912345678\n',
        encoding="utf-8",
    )
    first, second = rows(path)
    assert first.damaged == ("mobile",)
    assert first.extra == {"note": 'a\nb, "c"'}
    assert second.values["mobile"] == "13912345678"
    assert second.extra["note"] == "+8613912345678"
    assert "13912345678" not in repr(second)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"a,b\n1,2\n", "header"),
        (b"canary_id,source_id\nC1,S1\n", "header"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "binary"),
        (b"canary_id,source_id,planted_at\nC1,S1,2026-01-01\x00\n", "encoding"),
    ],
)
def test_refusals(tmp_path, content, code):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        rows(path)
    assert refused.value.code == code
    assert "t.csv" in refused.value.message
    assert "\n" not in refused.value.message


def test_the_missing_column_is_named(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("canary_id,source_id\nC1,S1\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="planted_at"):
        rows(path)


def test_columns_are_called_as_the_file_calls_them(tmp_path):
    choose_language("zh")
    path = tmp_path / "t.csv"
    path.write_text("蜜标编号,来源编号,投放时间\nC1,S1,2026-03-01\n", encoding="gbk")
    (line,) = rows(path)
    assert (line.title("canary_id"), line.title("planted_at")) == ("蜜标编号", "投放时间")
    assert line.title("mobile") == "手机号"
    path.write_text("蜜标编号\nC1\n", encoding="gbk")
    with pytest.raises(InputRefused, match="来源编号"):
        rows(path)
