"""A loan app's MySQL dump: long INSERTs, escapes, a JSON column of contacts."""

from __future__ import annotations

import json
from pathlib import Path

from tests.data.wild.third.common import Built, Maker, write

NAME = "11-xjd_user_20240228.sql"
HEAD = """-- MySQL dump 10.13  Distrib 5.7.40, for Linux (x86_64)
-- Host: 127.0.0.1    Database: xjd
-- ------------------------------------------------------
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `t_user`;
CREATE TABLE `t_user` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT COMMENT '主键',
  `mobile` varchar(20) DEFAULT NULL COMMENT '手机号',
  `real_name` varchar(64) DEFAULT NULL,
  `id_card` varchar(18) DEFAULT NULL COMMENT '身份证',
  `email` varchar(64) DEFAULT NULL,
  `bank_card` varchar(32) DEFAULT NULL,
  `imei` varchar(20) DEFAULT NULL,
  `contacts` text COMMENT '紧急联系人',
  `company` varchar(128) DEFAULT NULL,
  `create_time` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_mobile` (`mobile`)
) ENGINE=InnoDB AUTO_INCREMENT=20391 DEFAULT CHARSET=utf8mb4;
LOCK TABLES `t_user` WRITE;
"""


def sql(text: str | None) -> str:
    if text is None:
        return "NULL"
    out = text.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"').replace("\n", "\\n")
    return f"'{out}'"


def build(out: Path) -> Built:
    m = Maker(3111)
    rows: list[str] = []
    for i in range(700):
        near = [
            {
                "name": m.name(),
                "relation": m.r.choice(["父母", "配偶", "朋友"]),
                "phone": m.mobile(),
            }
            for _ in range(m.r.choice([0, 1, 2, 2]))
        ]
        firm = m.r.choice(["个体", "某某电子厂\n二车间", "Lily's Cafe", "美团骑手", None])
        cells = [
            sql(m.mobile()),
            sql(m.name()),
            sql(m.id18(1970, 2002) if i % 15 else None),
            sql(m.email() if m.r.random() < 0.3 else ""),
            sql("62" + m.digits(17)),
            sql("86" + m.digits(13)),
            sql(json.dumps(near, ensure_ascii=bool(i % 2), separators=(",", ":"))),
            sql(firm),
            str(1709000000000 - m.r.randrange(9000000000)),
        ]
        rows.append(f"({19001 + i},{','.join(cells)})")
    text = HEAD
    for start in range(0, 700, 140):
        text += "INSERT INTO `t_user` VALUES " + ",".join(rows[start : start + 140]) + ";\n"
    text += "UNLOCK TABLES;\n-- Dump completed on 2024-02-28  3:00:09\n"
    write(out, NAME, text.encode("utf-8"))
    return NAME, m.truth(
        "现金贷App的MySQL导出：联系人JSON(一半为u转义)，银行卡、IMEI、毫秒时间戳",
        700,
        None,
        "take milliseconds, bank cards or IMEIs (15 digits, 86...) for mobiles or old identity "
        "numbers; lose the contacts' mobiles in the escaped JSON",
    )
