"""A phone's SMS backup in XML with surrogate entities that strict readers refuse."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.sax.saxutils import escape

from tests.data.wild.first.common import Built, Maker

NAME = "15-sms-20230601.xml"


def build(out: Path) -> Built:
    draw = Maker(115)
    r = draw.r
    contacts = [(draw.name(), draw.mobile(["plain", "+86", "space"][i % 3])) for i in range(120)]
    o = [
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>",
        '<smses count="700" backup_date="1685577600123" type="full">',
    ]
    for i in range(700):
        t = 1683353011123 + i * 3_001_377
        if i % 3 == 0 or i < 120:
            n, a = contacts[i % 120]
            x = r.choice(["好的", "在吗？\n回个电话", "钱已转😀", "发我地址"])
            if i % 9 == 0 and i % 35:
                x = f"{draw.name()} {draw.mobile()} 明天打"
            elif i % 35 == 0:
                x = f"身份证 {draw.id18()}\n邮箱 {draw.email()}"
        else:
            n, a = "(Unknown)", r.choice(["106980095588", "1069055912380021", "10692138800415"])
            x = r.choice(
                [
                    f"【菜鸟驿站】取件码5-2-{draw.digits(4)}，运单SF1{draw.digits(12)}",
                    f"【工商银行】您的余额{r.randint(10, 9999)}.00元",
                    f"【微信】验证码{draw.digits(6)}，5分钟有效",
                    f"【美团】订单{draw.moment():%Y%m%d%H%M%S}{draw.digits(5)}已送达",
                ]
            )
            if i % 11 == 1:
                x = f"【中通】快递员{draw.name()}{draw.mobile()}为您派件"
        day = dt.datetime(1970, 1, 1) + dt.timedelta(seconds=t // 1000)
        body = (
            escape(x)
            .replace('"', "&quot;")
            .replace("\n", "&#10;")
            .replace("😀", "&#55357;&#56832;")
        )
        o.append(
            f'  <sms protocol="0" address="{a}" date="{t}" type="{1 + i % 2}" subject="null" '
            f'body="{body}" service_center="null" read="1" date_sent="{t - 1377}" '
            'readable_date="'
            f"{day.year}年{day:%m}月{day:%d}日 {day:%H:%M:%S}"
            f'" contact_name="{n}" />'
        )
    o.append("</smses>")
    (out / NAME).write_bytes("\n".join(o).encode())
    return NAME, draw.truth(
        (
            "phone SMS backup XML (with the well-known &#55357;&#56832; surrogate entities that "
            "strict XML readers refuse): 120 correspondents, couriers and leads in bodies"
        ),
        (
            "give up on the invalid surrogate entities; take ms dates, 106… sender ports or SF "
            "parcel numbers for mobiles; miss a number glued between name and 为您派件"
        ),
        700,
        still_open=("hotline",),
    )
