"""A WeChat sign-up list of a building: everybody writes as they like."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.second.common import CHANCE, Built, Maker, dashed, name, pick, spaced, wide

NAME = "14-3栋业主接龙.txt"
WHAT = (
    "微信群“#接龙”粘贴，房号+姓名+电话+车牌，各写各的：横线/空格/全角数字/序号贴着号码/两个号码/家"
    "庭多人"
)
MUST_NOT = "序号“12.”与号码粘连读成小数；全角数字漏掉；“138xxxxxxxx”示例当号码；房号、栋号当尾号"


def build(out: Path) -> Built:
    t = Maker()
    lines = [
        "#接龙",
        "海晏豪庭3栋住户信息登记（物业急用，今晚8点前）",
        "格式：房号+姓名+电话+车牌，例：3-101 张三 138xxxxxxxx 粤Bxxxxx",
        "",
    ]
    n = 146
    for i in range(1, n + 1):
        rm = (i + 3) // 4 * 100 + (i - 1) % 4 + 1
        m = t.mobile()
        nm = name()
        pl = t.plate() if CHANCE.random() < 0.5 else None
        r = i % 12
        pick([". ", ". ", ". "])
        if r == 0:
            s = "{}.{} {} 3-{} {}".format(i, m, nm, rm, pl or "")
        elif r == 1:
            s = "{}. 3栋{}，{}，电话{}，{}".format(i, rm, nm, dashed(m), pl or "无车")
        elif r == 2:
            s = "{}. {}{}{}{}".format(i, rm, nm, m, pl or "")
        elif r == 3:
            s = "{}. 3-{} {} {} {}".format(i, rm, nm, wide(m), pl or "没车")
        elif r == 4:
            s = "{}. 3-{} {} {}；老婆{} {} {}".format(i, rm, nm, m, name(), t.mobile(), pl or "")
        elif r == 5:
            s = "{}. {} 3-{} {} {} 租户，房东电话{}".format(
                i, nm, rm, spaced(m), pl or "", t.mobile()
            )
        elif r == 6:
            s = "{}. 3-{} {} {} {}{}".format(
                i, rm, nm, m, pl or "", (" 还有一台" + t.plate()) if pl else ""
            )
        else:
            s = "{}. 3-{} {} {}{}".format(i, rm, nm, m, " " + pl if pl else "")
        lines.append(s.rstrip())
    lines += [
        "",
        "以上如有错误请私聊管家小陈",
        "物业服务中心 " + t.landline(),
        "水务抢修 " + t.hotline("400-878-3321"),
    ]
    (out / NAME).write_bytes("\n".join(lines).encode("utf-8"))
    return NAME, t.truth(WHAT, MUST_NOT, n)
