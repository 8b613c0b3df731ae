"""A debt collector's case sheet: the debtor and up to four contacts side by side."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.data.wild.third.common import Built, Maker, write, xlsx_bytes

NAME = "19-M3+委外案件_杭州组_0310.xlsx"
STYLES = ("{}{}{}", "{}{}{}", "{}{}{}", "{} {} {}", "{}-{}-{}", "0086{}{}{}", "+86 {}-{}-{}")


def build(out: Path) -> Built:
    m = Maker(3119)
    book = Workbook()
    sheet = book.active
    sheet.title = "案件"
    heads = ["案件号", "合同号", "姓名", "身份证", "本人手机", "逾期天数", "剩余本金", "放款卡号"]
    for n in range(1, 5):
        heads += [f"联系人{n}", f"关系{n}", f"联系人{n}电话"]
    heads += ["单位电话", "催收记录"]
    sheet.append(heads)
    for i in range(220):
        number = m.bare_id(1968, 2001)
        if i % 8 == 3:
            shown = m.put("id_number_masked", f"{number[:6]}********{number[14:]}")
            assert m.fresh(shown)
        else:
            shown = m.put("id_number", number)
        row: list[object] = [
            f"AJ{202403100000 + i}",
            f"HT2023-{m.digits(6)}",
            m.name(),
            shown,
            m.mobile(),
            m.r.randint(91, 720),
            m.r.randint(80000, 3000000) / 100,
            "6217" + m.digits(15),
        ]
        near = m.r.choice([1, 2, 3, 4])
        for n in range(4):
            if n < near:
                kin = m.r.choice(["父亲", "母亲", "配偶", "同事", "通讯录"])
                row += [m.name(), kin, m.styled_mobile(m.r.choice(STYLES))]
            else:
                row += [None, None, None]
        row.append(m.landline() if m.r.random() < 0.2 else None)
        roll = m.r.random()
        if roll < 0.15:
            row.append(f"3.8 本人换号 {m.mobile()} 承诺15号还2000")
        elif roll < 0.25:
            kin_name = m.put("name_last4", f"{m.name()} 尾号{m.digits(4)}")
            row.append(f"3.7 {kin_name} 接，称不认识")
        elif roll < 0.4:
            row.append("3.6无人接听；3.7关机;3.9 挂断")
        else:
            row.append(None)
        sheet.append(row)
    sheet.column_dimensions["H"].hidden = True
    sheet.column_dimensions["T"].hidden = True  # the fourth contact's number
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:V{sheet.max_row}"
    codes = book.create_sheet("代码说明")
    for pair in [("P01", "承诺还款"), ("N02", "空号"), ("N03", "拒接"), ("D01", "死亡")]:
        codes.append(pair)
    write(out, NAME, xlsx_bytes(book))
    return NAME, m.truth(
        "催收委外案件表：债务人加四个联系人横排、号码写法各异、身份证部分打码、隐藏列、催收记录里有新号和尾号",
        220,
        None,
        "read only one phone column; skip the hidden column; take bank cards for identity numbers; "
        "guess a masked identity number; count the code sheet as people",
    )
