"""A Telegram export: text and text entities carry the same words, numbers cut by bold."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from tests.data.wild.first.common import Built, Maker

NAME = "04-result.json"


def build(out: Path) -> Built:
    draw = Maker(104)
    r = draw.r
    msgs = []
    mid = 1381
    t = 1683353011
    back = []

    def add(ent, **kw):
        nonlocal mid, t
        mid += r.randint(1, 3)
        t += r.randint(10, 900)
        text = [e["text"] if e["type"] == "plain" else e for e in ent]
        if len(text) == 1 and isinstance(text[0], str):
            text = text[0]
        u = r.choice(
            [
                ("user6139880142", "数据小王子"),
                ("user1598830127", "Data Boss"),
                ("user7738120455", "出料 24h"),
            ]
        )
        msgs.append(
            {
                "id": mid,
                "type": "message",
                "date": dt.datetime.fromtimestamp(t, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S"),
                "date_unixtime": str(t),
                "from": u[1],
                "from_id": u[0],
                **kw,
                "text": text,
                "text_entities": ent,
            }
        )

    def plain(s):
        return {"type": "plain", "text": s}

    for i in range(220):
        n = draw.name()
        if i % 3 == 0:
            e = [
                plain(f"姓名：{n}\n电话："),
                {"type": "phone", "text": draw.mobile()},
                plain("\n身份证："),
                {"type": "bank_card", "text": draw.id18()},
                plain(f"\n地址：{draw.address()}"),
            ]
        elif i % 3 == 1:
            m = draw.mobile()
            e = [
                plain(f"{n} {m[:7]}"),
                {"type": "bold", "text": m[7:]},
                plain(f" 网贷逾期 {r.randint(1, 30)}天"),
            ]
        else:
            e = [
                plain(f"{n} "),
                {"type": "phone", "text": draw.mobile("+86")},
                plain(" "),
                {"type": "email", "text": draw.email()},
            ]
        add(e)
        back.append(e)
        if i % 15 == 7:
            add(r.choice(back), forwarded_from="出料 24h")
        if i % 40 == 9:
            add(
                [
                    plain("担保联系 "),
                    {"type": "phone", "text": draw.foreign()},
                    plain(" 收U "),
                    {
                        "type": "code",
                        "text": "T"
                        + "".join(
                            r.choice("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz")
                            for _ in range(33)
                        ),
                    },
                ]
            )
        if i % 12 == 4:
            add(
                [plain("")],
                contact_information={
                    "first_name": draw.name(),
                    "last_name": "",
                    "phone_number": draw.foreign(True) if i % 36 == 4 else draw.mobile("+86"),
                },
            )
        if i % 25 == 3:
            add(
                [plain("")],
                file="files/5月料.xlsx",
                file_size=1390214 + i,
                mime_type="application/vnd.ms-excel",
            )
    d = {"name": "料子交流 3群", "type": "private_supergroup", "id": 1598830127, "messages": msgs}
    (out / NAME).write_bytes(json.dumps(d, ensure_ascii=False, indent=1).encode())
    return NAME, draw.truth(
        (
            "Telegram export: text and text_entities both carry the words; numbers typed as phone "
            "/ bank_card / cut by bold; shared contacts; forwards"
        ),
        (
            "take a user id, date_unixtime or bank_card entity type at face value; lose numbers "
            "whose last four digits are a bold entity"
        ),
    )
