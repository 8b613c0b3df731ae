"""A shop's order export: GBK CSV with ="..." cells, quoted commas and line breaks."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.third.common import Built, Maker, write

NAME = "03-ExportOrderList20240318.csv"
HEADS = (
    "订单编号,买家会员名,支付单号,实付金额,收货人姓名,收货地址,联系手机,宝贝标题,物流单号,"
    "订单创建时间,买家留言"
)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def build(out: Path) -> Built:
    m = Maker(3103)
    lines = [HEADS]
    buyers: list[tuple[str, str, str]] = []
    for i in range(400):
        order = "21" + m.digits(17)
        pay = "2024031822001" + m.digits(15)
        if i >= 330:  # older than ninety days: the platform masks
            name, addr, phone = m.name()[0] + "**", "浙江省杭州市西湖区****", m.masked_mobile()
        elif buyers and i % 12 == 0:
            name, addr, phone = m.r.choice(buyers)
        else:
            name, addr, phone = m.name(), m.address(" , "), m.mobile()
            buyers.append((name, addr, phone))
        said = ""
        if i % 29 == 4 and i < 330:
            said = f"放门卫,打不通打{m.mobile()}\n谢谢老板"
        elif i % 31 == 6:
            said = '要"大号"的\n尽快发'
        waybill = m.r.choice(["YT8" + m.digits(12), "SF1" + m.digits(12), "78" + m.digits(12)])
        goods = m.r.choice(["纯棉四件套,1.8m床", "老人鞋 防滑 42码", "艾草足浴包30包/盒"])
        nick = f"tb{m.digits(8)}" if m.r.random() < 0.6 else "小" + m.r.choice("鱼猫兔") + "的店"
        cells = [
            f'="{order}"',
            nick,
            f"\t{pay}",
            f"{m.r.randint(19, 400)}.{m.digits(2)}",
            name,
            quoted(addr),
            f'="{phone}"',
            quoted(goods),
            f'="{waybill}"',
            m.moment().strftime("%Y/%m/%d %H:%M"),
            quoted(said) if said else "",
        ]
        lines.append(",".join(cells))
    write(out, NAME, ("\r\n".join(lines) + "\r\n").encode("gbk"))
    return NAME, m.truth(
        '店铺订单导出(GBK CSV)：="..." 单元格、引号内逗号与换行、90天外打码、回头客',
        400,
        None,
        "find mobiles or identity numbers inside order, payment and waybill numbers; break the row "
        "at a quoted line break; lose the second mobile in the buyer's words",
    )
