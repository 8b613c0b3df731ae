"""A group-buying chain (接龙) copied from a chat: every reposting repeats all before it."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.third.common import Built, Maker, write

NAME = "14-团购接龙.txt"
TITLES = (
    "【奶油草莓】59.9元/箱 5斤装 周五到货",
    "【土鸡蛋】30枚 38元 满100箱开团",
    "【冷链三文鱼】128元/斤 顺丰到家",
)


def build(out: Path) -> Built:
    m = Maker(3114)
    parts: list[str] = []
    for number, title in enumerate(TITLES):
        entries: list[str] = []
        for i in range(45):
            place = f"{m.r.randint(1, 20)}-{m.r.randint(1, 3)}-"
            place += f"{m.r.randint(1, 18)}0{m.r.randint(1, 4)}"
            much = m.r.choice(["1份", "2份", "两箱", "+1", "3"])
            if m.r.random() < 0.12:
                entries.append(f"{i + 1}. {place} {much}")
            else:
                style = m.r.choice(["{}{}{}", "{}{}{}", "{}{}{}", "{} {} {}"])
                words = [m.name(), m.styled_mobile(style), place, much]
                if m.r.random() < 0.3:
                    words[0], words[1] = words[1], words[0]
                entries.append(f"{i + 1}. " + m.r.choice([" ", "  ", "，"]).join(words))
        for upto in (12, 27, 45):
            parts += ["#接龙", title, "格式：姓名 电话 房号 数量", "例 小明 电话 1-1-101 1份", ""]
            parts += entries[:upto]
            parts += ["", f"——来自小区{number + 1}群", ""]
    write(out, NAME, "\r\n".join(parts).encode("utf-8-sig"))
    return NAME, m.truth(
        "微信群接龙复制：三个团，每个团接龙贴了三次，后一次包含前一次；编号、房号、数量混排",
        None,
        None,
        "count an entry again in each reposting; join the entry number or the room number to the "
        "mobile; take the sample line for a person",
    )
