"""A masked list: four mask styles, four separators, then names with last four digits."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.words import CITIES, GIVEN, SURNAMES

NAME = "11-脱敏料.txt"


def build(out: Path) -> Built:
    draw = Maker(111)
    r = draw.r
    o = ["姓名----手机----身份证----城市", ""]
    for i in range(300):
        s = draw.r.choice(SURNAMES) + r.choice(["*", "**", "*" + r.choice(GIVEN)])
        m = (
            draw.mobile()
            if i % 25 == 6
            else draw.masked_mobile(["{}****{}", "{}xxxx{}", "{}＊＊＊＊{}", "{}-****-{}"][i % 4])
        )
        idm = draw.masked_id(i % 3 > 0)
        sep = ["----", " | ", "\t", "——"][i // 75]
        o.append(sep.join([s, m, idm, r.choice(CITIES)]))
    f2 = ["", "以下只有尾号：", ""]
    for i in range(80):
        q = draw.digits(4)
        nm = draw.name()
        draw.put("name_last4", f"{nm}|{q}")
        f2.append(
            [f"{nm}（尾号{q}）", f"{nm} 尾号{q}", f"{nm}，手机尾号：{q}", f"{nm} 电话后四位{q}"][
                i % 4
            ]
        )
    o2 = "\n".join(o + f2) + "\n"
    (out / NAME).write_bytes(o2.encode())
    return NAME, draw.truth(
        (
            "masked list: 张*----138****5678----440305********123X, four mask styles, four "
            "separators by section, then names with last four digits"
        ),
        (
            "count masked numbers as mobiles or fill the stars; read ---- inside 138-****-5678 as "
            "a separator; miss xxxx and full-width stars"
        ),
    )
