"""A loan app's mysqldump, gzipped: escaped JSON contacts, quotes and brackets in strings."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

from tests.data.wild.first.common import Built, Maker

NAME = "07-loan_app.sql.gz"


def build(out: Path) -> Built:
    draw = Maker(107)
    r = draw.r
    o = [
        "-- MySQL dump 10.13  Distrib 5.7.38",
        "-- Host: 127.0.0.1    Database: xjd_prod",
        "/*!40101 SET NAMES utf8mb4 */;",
        "DROP TABLE IF EXISTS `t_user`;",
        (
            "CREATE TABLE `t_user` (`id` bigint(20) NOT NULL,`real_name` varchar(32),`mobile` "
            "varchar(16) COMMENT '手机号 如13800138000格式',"
        ).replace(" 如13800138000格式", ""),
        (
            "`id_no` varchar(20),`bank_no` varchar(24),`imei` varchar(20),`email` varchar(64),"
            "`ext` text,`remark` varchar(255),`create_time` bigint(20)) ENGINE=InnoDB "
            "AUTO_INCREMENT=13901 DEFAULT CHARSET=utf8mb4;"
        ),
        "LOCK TABLES `t_user` WRITE;",
    ]
    tup = []
    for i in range(400):
        con = [
            {"name": draw.name(), "rel": r.choice(["父母", "配偶", "同事"]), "tel": draw.mobile()}
            for _ in range(2)
        ]
        ext = (
            json.dumps({"contacts": con, "score": r.randint(300, 800)}, ensure_ascii=i % 2 == 0)
            .replace("\\", "\\\\")
            .replace('"', '\\"')
        )
        rem = r.choice(
            [
                "NULL",
                "'已还清'",
                "'逾期(3期),\\'催收中\\';'",
                "'客户说:\\r\\n\\\"明天还\\\"),(下周'",
                "''",
            ]
        )
        idv = draw.wrong_id() if i % 33 == 5 else draw.id15() if i % 50 == 7 else draw.id18()
        em = f"'{draw.email()}'" if r.random() < 0.4 else "NULL"
        tup.append(
            f"({13500 + i},'{draw.name()}','{draw.mobile()}','{idv}','{draw.luhn('6217', 19)}',"
            f"'{draw.luhn('86', 15)}',{em},'{ext}',{rem},{1683353011000 + i * 86_413_577})"
        )
    for k in range(0, 400, 80):
        o.append("INSERT INTO `t_user` VALUES " + ",".join(tup[k : k + 80]) + ";")
    o += [
        "UNLOCK TABLES;",
        (
            "CREATE TABLE `t_order` (`order_no` varchar(32),`user_id` bigint(20),`amount` "
            "decimal(10,2),`ctime` bigint(20));"
        ),
    ]
    tup = [
        (
            f"('{draw.moment():%Y%m%d%H%M%S}{draw.digits(6)}',{13500 + r.randint(0, 399)},"
            f"{r.randint(500, 9000)}.00,{1683353011000 + i * 86_000_123})"
        )
        for i in range(250)
    ]
    o.append(
        "INSERT INTO `t_order` (`order_no`,`user_id`,`amount`,`ctime`) VALUES\n"
        + ",\n".join(tup)
        + ";"
    )
    b = io.BytesIO()
    with gzip.GzipFile("loan_app.sql", "wb", mtime=0, fileobj=b) as g:
        g.write("\n".join(o).encode() + b"\n")
    (out / NAME).write_bytes(b.getvalue())
    return NAME, draw.truth(
        (
            "loan app mysqldump (gz): users with escaped JSON contacts (every other row "
            "\\\\u-escaped), orders; quotes and ),( inside strings"
        ),
        (
            "split tuples at ),( inside strings; take IMEI (86…, 15 digits) for an old ID, bank "
            "cards or ms timestamps for phones; miss the contacts in JSON"
        ),
        650,
    )
