"""A security firm's roster in Word: header, main table, entry cards of the same people."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from tests.data.wild.second.common import (
    CHANCE,
    Built,
    Maker,
    address,
    bank_card,
    dashed,
    name,
    pick,
)
from tests.data.wild.second.files import zip_bytes
from tests.data.wild.second.words import CITIES

NAME = "20-保安队花名册（打印稿）.docx"
WHAT = (
    "Word花名册：页眉公司固话，正文段落里有负责人电话，主表(姓名/身份证/电话/银行卡)+后附竖排登记卡"
    "(含紧急联系人)，同一人两处出现"
)
MUST_NOT = "只读段落不读表格(或反之)；漏页眉；登记卡与主表同一人重复计；银行卡(分组空格)当手机"
XML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = (
    f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
)
LOOK = (
    '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/><w:tblLook '
    'w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" '
    'w:noVBand="1" w:val="04A0"/></w:tblPr>'
)
TYPES = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
    'Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    f'ContentType="{WORD}.document.main+xml"/><Override PartName="/word/header1.xml" '
    f'ContentType="{WORD}.header+xml"/></Types>'
)
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/>'
    '<w:pgSz w:w="12240" w:h="15840"/></w:sectPr>'
)


def para(text: str, style: str = "") -> str:
    """One paragraph of one run."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f"<w:r><w:t>{escape(text)}</w:t></w:r>" if text else "<w:r/>"
    return f"<w:p>{look}{run}</w:p>"


def table(rows: list[list[str]]) -> str:
    """A table of columns of equal width."""
    width = 8640 // len(rows[0])
    head = f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
    body = "".join(
        "<w:tr>" + "".join(f"{head}{para(text)}</w:tc>" for text in row) + "</w:tr>" for row in rows
    )
    grid = f'<w:gridCol w:w="{width}"/>' * len(rows[0])
    return f"<w:tbl>{LOOK}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def relations(key: str, kind: str, target: str) -> str:
    """A part with one relation."""
    return (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="{key}" '
        f'Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def docx_bytes(header: str, body: str) -> bytes:
    """A Word file of one header and one body."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations("rId1", "officeDocument", "word/document.xml"),
        "word/document.xml": f"{XML}<w:document {SPACES}><w:body>{body}{SECTION}</w:body>"
        "</w:document>",
        "word/_rels/document.xml.rels": relations("rId9", "header", "header1.xml"),
        "word/header1.xml": f"{XML}<w:hdr {SPACES}>{header}</w:hdr>",
    }
    return zip_bytes([(n, text.encode("utf-8")) for n, text in parts.items()])


def build(out: Path) -> Built:
    t = Maker()
    header = f"安盾保安服务有限公司　电话：{t.landline()}　统一社会信用代码：{t.uscc()}"
    chief = f"队长：{name()}（{t.mobile()}），副队长：{name()}（{dashed(t.mobile())}）。"
    body = para("宝安片区保安队花名册", "Heading1")
    body += para(f"{chief}请各点核对后签字，邮件回 {t.email()}。")
    people = [
        (name(), t.id15() if i % 24 == 3 else t.id18(1962, 2001), t.mobile()) for i in range(72)
    ]
    rows = [["序号", "姓名", "身份证号码", "联系电话", "工资卡", "驻点", "签字"]]
    for i, person in enumerate(people):
        card = bank_card()
        card = " ".join(card[k : k + 4] for k in range(0, 19, 4))
        post = pick(["海滨广场", "西乡厂区", "固戍仓库"])
        rows.append([str(i + 1), *person, card, post, ""])
    body += table(rows) + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body += para("附：新入职人员登记卡", "Heading2")
    for full, number, phone in CHANCE.sample(people, 15):
        body += table(
            [
                ["姓名", full, "籍贯", pick(CITIES)[0]],
                ["身份证", number, "手机", phone],
                ["紧急联系人", name(), "联系人电话", t.mobile()],
                [
                    "住址",
                    address(),
                    "入职日期",
                    f"2023.{CHANCE.randint(1, 5)}.{CHANCE.randint(1, 28)}",
                ],
            ]
        )
        body += "<w:p/>"
    (out / NAME).write_bytes(docx_bytes(para(header, "Header"), body))
    return NAME, t.truth(WHAT, MUST_NOT)
