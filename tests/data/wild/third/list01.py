"""A salesman's workbook: months on sheets of their own, a hidden old sheet, notes at the foot."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from tests.data.wild.third.common import CITIES, Built, Maker, write, xlsx_bytes

NAME = "01-客户资料汇总(最新) - 副本.xlsx"


def build(out: Path) -> Built:
    m = Maker(3101)
    book = Workbook()
    march = book.active
    march.title = "3月"
    march["A1"] = "2024年3月意向客户"
    march.merge_cells("A1:F1")
    for col, head in enumerate(["序号", "姓名", "电话", "城市", "意向", "备注"], 1):
        march.cell(2, col, head)
    again: list[tuple[str, str]] = []
    for i in range(140):
        name, phone = m.name(), m.mobile()
        if i % 11 == 3 and len(again) < 12:
            again.append((name, phone))
        city = m.r.choice(CITIES)[1]
        want = m.r.choice(["A", "B", "C", ""])
        remark = m.r.choice(
            ["", "", "已加微信", "没接", "下周再打", "说有15万", "138开头那个打不通"]
        )
        row = [i + 1, name, float(phone), city, want, remark]
        for col, value in enumerate(row, 1):
            march.cell(i + 3, col, value)
        if i % 9 == 0:
            march.cell(i + 3, 2).fill = PatternFill("solid", fgColor="FFFF00")
    march.cell(145, 1, "注：标黄的已经打过了，不要重复打")
    march.cell(146, 1, "制表：小陈    2024-3-31")
    march.column_dimensions["C"].width = 9  # shows as 1.38E+10 until widened

    april = book.create_sheet("4月")
    for col, head in enumerate(["客户名称", "地区", "联系方式", "资金量(万)", "微信"], 1):
        april.cell(1, col, head)
    row_no = 2
    for i in range(110):
        if i < len(again):
            name, text = again[i]
        else:
            name = m.name()
            style = m.r.choice(
                ["{}{}{}", "{} {} {}", "{}{}{} ", "\u202d{} {} {}\u202c", "{}-{}-{}"]
            )
            text = m.styled_mobile(style)
        wx = m.r.choice(["同号", "", "wx_" + m.digits(4), "微信同手机"])
        values = [name, m.r.choice(CITIES)[1][:2], text, m.r.choice([5, 10, 20, "30+", ""]), wx]
        for col, value in enumerate(values, 1):
            april.cell(row_no, col, value)
        row_no += 1
        if i in (40, 77):
            row_no += 1  # an empty line between two batches
    old = book.create_sheet("去年的")
    old.sheet_state = "hidden"
    for _ in range(30):
        old.append([m.name(), m.mobile(), "2023老客户"])
    book.create_sheet("Sheet3")
    write(out, NAME, xlsx_bytes(book))
    return NAME, m.truth(
        "销售自己的客户表：3月(数字)、4月(文本，有空格/横线/iPhone复制的隐形字符)、隐藏的旧表、脚注",
        280,
        268,
        "miss the hidden sheet or numbers inside U+202D/U+202C; count the 12 repeated people "
        "twice; take the notes at the foot for people",
    )
