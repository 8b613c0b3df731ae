"""A Word sign-in table; Word has cut numbers into runs, guests from Hong Kong among them."""

from __future__ import annotations

from pathlib import Path

from tests.data.wild.third.common import Built, Maker, write, zip_bytes

NAME = "20-投资理财沙龙签到表.docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def para(*runs: str) -> str:
    inner = '<w:proofErr w:type="spellStart"/>'.join(
        f'<w:r w:rsidR="00A4{n}C2"><w:t xml:space="preserve">{run}</w:t></w:r>'
        for n, run in enumerate(runs)
    )
    return f"<w:p>{inner}</w:p>"


def cell(*runs: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="1800" w:type="dxa"/></w:tcPr>{para(*runs)}</w:tc>'


def line(cells: list[str]) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def build(out: Path) -> Built:
    m = Maker(3120)
    tables: list[str] = []
    people = 0
    for session in ("上午场", "下午场"):
        heads = ["序号", "姓名", "手机号", "邮箱", "意向金额", "签名"]
        rows = [line([cell(h) for h in heads])]
        for i in range(48):
            if i % 16 == 9:
                tail = m.digits(7)
                phone = [m.put("mobile_foreign", f"+852 {m.r.choice('69')}{tail[:3]} {tail[3:]}")]
            else:
                number = m.mobile()
                cut = m.r.choice([0, 0, 3, 7])
                phone = [number[:cut], number[cut:]] if cut else [number]
            mail = m.email() if m.r.random() < 0.35 else ""
            money = f"{m.r.choice([10, 20, 50])}万"
            cells = [cell(str(i + 1)), cell(m.name()), cell(*phone)]
            cells += [cell(mail), cell(money), cell("")]
            rows.append(line(cells))
            people += 1
        for _ in range(3):  # lines nobody signed
            rows.append(line([cell("") for _ in heads]))
        tables.append(para(f"2024年3月9日{session}") + f"<w:tbl>{''.join(rows)}</w:tbl>")
    note = para("现场负责人：", m.name(), " ", m.mobile(), "（有事打这个）")
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{W}"><w:body>'
        + para("投资理财沙龙签到表")
        + "".join(tables)
        + note
        + "<w:sectPr/></w:body></w:document>"
    )
    members = [
        ("[Content_Types].xml", TYPES.encode()),
        ("_rels/.rels", RELS.encode()),
        ("word/document.xml", document.encode("utf-8")),
    ]
    write(out, NAME, zip_bytes(members))
    return NAME, m.truth(
        "Word签到表：两场两张表、Word把号码切成几个run、香港来宾、未签空行、文末负责人手机",
        people,
        None,
        "lose numbers that Word cut into runs; join numbers of neighbouring cells; count the empty "
        "lines; take the Hong Kong numbers for mainland ones",
    )
