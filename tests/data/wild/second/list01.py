"""A sales office's visitor book: two months, a deal sheet, a hidden staff sheet, foot notes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill

from tests.data.wild.second.common import CHANCE, Built, Maker, address, lady, name, pick, spaced
from tests.data.wild.second.files import xlsx_bytes
from tests.data.wild.second.words import CITIES

NAME = "01-云海湾来访客户登记(最新版).xlsx"
WHAT = (
    "售楼处来访登记：两月来访+成交(一行两个买受人)+隐藏的顾问表；合并标题，表头在第3行，"
    "电话为数值/浮点/带空格文本，表尾有制表人和热线"
)
MUST_NOT = (
    "漏掉隐藏表“置业顾问”；只取成交表第一个买受人；把标题当表头；把脚注(制表/案场电话)当一行数据；"
    "浮点电话读成 138….0；把总价当号码"
)


def build(out: Path) -> Built:
    t = Maker()
    wb = openpyxl.Workbook()
    ppl = []
    rows = 0
    cons = [name() for _ in range(12)]

    def head(ws, title, cols):
        ws["A1"] = title
        ws.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(cols))
        ws["A1"].font = Font(bold=True, size=16)
        ws["A1"].alignment = Alignment(horizontal="center")
        ws["A2"] = "项目：云海湾花园　　单位：组"
        for c, x in enumerate(cols, 1):
            ws.cell(3, c, x).fill = PatternFill("solid", fgColor="FFFF00")

    w1 = wb.active
    w1.title = "3月来访"
    cols = [
        "序号",
        "日期",
        "客户姓名",
        "联系电话",
        "居住区域",
        "意向户型",
        "认知渠道",
        "置业顾问",
        "备注",
    ]
    head(w1, "云海湾花园3月份来访客户登记表", cols)
    for i in range(214):
        nm = name() if CHANCE.random() < 0.7 else lady()
        m = t.mobile()
        ppl.append((nm, m))
        note = ""
        if CHANCE.random() < 0.12:
            note = pick(["老公电话", "另一个号", "老婆手机"]) + t.mobile()
        elif CHANCE.random() < 0.3:
            note = pick(["首付不够", "再考虑", "嫌贵", "二次来访", "学区", "投资客，可回访"])
        w1.append(
            [
                i + 1,
                dt.date(2023, 3, CHANCE.randint(1, 31)),
                nm,
                int(m) if i % 3 else float(m),
                pick(CITIES)[2],
                pick(["89㎡", "108㎡", "三房", "四房"]),
                pick(["路过", "抖音", "老带新", "中介"]),
                pick(cons) if i % 9 else None,
                note,
            ]
        )
        rows += 1
    w1.append([])
    w1.append(["制表：" + pick(cons) + " " + t.mobile()])
    w1.append(["案场电话：" + t.landline() + "　客服热线：" + t.hotline()])
    w2 = wb.create_sheet("4月来访")
    head(w2, "云海湾花园4月份来访客户登记表", cols)
    rep = CHANCE.sample(ppl, 31)
    for i in range(187):
        if i % 6 == 0 and i // 6 < len(rep):
            nm, m = rep[i // 6]
            v = int(m)
        else:
            nm = name()
            m = t.mobile()
            v = spaced(m)
        w2.append(
            [
                i + 1,
                f"4.{CHANCE.randint(1, 30)}",
                nm,
                v,
                pick(CITIES)[2],
                pick(["89㎡", "108㎡"]),
                pick(["路过", "抖音"]),
                pick(cons),
                pick(["", "", "", "复访"]),
            ]
        )
        rows += 1
        if i == 90:
            w2.append([None, None, "——清明假期——"])
    w3 = wb.create_sheet("成交")
    c3 = [
        "序号",
        "房号",
        "买受人1",
        "身份证号1",
        "电话1",
        "买受人2",
        "身份证号2",
        "电话2",
        "总价(元)",
        "通讯地址",
    ]
    head(w3, "成交明细", c3)
    for i in range(64):
        two = CHANCE.random() < 0.7
        w3.append(
            [
                i + 1,
                f"{CHANCE.randint(1, 6)}-{CHANCE.randint(101, 3306)}",
                name(),
                t.id18(),
                int(t.mobile()),
            ]
            + ([name(), t.id18(), int(t.mobile())] if two else ["/", "/", "/"])
            + [CHANCE.randint(1800000, 9800000), address()]
        )
        rows += 1
    w4 = wb.create_sheet("置业顾问")
    w4.append(["姓名", "手机", "邮箱"])
    w4.sheet_state = "hidden"
    for c in cons:
        w4.append([c, t.mobile(), t.email()])
        rows += 1
    (out / NAME).write_bytes(xlsx_bytes(wb))
    return NAME, t.truth(WHAT, MUST_NOT, rows)
