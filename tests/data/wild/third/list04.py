"""A text file into which somebody pasted several shareholders' lists, each as it came."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.third.common import CITIES, Built, Maker, write

NAME = "04-股民一手+二手.txt"


def build(out: Path) -> Built:
    m = Maker(3104)
    lines: list[str] = ["股民资料 3月12号整理  一共600条", ""]
    repeat: list[str] = []
    for i in range(220):
        money = m.r.choice(["10万以下", "50万", "100万+", "不详"])
        phone = m.mobile()
        if i % 37 == 10:
            phone += "/" + m.mobile()
        line = f"{m.name()}----{phone}----{m.r.choice(CITIES)[1]}----{money}"
        lines.append(line)
        if i % 11 == 0:
            repeat.append(line)
    lines += ["", "=======第二批======="]
    for _ in range(160):
        lines.append(f"{m.mobile()}\t{m.name()}\t{m.r.choice(CITIES)[1]}\t{m.r.randint(1, 80)}万")
    lines += ["", "", "=======第三批(带邮箱)======="]
    for i in range(120):
        mail = m.email() if i % 3 else ""
        lines.append(f"{m.name()}|{m.mobile()}|{mail}|{m.r.choice(['男', '女'])}")
    lines += ["", "=======群里要的======="]
    for i in range(100):
        gap = m.r.choice(["", " ", "：", "，"])
        lines.append(f"{m.name()}{gap}{m.mobile()}{gap}{m.r.choice(CITIES)[1][:2]}")
        if i % 25 == 24:
            lines.append("")
    lines += ["", "补(昨天发过的):", *repeat]
    write(out, NAME, ("\r\n".join(lines) + "\r\n").encode("gbk"))
    return NAME, m.truth(
        "股民txt(GBK)：四批料贴在一起，----、Tab、竖线、无分隔各一段，末尾补发重复行",
        600 + len(repeat),
        600,
        "take the separator of the first part for the whole file; count the repeated lines' people "
        "twice; take batch titles for people",
    )
