"""Car owners, a real BIFF workbook, as an insurance pedlar hands it on."""

from __future__ import annotations

import io
from pathlib import Path

import xlwt

from tests.data.wild.third.common import Built, Maker, check_digit, write

NAME = "02-杭州车主2024到期.xls"
HEADS = [
    "序号",
    "车牌号",
    "车主",
    "证件号码",
    "手机",
    "厂牌型号",
    "车架号",
    "发动机号",
    "初登日期",
    "保险到期",
    "备注",
]
VIN = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def spoilt_id(m: Maker) -> float:
    """Fifteen digits of an identity number; what is left never looks whole by chance."""
    while True:
        left = m.bare_id()[:15] + "000"
        shown = (left, str(int(float(left))))
        if all(check_digit(n[:17]) != n[17] for n in shown):
            return float(left)


def build(out: Path) -> Built:
    m = Maker(3102)
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for col, head in enumerate(HEADS):
        sheet.write(0, col, head)
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for i in range(260):
        row = i + 1
        sheet.write(row, 0, i + 1)
        sheet.write(row, 1, m.plate())
        roll = m.r.random()
        if roll < 0.06:
            sheet.write(row, 2, f"杭州{m.name()[1:]}{m.r.choice(['贸易', '物流', '科技'])}有限公司")
            sheet.write(row, 3, m.uscc())
        else:
            sheet.write(row, 2, m.name())
            if roll < 0.14:
                # typed as a number: Excel kept fifteen digits, the rest is gone
                sheet.write(row, 3, spoilt_id(m))
            elif roll < 0.20:
                sheet.write(row, 3, m.id15())
            else:
                sheet.write(row, 3, m.id18())
        sheet.write(row, 4, float(m.mobile()))
        sheet.write(
            row, 5, m.r.choice(["大众SVW71810", "别克SGM7156", "丰田GTM7161", "比亚迪BYD7150"])
        )
        vin = "L" + "".join(m.r.choice(VIN) for _ in range(9)) + m.r.choice("ABC") + m.digits(6)
        sheet.write(row, 6, vin)
        sheet.write(row, 7, m.r.choice("ABCDG") + m.digits(m.r.randint(5, 7)))
        sheet.write(row, 8, m.moment(2015).date(), day)
        sheet.write(row, 9, m.moment().date(), day)
        if i % 17 == 5:
            sheet.write(row, 10, f"老公电话{m.mobile()}")
        elif i % 23 == 7:
            sheet.write(row, 10, "去年平安，报价3260")
    raw = io.BytesIO()
    book.save(raw)
    write(out, NAME, raw.getvalue())
    return NAME, m.truth(
        "车主名单(xls)：车牌、证件号(18/15位/公司统一代码/被Excel毁掉的数字)、手机为数字、车架号、发动机号",
        260,
        None,
        "take the fifteen-digit remains of identity numbers (numeric cells ...000) as numbers; "
        "read VIN or engine numbers as anything; lose the second mobile in the remarks",
    )
