"""The list's own fingerprint: exact where it can be, and without anybody's name."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.intake import open_list
from leaktrace.intake.profile import ListProfile, profile_of, same_maker
from leaktrace.intake.profile.forms import amount_forms, date_forms, mask_form, mobile_form
from leaktrace.intake.profile.order import order_of
from leaktrace.intake.profile.textstyle import text_style

KEY = Key(bytes(range(32)))


def _facts(path: Path) -> dict[str, Any]:
    summary = build_list(open_list(path), KEY).summary
    names = ("columns", "layout", "facts", "members")
    said = asdict(summary)
    return {name: said[name] for name in names}


def _profile(path: Path, text: str, encoding: str = "utf-8") -> ListProfile:
    path.write_bytes(text.encode(encoding))
    return profile_of(_facts(path))


def _list(rows: int, mobile: str = "{}", first: int = 0, sort: str = "序号") -> str:
    numbers = sorted(13_500_000_000 + 7_919_113 * i % 100_000_000 for i in range(1, rows + 1))
    if sort != "手机":
        numbers = [numbers[i * 7 % rows] for i in range(rows)]
    lines = ["序号,姓名,手机,星级评定,归属坐席,日期"]
    for i, number in enumerate(numbers):
        name = "赵钱孙李周吴郑王"[i % 8] + "伟芳娜敏静强磊洋"[i // 8 % 8]
        agent = ("王小明", "李小红")[i % 2]
        written = mobile.format(number)
        lines.append(f"{first + i + 1},{name},{written},资质好,{agent},2026/{i % 12 + 1}/5")
    return "\r\n".join(lines) + "\r\n"


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("13812345678", "plain"),
        ("138 1234 5678", "spaced-3-4-4"),
        ("138-1234-5678", "dashed-3-4-4"),
        ("138 123 456 78", "separated"),
        ("+86 138 1234 5678", "plus-86"),
        ("(+86)13812345678", "plus-86"),
        ("008613812345678", "zero-zero-86"),
        ("8613812345678", "bare-86"),
        ('="13812345678"', "formula"),
        ("'13812345678", "apostrophe"),
        ("13812345678.0", "float"),
        (" 13812345678", "blanks-around"),
        ("１３８１２３４５６７８", "full-width"),
        ("13812345678/13912345678", "several"),
        ("张三13812345678", "among-text"),
    ],
)
def test_forms_of_mobiles(cell: str, form: str) -> None:
    assert mobile_form(cell) == form


def test_forms_of_masks_dates_and_amounts() -> None:
    assert [mask_form(c) for c in ("138****5678", "138xxxx5678", "13812345678")] == [
        "****", "xxxx", "",
    ]  # fmt: skip
    assert date_forms(["2026/3/1", "2026/12/25"]) == {"YYYY/M/D": 2}
    assert date_forms(["2026-03-01 09:05", "2026-12-25 10:00"]) == {"YYYY-MM-DD hh:mm": 2}
    assert date_forms(["2026年3月1日", "20260301"]) == {"YYYY年M月D日": 1, "YYYYMMDD": 1}
    assert amount_forms(["50万", "1,000", "3.50", "x"]) == {
        "ten-thousands": 1, "thousands": 1, "two-decimals": 1,
    }  # fmt: skip


def test_order_of_numbers_texts_and_nothing() -> None:
    rows = np.arange(40)

    def order(cells: list[str]) -> Any:
        return order_of(pa.array(cells, pa.string()), rows[: len(cells)], dated=False)

    assert order([str(n) for n in range(100, 140)])["serial"] == {
        "first": 100, "last": 139, "steps": 1.0,
    }  # fmt: skip
    assert order([str(1000 - n * n) for n in range(40)]) is None  # below zero: no numbers
    assert order([f"b{n:02d}" for n in range(40)][::-1]) == {
        "direction": "descending", "by": "code",
    }  # fmt: skip
    by_sound = sorted("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", key=lambda c: c.encode("gbk"))
    assert order(by_sound) == {"direction": "ascending", "by": "pinyin"}
    assert order([str(n * 37 % 40) for n in range(40)]) is None


@pytest.mark.parametrize(
    ("text", "style"),
    [
        (b"a,b\r\nc,d\r\n", ("crlf", "none")),
        (b'"a","b"\n"c","d"\n', ("lf", "all")),
        (b'a,"1380"\nb,"1390"\n', ("lf", "numbers")),
        (b'a,"x, y"\r\nb,c\n', ("mixed", "needed")),
    ],
)
def test_style_of_a_text(text: bytes, style: tuple[str, str]) -> None:
    assert text_style(text, ",") == {"line_end": style[0], "quoting": style[1]}


def test_the_profile_of_a_list(tmp_path: Path) -> None:
    profile = _profile(tmp_path / "a.csv", _list(200), "gb18030")
    (table,) = profile.tables
    number, _name, mobile, tag, agent, day = table.columns
    assert profile.taken and table.rows == 200
    assert table.headers == ("序号", "姓名", "手机", "星级评定", "归属坐席", "日期")
    assert table.style["line_end"] == "crlf" and table.style["encoding"] == "gb18030"
    assert mobile.numbers == {"plain": 200}
    assert (tag.constant, tag.words) == (True, {"资质好": 200})
    assert day.dates == {"YYYY/M/D": 200}
    assert number.amounts == {"whole": 200}
    # Whoever follows the leads up is a person: counted, and neither shown nor kept.
    assert not agent.words and not agent.sealed and agent.hidden == 2
    (order,) = table.order or ()
    assert (order.column, order.direction) == (1, "ascending")
    assert order.serial and (order.serial.first, order.serial.last) == (1, 200)
    assert sum(table.carriers.values()) == table.mobiles == 200


def test_no_name_and_no_number_stands_in_the_facts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(_list(200), encoding="utf-8")
    facts = str(_facts(path)["facts"]["profile"])
    assert "王小明" not in facts and "赵伟" not in facts
    assert "135" not in facts


def test_odd_forms_are_counted_beside_plain_ones(tmp_path: Path) -> None:
    text = _list(300).splitlines()
    text[7] = text[7].replace(",135", ",+86 135", 1)
    (table,) = _profile(tmp_path / "a.csv", "\n".join(text)).tables
    assert table.columns[2].numbers == {"plain": 299, "plus-86": 1}


def test_lists_of_one_maker_agree_and_of_strangers_do_not(tmp_path: Path) -> None:
    one = _profile(tmp_path / "a.csv", _list(120))
    two = _profile(tmp_path / "b.csv", _list(90, first=500))
    other = _profile(tmp_path / "c.csv", "姓名;电话\n" + "张三;138-1234-5678\n李四;139-1234-5678\n")
    alike = {f.code: f for f in same_maker(one, two)}
    assert all(feature.agrees for feature in alike.values())
    assert alike["columns"].rarity == "rare"
    assert alike["tags"].shared == ("资质好",)
    unlike = {f.code: f.agrees for f in same_maker(one, other)}
    assert not any(unlike[code] for code in ("columns", "delimiter", "numbers", "line-end"))
    # Symmetric, and nothing is said of what one of the two does not show.
    assert same_maker(two, one) == same_maker(one, two)
    assert "tags" not in unlike


def test_an_author_that_every_machine_has_tells_little() -> None:
    def report(author: str) -> ListProfile:
        column = {"member": None, "sheet": "S", "column": 1, "header": "x", "kind": "other"}
        facts = {"author": author, "created": f"2026-03-01T00:00:0{len(author) % 9}"}
        return profile_of(
            {
                "columns": [column | {"filled": 1, "recognised": 0}],
                "members": [{"member": None, "form": "xlsx", "facts": facts}],
            }
        )

    def rarity(author: str) -> str:
        return {f.code: f.rarity for f in same_maker(report(author), report(author))}["author"]

    assert rarity("Administrator") == "usual"
    assert rarity("销售三部") == "rare"
