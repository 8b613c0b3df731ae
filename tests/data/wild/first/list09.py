"""A phone book of vCards: quoted-printable in GBK and UTF-8, photos, repeated cards."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from tests.data.wild.first.common import Built, Maker
from tests.data.wild.first.files import crlf

NAME = "09-通讯录.vcf"


def build(out: Path) -> Built:
    draw = Maker(109)
    r = draw.r
    cards = []

    def qp(s, enc):
        return "".join(f"={b:02X}" for b in s.encode(enc))

    # The width makes the soft break fall inside the identity number.
    def note_qp(s, enc):
        x = "".join(
            chr(b) if 48 <= b <= 57 or 65 <= b <= 90 else f"={b:02X}" for b in s.encode(enc)
        )
        parts, cur = [], ""
        for tok in re.findall(r"=..|.", x):
            if len(cur) + len(tok) > (60 if enc == "gbk" else 76):
                parts.append(cur + "=")
                cur = ""
            cur += tok
        return "\r\n".join([*parts, cur])

    for i in range(230):
        n = draw.name()
        c = ["BEGIN:VCARD"]
        fm = ["plain", "dash", "space", "+86", "+86 sp"][i % 5]
        if i % 3 < 2:
            enc, cs = ("gbk", "GBK") if i % 3 == 0 else ("utf-8", "UTF-8")
            c += [
                "VERSION:2.1",
                f"N;CHARSET={cs};ENCODING=QUOTED-PRINTABLE:{qp(n[0], enc)};{qp(n[1:], enc)};;;",
                f"FN;CHARSET={cs};ENCODING=QUOTED-PRINTABLE:{qp(n, enc)}",
                f"TEL;CELL:{draw.mobile(fm)}",
            ]
            if i % 4 == 0:
                c.append(f"TEL;WORK:{draw.landline()}")
            if i % 6 in (0, 4):
                c.append(
                    f"NOTE;CHARSET={cs};ENCODING=QUOTED-PRINTABLE:"
                    + note_qp(f"借款人身份证号码{draw.id18()}已核实", enc)
                )
        else:
            c += [
                "VERSION:3.0",
                f"N:{n[0]};{n[1:]};;;",
                f"FN:{n}",
                f"TEL;TYPE=CELL:{draw.mobile(fm)}",
            ]
            if i % 4 == 1:
                c.append(f"item1.TEL;type=pref:{draw.mobile(fm)}")
            if i % 9 == 2:
                c.append(f"TEL;TYPE=HOME:{draw.foreign()}")
            if i % 5 == 0:
                c.append(f"EMAIL;TYPE=INTERNET:{draw.email()}")
            if i % 12 == 5:
                b64 = base64.b64encode(bytes(r.randrange(256) for _ in range(500))).decode()
                c += ["PHOTO;ENCODING=b;TYPE=JPEG:" + b64[:60]] + [
                    " " + b64[k : k + 72] for k in range(60, len(b64), 72)
                ]
        cards.append([*c, "END:VCARD"])
    cards += [list(c) for c in r.sample(cards, 30)]
    for nm, h in [
        ("中国移动客服", "10086"),
        ("招商银行", "95555"),
        ("顺丰快递", "95338"),
        ("京东客服", draw.hotline()),
    ]:
        cards.append(
            [
                "BEGIN:VCARD",
                "VERSION:3.0",
                f"FN:{nm}",
                f"ORG:{nm}",
                f"TEL;TYPE=WORK:{draw.service(h)}",
                "END:VCARD",
            ]
        )
    r.shuffle(cards)
    (out / NAME).write_bytes(crlf([line for card in cards for line in card]).encode())
    return NAME, draw.truth(
        (
            "phone book: vCard 2.1 quoted-printable in GBK and in UTF-8 beside 3.0 UTF-8, photos, "
            "30 repeated cards, four service numbers"
        ),
        (
            "read all names in one charset; lose ID numbers cut by a soft =\\r\\n break; count "
            "repeated cards or service numbers as people"
        ),
        None,
        230,
    )
