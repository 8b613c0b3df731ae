"""Lists of every form and encoding, with their headers, columns and counts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import deeds
import pytest
from deeds import IDS, MOBILES, read

from leaktrace.errors import InputRefused, UsageError
from leaktrace.intake import open_list
from leaktrace.intake.blocks import NO_DAY

HEADER = ["姓名", "手机号", "身份证号", "地址"]
NAMES = ["张三", "李四", "王小明", "赵丽"]
ROWS = [[NAMES[i], MOBILES[i], IDS[i], f"南京市解放路{i}号"] for i in range(4)]


def text(rows, delimiter=","):
    return "".join(delimiter.join(row) + "\n" for row in rows)


def kinds(reading):
    return [column.kind for column in reading.columns]


def adds_up(reading, got):
    assert got["refused"] == sum(reading.refusals.values())
    assert got["identified"] + got["refused"] <= got["rows"]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_encodings(tmp_path, encoding):
    path = tmp_path / "list.csv"
    path.write_bytes(text([HEADER, *ROWS]).encode(encoding))
    reading, got = read(path)
    assert got["cells"] == ROWS
    assert got["names"] == NAMES
    assert (got["rows"], got["identified"], got["refused"]) == (4, 4, 0)
    assert kinds(reading) == ["name", "mobile", "id_number", "other"]
    assert [c.header for c in reading.columns] == HEADER
    assert [(c.filled, c.recognised) for c in reading.columns] == [(4, 0), (4, 4), (4, 4), (4, 0)]
    assert {f[3] for f in got["found"] if f[2] == "mobile"} == {int(m) for m in MOBILES}
    assert {f[3] for f in got["found"] if f[2] == "id_number"} == {int(i[:17]) for i in IDS}


def test_big5(tmp_path):
    path = tmp_path / "list.csv"
    rows = [["陳美麗", MOBILES[0], "臺北市大安區忠孝東路"], ["林國華", MOBILES[1], "高雄市左營區"]]
    path.write_bytes(text([["姓名", "手機號碼", "聯絡地址"], *rows]).encode("big5"))
    reading, got = read(path)
    assert got["cells"] == rows
    assert kinds(reading) == ["name", "mobile", "other"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "----", " ", "，", "；"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("headed", [True, False])
def test_delimiters(tmp_path, delimiter, encoding, headed):
    path = tmp_path / "list.txt"
    rows = [HEADER, *ROWS] if headed else ROWS
    path.write_bytes(text(rows, delimiter).encode(encoding))
    reading, got = read(path)
    assert reading.layout["delimiter"] == delimiter
    assert got["cells"] == ROWS
    assert kinds(reading) == ["name", "mobile", "id_number", "other"]
    assert [c.header for c in reading.columns] == (HEADER if headed else [None] * 4)


def test_a_blank_that_cuts_as_evenly_as_the_comma_is_no_delimiter(tmp_path):
    path = tmp_path / "list.csv"
    lines = [f'"张三","{m}","解放路1号, 3单元","看房 ""意向"""' for m in MOBILES]
    path.write_text("\n".join(["姓名,手机号,地址,备注", *lines]), encoding="utf-8")
    reading, got = read(path)
    assert reading.layout["delimiter"] == ","
    assert got["cells"][0] == ["张三", MOBILES[0], "解放路1号, 3单元", '看房 "意向"']


@pytest.mark.parametrize("headed", [True, False])
def test_one_number_a_line(tmp_path, headed):
    path = tmp_path / "list.txt"
    path.write_text("手机号\n" * headed + "\n".join(MOBILES), encoding="utf-8")
    reading, got = read(path)
    assert got["cells"] == [[m] for m in MOBILES]
    assert kinds(reading) == ["mobile"]
    assert reading.columns[0].header == ("手机号" if headed else None)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path, line_end):
    path = tmp_path / "list.csv"
    path.write_bytes(text([HEADER, *ROWS]).replace("\n", line_end).encode())
    assert read(path)[1]["cells"] == ROWS


