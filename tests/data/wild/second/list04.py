"""A shipping tool's labels: most receivers masked, senders whole, a formula row."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.data.wild.second.common import (
    CHANCE,
    Built,
    Maker,
    address,
    bare_mobile,
    digits,
    masked,
    name,
    pick,
)
from tests.data.wild.second.files import xlsx_bytes

NAME = "04-5月发货面单.xlsx"
WHAT = "打单软件导出的快递面单：收件人多为脱敏 138****5678，老订单为全号；寄件人全号；运单号/订单号"
MUST_NOT = (
    "把脱敏号当手机号或补全；从运单号、订单号中切出手机号；多店铺寄件人号码反复出现按行重复计数"
)


def build(out: Path) -> Built:
    t = Maker()
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "面单"
    ws.append(
        [
            "打印时间",
            "快递公司",
            "运单号",
            "订单号",
            "寄件人",
            "寄件电话",
            "收件人",
            "收件电话",
            "收件地址",
            "商品",
            "重量kg",
            "代收货款",
        ]
    )
    sh = [(name(), t.mobile()) for _ in range(9)] + [("云仓发货", t.landline())]
    n = 830
    for i in range(n):
        s = pick(sh)
        nm = name()
        if i % 5 == 2:
            rn, rp, ra = nm, t.mobile(), address()
        elif i % 50 == 8:
            rn, rp, ra = nm, t.landline(), address()
        else:
            rn, rp, ra = (
                nm[0] + "*" * (len(nm) - 1),
                t.put("mobile_masked", masked(bare_mobile())),
                address()[:9] + "****",
            )
        ws.append(
            [
                (
                    f"2023-05-{CHANCE.randint(1, 31):02} "
                    f"{CHANCE.randint(8, 22):02}:{CHANCE.randint(0, 59):02}"
                ),
                *pick(
                    [
                        ("顺丰", "SF1" + digits(12)),
                        ("圆通", "YT" + digits(13)),
                        ("中通", "78" + digits(12)),
                        ("极兔", "JT5" + digits(12)),
                    ]
                ),
                ("2305" + digits(15)),
                s[0],
                s[1],
                rn,
                rp,
                ra,
                pick(["护膝x1", "茶叶礼盒*2", "保健枕", "洗衣液8斤", "老花镜 300度"]),
                round(CHANCE.uniform(0.3, 5), 2),
                pick([0, 0, 0, 199, 298, 398]),
            ]
        )
    ws.append(
        [
            "合计",
            None,
            f"{n}单",
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            f"=SUM(K2:K{n + 1})",
            f"=SUM(L2:L{n + 1})",
        ]
    )
    (out / NAME).write_bytes(xlsx_bytes(wb))
    return NAME, t.truth(WHAT, MUST_NOT, n)
