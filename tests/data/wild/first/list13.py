"""A shop's CSV: quoted addresses first, then bare commas that shift the columns."""

from __future__ import annotations

import re
from pathlib import Path

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.files import crlf

NAME = "13-购物客户.csv"


def build(out: Path) -> Built:
    draw = Maker(113)
    r = draw.r
    o = ["姓名,性别,收货地址,邮编,手机,身份证,邮箱,消费金额,最近下单"]
    for i in range(600):
        n, m = draw.name(), draw.mobile()
        a = draw.address()
        em = ""
        if i % 4 == 0:
            em = draw.email(draw.unique(lambda: r.choice("2345689") + draw.digits(8)), "qq.com")
        elif i % 4 == 1:
            em = draw.email(m, "139.com")
        if i < 300:
            if i % 12 == 5:
                a = '"' + a[:6] + "\r\n" + a[6:] + '"'
            elif i % 3 == 0:
                a = '"' + a[:6] + "," + a[6:] + '"'
        else:
            parts = re.split(r"(?<=[区号栋])", a)
            a = ",".join(p for p in parts[: 2 + i % 3] if p) + "".join(parts[2 + i % 3 :])
        idv = draw.id18() if i % 5 else ""
        o.append(
            f"{n},{r.choice('男女')},{a},{r.choice('12345')}{draw.digits(5)},{m},{idv},{em},"
            f"{r.randint(9, 9999)}.{draw.digits(2)},{draw.moment():%Y-%m-%d}"
        )
        if i % 97 == 50:
            o.append("")
    (out / NAME).write_bytes(b"\xef\xbb\xbf" + crlf(o).encode())
    return NAME, draw.truth(
        (
            "shop CSV: first half quotes addresses (some over two lines), from row 301 the address "
            "commas are bare and the columns shift by 1-3"
        ),
        (
            "read by header after the shift (post code as phone, phone as ID); break a quoted "
            "two-line address into two people; take QQ mail digits for a phone"
        ),
        600,
        600,
    )
