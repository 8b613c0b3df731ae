"""Drawn tables, and other texts in which the cells of a line are not what they seem."""

from __future__ import annotations

import deeds
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.documents.boxed import matches
from leaktrace.intake.reading import open_list

ID = deeds.id_number("31010419850311123")
MOBILES = ("13812345678", "13912345670", "15812340000")


def counts_of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "list.txt"
    path.write_bytes(text.encode(encoding))
    return build_list(open_list(path), Key(b"k" * 32)).summary


def drawn(rows, *, bar="│", rule="├────┼────────────┼───────────┤"):
    text = [rule]
    for row in rows:
        text += [bar + bar.join(cells) + bar for cells in row] + [rule]
    return "\n".join(text) + "\n"


HEAD = [("姓名", "身份证号    ", "电话       ")]
FIRST = [("王伟", ID[:12], MOBILES[0]), ("    ", ID[12:] + " " * 6, MOBILES[1])]
SECOND = [("李娜", "            ", MOBILES[2]), ("    ", "            ", "同上       ")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_number_that_broke_off_goes_on_below(tmp_path, encoding) -> None:
    text = "          联系登记表   第1页\n" + drawn([HEAD, FIRST, SECOND] * 3)
    summary = counts_of(tmp_path, text, encoding)
    assert summary.identifiers == {"id_number": 1, "mobile": 3}
    assert summary.rows == 7


def test_plain_bars_with_rows_of_several_lines(tmp_path) -> None:
    text = drawn([HEAD, FIRST, SECOND], bar="|", rule="+----+------------+-----------+")
    assert counts_of(tmp_path, text).identifiers == {"id_number": 1, "mobile": 3}


def test_rows_of_one_line_between_plain_bars_are_a_list(tmp_path) -> None:
    row = ("王伟", ID, MOBILES[0])
    text = drawn([[HEAD[0]], [row], [row]], bar="|", rule="+----+------------+-----------+")
    assert not matches(text)
    assert counts_of(tmp_path, text).identifiers == {"id_number": 1, "mobile": 1}


def test_blanks_that_cut_numbers_are_no_delimiter(tmp_path) -> None:
    rows = [f"{i}. 3-{100 + i} 王伟 1380000{1000 + i} 无车" for i in range(30)]
    rows += ["30. 李娜 3-201 138 1234 5678 租户", "31. 李娜 3-202 139 1234 5670 租户"]
    rows += ["32.15812340000 周杰 3-304"]
    assert counts_of(tmp_path, "\n".join(rows)).identifiers["mobile"] == 33


def test_labels_in_brackets_make_one_card(tmp_path) -> None:
    card = "【收件人】王伟\n【手机】 {}\n【地址】和平路3号\n\n"
    summary = counts_of(tmp_path, "".join(map(card.format, MOBILES)))
    assert (summary.rows, summary.identifiers) == (3, {"mobile": 3})


def test_cards_of_several_forms_are_of_one_person_each(tmp_path) -> None:
    forms = (
        "姓名：{n}\n电话：{m}\n身份证：{i}\n\n",
        "【收件人】{n}\n【手机】{m}\n【身份证】{i}\n\n",
    )
    people = list(zip(["王伟", "李娜", "周杰", "陈静"], [*MOBILES, "13612340000"], strict=True))
    ids = [deeds.id_number(f"3101041985031112{i}") for i in range(4)]
    text = "".join(forms[k % 2].format(n=n, m=m, i=ids[k]) for k, (n, m) in enumerate(people))
    summary = counts_of(tmp_path, text)
    assert (summary.rows, summary.people) == (4, 4)


def test_the_foot_of_a_column_of_serial_numbers(tmp_path) -> None:
    rows = [f"1390000{1000 + i},王伟,158{i * 37119193 % 10**8:08d}" for i in range(1, 40)]
    text = "\n".join(["订单号,姓名,手机", *rows, "客服热线 400-896-9347,,"])
    summary = counts_of(tmp_path, text)
    assert summary.identifiers["hotline"] == 1
    assert summary.identifiers["mobile"] == 39


@given(st.text(alphabet="│─├┤|+- 王1\n", max_size=200))
def test_anything_drawn_is_answered(text) -> None:
    assert matches(text) in (True, False)
