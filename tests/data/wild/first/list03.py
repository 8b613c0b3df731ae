"""A WeChat group paste: a sign-up list posted again and again, lead batches, quoted replies."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.words import CITIES

NAME = "03-微信群聊天记录.txt"


def build(out: Path) -> Built:
    draw = Maker(103)
    r = draw.r
    nick = ["阿杰🚀", "A华哥-料子", "小鱼儿~", "【群主】老K", "Lucky 88"]
    o = ["—————  2023-05-06  —————", ""]
    t = dt.datetime(2023, 5, 6, 10, 2, 11)

    def say(n, txt):
        nonlocal t
        t += dt.timedelta(seconds=r.randint(5, 400))
        o.extend([f"{n}  {t:%Y-%m-%d %H:%M:%S}", *txt, ""])

    ent = []
    say(nick[3], ["发一下接龙，报名听课送鸡蛋，写姓名电话人数"])
    for i in range(60):
        m = (
            draw.mobile("space")
            if i % 8 == 2
            else draw.mobile("dash")
            if i % 8 == 5
            else draw.mobile()
        )
        ent.append(
            f"{i + 1}. {draw.name()}{r.choice([' ', '，', '  '])}{m} {r.randint(1, 3)}大"
            f"{r.randint(0, 2)}小"
        )
        if i % 10 == 9:
            say(r.choice(nick), ["#接龙", "5月8日 社区理财讲座", "", *list(ent)])
        elif i % 17 == 0:
            say(
                r.choice(nick),
                [
                    r.choice(
                        [
                            "收到",
                            "[图片]",
                            '[语音] 13"',
                            "转账 ¥1380.00 已收款",
                            "加我QQ 2851390475",
                        ]
                    )
                ],
            )
    say(nick[2], [f"群主 第7个电话我打错了 应该是{draw.mobile()}"])
    say(nick[1], ["今日股民料 90条 日结", "wxid_k139x7700021q 加我"])
    for b in range(9):
        batch = []
        for _j in range(10):
            batch.append(
                r.choice(
                    [
                        lambda: (
                            f"{draw.name()} {draw.mobile()} {r.choice('男女')} "
                            f"{r.randint(25, 70)}岁"
                        ),
                        lambda: (
                            f"{draw.mobile()}{draw.name()}，{r.choice('男女')}，亏"
                            f"{r.randint(2, 90)}万"
                        ),
                        lambda: f"{draw.name()}/{draw.mobile('+86 ')}/{r.choice(CITIES)}",
                    ]
                )()
            )
        say(nick[1], batch)
        if b % 3 == 1:
            say(
                nick[0],
                [
                    f"「A华哥-料子：{batch[0]}",
                    *batch[1:3],
                    "」",
                    "- - - - - - - - - - - - - - -",
                    "这三个空号，换",
                ],
            )
    say(nick[4], [f"联系我飞机 @lucky88_data 或邮箱 {draw.email()}"])
    o.append('"小鱼儿~" 撤回了一条消息')
    (out / NAME).write_bytes("\n".join(o).encode())
    return NAME, draw.truth(
        (
            "WeChat group paste: a 接龙 list posted again and again (each post repeats all before),"
            " lead batches, quoted replies"
        ),
        (
            "count the re-posted or quoted people again; take QQ 2851390475, wxid digits, ages or "
            "amounts for phones; miss a number glued to a name"
        ),
    )
