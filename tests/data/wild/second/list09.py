"""Loan leads saved by Excel too often: numbers in scientific form, columns shifted right."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.second.common import (
    CHANCE,
    Built,
    Maker,
    address,
    bare_id18,
    bare_mobile,
    moment,
    name,
    pick,
)

NAME = "09-贷款意向-整理.csv"
WHAT = (
    "被Excel反复另存过的贷款意向CSV(UTF-8 无BOM, CRLF)：中段号码成 1.38E+10、身份证成 4.40E+17；"
    "后段地址里的逗号未加引号导致列右移"
)
MUST_NOT = "把科学计数还原成号码；列错位后按列名取数取到地址；错位行整行丢弃"


def build(out: Path) -> Built:
    t = Maker()
    lines = ["姓名,手机,身份证,地址,意向额度,芝麻分,来源,日期"]
    n = 1180
    for i in range(n):
        nm = name()
        tail = [
            str(CHANCE.randint(1, 30)) + "万",
            str(CHANCE.randint(480, 780)),
            pick(["抖音", "头条", "短信", "信息流"]),
            "{0.year}/{0.month}/{0.day}".format(moment(2022)),
        ]
        if 400 <= i < 610:
            lines.append(
                ",".join(
                    [
                        nm,
                        f"{float(bare_mobile()):.2E}",
                        "{:.2E}".format(float(bare_id18()[:17] + "0")),
                        address(),
                        *tail,
                    ]
                )
            )
        elif i >= 800:
            a = address()
            k = a.index("市") + 1
            parts = [a[:k], a[k:]] if i % 3 else [a[:3], a[3:k], a[k:]]
            # address moved in front of phone and id by the export, so its commas push them right
            lines.append(
                ",".join(
                    [nm]
                    + ([t.mobile(), t.id18()] if i % 2 else [*parts, t.mobile(), t.id18()])
                    + (parts if i % 2 else [])
                    + tail
                )
            )
        else:
            lines.append(
                ",".join(
                    [
                        nm,
                        t.mobile(),
                        ("'" if i % 4 == 0 else "\t" if i % 4 == 1 else "")
                        + (t.id18() if CHANCE.random() < 0.97 else t.wrong_id()),
                        address(),
                        *tail,
                    ]
                )
            )
    (out / NAME).write_bytes(("\r\n".join(lines) + "\r\n").replace("E+", "E+").encode("utf-8"))
    return NAME, t.truth(WHAT, MUST_NOT, n, n)
