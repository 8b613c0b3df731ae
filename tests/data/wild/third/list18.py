"""SMS Backup & Restore XML from a seized Android phone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tests.data.wild.third.common import Built, Maker, write

NAME = "18-sms-20240312101522.xml"


def build(out: Path) -> Built:
    m = Maker(3118)
    hot = [m.put("hotline", n) for n in ("95588", "10086", "95533", "10010", "95511")]
    ports = ["1069" + m.digits(m.r.choice([8, 11, 13])) for _ in range(9)]
    pals = [(m.name(), m.styled_mobile("+86{}{}{}")) for _ in range(35)]
    pals += [("(Unknown)", m.styled_mobile("+86{}{}{}")) for _ in range(40)]
    pals += [("(Unknown)", m.mobile()) for _ in range(15)]
    # "+86 138 1234 5678" is how this phone stores numbers typed by hand
    pals += [(m.name(), m.styled_mobile("+86 {} {} {}")) for _ in range(12)]
    queue = list(pals)
    body: list[str] = []
    count = 0
    when = dt.datetime(2023, 12, 20, 1, 0, 0, tzinfo=dt.UTC)
    for i in range(460):
        when += dt.timedelta(seconds=m.r.randint(300, 28000))
        kind = 1
        if queue and i % 3 == 0:
            name, number = queue.pop()
            text = m.r.choice(
                ["你好，收到了", "钱什么时候打给我", "好的老板", "在吗？上次那批不行"]
            )
            kind = m.r.choice([1, 2])
        elif i % 3 == 1:
            name, number = m.r.choice(pals)
            kind = m.r.choice([1, 2])
            if m.r.random() < 0.6:
                text = f"{m.name()} {m.mobile()}\n{m.name()} {m.mobile()}\n先打这几个"
            else:
                text = "收款人" + m.name() + " 卡号62284" + m.digits(14) + " 农行"
        elif m.r.random() < 0.5:
            name, number = "(Unknown)", hot[i % 5]
            text = f"您尾号{m.digits(4)}卡3月1日工资收入{m.r.randint(900, 9000)}.00元"
        else:
            name, number = "(Unknown)", m.r.choice(ports)
            text = f"【某某商城】验证码{m.digits(6)}，5分钟内有效，请勿告知他人。"
        ms = int(when.timestamp() * 1000) + m.r.randrange(1000)
        shown = quoteattr(text).replace("\n", "&#10;")
        body.append(
            f'  <sms protocol="0" address="{number}" date="{ms}" type="{kind}" subject="null" '
            f'body={shown} toa="null" sc_toa="null" service_center="null" read="1" status="-1" '
            f'locked="0" date_sent="{ms - 2000}" sub_id="1" '
            f'readable_date="{when:%Y年%m月%d日 %H:%M:%S}" contact_name="{name}" />'
        )
        count += 1
    assert not queue
    head = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
        "<!--File Created By SMS Backup & Restore v10.20.002 on 12/03/2024 10:15:22-->\n"
        f'<smses count="{count}" backup_set="7c1f" backup_date="1710209722000" type="full">\n'
    )
    write(out, NAME, (head + "\n".join(body) + "\n</smses>\n").encode("utf-8"))
    return NAME, m.truth(
        "安卓短信备份XML：+86号码、短信正文里的料(&#10;换行)、1069端口号、银行热线、毫秒时间、银行卡",
        None,
        None,
        "take milliseconds (17...), 1069 ports, bank cards or codes for mobiles; miss the mobiles "
        "in the message bodies behind &#10;",
    )
