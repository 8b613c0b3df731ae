"""Tables that lie on their side are read turned round, and nobody's name passes for a header."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.documents.turned import is_turned
from leaktrace.intake.reading import open_list
from leaktrace.intake.understanding import shown_title
from tests.data.make.people import Person, people

FOLK = people(9400, 24)


def _rows(folk: Sequence[Person]) -> list[list[str]]:
    return [
        ["姓名", *(one.name for one in folk)],
        ["手机：", *(one.mobile for one in folk)],
        ["身份证", *(one.id_number for one in folk)],
        ["楼盘", *(f"某园{i}期" for i in range(len(folk)))],
    ]


def _summary(path: Path) -> ListSummary:
    return build_list(open_list(path), Key(b"k" * 32)).summary


def _check(summary: ListSummary, people: int) -> None:
    assert summary.identifiers == {"mobile": people, "id_number": people}
    assert (summary.rows, summary.people, summary.facts["named_rows"]) == (people, people, people)
    assert [column.header for column in summary.columns] == ["姓名", "手机：", "身份证", "楼盘"]
    assert "turned" in [one.code for one in summary.warnings]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("number", [2, 12])
def test_a_text_on_its_side(tmp_path: Path, delimiter: str, number: int) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(map(delimiter.join, _rows(FOLK[:number]))), encoding="gb18030")
    _check(_summary(path), number)


def test_a_sheet_on_its_side_in_two_blocks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [*_rows(FOLK[:12]), [], *_rows(FOLK[12:])]:
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    _check(_summary(tmp_path / "list.xlsx"), 24)


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "手机"], *([one.name, one.mobile] for one in FOLK)],
        [["业主", one.mobile, two.mobile] for one, two in zip(FOLK[:12], FOLK[12:], strict=True)],
        [["业主", FOLK[0].name, FOLK[0].mobile], ["租客", FOLK[1].name, FOLK[1].mobile]],
        [["姓名", "手机", "电话"], ["手机", FOLK[0].mobile, FOLK[1].mobile]],
    ],
)
def test_other_tables_stand_upright(rows: list[list[str]]) -> None:
    assert not is_turned(rows)


@pytest.mark.parametrize(
    "header", ["手机", "成交价", "姓名", "First Name", "楼盘", "房号", "客户 ID"]
)
def test_titles_are_shown(header: str) -> None:
    assert shown_title(header) == header


def test_names_in_headers_are_not_shown(tmp_path: Path) -> None:
    for one in FOLK:
        assert one.name not in shown_title(one.name)
    path = tmp_path / "list.csv"
    rows = [["项目", *(one.name for one in FOLK[:5])], ["金额", "1", "2", "3", "4", "5"]]
    path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    shown = repr(_summary(path).columns) + repr(open_list(path).layout)
    assert not [one.name for one in FOLK if one.name in shown]
