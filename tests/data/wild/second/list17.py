"""A 7z of files by province: four encodings and formats, and the litter of three systems."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import py7zr
import xlwt

from tests.data.wild.second.common import CHANCE, Built, Maker, name, pick
from tests.data.wild.second.files import xls_bytes

NAME = "17-股民资源分省.7z"
WHAT = (
    "7z：按省市分目录，UTF-8 txt、UTF-16 txt、GBK csv、xls 混装，夹 desktop.ini、Thumbs.db、"
    "~$锁文件、0字节文件、.DS_Store"
)
MUST_NOT = "垃圾文件当数据或因其报错中断；UTF-16读成乱码；空文件出错"


def build(out: Path) -> Built:
    t = Maker()
    n = 0
    files = {}

    def row():
        return (
            name(),
            t.mobile(),
            pick(["中信", "华泰", "国泰", "招商"]) + "证券",
            str(CHANCE.randint(5, 300)) + "万",
        )

    x = [row() for _ in range(210)]
    n += 210
    files["股民资源/广东/深圳.txt"] = "\n".join("\t".join(r) for r in x).encode("utf-8")
    x = [row() for _ in range(180)]
    n += 180
    files["股民资源/广东/广州.csv"] = (
        "姓名,电话,券商,资金\r\n" + "\r\n".join(",".join(r) for r in x) + "\r\n"
    ).encode("gbk")
    x = [row() for _ in range(95)]
    n += 95
    files["股民资源/浙江/杭州 95条.txt"] = b"\xff\xfe" + (
        "姓名\t电话\t券商\t资金\r\n" + "\r\n".join("\t".join(r) for r in x)
    ).encode("utf-16-le")
    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("Sheet1")
    wb.add_sheet("Sheet2")
    wb.add_sheet("Sheet3")
    x = [row() for _ in range(130)]
    n += 130
    for i, r in enumerate(x):  # no header at all
        ws.write(i, 0, r[0])
        ws.write(i, 1, float(r[1]) if i % 2 else r[1])
        ws.write(i, 2, r[2])
        ws.write(i, 3, r[3])
    files["股民资源/湖南/长沙.xls"] = xls_bytes(wb)
    files["股民资源/湖南/~$长沙.xls"] = (
        b"\x04lisi" + b" " * 49 + b"\x04\x00l\x00i\x00s\x00i\x00" + b" \x00" * 50
    )
    files["股民资源/湖南/新建文本文档.txt"] = b""
    files["股民资源/desktop.ini"] = (
        b"[.ShellClassInfo]\r\nIconResource=C:\\Windows\\system32\\SHELL32.dll,4\r\n"
    )
    files["股民资源/Thumbs.db"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(
        CHANCE.randrange(128, 256) for _ in range(4000)
    )
    files["股民资源/广东/.DS_Store"] = b"\x00\x00\x00\x01Bud1" + b"\x00" * 600
    with tempfile.TemporaryDirectory() as base, py7zr.SevenZipFile(out / NAME, "w") as pack:
        for path, data in files.items():
            member = Path(base, path)
            member.parent.mkdir(parents=True, exist_ok=True)
            member.write_bytes(data)
            os.utime(member, (1685592000, 1685592000))
            pack.write(member, path)
    return NAME, t.truth(WHAT, MUST_NOT, None, n)