def test_preamble_blank_lines_and_footer(tmp_path):
    path = tmp_path / "list.csv"
    body = text([["2026年客户名单"], [""], HEADER, *ROWS, ["", "", ""], ["合计", "4"]])
    path.write_text(body, encoding="utf-8")
    reading, got = read(path)
    assert reading.layout["header_row"] == 2
    assert (got["rows"], got["identified"]) == (6, 4)
    assert got["cells"][0] == ["2026年客户名单", None, None, None]
    assert got["cells"][-1] == ["合计", "4", None, None]
    assert kinds(reading) == ["name", "mobile", "id_number", "other"]


def test_a_header_of_unknown_words_is_told_by_type(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text([["甲方", "通讯", "凭据", "所在"], *ROWS]), encoding="utf-8")
    reading, got = read(path)
    assert got["rows"] == 4
    assert reading.columns[1].header == "通讯"


def test_a_first_row_without_a_number_is_no_header(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text([["周杰", "暂无", "待补", "苏州"], *ROWS]), encoding="utf-8")
    reading, got = read(path)
    assert got["rows"] == 5
    assert reading.columns[0].header is None


def test_content_decides_before_the_header(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        text(
            [["备注", "地址", "电话"], *([i, m, "无"] for i, m in zip(IDS, MOBILES, strict=True))]
        ),
        encoding="utf-8",
    )
    reading, _got = read(path)
    assert kinds(reading)[:2] == ["id_number", "mobile"]


def test_ragged_rows_and_odd_quotes_are_kept(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        f'姓名,手机号,备注\n张三,{MOBILES[0]},"5寸屏\n李四,{MOBILES[1]}\n'
        f'王五,{MOBILES[2]},"多行\n备注, 有""引号"""\n赵六,{MOBILES[3]},a,b,c\n',
        encoding="utf-8",
    )
    _reading, got = read(path)
    assert [row[1] for row in got["cells"]] == list(MOBILES)
    assert got["cells"][0][2] == '"5寸屏'
    assert got["cells"][1][2] is None
    assert got["cells"][2][2] == '多行\n备注, 有"引号"'
    assert got["identified"] == 4


def test_refused_rows_are_counted_with_their_reason(tmp_path):
    path = tmp_path / "list.csv"
    good = text([HEADER, *ROWS]).encode()
    bad = f"钱七,{MOBILES[0]},".encode() + b"\xff\xfe,x\n" + f"孙八,{MOBILES[1]}\0,,\n".encode()
    path.write_bytes(good + bad + b",,,\n")
    reading, got = read(path)
    assert (got["rows"], got["identified"], got["refused"]) == (6, 4, 2)
    assert reading.refusals == {"encoding": 1, "nul": 1}


def test_numbers_damaged_by_excel(tmp_path):
    path = tmp_path / "list.csv"
    rows = [
        ["张三", "1.38E+10", IDS[0], ""],
        ["李四", "1.39E+10", "", ""],
        ["王五", MOBILES[1], "", ""],
    ]
    path.write_text(text([HEADER, *rows]), encoding="utf-8")
    reading, got = read(path)
    assert (got["rows"], got["identified"], got["refused"]) == (3, 2, 0)
    (warning,) = reading.warnings
    assert warning.code == "excel-damaged"
    assert "2" in warning.text
    assert "手机号" in warning.place


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_list_of_damaged_numbers_is_refused_with_the_cure(tmp_path, suffix):
    path = tmp_path / f"list.{suffix}"
    rows = [["姓名", "手机号"], *[["张三", "1.38E+10"]] * 50]
    path.write_bytes(deeds.workbook(rows) if suffix == "xlsx" else text(rows).encode("gb18030"))
    with pytest.raises(InputRefused) as refusal:
        read(path)
    assert refusal.value.code == "excel-damaged"
    assert "list." in refusal.value.message and "手机号" in refusal.value.place
    assert "format the column as text" in refusal.value.message
    assert refusal.value.place in refusal.value.message


def test_amounts_alone_do_not_refuse_a_list(tmp_path):
    path = tmp_path / "list.csv"
    rows = [["备注", "金额"], *[["无", "120"]] * 50, ["无", "1.2E+10"]]
    path.write_text(text(rows), encoding="utf-8")
    reading, _got = read(path)
    assert [w.code for w in reading.warnings] == ["excel-damaged", "no-identifiers"]


