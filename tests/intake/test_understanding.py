"""How a table is understood: its header wherever it stands, its lines however they were pasted."""

from __future__ import annotations

import deeds
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaktrace.engines.local import build_list
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.blocks import ListReading
from leaktrace.intake.headerrow import header_row, whole_header
from leaktrace.intake.headers import header_kind, normal
from leaktrace.intake.reading import open_list

NAMES = ("张伟", "王芳", "李娜", "刘洋", "陈静", "杨勇", "赵敏", "黄磊", "周杰", "吴刚")
MOBILES = tuple(f"138{i * 37119193 % 10**8:08d}" for i in range(3, 23))
IDS = tuple(
    deeds.id_number(f"31010419850{3 + i % 6}0{1 + i % 9}{i * 37 % 1000:03d}") for i in range(20)
)
PEOPLE = [(NAMES[i % 10], MOBILES[i], IDS[i]) for i in range(20)]


def summary_of(tmp_path, text, encoding="utf-8", **named):
    path = tmp_path / "list.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    reading: ListReading = open_list(path, **named)
    return build_list(reading, Key(b"k" * 32)).summary


def lines(form="{n},{m},{i}\n", people=PEOPLE):
    return "".join(form.format(n=n, m=m, i=i) for n, m, i in people)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("聯繫電話", "mobile"),
        ("行動電話", "mobile"),
        ("phoneNum", "mobile"),
        ("cust_mobile", "mobile"),
        ("lxdh", "mobile"),
        ("电话2", "mobile"),
        ("手机号码（必填）", "mobile"),
        ("購房人電話", "mobile"),
        ("證件號碼", "id_number"),
        ("id_card_no", "id_number"),
        ("sfzh", "id_number"),
        ("客戶姓名", "name"),
        ("khxm", "name"),
        ("custName", "name"),
        ("姓名1", "name"),
        ("备注", "other"),
        ("戶型", "other"),
        ("手机归属地", "other"),
        ("客户经理", "other"),
        ("订单号", "serial"),
        ("QQ", "serial"),
        ("客户编号", "serial"),
        ("会员注册时间", "registered_at"),
        ("公司电话", "landline"),
        ("张三", None),
        ("老李", None),
    ],
)
def test_what_headers_say(header, kind):
    assert header_kind(header) == kind


@given(st.text(max_size=20))
def test_comparing_headers_twice_is_comparing_them_once(text):
    assert normal(normal(text)) == normal(text)


def test_a_header_that_comes_again_is_no_row(tmp_path):
    head = "姓名,手机号,身份证号\n"
    text = head + lines(people=PEOPLE[:7]) + head + lines(people=PEOPLE[7:])
    summary = summary_of(tmp_path, text + "客户姓名,联系电话,证件号\n")
    assert (summary.rows, summary.identified_rows) == (20, 20)
    assert summary.counts[0].aside == 3


def test_a_header_two_rows_deep(tmp_path):
    above = "客户信息,,,房源信息,\n姓名,电话,身份证,楼盘,户型\n"
    summary = summary_of(tmp_path, above + lines("{n},{m},{i},万科城,三房\n"))
    assert (summary.rows, summary.counts[0].aside) == (20, 2)
    assert [c.header for c in summary.columns] == ["姓名", "电话", "身份证", "楼盘", "户型"]
    below = "序号,客户,联系方式,,备注\n,,手机,固话,\n"
    summary = summary_of(tmp_path, below + lines("1,{n},{m},021-65432109,好\n"))
    assert summary.rows == 20
    assert [c.header for c in summary.columns] == ["序号", "客户", "手机", "固话", "备注"]


def test_a_title_is_a_row_and_a_group_is_none():
    title = ["某小区业主名单", "", ""]
    head = ["姓名", "电话", "房号"]
    assert whole_header([title, head], header_row([title, head])).rows == (1,)
    group = ["", "联系方式", ""]
    assert whole_header([group, head], 1).rows == (0, 1)


def test_preamble_and_footer_are_rows_without_identifiers(tmp_path):
    text = "某小区业主名单,,\n制表日期：2026-03-01,,\n姓名,电话,房号\n" + lines("{n},{m},3-1\n")
    summary = summary_of(tmp_path, text + "合计,20人,\n")
    assert (summary.rows, summary.unidentified_rows) == (23, 3)
    assert [c.kind for c in summary.columns] == ["name", "mobile", "other"]


@pytest.mark.parametrize("mark", [";", ",", "|"])
def test_the_line_that_tells_excel_the_delimiter(tmp_path, mark):
    text = f"sep={mark}\r\n姓名{mark}电话\r\n" + lines("{n}" + mark + "{m}\r\n")
    summary = summary_of(tmp_path, text)
    assert summary.layout["delimiter"] == mark
    assert (summary.rows, [c.header for c in summary.columns]) == (20, ["姓名", "电话"])


