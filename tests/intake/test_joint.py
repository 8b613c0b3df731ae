"""Several people in one cell are told apart where their names and numbers pair off."""

from __future__ import annotations

import deeds
import pytest

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.joint import names_in
from leaktrace.intake.reading import open_list

NAMES = ("张伟", "王芳", "李娜", "刘洋", "陈静", "杨勇", "赵敏", "黄磊")
MOBILES = tuple(f"138{i * 37119193 % 10**8:08d}" for i in range(3, 23))
IDS = tuple(deeds.id_number(f"31010419850{3 + i % 6}0{1 + i}{i * 37:03d}") for i in range(8))
HEADER = "姓名,手机,身份证号,楼盘"
ROWS = [f"{NAMES[i]},{MOBILES[i]},{IDS[i]},某园" for i in range(4)]
A, B = MOBILES[10:12]
C, D = IDS[4:6]


def write(tmp_path, *lines, encoding="utf-8"):
    path = tmp_path / "list.csv"
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def summary_of(path, **named):
    return build_list(open_list(path, **named), Key(b"k" * 32)).summary


@pytest.mark.parametrize(
    "row",
    [
        f"张三、李四,{A}、{B},{C}、{D}",
        f"张三/李四,{A},{C}/{D}",
        f'"张三,李四","{A},{B}","{C},{D}"',
        f"张三和李四,{A} {B},",
        f"张三 李四,138 1000 0001/139 1000 0002,{C};{D}",
        f'"张三\n李四",,"{C}\n{D}"',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_each_name_has_its_own_numbers(tmp_path, row, encoding):
    path = write(tmp_path, HEADER, *ROWS, row + ",某园", encoding=encoding)
    # Bytes of GB18030 are not decoded where no cell is asked for.
    for cells in (True, False):
        reading = open_list(path, cells=cells)
        built = build_list(reading, Key(b"k" * 32), rows=cells)
        summary = built.summary
        assert (summary.rows, summary.identified_rows, summary.people) == (5, 5, 6)
        assert summary.columns[0].notes == {"joint": 1}
        # A cell is one cell, whoever stands in it.
        mobiles, ids = 4 + (A in row or "139" in row), 4 + (C in row)
        assert [c.filled for c in summary.columns] == [5, mobiles, ids, 5]
        assert summary.columns[2].recognised == summary.columns[2].filled
        assert sum(1 for c in summary.columns if c.recognised > c.filled) == 0


def test_names_go_with_their_numbers(tmp_path):
    path = write(tmp_path, HEADER, *ROWS, f"张三、李四,{A}/{B},{C}/{D},某园")
    _reading, got = deeds.read(path)
    assert got["names"][-2:] == ["张三", "李四"]
    assert list(got["cells"][-2:]) == [
        ["张三", A, C, "某园"],
        ["李四", B, D, None],
    ]


@pytest.mark.parametrize(
    ("row", "people"),
    [
        (f"张三、李四,{A},", 1),
        (f"张三、李四、王五,{A}/{B},", 1),
        (f"张三、李四,{A}/{B},{C}/{D}/{IDS[6]}", 3),
        (f"张三、李四,{A}/{A},", 1),
        (f"张三、李四,{A}/021-65432109,", 1),
    ],
)
def test_uneven_ones_are_left_and_noted(tmp_path, row, people):
    summary = summary_of(write(tmp_path, HEADER, *ROWS, row + ",某园"))
    assert (summary.rows, summary.people) == (5, 4 + people)
    assert summary.columns[0].notes == {"uneven": 1}


def test_one_person_with_two_numbers_stays_one(tmp_path):
    summary = summary_of(write(tmp_path, HEADER, *ROWS, f"欧阳 娜,{A}/{B},,某园"))
    assert (summary.people, summary.columns[0].notes) == (5, {})
    rows = ["John Smith," + A + "/" + B + ",,x"]
    assert summary_of(write(tmp_path, HEADER, *ROWS, *rows)).people == 5


def test_names_beside_the_numbers_of_one_cell(tmp_path):
    rows = [f"{NAMES[i]}{MOBILES[i]},某园" for i in range(6)]
    summary = summary_of(write(tmp_path, "客户,楼盘", *rows, f"张三{A}、李四{B},某园"))
    assert (summary.rows, summary.people) == (7, 8)
    assert summary.columns[0].notes == {"joint": 1}
    assert (summary.columns[0].filled, summary.columns[0].recognised) == (7, 7)


def test_beside_further_people_of_the_row(tmp_path):
    header = "姓名1,电话1,姓名2,电话2"
    rows = [f"{NAMES[i]},{MOBILES[i]},{NAMES[i + 4]},{MOBILES[i + 4]}" for i in range(4)]
    summary = summary_of(write(tmp_path, header, *rows, f"张三、李四,{A}/{B},王五,{MOBILES[12]}"))
    assert (summary.rows, summary.people) == (5, 11)


def test_names_in_a_cell():
    assert names_in("张三、李四；王五") == ["张三", "李四", "王五"]
    assert names_in("张三与李四") == ["张三", "李四"]
    for one in ("张三", "张和平", "张三、", "张三、备注", "张三、张三", "和平、发展", ""):
        assert names_in(one) == []
