"""A company search's export: further numbers and mails in one cell, a disclaimer on top."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.data.wild.second.common import (
    CHANCE,
    Built,
    Maker,
    address,
    birthday,
    digits,
    firm,
    name,
    pick,
)
from tests.data.wild.second.files import xlsx_bytes
from tests.data.wild.second.words import CITIES

NAME = "03-高级搜索-企业名录导出20230418.xlsx"
WHAT = (
    "企业查询网站“高级搜索”导出：首行免责声明，统一代码、法人、电话、更多电话(;分隔)、邮箱、"
    "更多邮箱，空为 -"
)
MUST_NOT = "首行声明当表头；更多电话/更多邮箱只取第一个；注册号(15位)当成旧身份证；固话当手机"


def build(out: Path) -> Built:
    t = Maker()
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "企业列表"
    ws["A1"] = (
        "以下数据由系统根据公开信息整理，仅供参考，不构成任何建议。导出时间：2023-04-18 "
        "10:22:31  导出账号：u_8837"
    )
    ws.merge_cells("A1:N1")
    ws.append(
        [
            "企业名称",
            "经营状态",
            "法定代表人",
            "注册资本",
            "成立日期",
            "所属省份",
            "所属城市",
            "统一社会信用代码",
            "注册号",
            "电话",
            "更多电话",
            "邮箱",
            "更多邮箱",
            "企业地址",
        ]
    )
    n = 420
    agents = [t.mobile() for _ in range(8)]
    agm = [t.email() for _ in range(4)]
    for _i in range(n):
        r = CHANCE.random()
        p, c, _q = pick(CITIES)
        ph = (
            t.mobile()
            if r < 0.6
            else t.landline()
            if r < 0.8
            else pick(agents)
            if r < 0.92
            else "-"
        )
        more = (
            "-"
            if ph == "-" or CHANCE.random() < 0.4
            else ";".join(
                (
                    t.mobile()
                    if CHANCE.random() < 0.6
                    else t.landline()
                    if CHANCE.random() < 0.7
                    else pick(agents)
                )
                for _ in range(CHANCE.randint(1, 5))
            )
        )
        em = "-" if CHANCE.random() < 0.3 else t.email() if CHANCE.random() < 0.85 else pick(agm)
        mem = (
            "-"
            if em == "-" or CHANCE.random() < 0.75
            else ";".join(t.email() for _ in range(CHANCE.randint(1, 3)))
        )
        ws.append(
            [
                firm(),
                pick(["存续", "存续", "在业", "注销"]),
                name(),
                pick(["100万人民币", "500万人民币", "50万元", "1000万人民币"]),
                birthday(2005, 2022).isoformat(),
                p,
                c,
                t.uscc(),
                "9" + digits(14) if CHANCE.random() < 0.4 else "-",
                ph,
                more,
                em,
                mem,
                address(),
            ]
        )
    (out / NAME).write_bytes(xlsx_bytes(wb))
    return NAME, t.truth(WHAT, MUST_NOT, n)
