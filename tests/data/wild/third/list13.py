"""A school's parents' list: a sheet per class, two header rows, both parents."""

from __future__ import annotations

import io
from pathlib import Path

import xlwt

from tests.data.wild.third.common import Built, Maker, write

NAME = "13-2023级学生家长联系方式.xls"


def build(out: Path) -> Built:
    m = Maker(3113)
    book = xlwt.Workbook(encoding="utf-8")
    rows = 0
    for klass in range(1, 5):
        sheet = book.add_sheet(f"初一({klass})班")
        title = f"初一({klass})班家长通讯录   班主任：{m.name()[0]}老师 {m.mobile()}"
        sheet.write_merge(0, 0, 0, 9, title)
        for col, head in enumerate(["学号", "姓名", "性别", "身份证号", "学籍号"]):
            sheet.write_merge(1, 2, col, col, head)
        sheet.write_merge(1, 1, 5, 6, "父亲")
        sheet.write_merge(1, 1, 7, 8, "母亲")
        for col, head in enumerate(["姓名", "电话", "姓名", "电话"], 5):
            sheet.write(2, col, head)
        sheet.write_merge(1, 2, 9, 9, "家庭电话")
        count = m.r.randint(41, 47)
        for i in range(count):
            line = i + 3
            number = m.id18(2009, 2010)
            sheet.write(line, 0, f"2023{klass:02d}{i + 1:02d}")
            sheet.write(line, 1, m.name())
            sheet.write(line, 2, m.r.choice("男女"))
            sheet.write(line, 3, number)
            sheet.write(line, 4, "G" + number)
            for col in (5, 7):
                if m.r.random() < 0.06:
                    sheet.write(line, col, "/")
                    continue
                sheet.write(line, col, m.name())
                phone = m.mobile()
                if klass % 2:
                    sheet.write(line, col + 1, phone)
                else:
                    sheet.write(line, col + 1, int(phone))
            if m.r.random() < 0.15:
                sheet.write(line, 9, m.landline("0571"))
            rows += 1
        sheet.write(count + 4, 0, "请各位家长核对，有误请联系班主任修改")
    raw = io.BytesIO()
    book.save(raw)
    write(out, NAME, raw.getvalue())
    return NAME, m.truth(
        "学生家长通讯录(xls)：四个班四张表，双层表头，父母两套姓名电话，学籍号=G+身份证号，标题里有班主任手机",
        rows,
        None,
        "count G+identity number as a second identity number; take only one parent's mobile; lose "
        "the class teacher's mobile in the merged title",
    )
