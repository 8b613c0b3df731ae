"""Pages: tables as back ends export them, and lines of text."""

from __future__ import annotations

from html import escape

import pytest
from deeds import MOBILES
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_in import seen

from leaktrace.errors import InputRefused
from leaktrace.intake.documents import html


def rows_of(text, table="1"):
    return seen(text).tables[table]


def test_a_table_of_a_chinese_back_end():
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312">'
        "<style>"
        "td{mso-number-format:'\\@';}</style></head><body><table border=1><tr><th>姓名</th><th>电话"
        f"</th></tr><tr><td>张三</td><td style=\"mso-number-format:'\\@'\">{MOBILES[0]}</td></tr>"
        "</table></body></html>"
    )
    for data in (page.encode("gb18030"), page.encode(), page.encode("utf-16")):
        got = seen(data)
        assert got.form == "html"
        assert got.tables == {"1": [["姓名", "电话"], ["张三", MOBILES[0]]]}


def test_spans():
    page = (
        "<table><tr><td rowspan=2>张三</td><td>1</td></tr><tr><td>2</td></tr>"
        "<tr><td colspan=2>合计</td><td>x</td></tr></table>"
    )
    assert rows_of(page) == [["张三", "1"], ["张三", "2"], ["合计", "", "x"]]


def test_a_table_in_a_table_is_one_of_its_own():
    page = (
        f"<table><tr><td>菜单</td><td><table><tr><td>张三<td>{MOBILES[0]}</table></td></tr>"
        "<tr><td>页脚</td></tr></table>"
    )
    got = seen(page)
    assert got.tables["2"] == [["张三", MOBILES[0]]]
    assert got.tables["1"] == [["菜单", ""], ["页脚"]]


def test_what_stands_outside_of_tables_counts_where_it_is_somebody():
    lines = f"<h1>客户</h1><p>联系 {MOBILES[0]}</p>"
    assert rows_of(f"<html>{lines}", "text") == [["客户"], [f"联系 {MOBILES[0]}"]]
    page = f"<html>{lines}<table><tr><td>1</td></tr></table>"
    assert rows_of(page, "text") == [[f"联系 {MOBILES[0]}"]]


def test_numbers_in_parts_links_and_numbers_that_are_shown_cut_down():
    page = (
        f"<table><tr><td>138<b>1234</b>5678</td><td><a href='tel:{MOBILES[0]}'>打</a></td>"
        f"<td x:num='{MOBILES[1]}'>1.5E+10</td><td sdval='{MOBILES[2]}'>1.87E+10</td>"
        "<td>一<br>二\n三</td></tr></table>"
    )
    assert rows_of(page) == [
        ["13812345678", f"{MOBILES[0]} 打", MOBILES[1], MOBILES[2], "一\n二 三"]
    ]


def test_what_is_not_shown_is_left():
    page = (
        "<html><head><title>13800000001</title><script>var x='<td>13800000001';</script></head>"
        f"<body><!-- 13800000001 --><table><tr><td>{MOBILES[0]}</td></tr></table></body></html>"
    )
    assert seen(page).cells() == {MOBILES[0]}


def test_bytes_that_are_no_text_refuse_their_row():
    page = "<table><tr><td>张三</td></tr>\n<tr><td>李四</td></tr>\n</table>".encode()
    got = seen(page.replace("李".encode(), b"\xff\xfe") + "<p>张三\n李四\n王五</p>".encode())
    assert got.refused == 1
    assert "张三" in got.cells()


def test_two_pages_in_one_file():
    page = "<html><body><table><tr><td>{}</td></tr></table></body></html>\n"
    assert seen(page.format("a") + page.format("b")).tables == {"1": [["a"]], "2": [["b"]]}


def test_very_many_tables_are_counted_on_in_one():
    got = seen("<html>" + "".join(f"<table><tr><td>{i}</td></tr></table>" for i in range(300)))
    assert len(got.tables) <= 101
    assert got.cells() == {str(i) for i in range(300)}


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>", "<b><i>"])
def test_nesting_is_no_danger(tag):
    got = seen("<html><body>" + tag * 30_000 + MOBILES[0])
    assert any(MOBILES[0] in cell for cell in got.cells())


def test_a_page_of_nothing_is_empty():
    with pytest.raises(InputRefused) as refused:
        seen("<html><body> </body></html>")
    assert refused.value.code == "empty"


@pytest.mark.parametrize(
    "text",
    [
        "<b>张三</b>,13800000000\n<b>李四</b>,13900000000\n",
        "<张三>,13800000000\n",
        "姓名,备注\n张三,<table><tr><td>x</td></tr></table>\n",
        "<div>备注</div>,138\n<div>x</div>,139\n",
        "<138>Jan 1 host app: phone=13800000000\n",
    ],
)
def test_a_delimited_list_is_none(text):
    assert not html.matches(text)


_CELL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs"), exclude_characters="\ufdd0"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_CELL.filter(bool), min_size=2, max_size=3), min_size=1, max_size=4))
def test_rows_written_are_rows_read(rows):
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    assert rows_of(f"<meta charset=gbk><table>{lines}</table>") == rows
