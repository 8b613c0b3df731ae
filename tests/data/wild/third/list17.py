"""A Telegram Desktop HTML export: a look-up bot's answers between buyers' messages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.data.wild.third.common import Built, Maker, write

NAME = "17-messages.html"
HEAD = """<!DOCTYPE html>
<html>
 <head>
  <meta charset="utf-8"/>
<title>Exported Data</title>
  <meta content="width=device-width, initial-scale=1.0" name="viewport"/>
  <link href="css/style.css" rel="stylesheet"/>
  <script src="js/script.js" type="text/javascript"></script>
 </head>
 <body onload="CheckLocation();">
  <div class="page_wrap">
   <div class="page_header"><div class="content"><div class="text bold">
查档机器人 </div></div></div>
   <div class="page_body chat_page"><div class="history">
"""


def message(number: int, who: str, when: dt.datetime, text: str, joined: bool) -> str:
    head = "" if joined else f'\n      <div class="from_name">\n{who} \n       </div>'
    return f"""
     <div class="message default clearfix{" joined" if joined else ""}" id="message{number}">
      <div class="body">
       <div class="pull_right date details" title="{when:%d.%m.%Y %H:%M:%S} UTC+08:00">
{when:%H:%M}
       </div>{head}
       <div class="text">
{text}
       </div>
      </div>
     </div>
"""


def build(out: Path) -> Built:
    m = Maker(3117)
    now = dt.datetime(2024, 3, 8, 20, 1, 7)
    parts = [HEAD]
    parts.append(
        '<div class="message service" id="message-1"><div class="body details">\n8 March 2024\n'
        "</div></div>"
    )
    number = 41873
    for i in range(90):
        now += dt.timedelta(seconds=m.r.randint(20, 900))
        name, number_id = m.name(), m.id18()
        asked = name + " " + number_id if i % 2 else name
        parts.append(message(number, "K 哥", now, asked, False))
        number += 1
        now += dt.timedelta(seconds=4)
        phones: list[str] = []
        for _ in range(m.r.randint(1, 3)):
            phone = m.mobile()
            phones.append(f'<a href="tel:{phone}">{phone}</a>' if i % 3 == 0 else phone)
        lines = [
            "<strong>查询结果</strong>",
            f"姓名：{name}",
            f"身份证：<code>{number_id}</code>",
            "手机：" + "、".join(phones),
            f"地址：{m.address()}",
        ]
        if m.r.random() < 0.4:
            mail = m.email()
            lines.append(f'邮箱：<a href="mailto:{mail}">{mail}</a>')
        if m.r.random() < 0.3:
            lines.append(f"车辆：{m.plate()}")
        lines.append(f"剩余积分：{m.r.randint(1, 400)} &amp; 订单 #{m.digits(8)}")
        parts.append(message(number, "sgk_bot", now, "<br>".join(lines), False))
        number += 1
        if m.r.random() < 0.25:
            parts.append(message(number, "sgk_bot", now, "未找到更多记录 &lt;/end&gt;", True))
            number += 1
    parts.append("    </div></div></div></body></html>\n")
    write(out, NAME, "".join(parts).encode("utf-8"))
    return NAME, m.truth(
        "Telegram桌面版HTML导出：查档机器人问答，tel:/mailto:链接、code标签、<br>分行",
        None,
        90,
        "count asked and answered identity number (or link and text) twice; take message ids or "
        "order numbers for anything; take the bot or K 哥 for people on the list",
    )
