"""A zip in a zip with GBK names: a copied workbook, a CSV of the same people."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.data.wild.second.common import CHANCE, Built, Maker, address, name, pick, qq_number
from tests.data.wild.second.files import gbk_zip, xlsx_bytes

NAME = "16-全国保健品老客户.zip"
WHAT = (
    "ZIP(文件名GBK)：xlsx+同一文件的“副本”+GBK说明，内层二手.zip里有GBK "
    "CSV(与xlsx部分同人)和一份txt"
)
MUST_NOT = "文件名乱码；不进内层zip；“副本”与原件重复计数；同人在xlsx和csv中重复计人"


def build(out: Path) -> Built:
    t = Maker()
    hd = ["姓名", "性别", "年龄", "手机", "固话", "购买产品", "金额", "地址"]
    ppl = [
        (
            name(),
            pick("男女"),
            CHANCE.randint(52, 86),
            t.mobile(),
            t.landline() if i < 400 and CHANCE.random() < 0.2 else "",
            pick(["蜂胶", "氨糖", "灵芝粉", "鱼油", "足浴桶"]),
            CHANCE.randint(199, 19800),
            address(),
        )
        for i in range(450)
    ]
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.append(hd)
    for p in ppl[:300]:
        ws.append([*list(p[:3]), int(p[3]), *list(p[4:])])
    book = xlsx_bytes(wb)
    csvb = (
        "\r\n".join([",".join(hd)] + [",".join(map(str, p)) for p in ppl[240:400]]) + "\r\n"
    ).encode("gbk")
    txt = "\r\n".join(f"{p[0]}\u3000{p[3]}\u3000{p[7]}" for p in ppl[400:])
    inner = gbk_zip([("二手/华中华东.csv", csvb), ("二手/补充的.txt", txt.encode("gbk"))])
    ad = (
        "本资料一手真实，空号包换。\r\n售后QQ "
        + qq_number()
        + "\r\n售后电话 "
        + t.mobile()
        + "\r\n"
    )
    (out / NAME).write_bytes(
        gbk_zip(
            [
                ("全国保健品老客户/一手/2023老年客户.xlsx", book),
                ("全国保健品老客户/一手/2023老年客户 - 副本.xlsx", book),
                ("全国保健品老客户/说明.txt", ad.encode("gbk")),
                ("全国保健品老客户/二手.zip", inner),
            ]
        )
    )
    return NAME, t.truth(WHAT, MUST_NOT, None, 450)
