"""An nginx log: numbers in percent-encoded queries and in bodies escaped as \\x22."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from urllib.parse import quote

from tests.data.wild.first.common import Built, Maker

NAME = "08-access.log"


def build(out: Path) -> Built:
    draw = Maker(108)
    r = draw.r
    persons = []
    for i in range(420):
        w = draw.mobile("+86") if i % 7 == 0 else draw.mobile()
        persons.append(
            (
                w,
                draw.name(),
                draw.id18() if i % 4 == 0 else None,
                draw.email() if i % 5 == 0 else None,
            )
        )
    seq = persons + [r.choice(persons) for _ in range(480)] + [None] * 600
    r.shuffle(seq)
    o = []
    t = 1683353011.0
    for i, p in enumerate(seq):
        t += r.random() * 50
        ms = int(t * 1000)
        ts = dt.datetime.fromtimestamp(t, dt.timezone(dt.timedelta(hours=8))).strftime(
            "%d/%b/%Y:%H:%M:%S +0800"
        )
        body = "-"
        if p is None:
            req = r.choice(
                [
                    f"GET /static/app.{draw.hexes(8)}.js?v={ms} HTTP/1.1",
                    f"GET /api/banner?_={ms}&sign={draw.hexes()} HTTP/1.1",
                    "GET /favicon.ico HTTP/1.1",
                ]
            )
        elif p[2] and i % 2:  # both carry the person whole
            req = "POST /api/v2/apply HTTP/1.1"
            q = {
                "mobile": p[0],
                "name": p[1],
                "idCard": p[2],
                **({"email": p[3]} if p[3] else {}),
                "ts": ms,
            }
            body = "".join(
                c if 32 <= b < 127 and c != '"' else f"\\x{b:02X}"
                for b in json.dumps(q, ensure_ascii=False).encode()
                for c in [chr(b)]
            )
        else:
            req = (
                f"GET /api/sms/send?phone={quote(p[0])}&name={quote(p[1])}"
                + (f"&idcard={p[2]}" if p[2] else "")
                + (f"&email={quote(p[3], safe='')}" if p[3] else "")
                + f"&_={ms}&sign={draw.hexes()} HTTP/1.1"
            )
        o.append(
            f"{r.randint(11, 220)}.{r.randint(1, 254)}.{r.randint(1, 254)}.{r.randint(1, 254)} "
            f'- - [{ts}] "{req}" 200 {r.randint(20, 9000)} "-" "Mozilla/5.0 (Linux; Android 12;'
            f' V2199A) AppleWebKit/537.36" {body}'
        )
    (out / NAME).write_bytes(("\n".join(o) + "\n").encode())
    return NAME, draw.truth(
        "nginx log: phone=, %2B86…, name=%E5…, e-mail %40, and POST bodies escaped as \\x22",
        (
            "take the first 11 digits of 13-digit ms stamps for mobiles; read %2B86138… as 28613…; "
            "leave %40 e-mails or \\x22 bodies unread; count each request as a person"
        ),
        len(seq),
    )
