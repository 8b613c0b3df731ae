"""A marketplace seller's GBK CSV: guarded order numbers, accounts that are numbers or mails."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.data.wild.second.common import CHANCE, Built, Maker, address, digits, moment, name, pick
from tests.data.wild.second.words import WORDS

NAME = "08-ExportOrderList202303.csv"
WHAT = (
    '淘系卖家订单导出CSV(GBK)：="19位订单号"，手机号前带单引号，支付宝账号为手机或邮箱，'
    "字段内换行，null"
)
MUST_NOT = (
    '按UTF-8读；="…"与单引号没剥掉；字段内换行拆行；支付宝账号列里的手机/邮箱漏掉；订单号切出手机号'
)


def build(out: Path) -> Built:
    t = Maker()
    b = io.StringIO()
    w = csv.writer(b, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    w.writerow(
        [
            "订单编号",
            "买家会员名",
            "买家支付宝账号",
            "买家应付货款",
            "订单状态",
            "买家留言",
            "收货人姓名",
            "收货地址 ",
            "联系电话 ",
            "联系手机",
            "订单创建时间",
            "宝贝标题 ",
            "物流单号 ",
            "订单备注",
        ]
    )
    n = 523
    prev = []
    for _i in range(n):
        if prev and CHANCE.random() < 0.08:
            nick, acc, nm, m, land = pick(prev)
        else:
            nm = name()
            m = t.mobile()
            r = CHANCE.random()
            acc = m if r < 0.45 else t.mobile() if r < 0.6 else t.email()
            nick = (
                "tb" + digits(7)
                if CHANCE.random() < 0.5
                else pick(WORDS) + "_" + pick(WORDS) + digits(2)
            )
            land = ("'" + t.landline()) if CHANCE.random() < 0.07 else "'null"
            prev.append((nick, acc, nm, m, land))
        r = CHANCE.random()
        msg = pick(["", "", "", "尽快发货", "不要放驿站", "null"])
        if r < 0.04:
            msg = "送人的，打这个电话\n" + t.mobile() + " 谢谢"
        w.writerow(
            [
                '="{}"'.format(pick("1234") + digits(18)),
                nick,
                acc,
                f"{CHANCE.uniform(9, 600):.2f}",
                pick(["交易成功", "卖家已发货，等待买家确认", "交易关闭"]),
                msg,
                nm,
                address() + "(" + digits(6) + ")",
                land,
                "'" + m,
                moment().strftime("%Y-%m-%d %H:%M:%S"),
                pick(["中老年钙片", "足贴 10片", "男士夹克, 加绒"]),
                "No:YT" + digits(13),
                "'" + pick(["", "null", "已赔付"]),
            ]
        )
    (out / NAME).write_bytes(b.getvalue().encode("gbk"))
    return NAME, t.truth(WHAT, MUST_NOT, n)
