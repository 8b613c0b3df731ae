"""A loan platform's CSV: JSON contacts and address books inside cells."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.data.wild.second.common import (
    CHANCE,
    Built,
    Maker,
    bank_card,
    digits,
    name,
    pick,
    spaced,
)

NAME = "10-进件明细_user_apply.csv"
WHAT = (
    "网贷进件导出CSV(UTF-8 BOM)：紧急联系人列是JSON数组(CSV双引号转义)，通讯录JSON列含 "
    "+86/空格/固话/客服号/境外号，设备指纹、银行卡"
)
MUST_NOT = (
    "JSON列里的号码漏掉；把\\u转义姓名当乱码；银行卡、毫秒时间戳、IMEI当手机/旧身份证；"
    "把客服号当手机"
)


def build(out: Path) -> Built:
    t = Maker()
    b = io.StringIO()
    b.write("\ufeff")
    w = csv.writer(b, lineterminator="\r\n")
    w.writerow(
        [
            "apply_id",
            "real_name",
            "id_card",
            "mobile",
            "bank_card",
            "email",
            "emergency_contacts",
            "address_book",
            "imei",
            "create_time_ms",
            "audit_status",
        ]
    )
    n = 260
    for i in range(n):
        em = [
            {
                "name": name(),
                "relation": pick(["父母", "配偶", "朋友", "同事"]),
                "phone": t.mobile(),
            }
            for _ in range(2)
        ]
        ab = []
        for _ in range(CHANCE.randint(0, 7)):
            r = CHANCE.random()
            if r < 0.5:
                ph = t.mobile()
                nm = name()
            elif r < 0.65:
                ph = "+86" + t.mobile()
                nm = name()
            elif r < 0.8:
                ph = spaced(t.mobile())
                nm = pick(["老婆", "妈", "哥", "房东", "王总", "快递小哥"])
            elif r < 0.88:
                ph = t.landline()
                nm = pick(["公司", "物业", "店里"])
            elif r < 0.95:
                ph = t.hotline(pick(["10086", "10010", "95588", "95533", "95555"]))
                nm = pick(["客服", "银行", "移动"])
            else:
                ph = t.foreign()
                nm = name()
            ab.append({"n": nm, "p": ph, "t": 1670000000000 + CHANCE.randint(0, 9999999999)})
        w.writerow(
            [
                i + 70001,
                name(),
                t.id18() if i % 40 else t.wrong_id(),
                t.mobile(),
                bank_card(),
                t.email() if CHANCE.random() < 0.3 else "",
                json.dumps(em, ensure_ascii=(i % 2 == 0)),
                json.dumps(ab, ensure_ascii=False) if ab else "NULL",
                "86" + digits(13),
                1670000000000 + CHANCE.randint(0, 9999999999),
                pick(["PASS", "REJECT", "WAIT"]),
            ]
        )
    (out / NAME).write_bytes(b.getvalue().encode("utf-8"))
    return NAME, t.truth(WHAT, MUST_NOT, n)
