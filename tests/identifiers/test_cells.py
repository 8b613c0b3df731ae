"""Every documented way of writing an identifier, and what must not be taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.identifiers import Identifier, looks_damaged, recognise_cell
from leaktrace.identifiers.id_number import check_digit
from leaktrace.identifiers.uscc import check_character


def found(text: str, *, phones: bool = False) -> list[tuple[str, int | str | None]]:
    return [
        (one.kind.name, one.text if one.value is None else one.value)
        for one in recognise_cell(text, phones=phones)
    ]


MOBILE = [("mobile", 13912345670)]


@pytest.mark.parametrize(
    "text",
    [
        "13912345670",
        "+8613912345670",
        "008613912345670",
        "8613912345670",
        "+86 139 1234 5670",
        "1795113912345670",
        "17951 13912345670",
        "12593-139-1234-5670",
        "17911+8613912345670",
        "13,912,345,670",
        "'13,912,345,670",
        "(+86)13912345670",
        "（86）139-1234-5670",
        "86-139-1234-5670",
        "139-1234-5670",
        "139.1234.5670",
        "139 12345670",
        "1391234 5670",
        "1391 234 5670",
        "1 3 9 1 2 3 4 5 6 7 0",
        "１３９１２３４５６７０",
        "＋８６１３９１２３４５６７０",
        "13912345670.0",
        '="13912345670"',
        "'13912345670",
        "‘13912345670",
        '"13912345670"',
        "“13912345670”",
        "13912345670\t",
        " 13912345670\r\n",
        "139\u00a01234\u00a05670",
        "\u202d13912345670\u202c",
        "139\u200b1234\u200b5670\ufeff",
        "139‑1234—5670",
        "张三 13912345670",
        "张三13912345670",
        "13912345670张三",
        "①13912345670",
        "tel:13912345670",
        "电话：13912345670，已回访",
        "微信wx13912345670",
        "2026-03-01 13912345670",
    ],
)
def test_mobile_in_any_dress(text: str) -> None:
    assert found(text) == MOBILE


@pytest.mark.parametrize(
    "text",
    [
        "1391234567O",
        "139O2345670",
        "139123456701",
        "12912345670",
        "1700000000000",
        "6222021391234567011",
        "6222 0213 9123 4567 011",
        "62220213912345670",
        "116.13912345670",
        "139.12345670",
        "13912345670.5",
        "1.38E+10",
        "SN13912345670",
        "A13912345670B",
        "1998-03-07 123",
        "20260301139",
        "0.13912345670",
        "139 1234 5670 1234",
        "2026-03-01 12:33:21",
        "",
        "张三",
    ],
)
def test_no_mobile(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("between", ["/", ",", "，", "、", " ", ";", "；", "|", "\n", " / ", "或"])
def test_several_mobiles_in_a_cell(between: str) -> None:
    text = f"13800000001{between}139-0000-0002{between}13700000003"
    assert [value for _kind, value in found(text)] == [13800000001, 13900000002, 13700000003]


def test_segments_never_issued_are_mobiles_too() -> None:
    assert found("14012345670") == [("mobile", 14012345670)]


def test_id_numbers() -> None:
    number = "110101199003077"
    eighteen = "11010119900307751"
    right = eighteen + check_digit(eighteen)
    normal = [("id_number", 11010119900307751)]
    assert number != right
    for text in (right, f"{right[:6]} {right[6:14]} {right[14:]}", f"证件{right}", f"'{right}"):
        assert found(text) == normal, text
    assert found("110101900307751") == normal
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in right)
    assert found(wide) == normal


def test_id_number_with_x() -> None:
    assert found("11010519491231002X") == found("11010519491231002x")
    assert found("11010519491231002Ｘ") == [("id_number", 11010519491231002)]


def test_residents_and_foreigners_have_id_numbers_too() -> None:
    for head in (
        "81000019900307751",
        "82000019900307751",
        "83000019900307751",
        "91115619810303002",
    ):
        assert found(head + check_digit(head)) == [("id_number", int(head))]


def test_suspect_id_numbers_are_kept_under_their_own_kind() -> None:
    wrong_check = "11010119900307751" + ("0" if check_digit("11010119900307751") != "0" else "1")
    assert found(wrong_check) == [("id_number_suspect", wrong_check)]
    no_such_day = "11010119900230751"
    no_such_day += check_digit(no_such_day)
    assert found(no_such_day.lower()) == [("id_number_suspect", no_such_day)]
    assert found("110101199003070000")[0][0] == "id_number_suspect"
    assert found("11010119900307751x") != []


@pytest.mark.parametrize("text", ["202603011234567890", "999999199003071234", "000000199003070000"])
def test_other_numbers_of_eighteen_digits_are_nothing(text: str) -> None:
    assert found(text) == []


def test_company_codes() -> None:
    head = "91110108MA01ABCD1"
    code = head + check_character(head)
    assert found(code.lower()) == [("uscc", code)]
    assert found(head + ("A" if code[-1] != "A" else "B")) == []


def test_published_company_codes_are_valid() -> None:
    for code in ("91110000802100433B", "914403001922038216"):
        assert found(code) == [("uscc", code)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Zhang.San@QQ.com", "zhang.san@qq.com"),
        ("邮箱zhang@qq.com联系", "zhang@qq.com"),
        ("<zhang@mail.example.com.cn>", "zhang@mail.example.com.cn"),
        ("zhang＠qq．com", "zhang@qq.com"),
        ("张三@公司.中国", "张三@公司.中国"),
        ("13912345670@139.com", "13912345670@139.com"),
    ],
)
def test_emails(text: str, address: str) -> None:
    assert found(text) == [("email", address)]


@pytest.mark.parametrize("text", ["@张三", "a@b", "zhang@qq", "@qq.com", "a@@qq.com"])
def test_no_emails(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("京A12345", "京A12345"),
        ("京a·1234z", "京A1234Z"),
        ("粤BD12345", "粤BD12345"),
        ("粤B12345D", "粤B12345D"),
        ("车牌：沪C·8888学", "沪C8888学"),
        ("张三 浙A B1234", "浙AB1234"),
    ],
)
def test_plates(text: str, plate: str) -> None:
    assert found(text) == [("plate", plate)]


@pytest.mark.parametrize("text", ["全新A12345", "京A1234567", "京AABCDE", "京I12345", "粤B1234567"])
def test_no_plates(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("02112345678", 2112345678),
        ("021-8765 4321", 2187654321),
        ("(0755)88886666-8001", 75588886666),
        ("0755-88886666转123", 75588886666),
        ("+86-10-87654321", 1087654321),
        ("0086 0571 87654321", 57187654321),
        ("0311-8765432", 3118765432),
    ],
)
def test_landlines(text: str, number: int) -> None:
    assert found(text) == [("landline", number)]


def test_bare_landlines_only_among_phones() -> None:
    assert found("87654321") == []
    assert found("87654321", phones=True) == [("landline", 87654321)]
    assert found("20260301") == []


@pytest.mark.parametrize(
    "text", ["400-820-8820", "4008208820", "400 820 8820", "4008-208-820", "800-820-8820"]
)
def test_hotlines_are_excluded(text: str) -> None:
    (one,) = recognise_cell(text)
    assert one.kind.name == "hotline"
    assert one.excluded


@pytest.mark.parametrize("text", ["95588", "10086", "10010", "12345", "12306", "955555"])
def test_short_hotlines_only_among_phones(text: str) -> None:
    assert found(text) == []
    assert found(text, phones=True) == [("hotline", int(text))]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+852 9123 4567", 85291234567),
        ("00852 91234567", 85291234567),
        ("+886 912 345 678", 886912345678),
        ("+1 (212) 555-0123", 12125550123),
        ("+852 91234567 / +853 66123456", 85291234567),
    ],
)
def test_foreign_numbers(text: str, number: int) -> None:
    assert found(text)[0] == ("mobile_foreign", number)


@pytest.mark.parametrize("text", ["85291234567", "00123456789", "+85212", "+999 123456789"])
def test_no_foreign_numbers(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "138****5678",
        "138***5678",
        "138*****5678",
        "138xxxx5678",
        "138XXXX5678",
        "138-****-5678",
        "138 **** 5678",
        "138····5678",
        "138＊＊＊＊5678",
        "１３８＊＊＊＊５６７８",
        "138●●●●5678",
        "138....5678",
        "138…5678",
        "+86138****5678",
        "1381***5678",
        "电话138****5678",
    ],
)
def test_masked_mobiles(text: str) -> None:
    assert found(text) == [("mobile_masked", 1385678)]


@pytest.mark.parametrize(
    "text", ["138****567", "13****5678", "138**5678", "6222****5678", "*1385678"]
)
def test_no_masked_mobiles(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("110101********1234", "110101*1234"),
        ("110101199001**1234", "110101*1234"),
        ("110101xxxxxxxx123X", "110101*123X"),
        ("110101********123x", "110101*123X"),
        ("1101**********123X", "1101*123X"),
        ("3****************2", "3*2"),
        ("110101************", "110101*"),
    ],
)
def test_masked_id_numbers(text: str, shown: str) -> None:
    assert found(text) == [("id_number_masked", shown)]


@pytest.mark.parametrize("text", ["622202******1234", "6222021234****123", "99****************"])
def test_masked_cards_are_no_id_numbers(text: str) -> None:
    assert found(text) == []


def test_names_with_masked_mobiles_give_the_pair_too() -> None:
    for text in ("张三 138****5678", "138****5678（张三）", "姓名：张三 手机138****5678"):
        pairs = {(one.kind.name, one.value, one.name) for one in recognise_cell(text)}
        assert pairs == {("mobile_masked", 1385678, None), ("name_mobile_masked", 1385678, "张三")}


@pytest.mark.parametrize(
    "text", ["张三5678", "张三 尾号5678", "张三(5678)", "张三后4位5678", "張三５６７８"]
)
def test_names_with_last_four(text: str) -> None:
    (one,) = recognise_cell(text)
    assert (one.kind.name, one.value, one.name) == ("name_last4", 5678, "张三")


@pytest.mark.parametrize(
    "text", ["金水路1234", "成交5678", "尾号5678", "张三56789", "2026年", "A栋1502"]
)
def test_no_names_with_last_four(text: str) -> None:
    assert found(text) == []


def test_well_known_numbers_are_counted_and_excluded() -> None:
    (one,) = recognise_cell("138 0013 8000")
    assert one.excluded
    (other,) = recognise_cell("13912345670")
    assert not other.excluded


def test_a_cell_with_everything() -> None:
    eighteen = "11010119900307751"
    text = f"张三 13912345670 {eighteen}{check_digit(eighteen)} zhang@qq.com 0755-88886666 京A12345"
    kinds = [kind for kind, _value in found(text)]
    assert kinds == ["mobile", "id_number", "email", "landline", "plate"]


@pytest.mark.parametrize("text", ["1.38E+10", "1.10101E+17", "'1.38e+10", "1E+10", "1.38E+010"])
def test_damaged_numbers(text: str) -> None:
    assert looks_damaged(text)
    assert found(text) == []


@pytest.mark.parametrize("text", ["13912345670", "5E10", "1.2E+5", "", "E+10", "1.38E+10元"])
def test_undamaged_numbers(text: str) -> None:
    assert not looks_damaged(text)


def test_no_identifier_in_a_repr() -> None:
    assert "13912345670" not in repr(recognise_cell("13912345670"))


def canonical(one: Identifier) -> str:
    """The normal form as somebody might type it."""
    if one.kind.name == "id_number":
        return f"{one.value}{check_digit(str(one.value))}"
    if one.kind.name == "mobile_foreign":
        return f"+{one.value}"
    if one.kind.name == "landline":
        return f"0{one.value}"
    if one.kind.name == "mobile_masked":
        return f"{one.value:07d}"[:3] + "****" + f"{one.value:07d}"[3:]
    if one.kind.name == "id_number_masked":
        first, last = str(one.text).split("*")
        return first + "*" * (18 - len(first) - len(last)) + last
    if one.kind.name == "name_mobile_masked":
        return f"{one.name} {canonical_number(one)}"
    if one.kind.name == "name_last4":
        return f"{one.name}{one.value:04d}"
    return str(one.value if one.text is None else one.text)


def canonical_number(one: Identifier) -> str:
    return f"{one.value:07d}"[:3] + "****" + f"{one.value:07d}"[3:]


SAMPLES = st.sampled_from(
    [
        "13912345670",
        "+86 139-1234-5670",
        "11010519491231002X",
        "110101900307751",
        "110101199003070000",
        "Zhang@QQ.com",
        "京a·1234z",
        "粤BD12345",
        "0755-88886666转1",
        "400-820-8820",
        "+852 9123 4567",
        "138xxxx5678",
        "110101********123x",
        "91110000802100433b",
        "張三 138****5678",
        "李四0678",
    ]
)


@given(SAMPLES)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    for one in recognise_cell(text):
        assert one in recognise_cell(canonical(one)), one.kind.name


@pytest.mark.parametrize(
    "text",
    [
        "20231008050744_13912345670_王伟.wav",
        "[13912345670]_王伟(意向A)_20231020194920.mp3",
        "8001_13912345670_0001.wav",
        "tel_13912345670",
        "call_13912345670_20230101.amr",
        "王伟13912345670@20230902.amr",
        "12.13912345670 王伟 3-304",
        "5. 王伟 3-201 139 1234 5670 租户",
        "53. 王伟 3-1401 139 1234 5670",
        "12 139 1234 5670 王伟",
    ],
)
def test_a_mobile_in_a_file_name_or_a_numbered_line(text: str) -> None:
    assert found(text) == MOBILE


@pytest.mark.parametrize(
    "text",
    [
        "135.83.215.193",
        "139.22.161.17",
        "order_13912345670",
        "订单_13912345670",
        "IMG_13912345670",
        "12.13912345670",
        "113.13912345670 纬度",
        "6222 139 1234 5670",
        "6222 1401 139 1234 5670",
        "logo@2x.png",
    ],
)
def test_addresses_decimals_and_codes_are_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("有人用10086打过来吗", 10086),
        ("投诉到95588了", 95588),
        ("请拨打１２３１５", 12315),
        ("95533客服", 95533),
        ("电话：10010", 10010),
    ],
)
def test_a_short_number_that_is_called(text: str, value: int) -> None:
    assert found(text) == [("hotline", value)]


@pytest.mark.parametrize("text", ["电话10000条", "密码12345", "单打10000", "花了10086元", "95588"])
def test_a_short_number_that_is_not_called(text: str) -> None:
    assert found(text) == []


def test_a_short_number_in_a_field_of_phones() -> None:
    text = '[{"n": "客服", "p": "10086", "t": 95588}, {"n": "王伟", "p": "13912345670"}]'
    assert found(text) == [("hotline", 10086), *MOBILE]
    assert found(text.replace('"', '\\"')) == [("hotline", 10086), *MOBILE]
    assert found('{"phone": "13912345670", "zip": "95588"}') == MOBILE


@pytest.mark.parametrize(
    "text",
    [
        "帮查下 王伟 尾号6065 还了没",
        "帮查下王伟尾号6065还了没",
        "王伟，手机尾号：6065",
        "王伟 电话后四位6065",
        "王伟（尾号６０６５）",
        "王伟先生尾号是6065",
        "尾号6065 王伟",
    ],
)
def test_a_name_and_last_digits_in_a_sentence(text: str) -> None:
    hits = recognise_cell(text)
    assert [(one.kind.name, one.name, one.value) for one in hits] == [("name_last4", "王伟", 6065)]


@pytest.mark.parametrize(
    "text",
    [
        "王伟尾号6065的储蓄卡",
        "王伟 工行卡尾号6065",
        "您尾号6065的账户",
        "尾号6065 余额500",
        "王伟 车牌尾号6065",
        "王伟尾号60651",
    ],
)
def test_the_last_digits_of_something_else(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["还有一台粤B12345", "车牌是粤B12345", "102王琴涵粤B12345"])
def test_a_plate_right_behind_a_word(text: str) -> None:
    assert found(text) == [("plate", "粤B12345")]


@pytest.mark.parametrize("text", ["+853 6041 6218", "+65 9950 3426", "00852 9990 5741"])
def test_numbers_of_newer_blocks_nearby(text: str) -> None:
    assert [kind for kind, _value in found(text)] == ["mobile_foreign"]
