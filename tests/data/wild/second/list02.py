"""Car insurance renewals: plates, owners, two numbers in a cell, frame and policy numbers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

from tests.data.wild.second.common import CHANCE, Built, Maker, digits, firm, name, pick
from tests.data.wild.second.files import xlsx_bytes

NAME = "02-车险9月到期5地.xlsx"
WHAT = (
    "车险到期名单：车牌/车主(个人或公司)/证件/电话(一格可有两个号，/、；"
    "分隔)/车架号/发动机号/保单号"
)
MUST_NOT = (
    "从保单号里捞出“手机号”；车架号/发动机号当证件或车牌；一格两个号只取一个；"
    "公司车主的统一代码当成错身份证；校验位错的证件当作正确"
)


def build(out: Path) -> Built:
    t = Maker()
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "Sheet1"
    ws.append(
        [
            "车牌号码",
            "车主",
            "证件号",
            "联系电话",
            "厂牌型号",
            "车架号",
            "发动机号",
            "初登日期",
            "商业险到期",
            "上年保单号",
            "上年保费",
            "跟进备注",
        ]
    )
    alphabet = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    n = 640
    for _i in range(n):
        corp = CHANCE.random() < 0.1
        r = CHANCE.random()
        idn = (
            t.uscc()
            if corp
            else (
                t.id15() if r < 0.03 else t.wrong_id() if r < 0.05 else "" if r < 0.1 else t.id18()
            )
        )
        if idn and not corp and len(idn) == 18 and r > 0.9:
            idn = idn + " "
        q = CHANCE.random()
        ph = t.mobile()
        if q < 0.1:
            ph = ph + pick(["/", "、", " ", "；"]) + t.mobile()
        elif q < 0.14:
            ph = t.landline() + pick([" ", "/"]) + ph
        elif q < 0.3:
            ph = "\t" + ph
        elif q < 0.6:
            ph = int(ph)
        pl = t.plate()
        if r > 0.8:
            pl = pl[:2] + "·" + pl[2:]
        note = pick(
            [""] * 6
            + [
                "已投平安",
                "拒接",
                "要返点",
                "空号",
                "改天打",
                "车已卖",
                "加微信了",
                "价格敏感 3280",
            ]
        )
        if CHANCE.random() < 0.05:
            note = "车主老婆 " + t.mobile()
        ws.append(
            [
                pl,
                firm() if corp else name(),
                idn,
                ph,
                pick(["大众SVW7167", "丰田GTM7200", "本田HG7154", "比亚迪BYD7150", "宝马BMW7201"]),
                "L"
                + "".join(pick(alphabet) for _ in range(7))
                + pick("0123456789X")
                + pick("ABCDEFGHJKLMN")
                + pick("ABCDEF")
                + digits(6),
                pick("ABCDEFGH") + digits(6),
                dt.date(CHANCE.randint(2010, 2021), CHANCE.randint(1, 12), CHANCE.randint(1, 28)),
                f"2023/9/{CHANCE.randint(1, 30)}",
                "PDAA2022" + digits(14),
                round(CHANCE.uniform(1500, 9000), 2),
                note,
            ]
        )
    ws.auto_filter.ref = f"A1:L{n + 1}"
    ws.freeze_panes = "A2"
    ws.column_dimensions["F"].hidden = True
    (out / NAME).write_bytes(xlsx_bytes(wb))
    return NAME, t.truth(WHAT, MUST_NOT, n)