NAMED = [f"{s}{g}" for s in "赵钱孙李周吴郑王" for g in ("伟", "小芳", "建国", "娜")]


@pytest.mark.parametrize("city", ["成都", "武汉", "高兴"])
@pytest.mark.parametrize(
    "header", [[], [["城市", "手机号", "姓名"]], [["联系人", "手机号", "机主"]]]
)
def test_one_repeated_value_is_no_name(tmp_path, city, header):
    path = tmp_path / "list.csv"
    rows = [[city, f"139{i:02d}7{i:02d}{i:03d}", name] for i, name in enumerate(NAMED)]
    path.write_text(text([*header, *rows]), encoding="utf-8")
    reading, got = read(path)
    assert kinds(reading)[1:] == ["mobile", "name"] and kinds(reading)[0] == "other"
    assert got["names"] == NAMED


@pytest.mark.parametrize("header", [[], [["姓名", "手机号"]], [["称呼", "手机号"]]])
def test_a_surname_with_a_title_is_no_name(tmp_path, header):
    path = tmp_path / "list.csv"
    rows = [
        [f"{s}{t}", f"139{i:02d}7{i:02d}0{i:02d}"]
        for i, (s, t) in enumerate((s, t) for s in "赵钱孙李" for t in ("先生", "总", "女士"))
    ]
    path.write_text(text([*header, *rows]), encoding="utf-8")
    reading, got = read(path)
    assert kinds(reading) == ["other", "mobile"]
    assert set(got["names"]) == {None}


def test_titled_names_among_full_ones_are_nobodys(tmp_path):
    path = tmp_path / "list.csv"
    rows = [["王先生", MOBILES[0]], ["李四", MOBILES[1]], ["李总", MOBILES[2]]]
    path.write_text(text([["姓名", "手机号"], *rows]), encoding="utf-8")
    assert read(path)[1]["names"] == [None, "李四", None]


def test_without_a_header_the_more_varied_column_holds_the_names(tmp_path):
    path = tmp_path / "list.csv"
    agents = ["王建国", "李小红", "赵敏", "孙强"]
    rows = [[agents[i % 4], f"139{i:02d}7{i:02d}0{i:02d}", name] for i, name in enumerate(NAMED)]
    path.write_text(text(rows), encoding="utf-8")
    reading, got = read(path)
    assert kinds(reading) == ["other", "mobile", "name"]
    assert got["names"] == NAMED


def test_a_workbook(tmp_path):
    path = tmp_path / "list.xlsx"
    first = [["名单"], [], HEADER, *ROWS, ["孙八", 13912340000, 110101199003070011, None]]
    second = [[None, None], [None, int(MOBILES[0])], [None, MOBILES[1]]]
    book = deeds.workbook(first, [], second, names=("楼盘", "空", "13912345678"), hidden=2)
    path.write_bytes(book)
    reading, got = read(path)
    assert reading.layout["form"] == "xlsx"
    assert reading.tables == [reading.columns[0].sheet, reading.columns[-1].sheet]
    assert reading.layout["hidden"] == [reading.tables[1]]
    assert "13912345678" not in str(reading.layout) + str(reading.columns) + str(reading.warnings)
    assert (got["rows"], got["identified"]) == (8, 7)
    assert kinds(reading) == ["name", "mobile", "id_number", "other", "other", "mobile"]
    assert [w.code for w in reading.warnings] == ["excel-damaged"]
    assert 13912340000 in {f[3] for f in got["found"]}


