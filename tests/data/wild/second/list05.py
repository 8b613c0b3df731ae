"""A school's .xls of six classes: pupils, both parents, two header rows."""

from __future__ import annotations

from pathlib import Path

import xlwt

from tests.data.wild.second.common import CHANCE, Built, Maker, name, pick
from tests.data.wild.second.files import xls_bytes
from tests.data.wild.second.words import GIVEN

NAME = "05-七年级学生及家长信息汇总.xls"
WHAT = (
    "学校BIFF8表：每班一张sheet，学生身份证、学籍号(G+本人身份证)、父母姓名电话，两行表头；"
    "电话有数值有文本，有“同上”“无”"
)
MUST_NOT = (
    "学籍号G后的号码另算一个人/一个证件；只读第一张sheet；“同上”“外出打工”当号码；"
    "数值电话读成科学计数"
)


def build(out: Path) -> Built:
    t = Maker()
    wb = xlwt.Workbook(encoding="utf-8")
    rows = 0
    bold = xlwt.easyxf("font: bold on; align: horiz center")
    for k in range(1, 7):
        ws = wb.add_sheet(f"7({k})班")
        ws.write_merge(0, 0, 0, 11, f"2023年秋季学期七年级（{k}）班学生信息采集表", bold)
        for c0, c1, x in [
            (0, 0, "序号"),
            (1, 4, "学生"),
            (5, 7, "父亲"),
            (8, 10, "母亲"),
            (11, 11, "备注"),
        ]:
            ws.write_merge(1, 1, c0, c1, x, bold)
        for c, x in enumerate(
            [
                "",
                "姓名",
                "性别",
                "身份证号",
                "学籍号",
                "姓名",
                "电话",
                "工作单位",
                "姓名",
                "电话",
                "工作单位",
                "",
            ]
        ):
            ws.write(2, c, x)
        nn = CHANCE.randint(38, 46)
        for i in range(nn):
            f = name()
            s = f[0] + pick(GIVEN) + pick(GIVEN)
            idn = t.id18(2009, 2011)
            fp = t.mobile()
            r = CHANCE.random()
            if r < 0.06:
                mm, mp = "无", ""
            elif r < 0.12:
                mm, mp = name(), "同上"
            else:
                mm, mp = name(), t.mobile()
            row = [
                i + 1,
                s,
                pick("男女"),
                idn,
                "G" + idn,
                f,
                int(fp) if k % 2 else fp,
                pick(["务农", "外出打工", "个体", "司机", ""]),
                mm,
                (int(mp) if mp.isdigit() and k % 2 else mp),
                pick(["务农", "超市", "教师", ""]),
                ("爷爷" + t.mobile())
                if CHANCE.random() < 0.1
                else pick(["", "", "", "住校", "贫困户"]),
            ]
            for c, x in enumerate(row):
                ws.write(3 + i, c, x)
            rows += 1
        ws.write(4 + nn, 0, "班主任：" + name() + "   联系电话：" + t.mobile())
    (out / NAME).write_bytes(xls_bytes(wb))
    return NAME, t.truth(WHAT, MUST_NOT, rows)
