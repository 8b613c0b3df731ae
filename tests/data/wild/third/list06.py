"""A call centre's call record sheet: three header rows, recordings named by number, totals."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openpyxl import Workbook

from tests.data.wild.third.common import Built, Maker, write, xlsx_bytes

NAME = "06-通话记录报表_202403.xlsx"
HEADS = [
    "序号", "坐席工号", "坐席姓名", "客户姓名", "被叫号码", "主叫(外显)", "开始时间",
    "通话时长(秒)", "状态", "uniqueid", "录音文件",
]  # fmt: skip


def build(out: Path) -> Built:
    m = Maker(3106)
    book = Workbook()
    sheet = book.active
    sheet.title = "通话明细"
    sheet["A1"] = "杭州某某信息咨询有限公司外呼通话明细表"
    sheet.merge_cells("A1:K1")
    sheet["A2"] = "统计周期：2024-03-01 00:00:00 至 2024-03-15 23:59:59"
    sheet.merge_cells("A2:F2")
    sheet["G2"] = "导出人：admin"
    sheet.append([])
    sheet["B3"] = "坐席"
    sheet.merge_cells("B3:C3")
    sheet["D3"] = "客户"
    sheet.merge_cells("D3:E3")
    sheet["F3"] = "通话"
    sheet.merge_cells("F3:K3")
    for col, head in enumerate(HEADS, 1):
        sheet.cell(4, col, head)
    agents = [(str(8001 + i), m.name()) for i in range(6)]
    trunks = [m.landline("0571") for _ in range(3)]
    called: list[tuple[str, str]] = []
    total = 0
    for i in range(300):
        agent = m.r.choice(agents)
        if called and m.r.random() < 0.22:
            name, number = m.r.choice(called)
        else:
            name = m.name() if m.r.random() < 0.6 else ""
            number = m.landline() if m.r.random() < 0.08 else m.mobile()
            called.append((name, number))
        start = dt.datetime(2024, 3, 1, 9, 0, 0) + dt.timedelta(
            seconds=i * 3700 + m.r.randrange(900)
        )
        secs = m.r.choice([0, 0, 12, 31, 45, 88, 210, 362])
        total += secs
        stamp = 1709254800 + i * 3700
        digits = number.replace("-", "")
        is_mobile = "-" not in number
        tape = f"/rec/{start:%Y%m%d}/{start:%H%M%S}_{agent[0]}_{digits}.wav"
        sheet.append(
            [
                i + 1, agent[0], agent[1], name, number, m.r.choice(trunks), start, secs,
                "已接通" if secs else "未接", f"{stamp}.{m.digits(5)}",
                tape if secs and is_mobile else "",
            ]
        )  # fmt: skip
    sheet.append(["合计", None, None, None, None, None, None, total, None, None, None])
    write(out, NAME, xlsx_bytes(book))
    return NAME, m.truth(
        "呼叫中心通话报表：三行表头加字段行、同一客户多次通话、录音路径含号码、合计行",
        300,
        None,
        "count the total row; count a number again for its recording's file name; read the "
        "uniqueid (1709254800.12345) or extension as a number",
    )
