"""A cash loan's mysqldump, gzipped: users, address books, repayments."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
from pathlib import Path

from tests.data.wild.second.common import (
    CHANCE,
    Built,
    Maker,
    address,
    bank_card,
    digits,
    hexes,
    name,
    pick,
)

NAME = "18-xjd_prod_20230302.sql.gz"
WHAT = (
    "现金贷库mysqldump(gzip)：t_user、t_user_contact、t_repay 三表，扩展INSERT一行多组，"
    "\\'和\\n转义，phone_md5、毫秒时间戳、银行卡"
)
MUST_NOT = (
    "注释/建表语句里的长度数字当数据；转义引号切断字段；md5、毫秒时间、流水号、银行卡里切号码；"
    "通讯录里客服号当手机"
)


def build(out: Path) -> Built:
    t = Maker()

    def q(s):
        return (
            "NULL"
            if s is None
            else str(s)
            if isinstance(s, int)
            else "'" + s.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
        )

    o = [
        "-- MySQL dump 10.13  Distrib 5.7.33, for Linux (x86_64)",
        "--",
        "-- Host: 10.0.3.17    Database: xjd_prod",
        "-- ------------------------------------------------------",
        "/*!40101 SET NAMES utf8mb4 */;",
        "",
    ]

    def table(n, cols, rows):
        o.append(
            (
                "DROP TABLE IF EXISTS `{}`;\nCREATE TABLE `{}` (\n{}\n) ENGINE=InnoDB "
                "AUTO_INCREMENT={} DEFAULT CHARSET=utf8mb4;\nLOCK TABLES `{}` WRITE;"
            ).format(
                n,
                n,
                ",\n".join("  `{}` {}".format(*c) for c in cols) + ",\n  PRIMARY KEY (`id`)",
                len(rows) + 5000,
                n,
            )
        )
        for k in range(0, len(rows), 80):
            o.append(
                "INSERT INTO `{}` VALUES {};".format(
                    n, ",".join("(" + ",".join(map(q, r)) + ")" for r in rows[k : k + 80])
                )
            )
        o.append("UNLOCK TABLES;\n")

    us = []
    cs = []
    rs = []
    for i in range(340):
        m = t.mobile()
        ms = 1675000000000 + CHANCE.randint(0, 2500000000)
        us.append(
            [
                i + 1,
                name(),
                t.id18() if CHANCE.random() < 0.96 else t.wrong_id(),
                m,
                hashlib.md5(m.encode()).hexdigest()
                if not re.search(r"\d{9,}", hashlib.md5(m.encode()).hexdigest())
                else hexes(32),
                bank_card(),
                t.email() if CHANCE.random() < 0.4 else None,
                pick([address(), address() + "\n(爸妈家)", "O'Park公寓" + digits(3) + "室"]),
                ms,
                pick([0, 1]),
            ]
        )
        for _ in range(CHANCE.randint(1, 5)):
            r = CHANCE.random()
            if r < 0.7:
                a = (pick([name(), "老公", "妈妈", "表哥"]), t.mobile())
            elif r < 0.8:
                a = (name(), "+86 " + t.mobile())
            elif r < 0.88:
                a = (pick(["单位", "店铺"]), t.landline())
            elif r < 0.95:
                a = (
                    pick(["招行", "移动客服", "工行"]),
                    t.hotline(pick(["95555", "10086", "95588"])),
                )
            else:
                a = (pick(["Amy's", "HK表姐"]), t.foreign())
            cs.append([len(cs) + 1, i + 1, a[0], a[1], ms + CHANCE.randint(1, 99999)])
        if CHANCE.random() < 0.5:
            rs.append(
                [
                    len(rs) + 1,
                    i + 1,
                    "RP2023" + digits(16),
                    CHANCE.randint(50000, 500000),
                    ms + 86400000,
                    pick(["SUCCESS", "FAIL"]),
                ]
            )
    table(
        "t_user",
        [
            ("id", "bigint(20) NOT NULL AUTO_INCREMENT"),
            ("real_name", "varchar(32)"),
            ("id_no", "varchar(18)"),
            ("phone", "varchar(11)"),
            ("phone_md5", "char(32)"),
            ("bank_no", "varchar(32)"),
            ("email", "varchar(64)"),
            ("addr", "varchar(255)"),
            ("create_ms", "bigint(13)"),
            ("is_black", "tinyint(1)"),
        ],
        us,
    )
    table(
        "t_user_contact",
        [
            ("id", "bigint(20) NOT NULL AUTO_INCREMENT"),
            ("user_id", "bigint(20)"),
            ("cname", "varchar(64)"),
            ("cphone", "varchar(32)"),
            ("create_ms", "bigint(13)"),
        ],
        cs,
    )
    table(
        "t_repay",
        [
            ("id", "bigint(20) NOT NULL AUTO_INCREMENT"),
            ("user_id", "bigint(20)"),
            ("flow_no", "varchar(32)"),
            ("amount_fen", "int(11)"),
            ("repay_ms", "bigint(13)"),
            ("status", "varchar(16)"),
        ],
        rs,
    )
    o.append("-- Dump completed on 2023-03-02  3:00:07\n")
    b = io.BytesIO()
    with gzip.GzipFile("", mode="wb", fileobj=b, mtime=0) as g:
        g.write("\n".join(o).encode("utf-8"))
    (out / NAME).write_bytes(b.getvalue())
    return NAME, t.truth(WHAT, MUST_NOT)
