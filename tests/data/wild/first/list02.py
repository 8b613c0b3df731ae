"""A school's Excel 2003 XML: pupils with father and mother, cells skipped by ss:Index."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from tests.data.wild.first.common import Built, Maker

NAME = "02-学籍.xls"


def build(out: Path) -> Built:
    draw = Maker(102)
    r = draw.r

    def c(v, t="String", a=""):
        return f'<Cell{a}><Data ss:Type="{t}">{escape(str(v))}</Data></Cell>'

    o = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<?mso-application progid="Excel.Sheet"?>',
        (
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        ),
        '<Worksheet ss:Name="学生"><Table>',
        "<Row>" + c("实验小学家长联系表", a=' ss:MergeAcross="8"') + "</Row>",
        "<Row>"
        + "".join(
            c(h)
            for h in [
                "学号",
                "学生",
                "身份证号",
                "出生",
                "父亲",
                "父亲电话",
                "母亲",
                "母亲电话",
                "住址",
            ]
        )
        + "</Row>",
    ]
    for i in range(240):
        dam = i % 10 == 3
        idv = (
            draw.id_body(2010, 2014) if dam else draw.id18(2010, 2014)
        )  # a damaged one is written with 15 digits only
        idc = c(f"{idv[0]}.{idv[1:15]}E+17") if dam else c(idv)
        row = (
            c(f"G{2023}{i + 1:04d}")
            + c(draw.name())
            + idc
            + c(f"{idv[6:10]}-{idv[10:12]}-{idv[12:14]}T00:00:00.000", "DateTime")
        )
        dad, mum = r.random() < 0.85, r.random() < 0.75
        if not (dad or mum):
            dad = True
        if dad:
            row += c(draw.name()) + (
                c("1.38E+10")
                if i % 16 == 5
                else c(draw.mobile(), "Number")
                if r.random() < 0.5
                else c(draw.mobile())
            )
        if mum:
            row += c(draw.name(), a="" if dad else ' ss:Index="7"') + c(
                draw.mobile("space") if i % 7 == 0 else draw.mobile()
            )
        row += c(draw.address(), a="" if mum else ' ss:Index="9"')
        o.append("<Row>" + row + "</Row>")
    o += [
        "</Table></Worksheet>",
        '<Worksheet ss:Name="教师"><Table>',
        "<Row>" + "".join(c(h) for h in ["姓名", "学科", "办公电话", "手机", "邮箱"]) + "</Row>",
    ]
    for _ in range(30):
        o.append(
            "<Row>"
            + c(draw.name())
            + c(r.choice(["语文", "数学", "英语", "体育"]))
            + c(draw.landline())
            + c(draw.mobile())
            + c(draw.email())
            + "</Row>"
        )
    o.append("</Table></Worksheet></Workbook>")
    (out / NAME).write_bytes("\n".join(o).encode())
    return NAME, draw.truth(
        (
            "Excel 2003 XML named .xls: pupils with father/mother, skipped cells by ss:Index; a "
            "second sheet of teachers"
        ),
        (
            "shift the mother into the father column when ss:Index skips cells; guess the damaged "
            "1.38E+10 phones or the x.xxxE+17 ID cells"
        ),
        270,
    )
