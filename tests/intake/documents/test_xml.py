"""XML: sheets of Excel 2003 and flat ODS, and records of any other kind."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from deeds import MOBILES
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_in import seen

from leaktrace.errors import InputRefused
from leaktrace.intake.documents import spreadsheetml

_EXCEL = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}</Workbook>'
)


def sheet(rows, name="名单"):
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table></Worksheet>'


def cell(text, said="", kind="String"):
    return f'<Cell{said}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_gaps_and_merged_cells():
    down, second, third = " ss:MergeDown='1'", " ss:Index='2'", " ss:Index='3'"
    across = " ss:MergeAcross='1'"
    rows = (
        f"<Row>{cell('张三', down)}{cell('1')}</Row>"
        f"<Row>{cell('2', second)}{cell('x', across)}{cell('y')}</Row>"
        f"<Row ss:Index='9'>{cell('z', third)}</Row>"
    )
    got = seen(_EXCEL.format(sheet(rows)))
    assert got.form == "excel-xml"
    assert got.tables == {"名单": [["张三", "1"], ["张三", "2", "x", "", "y"], ["", "", "z"]]}


def test_numbers_and_comments():
    rows = (
        f"<Row>{cell('1.3912345678E10', kind='Number')}"
        f"{cell('1.10101199003070E+17', kind='Number')}"
        f"{cell('13912345678.0', kind='Number')}"
        '<Cell><Data ss:Type="String">甲</Data><Comment><Data>隐藏</Data></Comment></Cell></Row>'
    )
    got = seen(_EXCEL.format(sheet(rows)))
    assert got.tables["名单"] == [["13912345678", "1.10101E+17", "13912345678", "甲"]]


def test_what_it_says_of_its_making():
    said = (
        '<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office">'
        f"<Author>王五 {MOBILES[0]}</Author>"
        "<Created>2026-03-01T01:02:03Z</Created><Company>某公司</Company></DocumentProperties>"
    )
    made = seen(_EXCEL.format(said + sheet(f"<Row>{cell('x')}</Row>"))).facts["made"]
    assert made["created"] == "2026-03-01T01:02:03Z"
    assert made["company"] == "某公司"
    assert made["author"]
    assert MOBILES[0] not in made["author"]


def test_what_parsers_stop_at_is_read():
    text = "张&nbsp;三 A & B &#55357;&#56832; \x01 &#1;"
    got = seen(_EXCEL.format(sheet(f"<Row>{cell(text)}{cell(MOBILES[0])}</Row>")))
    (row,) = got.tables["名单"]
    assert row[1] == MOBILES[0]
    assert "😀" in row[0]


def test_a_workbook_that_is_cut_off():
    whole = _EXCEL.format(sheet("".join(f"<Row>{cell(i)}</Row>" for i in range(50))))
    got = seen(whole[: len(whole) // 2])
    assert got.tables["名单"][:10] == [[str(i)] for i in range(10)]
    assert got.warnings == ["truncated"]


def test_flat_ods():
    text = (
        '<?xml version="1.0"?><office:document xmlns:office="o" xmlns:table="t" xmlns:text="x">'
        '<office:body><table:table table:name="表"><table:table-row>'
        '<table:table-cell office:value-type="float" office:value="13912345678"/>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>一</text:p></table:table-cell>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:body></office:document>"
    )
    got = seen(text)
    assert (got.form, got.tables) == ("flat-ods", {"表": [["13912345678", "一", "一"]]})


@pytest.mark.parametrize("wrapped", [True, False])
def test_records(wrapped):
    people = "".join(
        f'<p id="{i}"><name>张{i}</name>'
        f"<contact><tel>138000{i:05d}</tel><tel>139</tel></contact></p>"
        for i in range(3)
    )
    text = (
        f"<r><head><total>3</total></head><list>{people}</list></r>"
        if wrapped
        else f"<r>{people}</r>"
    )
    got = seen('<?xml version="1.0"?>' + text)
    (name,) = got.tables
    assert got.headers[name] == ("id", "name", "tel", "tel")
    assert got.tables[name][1] == ["1", "张1", "13800000001", "139"]


def test_attributes_as_phones_back_up_messages():
    line = '<sms address="{}" body="找 {}" date="1767225600000" />\n'
    text = "".join(line.format(m, m) for m in MOBILES)
    got = seen(
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes" ?><smses count="4">{text}</smses>'
    )
    assert got.headers["smses.sms"] == ("address", "body", "date")
    assert [row[0] for row in got.tables["smses.sms"]] == list(MOBILES)


def test_entities_are_refused():
    for prolog in ('<!ENTITY a "b">', '<!ENTITY e SYSTEM "file:///etc/hostname">'):
        with pytest.raises(InputRefused) as refused:
            seen(f'<?xml version="1.0"?><!DOCTYPE x [{prolog}]><x><y>&a;</y></x>')
        assert refused.value.code == "unsafe"


@pytest.mark.parametrize(
    "text", ["<张三>,1\n<李四>,2\n", "<b>张三</b>,13800000000\n", "https://a.b/<x>,138\n"]
)
def test_a_delimited_list_is_none(text):
    assert not spreadsheetml.matches(text)


_CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufdd0\ufffe\uffff")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_CELL.filter(bool), min_size=1, max_size=3), min_size=1, max_size=4))
def test_rows_written_are_rows_read(rows):
    lines = "".join("<Row>" + "".join(cell(escape(c)) for c in row) + "</Row>" for row in rows)
    assert seen(_EXCEL.format(sheet(lines))).tables == {"名单": rows}