def test_ruled_tables(tmp_path):
    markdown = "| 姓名 | 电话 |\n| --- | :---: |\n" + lines("| {n} | {m} |\n")
    assert summary_of(tmp_path, markdown).rows == 20
    rule = "+------+------+\n"
    boxed = rule + "| name | mobile |\n" + rule + lines("| {n} | {m} |\n") + rule
    assert summary_of(tmp_path, boxed).rows == 20


@pytest.mark.parametrize("mark", ["\t", "|", " ", "----", "；"])
def test_lines_with_another_delimiter(tmp_path, mark):
    other = lines("{n}" + mark + "{m}" + mark + "{i}\n", PEOPLE[12:])
    summary = summary_of(tmp_path, "姓名,电话,身份证\n" + lines(people=PEOPLE[:12]) + other)
    assert [c.recognised for c in summary.columns] == [0, 20, 20]
    assert [w.code for w in summary.warnings] == ["delimiter-mixed"]


def test_a_header_with_another_delimiter(tmp_path):
    summary = summary_of(tmp_path, "姓名,电话,身份证\n" + lines("{n}\t{m}\t{i}\n"))
    assert (summary.rows, summary.columns[0].header) == (20, "姓名")


@pytest.mark.parametrize(("most", "few"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_lines_in_another_encoding(tmp_path, most, few):
    rows = [f"{n},{m},{i},购买意向强烈\n" for n, m, i in PEOPLE]
    text = "姓名,电话,身份证,备注\n".encode(most) + b"".join(
        row.encode(few if at % 6 == 3 else most) for at, row in enumerate(rows)
    )
    path = tmp_path / "list.csv"
    path.write_bytes(text)
    reading, got = deeds.read(path)
    assert (got["identified"], got["refused"]) == (20, 0)
    assert got["names"] == [n for n, _m, _i in PEOPLE]
    assert {row[3] for row in got["cells"]} == {"购买意向强烈"}
    reading = open_list(path)
    assert [sum(1 for _ in reading.blocks), [w.code for w in reading.warnings]][1] == [
        "encoding-mixed"
    ]


@pytest.mark.parametrize("mark", ["\x01", "｜", "、", "---", "--", "/", "^", "#", "~", "||"])
def test_rare_delimiters(tmp_path, mark):
    summary = summary_of(tmp_path, lines("{n}" + mark + "{m}" + mark + "{i}\n"))
    assert [c.kind for c in summary.columns if c.filled] == ["name", "mobile", "id_number"]


def test_a_name_and_a_number_in_one_cell(tmp_path):
    for form in ("{n}{m}\n", "{m}（{n}）\n", "{n}: {m}\n"):
        summary = summary_of(tmp_path, lines(form))
        assert summary.identified_rows == summary.facts["named_rows"] == 20


@pytest.mark.parametrize(
    "head",
    ["姓名1,电话1,姓名2,电话2\n", "姓名,电话,配偶姓名,配偶电话\n", ""],
)
def test_several_people_in_a_row_stay_several(tmp_path, head):
    text = head + "".join(
        f"{NAMES[i]},{MOBILES[i]},{NAMES[i + 5]},{MOBILES[i + 10]}\n" for i in range(5)
    )
    summary = summary_of(tmp_path, text)
    assert (summary.rows, summary.identified_rows, summary.people) == (5, 5, 10)
    assert (summary.identifiers["mobile"], summary.duplicate_rows) == (10, 0)
    assert summary.counts[0].rows == 5


def test_a_row_with_one_new_person_is_no_duplicate(tmp_path):
    rows = [(0, 1), (0, 1), (0, 2)]
    text = "姓名1,电话1,姓名2,电话2\n" + "".join(
        f"{NAMES[a]},{MOBILES[a]},{NAMES[b]},{MOBILES[b]}\n" for a, b in rows
    )
    summary = summary_of(tmp_path, text)
    assert (summary.rows, summary.people, summary.duplicate_rows) == (3, 3, 1)


def test_two_numbers_of_one_person_are_one_person(tmp_path):
    text = "姓名,电话1,电话2\n" + "".join(
        f"{NAMES[i]},{MOBILES[i]},{MOBILES[i + 10]}\n" for i in range(10)
    )
    assert summary_of(tmp_path, text).people == 10


def test_orders_are_left_alone(tmp_path):
    text = "订单号,客户号,姓名,手机\n" + "".join(
        f"{13800000000 + 7 * i},{14000000000 + 90000001 * i},{n},{m}\n"
        for i, (n, m, _i) in enumerate(PEOPLE)
    )
    summary = summary_of(tmp_path, text)
    assert summary.identifiers == {"mobile": 20}
    assert [c.why for c in summary.columns] == ["serial", "serial", "header", "content"]
    assert summary.columns[0].notes == {"serial": 20}


def test_accounts_that_are_mobiles_are_mobiles(tmp_path):
    assert summary_of(tmp_path, "账号,姓名\n" + lines("{m},{n}\n")).identifiers == {"mobile": 20}
    swept = "手机号\n" + "".join(f"{13800000000 + i}\n" for i in range(20))
    assert summary_of(tmp_path, swept).identifiers == {"mobile": 20}


def test_ids_that_excel_cut_are_damaged(tmp_path):
    text = "姓名,电话,身份证\n" + "".join(f"{n},{m},{i[:15]}000\n" for n, m, i in PEOPLE)
    summary = summary_of(tmp_path, text)
    assert summary.identifiers == {"mobile": 20}
    assert summary.columns[2].notes == {"cut": 20}
    assert [w.code for w in summary.warnings] == ["excel-damaged"]
    with pytest.raises(InputRefused) as refused:
        summary_of(tmp_path, "身份证\n" + "".join(f"{i[:15]}000\n" for _n, _m, i in PEOPLE))
    assert refused.value.code == "excel-damaged"


def test_one_id_that_ends_in_zeros_is_good(tmp_path):
    good = next(
        number for day in range(1, 29) for serial in (0, 100)
        if (number := deeds.id_number(f"310104198503{day:02d}{serial:03d}")).endswith("000")
    )  # fmt: skip
    text = "姓名,身份证\n" + lines("{n},{i}\n") + f"张三,{good}\n"
    assert summary_of(tmp_path, text).identifiers == {"id_number": 21}


def test_long_digits_are_left_alone_and_told(tmp_path):
    text = "ts,phone,card\n" + lines("1760000000000,{m},6222021234567890128\n")
    summary = summary_of(tmp_path, text)
    assert summary.identifiers == {"mobile": 20}
    assert [c.notes for c in summary.columns] == [{"digits:13": 20}, {}, {"digits:19": 20}]


def test_why_columns_are_what_they_are(tmp_path):
    text = "姓名,号,备注,空\n" + lines("{n},{m},好,\n")
    summary = summary_of(tmp_path, text, mapping={"3": "ignore"})
    assert [c.why for c in summary.columns] == ["header", "content", "user", "empty"]
    assert summary.columns[1].kinds == {"mobile": 20}


def test_a_file_with_room_at_its_end(tmp_path):
    text = ("姓名,电话\n" + lines("{n},{m}\n")).encode() + bytes(4096)
    assert summary_of(tmp_path, text).rows == 20


@pytest.mark.parametrize("header", ["姓名", "客户姓名", "联系人", "名称", "機主", "full name"])
@pytest.mark.parametrize("name", ["张三", "佚名", "客户"])
def test_a_header_that_says_name_holds_though_all_rows_have_one(tmp_path, header, name):
    text = f"{header},手机号,楼盘\n" + lines(name + ",{m},某园\n")
    summary = summary_of(tmp_path, text)
    assert [(c.kind, c.why) for c in summary.columns] == [
        ("name", "header"), ("mobile", "content"), ("other", "header"),
    ]  # fmt: skip
    assert summary.columns[0].notes == {"same": 20}
    assert summary.facts["named_rows"] == 20
    assert summary.people == 20


def test_one_name_in_all_rows_yields_to_names_that_a_header_calls_so(tmp_path):
    text = "联系人,客户姓名,手机号\n" + lines("王经理,{n},{m}\n")
    columns = summary_of(tmp_path, text).columns
    assert [(c.kind, c.why) for c in columns[:2]] == [
        ("other", "names-elsewhere"), ("name", "header"),
    ]  # fmt: skip
    text = "姓名,手机号,甲方\n" + lines("张三,{m},{n}\n")
    columns = summary_of(tmp_path, text).columns
    assert [c.kind for c in columns] == ["name", "mobile", "other"]


def test_it_is_told_that_a_header_was_passed_over(tmp_path):
    text = "姓名,登记时间,注册时间,更新,手机号\n" + lines("王先生,2026-03-01,无,无,{m}\n")
    columns = summary_of(tmp_path, text).columns
    assert [c.why for c in columns] == [
        "names-missing", "header", "dates-elsewhere", "nothing", "content",
    ]  # fmt: skip
    columns = summary_of(tmp_path, "登记时间,手机号\n" + lines("无,{m}\n")).columns
    assert [(c.kind, c.why) for c in columns[:1]] == [("other", "dates-missing")]


@given(
    st.lists(st.sampled_from(["姓名", "联系人", "登记时间", "注册时间", "备注", "手机", "户型"]),
             min_size=2, max_size=4, unique=True),
    st.lists(st.sampled_from(["张三", "王先生", "无", "2026-03-01", "13812345678", ""]),
             min_size=4, max_size=4),
)  # fmt: skip
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_word_of_a_header_is_passed_over_in_silence(tmp_path, header, cells):
    row = ",".join(cells[: len(header)])
    text = ",".join([*header, "电话"]) + "\n" + lines(row + ",{m}\n")
    for column in summary_of(tmp_path, text).columns:
        assert column.why != "nothing", column
