"""A dBASE file of car owners: people and firms, deleted copies of some records."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.data.wild.first.common import Built, Maker

NAME = "19-CZXX.DBF"


def build(out: Path) -> Built:
    draw = Maker(119)
    r = draw.r
    fld = [
        ("CPH", "C", 10),
        ("CZ", "C", 40),
        ("ZJH", "C", 18),
        ("DH", "C", 30),
        ("SJ", "N", 11),
        ("VIN", "C", 17),
        ("DQRQ", "D", 8),
        ("DZ", "C", 80),
    ]
    recs = []
    people = 0

    def vin():
        return draw.unique(
            lambda: (
                "L"
                + "".join(r.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(2))
                + "".join(r.choice("ABCDEFGH") + draw.digits(1) for _ in range(4))
                + draw.digits(6)
            )
        )

    for i in range(1200):
        co = i % 6 == 0
        owner, z = (
            (draw.firm(), draw.uscc())
            if co
            else (
                draw.name(),
                draw.id15() if i % 40 == 7 else draw.wrong_id() if i % 60 == 11 else draw.id18(),
            )
        )
        people += not co
        dh = (
            draw.landline()
            if co
            else f"{draw.landline()} {draw.mobile()}"
            if i % 9 == 1
            else draw.mobile("space")
            if i % 9 == 2
            else ""
        )
        sj = "" if dh and not co else draw.mobile()
        recs.append(
            [
                draw.plate(i % 5 == 0),
                owner,
                z,
                dh,
                sj,
                vin(),
                f"2023{r.randint(1, 12):02d}{r.randint(1, 28):02d}",
                draw.address(),
            ]
        )
    body = b""

    def enc(rec, flag):
        b = flag
        for v, (n, t, w) in zip(rec, fld, strict=True):
            e = v.encode("gbk")
            assert len(e) <= w, (n, v)
            b += e.rjust(w) if t == "N" else e.ljust(w)
        return b

    dele = set(r.sample(range(1200), 90))
    n = 0
    for i, rec in enumerate(recs):
        if i in dele:
            body += enc(rec, b"*")
            n += 1
        body += enc(rec, b" ")
        n += 1
    hl, rl = 32 + 32 * len(fld) + 1, 1 + sum(w for _, _, w in fld)
    h = struct.pack("<BBBBIHH17xB2x", 3, 123, 6, 1, n, hl, rl, 0x4D)
    for nm, t, w in fld:
        h += struct.pack("<11sc4xBB14x", nm.encode(), t.encode(), w, 0)
    (out / NAME).write_bytes(h + b"\r" + body + b"\x1a")
    return NAME, draw.truth(
        (
            "dBASE file (GBK, code page 0x4D) of car owners: people with ID, firms with company "
            "code; phones in a numeric or a text field; 90 records also stand as deleted (same "
            "content)"
        ),
        (
            "count the deleted copies again; run the fixed-width fields together (code+phone+VIN "
            "are adjacent with no separator); take firms for people"
        ),
        None,
        people,
    )
