"""Order cards pasted one after another in five layouts, numbers in many writings."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.first.common import Built, Maker

NAME = "20-订单粘贴.txt"


def build(out: Path) -> Built:
    draw = Maker(120)
    r = draw.r
    o = []
    for i in range(400):
        n = draw.name()
        fm = [
            "plain",
            "plain",
            "full",
            "plain",
            "hanzi",
            "+86",
            "space",
            "plain",
            "yao",
            "0086",
            "dash",
            "hanzi0",
        ][i % 12]
        m = draw.mobile(fm)
        a = draw.address()
        no = f"{draw.moment():%y%m%d}-{draw.digits(15)}" if i % 2 else "33" + draw.digits(17)
        k = i % 5
        if k == 0:
            c = [f"姓名：{n}", f"电话：{m}", f"地址：{a}", f"订单编号：{no}"]
        elif k == 1:
            c = [f"【收件人】{n}", f"【手机】 {m}", f"【地址】{a}"] + (
                [f"【身份证】{draw.id18()}"] if i % 3 == 0 else []
            )
        elif k == 2:
            c = [f"订单号:{no}", f"收货人:{n}  联系方式:{m}", f"{a}"] + (
                [f"备注:打不通打{draw.mobile()}，放门口"] if i % 4 == 0 else []
            )
        elif k == 3:
            c = [f"{n}，{m}，{a}"]
        else:
            c = [
                f"客 户 : {n}",
                f"Tel   : {m}",
                f"款 式 : 黑色 {r.randint(36, 44)}码 x{r.randint(1, 3)}",
            ] + ([f"E-mail: {draw.email()}"] if i % 2 == 0 else [])
        o += c + r.choice([[""], ["", ""], ["=" * 20], ["- - -"]])
    (out / NAME).write_bytes("\n".join(o).encode())
    return NAME, draw.truth(
        (
            "order cards pasted one after another in five layouts; numbers in half and full width, "
            "一三八零…, 幺三八…, 〇, +86, 0086, spaces, dashes; second numbers in remarks"
        ),
        (
            "miss full-width or Chinese-numeral numbers; cut 19-digit or 230506-… order numbers "
            "into mobiles or (last 15 digits) old IDs; join two cards into one person"
        ),
        None,
        400,
    )
