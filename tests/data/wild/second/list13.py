"""A QQ group's export: cards, single lines, reposts, corrections, chatter."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.data.wild.second.common import (
    CHANCE,
    Built,
    Maker,
    address,
    bank_card,
    bare_mobile,
    dashed,
    digits,
    name,
    pick,
    qq_number,
    spaced,
)

NAME = "13-料子对接群(全部消息).txt"
WHAT = (
    "QQ消息导出TXT(UTF-8 BOM)：时间+昵称(QQ号)，成员贴“姓名：/电话：”卡片、一行一条、重发、更正、"
    "残号；夹闲聊"
)
MUST_NOT = "QQ号、消息时间当数据；重发的重复计数；“少一位”的残号补全；两个卡片的姓名电话错配"


def build(out: Path) -> Built:
    t = Maker()
    lines = [
        "消息记录（此消息记录为文本格式，不支持重新导入）",
        "",
        "=" * 64,
        "消息分组:我的QQ群",
        "=" * 64,
        "消息对象:料子对接群③",
        "=" * 64,
        "",
        "",
    ]
    mem = [
        (
            pick(["A", "诚信", "老", "小", "专业"])
            + pick(["渠道", "王", "飞", "数据", "出料", "k哥"])
            + digits(1),
            qq_number(),
        )
        for _ in range(14)
    ]
    when = dt.datetime(2023, 3, 1, 9, 12, 3)
    cards = []
    for _i in range(420):
        when += dt.timedelta(seconds=CHANCE.randint(9, 9000))
        a, q = pick(mem)
        r = CHANCE.random()
        lines.append(f"{when:%Y-%m-%d} {when.hour}:{when:%M:%S} {a}({q})")
        if r < 0.28:
            nm = name()
            c = pick(["：", ":"])
            s = (
                f"姓名{c}{nm}\n电话{c}"
                f"{pick([lambda m: m, lambda m: m, spaced, dashed])(t.mobile())}\n"
            )
            if CHANCE.random() < 0.5:
                s += f"身份证{c}{t.id18()}\n"
            s += f"地址{c}{address()}\n额度{c}{CHANCE.randint(1, 20)}万"
            cards.append(s)
            lines.append(s)
        elif r < 0.5:
            s = "\n".join(
                pick(["{n} {m} {a}", "{m} {n}", "{n}，{m}，{a}", "{n}{m}{a}"]).format(
                    n=name(), m=t.mobile(), a=address()
                )
                for _ in range(CHANCE.randint(1, 6))
            )
            cards.append(s)
            lines.append(s)
        elif r < 0.56 and cards:
            lines.append(pick(cards) + "\n" + pick(["这个再跟一下", "再发一遍"]))
        elif r < 0.60:
            lines.append("上面那个号码错了，应该是" + t.mobile())
        elif r < 0.62:
            lines.append(name() + " " + bare_mobile()[:10] + " 号码少一位，问下客户")
        elif r < 0.65:
            lines.append(
                "有人用"
                + t.hotline(pick(["400-830-7711", "400-618-0231", "95188", "10086"]))
                + "打过来吗"
            )
        elif r < 0.67:
            lines.append("结算打这张卡 " + bank_card() + " " + name())
        else:
            lines.append(
                pick(
                    [
                        "[图片]",
                        "[表情]",
                        "在吗",
                        "一手的5毛 二手2毛",
                        "今天的料质量不行",
                        "收到",
                        "@全体成员 下午结算",
                        "能不能先试100条",
                        "空号率太高了",
                        "加我 详聊",
                        "[文件]客户0312.xlsx",
                        "🉑",
                        "1",
                    ]
                )
            )
        lines.append("")
    (out / NAME).write_bytes(
        b"\xef\xbb\xbf" + "\n".join(lines).replace("\n", "\r\n").encode("utf-8")
    )
    return NAME, t.truth(WHAT, MUST_NOT)