def test_days_of_registration(tmp_path):
    path = tmp_path / "list.csv"
    rows = [["2026/3/1", "2026-03-01"], ["2026-03-02 09:05", "2000-01-01"], ["无", ""]]
    rows += [["2026-03-03T23:30:00Z", ""], ["46082", ""]]
    rows = [[MOBILES[0], *row] for row in rows]
    path.write_text(text([["手机", "登记时间", "日期"], *rows]), encoding="utf-8")
    reading, got = read(path)
    assert kinds(reading)[1] == "registered_at"
    first = (date(2026, 3, 1) - date(1970, 1, 1)).days
    assert got["days"] == [first, first + 1, NO_DAY, first + 3, first]
    path = tmp_path / "list.xlsx"
    sheet = [
        ["手机", "registered_at"],
        [MOBILES[0], datetime(2026, 3, 1)],
        [MOBILES[1], date(2026, 3, 2)],
    ]
    path.write_bytes(deeds.workbook(sheet))
    assert read(path)[1]["days"] == [first, first + 1]


def test_names_with_the_last_four_digits(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text([["客户"], ["张三5678"], ["李四 0017"], ["王小明1234"]]), encoding="utf-8")
    reading, got = read(path)
    assert kinds(reading) == ["name_last4"]
    assert next(f[2:] for f in got["found"]) == ("name_last4", 5678, "张三")


def test_birthdays_are_no_days_of_registration(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text([[m, "1990-03-07"] for m in MOBILES]), encoding="utf-8")
    reading, got = read(path)
    assert set(got["days"]) == {NO_DAY}
    assert kinds(reading) == ["mobile", "other"]


def test_mapping(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text([HEADER, *ROWS]), encoding="utf-8")
    reading, got = read(path, mapping={"手机号": "ignore", "3": "id_number", "地址": "name"})
    assert kinds(reading) == ["other", "other", "id_number", "name"]
    assert {f[2] for f in got["found"]} == {"id_number"}
    for mapping in ({"电邮": "email"}, {"9": "mobile"}, {"手机号": "whatever"}, {"": "mobile"}):
        with pytest.raises(UsageError):
            read(path, mapping=mapping)


def test_wanted_and_cells_change_nothing_else(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text([HEADER, *ROWS]), encoding="gb18030")
    _reading, everything = read(path)
    _reading, some = read(path, wanted=frozenset({"mobile"}), cells=False)
    assert some["found"] == [f for f in everything["found"] if f[2] == "mobile"]
    assert some["cells"] == []
    assert set(some["names"]) == {None}
    assert some["rows"] == everything["rows"]


def test_identifiers_that_come_late_in_a_quiet_column_are_found(tmp_path):
    path = tmp_path / "list.csv"
    quiet = [["张三", MOBILES[0], "", "无"]] * 6000
    late = ["回访 13655556666 王先生", "信箱 a@example.com", "１３６５５５５６６６６", "苏A12345"]
    rows = [*quiet, *(["李四", MOBILES[1], "", remark] for remark in late)]
    path.write_text(text([["姓名", "手机号", "身份证号", "备注"], *rows]), encoding="utf-8")
    reading, got = read(path)
    kinds_there = sorted(f[2] for f in got["found"] if f[1] == 3)
    assert kinds_there == ["email", "mobile", "mobile", "plate"]
    assert reading.columns[3].kind == "other"
    assert reading.columns[3].recognised == 4


def test_a_list_without_identifiers_is_taken_in(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("a,b\nx,y\n", encoding="utf-8")
    reading, got = read(path)
    assert got["identified"] == 0
    assert [w.code for w in reading.warnings] == ["no-identifiers"]


def test_a_header_with_a_number_is_masked(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        text([["姓名", f"手机号{MOBILES[0]}", "身份证号", "地址"], *ROWS]), encoding="utf-8"
    )
    reading, _got = read(path)
    assert MOBILES[0] not in str(reading.columns) + str(reading.layout)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_name_and_last_four_in_two_columns(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "tails.csv"
    rows = ["姓名,尾号,备注", "张伟,0078,x", "李娜,5678,y", ",1234,z", "王芳,12,w"]
    path.write_bytes("\n".join(rows).encode(encoding))
    reading = open_list(path)
    blocks = list(reading.blocks)
    found = [one for block in blocks for one in block.found]
    assert [one.kind.name for one in found] == ["name_last4"]
    assert found[0].values.tolist() == [78, 5678]
    assert found[0].texts.to_pylist() == ["张伟", "李娜"]
    assert sum(int(block.identified.sum()) for block in blocks) == 2
