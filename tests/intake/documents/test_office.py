"""Workbooks and documents of office programs: merged cells, what they say of themselves, bombs."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlwt
from deeds import MOBILES
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
