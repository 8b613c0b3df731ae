"""A call centre's .xls: numbers with a leading 0, recordings, daily subtotals."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlwt

from tests.data.wild.second.common import CHANCE, Built, Maker, name, pick
from tests.data.wild.second.files import xls_bytes

NAME = "19-外呼话单6月第1周.xls"
WHAT = (
    "呼叫中心话单(BIFF8)：三行表头、每日小计行、末尾合计；外地手机前加拨0；"
    "录音文件名里再次出现号码；主叫为中继固话"
)
MUST_NOT = (
    "加0的号码(0138…)当固话或漏掉；录音名里的号码重复计数；小计/合计算成通话；"
    "录音名里的10位时间戳当号码"
)


def build(out: Path) -> Built:
    t = Maker()
    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("话单")
    ws.write_merge(0, 0, 0, 10, "外呼话单明细报表")
    ws.write_merge(
        1, 1, 0, 10, "统计区间：2023-06-01 00:00:00 至 2023-06-07 23:59:59    技能组：贷款A组"
    )
    for c, x in enumerate(
        [
            "日期",
            "坐席工号",
            "坐席姓名",
            "主叫号码",
            "被叫号码",
            "客户姓名",
            "开始时间",
            "通话秒数",
            "结果",
            "录音文件",
            "小结",
        ]
    ):
        ws.write(2, c, x)
    tr = [t.landline() for _ in range(4)]
    ag = [(8001 + i, name()) for i in range(9)]
    r = 3
    n = 0
    prev = []
    for day in range(1, 8):
        tot = 0
        for _ in range(CHANCE.randint(70, 110)):
            if prev and CHANCE.random() < 0.15:
                nm, m = pick(prev)
            else:
                nm = name() if CHANCE.random() < 0.8 else ""
                m = t.mobile()
                m = ("0" + m) if CHANCE.random() < 0.5 else m
                prev.append((nm, m))
            a = pick(ag)
            s = CHANCE.choice([0, 0, CHANCE.randint(5, 600)])
            tot += s
            st = dt.datetime(
                2023, 6, day, CHANCE.randint(9, 20), CHANCE.randint(0, 59), CHANCE.randint(0, 59)
            )
            row = [
                f"2023-06-{day:02}",
                a[0],
                a[1],
                pick(tr),
                m,
                nm,
                st.strftime("%H:%M:%S"),
                s,
                "接通" if s else pick(["无人接听", "空号", "拒接"]),
                f"/rec/202306{day:02}/{a[0]}_{m}_{int(st.replace(tzinfo=dt.UTC).timestamp())}.wav"
                if s
                else "",
                ("加微信 " + t.mobile())
                if s and CHANCE.random() < 0.05
                else pick(["有意向", "已挂", "考虑", ""])
                if s
                else "",
            ]
            for c, x in enumerate(row):
                ws.write(r, c, x)
            r += 1
            n += 1
        ws.write(r, 0, "小计")
        ws.write(r, 7, tot)
        r += 1
    ws.write(r, 0, "合计")
    ws.write(r, 4, f"{n} 通")
    ws.write(r + 1, 0, "报表生成：system  2023-06-08 00:05")
    (out / NAME).write_bytes(xls_bytes(wb))
    return NAME, t.truth(WHAT, MUST_NOT, n)
