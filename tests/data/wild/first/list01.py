"""A back-end's HTML named .xls: customer cells span order rows, dashes and @ as entities."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.first.common import Built, Maker

NAME = "01-会员订单导出.xls"


def build(out: Path) -> Built:
    draw = Maker(101)
    r = draw.r
    o = [
        (
            '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta '
            'http-equiv="Content-Type" content="text/html; charset=gb2312">'
        ),
        '<style>td{mso-number-format:"\\@"} .n{color:#138138}</style></head><body><table border=1>',
        "<tr><th colspan=8>会员订单明细（导出时间 2023-06-01 09:31:22）</th></tr>",
    ]
    head = (
        "<tr>"
        + "".join(
            f"<th>{h}</th>"
            for h in ["会员ID", "姓名", "手机号", "邮箱", "订单号", "金额", "支付流水", "下单时间"]
        )
        + "</tr>"
    )
    o.append(head)
    for i in range(180):
        k = r.choice([1, 1, 1, 2, 3])
        m = (
            draw.mobile("dash").replace("-", "&#45;")
            if i % 9 == 0
            else draw.mobile("+86")
            if i % 11 == 0
            else draw.mobile()
        )
        mail = draw.email().replace("@", "&#64;") if r.random() < 0.5 else "&nbsp;"
        rs = f" rowspan={k}" if k > 1 else ""
        first = (
            f'<td{rs} x:str>{100200 + i}</td><td{rs}>{draw.name()}</td><td{rs} style="vnd.ms-excel.'
            f'numberformat:@">&nbsp;{m}</td><td{rs}>{mail}</td>'
        )
        for j in range(k):
            d = draw.moment()
            o.append(
                "<tr>"
                + (first if j == 0 else "")
                + (
                    f"<td>E{d:%Y%m%d%H%M%S}{draw.digits(6)}</td><td>"
                    f"{r.randint(20, 9000)}.{draw.digits(2)}</td><td>42000{draw.digits(5)}"
                    f"{d:%Y%m%d}{draw.digits(10)}</td><td>{d:%Y-%m-%d %H:%M:%S}</td></tr>"
                )
            )
        if i % 60 == 59 and i < 179:
            o.append(head)
    o.append(
        "<tr><td colspan=5>合计：180 位会员</td><td>1395566.20</td><td></td><td></td></tr><tr>"
        f"<td colspan=8>客服热线&nbsp;{draw.hotline()}</td></tr></table></body></html>"
    )
    (out / NAME).write_bytes("\r\n".join(o).encode("gbk"))
    return NAME, draw.truth(
        (
            "back-end HTML named .xls (GBK): customer cells span 1-3 order rows, header repeated, "
            "dashes and @ as entities"
        ),
        (
            "take pieces of the 28-digit payment or E-order numbers for mobiles; lose the customer "
            "of continuation rows; miss 138&#45;1234&#45;5678 or x&#64;y"
        ),
        None,
        180,
    )
