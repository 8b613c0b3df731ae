"""An investment firm's workbook: hidden sheets, comments, numbers as floats and text."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from tests.data.wild.first.common import Built, Maker, check_digit
from tests.data.wild.first.files import xlsx_bytes

NAME = "14-理财客户.xlsx"


def build(out: Path) -> Built:
    draw = Maker(114)
    r = draw.r
    wb = openpyxl.Workbook()
    s = wb.active
    s.title = "汇总"
    s.append(["分公司", "客户数", "资金(元)"])
    s.append(["深圳", 170, 15800220033.5])
    s.append(["武汉", 150, 13600980011.25])
    s.append(["合计", 320, 29401200044.75])
    w = wb.create_sheet("客户")
    w.merge_cells("A1:G1")
    w["A1"] = "2023年理财到期客户名单"
    w.merge_cells("A2:G2")
    w["A2"] = "机密 请勿外传"
    w.append(["序号", "姓名", "手机", "身份证", "产品", "到期日", "备注"])
    got = []
    for i in range(320):
        m = draw.mobile()
        mv = float(m) if i % 3 == 0 else int(m) if i % 3 == 1 else m + ".0" if i % 12 == 2 else m
        if i % 8 == 6:  # number cell: Excel keeps 15 digits only, the end is lost
            while True:
                b = draw.id_body()[:15] + "00"
                if check_digit(b) != "0":
                    break
            idv = int(b + "0")
        else:
            idv = draw.id18()
        w.append(
            [
                i + 1,
                draw.name(),
                mv,
                idv,
                r.choice(["稳盈一号", "安享90天"]),
                draw.moment().date(),
                f"配偶{draw.mobile()}" if i % 20 == 1 else None,
            ]
        )
        got.append(m)
        if i % 40 == 10:
            w.cell(4 + i, 3).comment = Comment(f"备用号 {draw.mobile('dash')}", "经办")
        if i % 50 == 30:
            w.row_dimensions[4 + i].hidden = True
    w.append([])
    w.append(
        ["说明：1. 手机以系统为准；2. 疑问致电 " + draw.landline() + "；3. 投诉 " + draw.hotline()]
    )
    w.column_dimensions["D"].hidden = True
    h = wb.create_sheet("旧数据")
    h.sheet_state = "hidden"
    h.append(["客户", "电话", "邮箱"])
    for i in range(80):
        h.append(
            [
                draw.name(),
                draw.mobile("+86 ") if i % 5 == 0 else draw.mobile(),
                draw.email() if i % 2 else None,
            ]
        )
    v = wb.create_sheet("_cfg")
    v.sheet_state = "veryHidden"
    v.append(["key", "phone"])
    for i, m in enumerate(r.sample(got, 40)):
        v.append([f"k{i}", m])
    (out / NAME).write_bytes(xlsx_bytes(wb))
    return NAME, draw.truth(
        (
            "xlsx: summary sheet, client sheet with merged titles, foot notes, cell comments, "
            'hidden rows/column; a hidden and a very hidden sheet; phones as float/int/"….0" '
            "(people = named clients of both lists; spouses have a number only)"
        ),
        (
            "take the summary sums (15800220033.5) for mobiles; skip comments, hidden rows or "
            "sheets; treat the 40 numeric IDs cut to 15 digits + 000 as good IDs"
        ),
        None,
        400,
        still_open=("id_number_suspect",),
    )
