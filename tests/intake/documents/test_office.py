"""Workbooks and documents of office programs: merged cells, what they say of themselves, bombs."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlwt
from deeds import MOBILES
from openpyxl.comments import Comment
from tables_in import seen

from leaktrace.errors import InputRefused
from tests.data.make.books import grid, ods, xlsb
from tests.data.make.prose import docx

ROWS = [["姓名", "电话"], ["张三", MOBILES[0]], ["", MOBILES[1]], ["", ""], ["李四", MOBILES[2]]]


def xlsx(change=lambda sheet: None):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append([cell or None for cell in row])
    change(book.active)
    book.properties.creator = "录入员甲"
    book.properties.lastModifiedBy = f"乙 {MOBILES[3]}"
    book.properties.created = datetime(2026, 3, 1, 9, 30)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(book, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return out.getvalue()


def test_a_name_over_several_rows_is_everybodys():
    merged = seen(xlsx(lambda sheet: sheet.merge_cells("A2:A3"))).tables["Sheet"]
    assert merged == [
        ["姓名", "电话"],
        ["张三", MOBILES[0]],
        ["张三", MOBILES[1]],
        ["李四", MOBILES[2]],
    ]
    assert seen(xlsx()).tables["Sheet"][2] == ["", MOBILES[1]]


def test_merged_numbers_and_blank_rows_are_not_filled():
    def change(sheet):
        sheet["B2"] = 5
        sheet["B3"] = sheet["B4"] = sheet["B5"] = None
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("A5:A9")

    assert seen(xlsx(change)).tables["Sheet"] == [["姓名", "电话"], ["张三", "5"], ["李四", ""]]


def test_merged_names_in_an_old_workbook():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("一")
    sheet.write_merge(2, 3, 1, 1, "张三")
    sheet.write(2, 2, MOBILES[0])
    sheet.write(3, 2, MOBILES[1])
    out = io.BytesIO()
    book.save(out)
    got = seen(out.getvalue())
    assert got.form == "xls"
    assert got.tables["一"] == [["", "张三", MOBILES[0]], ["", "张三", MOBILES[1]]]


def test_what_a_workbook_says_of_its_making():
    made = seen(xlsx()).facts["made"]
    assert made["author"] == "录入员甲"
    assert made["created"] == "2026-03-01T09:30:00Z"
    assert made["application"]
    assert MOBILES[3] not in str(made)
    assert made["last_author"]


def test_a_damaged_description_does_no_harm():
    book = with_part(xlsx(), "docProps/core.xml", lambda data: b"\xff<" * 99)
    assert seen(book).tables["Sheet"][0] == ROWS[0]


def test_entities_are_refused():
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    book = with_part(xlsx(), "xl/worksheets/sheet1.xml", lambda data: entity + data)
    with pytest.raises(InputRefused) as refused:
        seen(book)
    assert refused.value.code == "unsafe"


@pytest.mark.parametrize("far", [(1_048_575, 16_383), (200_000, 300)])
def test_a_far_cell_of_an_xlsb_is_refused(far):
    with pytest.raises(InputRefused) as refused:
        seen(xlsb([*grid(ROWS), (*far, "1")]))
    assert refused.value.code == "too-big"
    assert len(seen(xlsb(grid(ROWS))).tables["Sheet1"]) == 4


def test_a_sheet_of_opendocument_is_read_row_by_row():
    assert seen(ods(ROWS)).tables["Sheet1"] == [row for row in ROWS if any(row)]
    blank = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    cell = "<table:table-cell><text:p>末</text:p></table:table-cell>"
    last = f"<table:table-row>{cell}</table:table-row>"
    assert seen(ods(ROWS, after=blank + last)).tables["Sheet1"][-1] == ["末"]


def test_a_hidden_sheet_of_opendocument():
    style = (
        b'<style:style style:name="ta1"><style:table-properties table:display="false"/>'
        b"</style:style><office:body>"
    )

    def hide(data):
        data = data.replace(b"<office:body>", style)
        return data.replace(b'table:name="Sheet1"', b'table:name="Sheet1" table:style-name="ta1"')

    got = seen(with_part(ods(ROWS), "content.xml", hide))
    assert got.hidden == ["Sheet1"]


def test_an_encrypted_opendocument():
    with pytest.raises(InputRefused) as refused:
        seen(ods(ROWS, encrypted=True))
    assert refused.value.code == "encrypted"


def test_a_document():
    got = seen(docx([row for row in ROWS if any(row)], f"联系人 {MOBILES[3]}"))
    assert got.form == "docx"
    assert got.tables["1"] == [row for row in ROWS if any(row)]
    assert got.tables["text"] == [[f"联系人 {MOBILES[3]}"]]


def test_merged_cells_of_a_document():
    def merge(data):
        text = data.decode()
        start = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
        text = text.replace("<w:tc>", start, 1)
        place = text.index("<w:tc>", text.index("<w:tr>", text.index("<w:tr>") + 1))
        return (text[:place] + "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + text[place + 6 :]).encode()

    book = with_part(docx([["张三", "1"], ["", "2"]], "x"), "word/document.xml", merge)
    assert seen(book).tables["1"] == [["张三", "1"], ["张三", "2"]]


def test_comments_stand_behind_their_rows():
    def change(sheet):
        sheet["A2"].comment = Comment(f"备用号 {MOBILES[3]}", "录入员")
        sheet["B2"].comment = Comment("第二条", "录入员")
        sheet["A9"].comment = Comment("无行", "录入员")

    rows = seen(xlsx(change)).tables["Sheet"]
    assert rows[0] == ROWS[0]
    assert rows[1] == [*ROWS[1], f"备用号 {MOBILES[3]}; 第二条"]
    assert rows[-1] == ["", "", "无行"]


def test_threads_of_comments_and_text_boxes():
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{kinds}/drawing" Target="../drawings/d.xml"/>'
            '<Relationship Id="b" Target="../threadedComments/t.xml" '
            'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/>'
            "</Relationships>"
        ),
        "xl/threadedComments/t.xml": (
            '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
            f'threadedcomments"><threadedComment ref="B5"><text>加微信 {MOBILES[0]}</text>'
            "</threadedComment></ThreadedComments>"
        ),
        "xl/drawings/d.xml": (
            f'<wsDr xmlns:a="{main}"><a:p><a:r><a:t>电话 138</a:t></a:r><a:r><a:t>00</a:t></a:r>'
            "</a:p></wsDr>"
        ),
    }
    out = io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    got = seen(out.getvalue())
    assert got.tables["Sheet"][-1] == [*ROWS[4], f"加微信 {MOBILES[0]}"]
    assert got.tables["text boxes"] == [["电话 13800"]]


def test_damaged_comments_do_no_harm():
    def change(sheet):
        sheet["A2"].comment = Comment("x", "y")

    book = with_part(xlsx(change), "xl/comments/comment1.xml", lambda data: b"<\xff" * 50)
    assert seen(book).tables["Sheet"][1][:2] == ROWS[1]


def test_comments_of_other_sheets_are_a_table_of_their_own():
    note = (
        "<office:annotation><dc:creator>录入员</dc:creator>"
        f"<text:p>备用号 {MOBILES[3]}</text:p></office:annotation>"
    )
    book = with_part(
        ods(ROWS),
        "content.xml",
        lambda data: data.replace("<text:p>张三".encode(), f"{note}<text:p>张三".encode()),
    )
    got = seen(book)
    assert got.tables["Sheet1"][1] == ROWS[1]
    assert got.tables["Sheet1 comments"] == [[f"备用号 {MOBILES[3]}"]]
    sheet = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Worksheet Name="一"><Table><Row><Cell><Data Type="String">张三</Data>'
        f"<Comment><Data>备用号 <B>{MOBILES[3]}</B></Data></Comment></Cell></Row></Table>"
        "</Worksheet></Workbook>"
    )
    got = seen(sheet)
    assert got.tables == {"一": [["张三"]], "一 comments": [[f"备用号 {MOBILES[3]}"]]}
