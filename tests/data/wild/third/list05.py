"""A WeChat group's talk copied from the PC client: leads between small talk, quotes, cards."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.data.wild.third.common import CITIES, Built, Maker, write

NAME = "05-聊天记录_精准客户对接群.txt"
TALK = [
    "收到",
    "在的老板",
    "今天还有吗",
    "[图片]",
    "[语音]",
    "质量不错",
    "昨天的接通率只有30%",
    "别重复给我",
    "[捂脸]",
    "一手的吧",
    "5毛一条",
    "要1000条",
    "转了520过去查收",
    "等下发",
    "有没有宝妈的",
    "这批空号太多了",
    "[文件]客户0305.xlsx",
]
WHO = ("老李", "A数据~阿强", "小美（客服）", "晨光", "风雨同舟")


def build(out: Path) -> Built:
    m = Maker(3105)
    now = dt.datetime(2024, 3, 5, 9, 2, 11)
    lines: list[str] = []
    sent: list[tuple[str, str]] = []
    for i in range(330):
        now += dt.timedelta(seconds=m.r.randint(9, 2400))
        who = m.r.choice(WHO)
        lines.append(f"{who} {now.year}/{now.month}/{now.day} {now:%H:%M:%S}")
        kind = m.r.random()
        if i in (60, 200):
            card = "6222 02" + m.digits(2) + " " + " ".join(m.digits(4) for _ in range(2))
            lines.append(f"卡号 {card} {m.digits(3)} 工行 {m.name()}")
        elif kind < 0.30:
            style = m.r.choice(["{}{}{}", "{}{}{}", "{}-{}-{}", "{} {} {}"])
            where = m.r.choice(CITIES)[1][:2]
            text = f"{m.name()} {m.styled_mobile(style)} {where} 贷款{i % 50 + 1}万"
            sent.append((who, text))
            lines.append(text)
        elif kind < 0.38:
            for _ in range(m.r.randint(2, 6)):
                lines.append(f"{m.mobile()} {m.name()[0]}{m.r.choice(['先生', '女士', '总'])}")
        elif kind < 0.44 and sent:
            by, text = m.r.choice(sent)
            lines += [f"「{by}：{text}」", "- - - - - - - - - - - - - - -", "这个打过了，空号"]
        elif kind < 0.50:
            who_last4 = f"{m.name()} 尾号{m.digits(4)}"
            lines.append(f"{m.put('name_last4', who_last4)} 已经加上微信了")
        elif kind < 0.53:
            lines[-1] = f'"{who}" 撤回了一条消息'
        else:
            lines.append(m.r.choice(TALK))
        lines.append("")
    write(out, NAME, "\n".join(lines).encode("utf-8"))
    return NAME, m.truth(
        "微信群聊从电脑版复制：零散料、多行料、引用回复重复、尾号、银行卡、撤回提示",
        None,
        None,
        "take the dates, bank cards or prices for numbers; count quoted leads twice; take chat "
        "nicknames for people on the list",
    )
