"""A bare list of numbers: repeats, prefixes, numbers too short or too long."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.second.common import CHANCE, Built, Maker, digits, pick
from tests.data.wild.second.words import PREFIXES

NAME = "12-gd移动3k.txt"
WHAT = "纯号码TXT，一行一个，CRLF；有重复行、空行、行尾空格，少量86/+86前缀，混入10位/12位残号"
MUST_NOT = "残号(10位、12位)补齐或截取成手机号；重复行重复计数；86前缀号漏掉"


def build(out: Path) -> Built:
    t = Maker()
    ms = []
    for i in range(2450):
        m = t.mobile()
        ms.append("86" + m if i % 97 == 5 else "+86" + m if i % 131 == 7 else m)
    x = (
        ms
        + CHANCE.sample(ms, 180)
        + [pick(PREFIXES) + digits(7) for _ in range(11)]
        + [pick(PREFIXES) + digits(9) for _ in range(6)]
    )
    CHANCE.shuffle(x)
    o = []
    for v in x:
        o.append(v + (" " if CHANCE.random() < 0.03 else ""))
        if CHANCE.random() < 0.01:
            o.append("")
    (out / NAME).write_bytes(("\r\n".join(o) + "\r\n").encode("ascii"))
    return NAME, t.truth(WHAT, MUST_NOT)
