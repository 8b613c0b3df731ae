"""Delivery cards pasted one after another, then the same thing in one line each."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.third.common import CITIES, ROADS, Built, Maker, write

NAME = "15-发货地址.txt"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def build(out: Path) -> Built:
    m = Maker(3115)
    blocks: list[str] = []
    for i in range(150):
        prov, city, area, _ = m.r.choice(CITIES)
        road = f"{m.r.choice(ROADS)}{m.r.randint(1, 400)}号"
        name = m.name()
        if i % 15 == 7:
            phone = m.put("mobile", m.bare_mobile().translate(WIDE))
        else:
            phone = m.styled_mobile(m.r.choice(["{}{}{}", "{}{}{}", "86-{}{}{}", "+86{}{}{}"]))
        form = i % 3
        if form == 0:
            card = f"收货人: {name}\n手机号码: {phone}\n"
            card += f"所在地区: {prov}{city}{area}\n详细地址: {road}"
        elif form == 1:
            card = f"姓名：{name}\n电话：{phone}\n地址：{prov} {city} {area} {road}\n"
            card += "产品：护眼仪 1台\n代收：398"
        else:
            card = f"收件人：{name}\n\n联系电话：\n{phone}\n地址：{city}{area}{road}"
        blocks.append(card)
    blocks.append("-------------下面是今天的-------------")
    for _ in range(60):
        prov, city, area, _code = m.r.choice(CITIES)
        road = f"{m.r.choice(ROADS)}{m.r.randint(1, 99)}号"
        blocks.append(f"{m.name()}，{m.mobile()}，{prov}{city}{area}{road}")
    write(out, NAME, "\n\n".join(blocks).encode("gb18030"))
    return NAME, m.truth(
        "发货地址卡片粘贴(GB18030)：三种卡片写法、全角数字、86-前缀、号码另起一行，后半为一行一人",
        None,
        210,
        "miss full-width digits; take the card's lines for rows of a table; split a card at its "
        "empty line",
    )
