"""A property agency's .xls: two households side by side, several numbers in a cell."""

from __future__ import annotations

import io
from pathlib import Path

import xlwt

from tests.data.wild.first.common import Built, Maker

NAME = "06-小区业主表.xls"


def build(out: Path) -> Built:
    draw = Maker(106)
    r = draw.r
    people = 0
    wb = xlwt.Workbook(encoding="utf-8")
    for s in range(3):
        w = wb.add_sheet(f"{s + 1}栋")
        w.write_merge(0, 0, 0, 9, f"御景苑{s + 1}栋业主联系方式（内部资料）")
        for h in (0, 5):
            for j, t in enumerate(["房号", "业主", "联系电话", "车牌", "备注"]):
                w.write(1, h + j, t)
        for i in range(38):
            for h in (0, 5):
                if h and i >= 35:
                    continue
                w.write(2 + i, h, f"{i // 2 + 1}{'0' if h == 0 else '1'}{i % 2 + 1}")
                k = r.random()
                if k < 0.07:
                    w.write(2 + i, h + 1, "空置")
                    continue
                if k < 0.2:
                    w.write(2 + i, h + 1, f"{draw.name()}/{draw.name()}")
                    people += 2
                    w.write(2 + i, h + 2, f"{draw.mobile()}/{draw.mobile()}")
                else:
                    w.write(2 + i, h + 1, draw.name())
                    people += 1
                    if k < 0.35:
                        w.write(2 + i, h + 2, f"{draw.mobile()}、{draw.landline()}")
                    elif k < 0.45:
                        w.write(2 + i, h + 2, f"{draw.mobile()}\n{draw.mobile()}")
                    elif k < 0.75:
                        w.write(2 + i, h + 2, float(draw.mobile()))
                    else:
                        w.write(2 + i, h + 2, draw.mobile())
                if r.random() < 0.4:
                    w.write(
                        2 + i,
                        h + 3,
                        draw.plate() if r.random() < 0.7 else f"{draw.plate()}、{draw.plate(True)}",
                    )
                if r.random() < 0.1:
                    w.write(2 + i, h + 4, f"租客电话{draw.mobile()}")
        w.write_merge(42, 42, 0, 9, "物业服务中心")
    b = io.BytesIO()
    wb.save(b)
    (out / NAME).write_bytes(b.getvalue())
    return NAME, draw.truth(
        (
            "property agency BIFF .xls, three sheets, two households side by side, numbers as "
            "floats or several per cell, empty flats (people = named owners; tenants have a number "
            "only)"
        ),
        (
            "read only the left household; take the right household as part of the left person; "
            "split 张三/李四 wrongly; print 13812345678.0"
        ),
        None,
        people,
    )
