"""What a cell says: layouts of one address, amount or day are one, and the bulk reading is the
plain one of FORMAT.md."""

from __future__ import annotations

import re
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leaktrace.fingerprint.cells import normalise_cell
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.places import BREAKS, SIGNS
from leaktrace.fingerprint.readings import DAY, NUMBER, PLACE, TEXT, readings_of
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.fingerprint.weights import row_weight

TOKENISER = Tokeniser(Key(bytes(range(32))))
SAME = {
    PLACE: [
        ["锦绣花园3栋2单元501", "锦绣花园3-2-501", "锦绣花园3#2-501室", "锦绣花园 3幢501",
         "锦绣花园３栋 ２单元 ５０１", "临江市锦绣花园3号楼2单元501室", "锦绣花园3栋0501",
         "临江锦绣花园3栋501房"],
        ["3栋2单元501", "3-2-501", "3#2-501室", "3号楼501"],
        ["浙江省杭州市西湖区文三路100号", "西湖区文三路 100 号", "文三路100号"],
    ],
    NUMBER: [
        ["13000", "13,000.00", "1.3万", "¥13000", "13000.0", "1.3w", "13,000元", "13k",
         "１３０００"],
        ["-5", "-5.00", "-5元"],
        ["0.5", "0.50"],
    ],
    DAY: [
        ["2026-03-01", "2026/3/1", "2026.03.01", "20260301", "2026-03-01 08:12:33", "2026年3月1日",
         "2026-03-01T08:12:33", "20260301081233", " 2026/03/01 8:05 "],
    ],
    TEXT: [
        ["意向三房", " 意向 三房", "意向\u3000三房"],
        ["VIP Client", "vipclient"],
    ],
}  # fmt: skip
APART = [
    "锦绣花园3栋2单元501", "锦绣花园3栋2单元502", "碧水花园4栋2单元501", "13000", "13001",
    "2026-03-01", "2026-03-02", "20269901", "50%", "3/1/2026", "1-3-2026", "预算100", "120㎡",
    "第2次到访", "看房3次",
]  # fmt: skip


def forms_of(texts: list[str]) -> list[int]:
    return [int(token) & 3 for token in TOKENISER.cell_pairs(texts)[1]]


@pytest.mark.parametrize(
    ("form", "texts"), [(form, one) for form, groups in SAME.items() for one in groups]
)
def test_layouts_say_the_same(form: int, texts: list[str]) -> None:
    raw, normal = TOKENISER.cell_pairs(texts)
    assert len(set(raw.tolist())) == len(texts)
    assert len(set(normal.tolist())) == 1
    assert set(forms_of(texts)) == {form}


def test_what_says_something_else_has_another_token() -> None:
    normal = TOKENISER.cell_pairs(APART)[1].tolist()
    assert len(set(normal)) == len(APART)


def test_empty_cells_say_nothing() -> None:
    raw, normal = TOKENISER.cell_pairs([None, "", " ", "\u3000"])
    assert normal.tolist() == [0, 0, 0, 0]
    assert raw.tolist()[:2] == [0, 0]


# The plain reading, cell by cell, as FORMAT.md words it.

_DATE = re.compile(
    r"((?:19|20)[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[t ]? ?[0-9]{1,2}[:时点].*)?"
)
_CLOSED = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")
_AMOUNT = re.compile(
    r"[¥$]? ?(-?[0-9]{1,13}(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(万|萬|w|千|k|亿)?(?:元|圆|块|rmb|cny)?"
)
_UNITS = {None: 1, "万": 10**4, "萬": 10**4, "w": 10**4, "千": 1000, "k": 1000, "亿": 10**8}
_WEIGHTS = [row_weight(place) for place in range(5)]


def plain_reading(text: str) -> tuple[int, int]:
    dated = _DATE.fullmatch(text) or _CLOSED.fullmatch(text)
    if dated and 1 <= int(dated[2]) <= 12 and 1 <= int(dated[3]) <= 31:
        return DAY, int(dated[1]) * 10**4 + int(dated[2]) * 100 + int(dated[3])
    amount = _AMOUNT.fullmatch(text)
    if amount:
        value = Decimal(amount[1].replace(",", "")) * _UNITS[amount[2]]
        cents = int((value * 100).to_integral_value())
        if abs(cents) < 10**17:
            return NUMBER, cents % 2**64
    value = plain_place(text)
    return (TEXT, 0) if value is None else (PLACE, value)


def plain_place(text: str) -> int | None:
    dashed = re.fullmatch("[0-9]+(-[0-9]+)+", text)
    dashed = dashed and not re.fullmatch("[0-9]{1,2}-[0-9]{1,2}-(19|20)[0-9]{2}", text)
    text = re.sub(f" ([{SIGNS}])", r"\1", text)
    runs = list(re.finditer("[0-9]+", text))
    words = re.finditer(f"(?:(?![{BREAKS}])[一-\u9fff]){{2,}}", text)
    before = [word for word in words if word.start() < runs[-1].start()]
    key = before[-1][0][-3:] if before else ""
    behind = [run for run in runs if not before or run.start() >= before[-1].end()]
    signed = any(
        text[run.end() : run.end() + 1] in [*SIGNS]
        or text[max(run.start() - 1, 0) : run.start()] in [*SIGNS.replace("#", "")]
        for run in runs
    )
    if not (signed or (before and len(behind) > 1) or dashed):
        return None
    codes = [ord(one) for one in reversed(key)] + [0] * (3 - len(key))
    numbers = [int(behind[0][0]), int(behind[-1][0])]
    return sum(one * weight for one, weight in zip(codes + numbers, _WEIGHTS, strict=True)) % 2**64


PIECES = st.sampled_from(
    ["锦绣花园", "临江市", "文三路", "3", "12", "501", "0", "-", "#", "栋", "单元", "号", "室", " ",
     "期", "2026", "20260301", "/", ".", ",", "万", "元", "¥", "年", "月", "日", "08:12", "园", "(",
     "a", "t",
     "9999999999999", "123456789012345678901"]
)  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=9).map("".join), min_size=1, max_size=6))
@example(["-0.005"])
@example(["3室", "室3"])
@example(["锦绣", "3"])
def test_in_bulk_as_one_by_one(texts: list[str]) -> None:
    normal = [normalise_cell(text) for text in texts]
    normal = [text for text in normal if re.search("[0-9]", text)]
    forms, values = readings_of(pa.array(normal, pa.large_string()))
    found = list(zip(forms.tolist(), values.tolist(), strict=True))
    assert found == [plain_reading(text) for text in normal]


def test_long_columns_are_read_as_short_ones() -> None:
    texts = [f"锦绣花园{place % 7}栋{place}室" for place in range(20_000)]
    forms, values = readings_of(pa.array(texts, pa.large_string()))
    assert set(forms.tolist()) == {PLACE}
    again = readings_of(pa.array(texts[9_999:10_001], pa.large_string()))[1]
    assert values[9_999:10_001].tolist() == again.tolist()
