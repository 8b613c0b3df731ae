"""An export of a company register site: phones and mails several to a cell."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.data.wild.third.common import CITIES, REGIONS, Built, Maker, write, xlsx_bytes

NAME = "16-【企业查询】批量导出-装修公司-20240311.xlsx"
HEADS = [
    "企业名称", "经营状态", "法定代表人", "注册资本", "成立日期", "所属城市", "电话", "更多电话",
    "邮箱", "更多邮箱", "统一社会信用代码", "注册号", "组织机构代码", "参保人数", "企业地址",
]  # fmt: skip


def build(out: Path) -> Built:
    m = Maker(3116)
    book = Workbook()
    sheet = book.active
    sheet.title = "企业信息"
    sheet["A1"] = "本数据由系统按公开信息整理，仅供参考，不作为任何依据"
    sheet.merge_cells("A1:O1")
    sheet.append(HEADS)
    agency = m.mobile()  # one book-keeper's number stands for many firms
    for i in range(320):
        city = m.r.choice(CITIES)
        code = m.uscc()
        phone = m.landline(city[3]) if m.r.random() < 0.2 else ""
        phone = phone or (agency if i % 16 == 5 else m.mobile())
        more = [m.landline(city[3]) if m.r.random() < 0.3 else m.mobile() for _ in range(i % 4)]
        mails = [m.email() for _ in range(m.r.choice([0, 1, 1, 2, 3]))]
        regno = m.r.choice(REGIONS) + "0000" + m.digits(5)
        sheet.append(
            [
                f"{city[1][:2]}{m.name()[1:]}装饰工程有限公司",
                m.r.choice(["存续", "在业", "存续", "注销"]),
                m.name(),
                f"{m.r.choice([50, 100, 500, 1000])}万元人民币",
                m.moment(2018).strftime("%Y-%m-%d"),
                city[1],
                phone,
                "；".join(more) if more else "-",
                mails[0] if mails else "-",
                "；".join(mails[1:]) if len(mails) > 1 else "-",
                code,
                regno if m.r.random() < 0.8 else "-",
                f"{code[8:16]}-{code[16]}",
                m.r.randint(0, 60),
                m.address(),
            ]
        )  # fmt: skip
    write(out, NAME, xlsx_bytes(book))
    return NAME, m.truth(
        "企业查询网站批量导出：更多电话/更多邮箱一格多个，统一代码、15位注册号、组织机构代码，代账公司手机重复",
        320,
        None,
        "take the fifteen-digit register number for an old identity number; take only the first of "
        "several phones; take the disclaimer for the header; read '-' as a value",
    )
