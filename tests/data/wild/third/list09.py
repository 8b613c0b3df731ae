"""A zip as it went from hand to hand: GBK names, a zip inside, a second copy of one file."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.data.wild.third.common import CITIES, Built, Maker, write, xlsx_bytes, zip_bytes

NAME = "09-3.12资料打包.zip"


def build(out: Path) -> Built:
    m = Maker(3109)
    # inner zip: a CSV whose columns slip where the address held commas, saved twice
    lines = ["姓名,地址,手机,身份证"]
    for i in range(150):
        comma = "," if i % 4 == 1 else ""
        lines.append(f"{m.name()},{m.address(comma)},{m.mobile()},{m.id18()}")
    shifted = ("\r\n".join(lines) + "\r\n").encode("gbk")
    # "Unicode text" as Excel saves it
    rows = ["客户\t手机号\t邮箱\t备注"]
    for i in range(120):
        said = '"要求:\n只接上午"' if i % 40 == 9 else m.r.choice(["", "已联系", "再约"])
        rows.append(f"{m.name()}\t{m.mobile()}\t{m.email() if i % 2 else ''}\t{said}")
    unicode_text = b"\xff\xfe" + ("\r\n".join(rows) + "\r\n").encode("utf-16-le")
    book = Workbook()
    sheet = book.active
    sheet.append(["姓名", "电话", "城市"])
    for _ in range(90):
        sheet.append([m.name(), int(m.mobile()), m.r.choice(CITIES)[1]])
    inner = zip_bytes(
        [
            ("保健品/老年客户.csv", shifted),
            ("保健品/老年客户 - 副本.csv", shifted),
            ("保健品/Thumbs.db", bytes(m.r.randrange(256) for _ in range(700))),
        ],
        gbk_names=True,
    )
    readme = "解压看，里面还有个包。\r\n不懂的问我，别外传\r\n".encode("gbk")
    whole = zip_bytes(
        [
            ("3.12资料/说明.txt", readme),
            ("3.12资料/微商.txt", unicode_text),
            ("3.12资料/新建 Microsoft Excel 工作表.xlsx", xlsx_bytes(book)),
            ("3.12资料/保健品.zip", inner),
        ],
        gbk_names=True,
    )
    write(out, NAME, whole)
    return NAME, m.truth(
        "GBK文件名的zip套zip：xlsx、UTF-16制表文本、地址逗号错列的GBK CSV(另有一份副本)、Thumbs.db",
        None,
        360,
        "garble the GBK names; not open the zip inside; count the 副本 as 150 more people; lose "
        "mobile and identity number of rows whose columns slipped",
    )
