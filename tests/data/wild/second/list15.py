"""A WeChat export tool's CSV: XML quotes that repeat a message, last-four shorthand."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

from tests.data.wild.second.common import CHANCE, Built, Maker, digits, hexes, name, pick, unique

NAME = "15-messages_催收二组.csv"
WHAT = (
    "微信记录导出工具CSV(UTF-8 BOM)：StrContent多行，引用消息是XML且重复原文，wxid、19位MsgSvrID、"
    "10位时间；“姓名 尾号1234”的简写"
)
MUST_NOT = "MsgSvrID里切号码；引用消息里重复的号码再计一次；尾号四位当完整号码；多行内容拆成多条"


def build(out: Path) -> Built:
    t = Maker()
    b = io.StringIO()
    b.write("\ufeff")
    w = csv.writer(b, lineterminator="\r\n")
    w.writerow(
        [
            "localId",
            "TalkerId",
            "Type",
            "SubType",
            "IsSender",
            "CreateTime",
            "MsgSvrID",
            "StrContent",
            "StrTime",
            "Remark",
            "NickName",
            "Sender",
        ]
    )
    mem = [
        (
            "wxid_"
            + "".join(pick("abcdefghijkmnpqrstuvwxyz0123456789") for _ in range(6))
            + "k"
            + digits(2)
            + "22",
            x,
        )
        for x in ["二组阿强", "小美", "组长", "风控-老周", "🍀", "沈"]
    ]
    n = 540
    c = 1681000000
    said = []
    for i in range(n):
        c += CHANCE.randint(5, 3000)
        wx, nk = pick(mem)
        ty, st = "1", "0"
        r = CHANCE.random()
        if r < 0.22:
            s = (
                f"{name()} {t.mobile()} 欠{CHANCE.randint(800, 30000)} 逾期{CHANCE.randint(3, 90)}"
                "天"
            )
            said.append(s)
        elif r < 0.32:
            s = "\n".join(
                [
                    "客户：" + name(),
                    "身份证：" + t.id18(),
                    "本人：" + t.mobile(),
                    "联系人1：" + name() + " " + t.mobile(),
                    "联系人2：" + name() + " " + pick([t.landline, t.mobile])(),
                ]
            )
            said.append(s)
        elif r < 0.38:
            s = (
                "帮查下 "
                + t.put("name_last4", unique(lambda: name() + " 尾号" + digits(4)))
                + " 还了没"
            )
        elif r < 0.46 and said:
            ty, st = "49", "57"
            q = pick(said)
            s = (
                '<?xml version="1.0"?>\n<msg>\n\t<appmsg appid="" sdkver="0">\n\t\t<title>'
                "{}</title>\n\t\t<type>57</type>\n\t\t<refermsg>\n\t\t\t<type>1</type>\n\t\t\t"
                "<svrid>{}</svrid>\n\t\t\t<displayname>{}</displayname>\n\t\t\t<content>"
                "{}</content>\n\t\t</refermsg>\n\t</appmsg>\n</msg>"
            ).format(
                pick(["这个承诺今天还", "接通了", "关机", "让他加我"]),
                "7" + digits(18),
                pick(mem)[1],
                q,
            )
        elif r < 0.5:
            ty = "3"
            s = (
                f'<msg><img aeskey="{hexes(32)}" length="{CHANCE.randint(9000, 900000)}" '
                f'md5="{hexes(32)}"/></msg>'
            )
        elif r < 0.53:
            s = "资料发邮箱 " + t.email()
        elif r < 0.55:
            s = "这个客户投诉到" + t.hotline(pick(["95511", "95588"])) + "了"
        else:
            s = pick(
                [
                    "好",
                    "收到",
                    "在打",
                    "[强]",
                    "今天回款多少",
                    "别爆通讯录 有投诉",
                    "他说下周",
                    "嗯",
                    "ok",
                ]
            )
        w.writerow(
            [
                i + 1,
                "4483" + "2098@chatroom",
                ty,
                st,
                int(nk == "二组阿强"),
                c,
                pick("12345678") + digits(18),
                s,
                dt.datetime.fromtimestamp(c, dt.UTC).strftime("%Y-%m-%d %H:%M:%S"),
                "",
                nk,
                wx,
            ]
        )
    (out / NAME).write_bytes(b.getvalue().encode("utf-8"))
    return NAME, t.truth(WHAT, MUST_NOT, n)
