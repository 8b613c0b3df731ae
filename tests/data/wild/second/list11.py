"""A leaked shop database as text: four parts joined, each with its own order of fields."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.second.common import CHANCE, Built, Maker, address, digits, hexes, name, pick
from tests.data.wild.second.words import WORDS

NAME = "11-某商城库 4组合并.txt"
WHAT = (
    "泄露库TXT：邮箱----密码----手机----姓名----身份证，两段拼接字段顺序不同，也有 --- 和 | 分隔，"
    "密码有时就是本人手机号；头尾有广告行；LF换行无BOM"
)
MUST_NOT = "广告行算人；密码=手机号重复计数；按固定顺序取列；混合分隔符读成一列"


def build(out: Path) -> Built:
    t = Maker()
    lines = [f"######  一手数据 更多库联系飞机 @shuju_{digits(3)}  ######", ""]
    n = 1500
    for i in range(n):
        nm = name()
        e = t.email()
        m = t.mobile()
        pw = (
            m
            if CHANCE.random() < 0.06
            else pick(WORDS) + digits(CHANCE.randint(3, 6))
            if CHANCE.random() < 0.8
            else pick("abzqw") + digits(6)
        )
        if i < 700:
            f = [e, pw, m, nm] + ([t.id18()] if CHANCE.random() < 0.6 else [])
            s = "----"
        elif i < 1200:
            f = [nm, t.id18(), m, e, pw]
            s = "----" if i % 5 else "---"
        else:
            f = [e, hexes(32), m, nm, address()]
            s = "|"
        lines.append(s.join(f))
    lines += ["", f"============= 以上{n}条 重复包换 ============="]
    (out / NAME).write_bytes("\n".join(lines).encode("utf-8"))
    return NAME, t.truth(WHAT, MUST_NOT, n, n)
