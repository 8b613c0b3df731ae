"""A housing estate's owners: buildings merged down the side, couples in one cell."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment

from tests.data.wild.third.common import Built, Maker, write, xlsx_bytes

NAME = "08-XX花园业主信息登记表.xlsx"
HEADS = ["楼栋", "房号", "面积㎡", "业主", "身份证号码", "联系电话", "车牌", "备注"]


def build(out: Path) -> Built:
    m = Maker(3108)
    book = Workbook()
    sheet = book.active
    sheet.title = "一期"
    sheet["A1"] = "XX花园一期业主信息登记表（物业内部使用）"
    sheet.merge_cells("A1:H1")
    for col, head in enumerate(HEADS, 1):
        sheet.cell(2, col, head)
    row = 3
    wrap = Alignment(wrap_text=True)
    for building in range(1, 7):
        first = row
        sheet.cell(row, 1, f"{building}幢")
        for flat in range(30):
            sheet.cell(row, 2, f"{flat // 4 + 1}0{flat % 4 + 1}")
            sheet.cell(row, 3, 60 + m.r.randint(0, 8000) / 100)
            roll = m.r.random()
            if roll < 0.06:
                sheet.cell(row, 4, "未售")
                row += 1
                continue
            couple = roll < 0.36
            owners = [m.name() for _ in range(2 if couple else 1)]
            sheet.cell(row, 4, "\n".join(owners) if m.r.random() < 0.7 else "、".join(owners))
            ids: list[str] = []
            for _ in owners:
                pick = m.r.random()
                if pick < 0.04:
                    ids.append(m.wrong_id())
                elif pick < 0.09:
                    ids.append(m.id15())
                else:
                    ids.append(m.id18())
            sheet.cell(row, 5, "\n".join(ids)).alignment = wrap
            phones = [m.mobile() for _ in owners]
            if m.r.random() < 0.1:
                phones.append(m.landline("0571"))
            joint = m.r.choice(["/", "、", "\n", "  ", ";"])
            sheet.cell(row, 6, joint.join(phones)).alignment = wrap
            cars = [m.plate() for _ in range(m.r.choice([0, 1, 1, 2]))]
            sheet.cell(row, 7, "、".join(cars) if cars else "无")
            if m.r.random() < 0.12:
                sheet.cell(row, 8, f"出租，租客{m.name()} {m.mobile()}")
            elif m.r.random() < 0.1:
                sheet.cell(row, 8, "物业费欠2023.7-2024.1 共3268.5元")
            row += 1
        sheet.merge_cells(start_row=first, start_column=1, end_row=row - 1, end_column=1)
    sheet.cell(row + 1, 1, "填表说明：一户多人的写在同一格；车牌写全。")
    write(out, NAME, xlsx_bytes(book))
    return NAME, m.truth(
        "物业业主登记表：楼栋竖向合并、夫妻同格(换行/顿号/斜杠)、双车、租客在备注、未售空户",
        None,
        None,
        "take only the first number of a cell; join two identity numbers of one cell into one; "
        "drop the tenant in the remarks; take 未售 for a person",
    )
