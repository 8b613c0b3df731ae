"""A shop's order list: an HTML table named .xls, buyer and receiver side by side."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.second.common import CHANCE, Built, Maker, address, digits, moment, name, pick

NAME = "07-订单列表(1).xls"
WHAT = (
    "商城后台导出，xls实为HTML表格(UTF-8)：下单手机与收货手机两列，地址含<br>和&nbsp;，号码用 "
    "mso-number-format 或 &#39; 前缀"
)
MUST_NOT = (
    "按Excel打开失败；<br>拆行；实体未还原；订单号/支付流水号当身份证或手机；下单与收货同号重复计数"
)


def build(out: Path) -> Built:
    t = Maker()
    o = [
        (
            '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft'
            '-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; '
            'charset=UTF-8"><style>td{mso-number-format:"\\@";}</style></head><body><table '
            'border="1">'
        ),
        '<tr><th colspan="9" style="font-size:18px">订单列表&nbsp;&nbsp;导出人:admin</th></tr><tr>'
        + "".join(
            f"<th>{x}</th>"
            for x in [
                "ID",
                "订单号",
                "下单用户",
                "下单手机",
                "收货人",
                "收货手机",
                "收货地址",
                "支付流水",
                "金额/时间",
            ]
        )
        + "</tr>",
    ]
    n = 356
    prev = []
    for i in range(n):
        if prev and CHANCE.random() < 0.12:
            u, m = pick(prev)
        else:
            u, m = name(), t.mobile()
            prev.append((u, m))
        same = CHANCE.random() < 0.75
        rn, rm = (u, m) if same else (name(), t.mobile())
        o.append(
            (
                '<tr><td>{}</td><td style="vnd.ms-excel.numberformat:@">{}</td><td>{}</td><td>'
                "{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>￥{:.2f}<br>{}</td></tr>"
            ).format(
                40211 + i,
                "B2023" + digits(15),
                u + pick(["", "&nbsp;", '<img src="/static/vip.png">']),
                m,
                rn,
                m if same else rm + pick(["", "&nbsp;"]),
                address().replace("市", "市<br>", 1) + pick(["", "&nbsp;&amp;&nbsp;放门口"]),
                "42000018" + digits(20),
                CHANCE.uniform(20, 900),
                moment().strftime("%Y-%m-%d %H:%M:%S"),
            )
        )
    o.append(
        '<tr><td colspan="8" align="right">合计：</td><td>￥128833.20</td></tr></table></body>'
        "</html>"
    )
    (out / NAME).write_bytes("\n".join(o).encode("utf-8"))
    return NAME, t.truth(WHAT, MUST_NOT, n)
