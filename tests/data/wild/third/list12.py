"""Renewals saved as CSV once too often: mobiles are 1.38E+10, few survive in the remarks."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.third.common import Built, Maker, write

NAME = "12-寿险续期客户.csv"


def build(out: Path) -> Built:
    m = Maker(3112)
    lines = [",,寿险续期客户清单,,,,", "保单号,投保人,性别,证件号,手机号,应缴保费,备注"]
    for i in range(350):
        policy = f"P2021{m.digits(10)}" if i % 5 else f"{m.r.randint(1, 9)}.2021E+14"
        if i % 10 < 6:
            whole = m.bare_mobile()
            phone = f"{whole[0]}.{whole[1:3]}E+10"
        else:
            phone = m.mobile()
        damaged = m.bare_id()
        number = f"{damaged[0]}.{damaged[1:6]}E+17"
        if damaged.endswith("X"):
            number = m.put("id_number", damaged)  # the X kept Excel's hands off
        remark = ""
        if i % 13 == 2:
            remark = f"换号{m.mobile()}"
        elif i % 19 == 3:
            remark = f"单位 {m.landline()}"
        elif i % 21 == 4:
            remark = "自动扣款失败，卡里没钱"
        sex = m.r.choice("男女")
        lines.append(
            f"{policy},{m.name()},{sex},{number},{phone},{m.r.randint(5, 90) * 100},{remark}"
        )
    lines += [",,,,,,", "合计,350,,,,,"]
    write(out, NAME, ("\r\n".join(lines) + "\r\n").encode("gbk"))
    return NAME, m.truth(
        "寿险续期CSV(GBK)：六成手机成1.38E+10，身份证只剩X结尾的完好，备注里有换号和单位电话，有合计行",
        350,
        None,
        "guess a number out of 1.38E+10 or 3.30106E+17; count the 合计 row; lose the numbers in "
        "the remarks",
    )
