"""Contacts in every version that phones export."""

from __future__ import annotations

from deeds import MOBILES
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_in import seen

from leaktrace.intake.documents import vcard


def card(*lines):
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])


def first(*lines, encoding="utf-8"):
    got = seen(card(*lines).encode(encoding))
    assert got.form == "vcard"
    return got.dicts()[0]


def test_fields_and_several_numbers():
    text = card(
        "VERSION:3.0",
        "N:张;三;;;",
        "FN:张三",
        f"TEL;TYPE=CELL:{MOBILES[0]}",
        f"item1.TEL:{MOBILES[1]}",
    )
    got = seen(text)
    assert got.headers[None] == ("FN", "TEL", "TEL")
    assert got.tables[None] == [["张三", MOBILES[0], MOBILES[1]]]


def test_the_parts_of_a_name_where_there_is_no_other():
    assert first("N:张;三;;;", "TEL:1")["N"] == "张三"
    assert first("N:Smith;John;;;", "TEL:1")["N"] == "Smith John"


def test_quoted_printable_in_chinese_encodings():
    for charset in ("GBK", "UTF-8", "GB2312"):
        coded = "".join(f"={byte:02X}" for byte in "张三".encode(charset))
        name = f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{coded[:9]}=\r\n{coded[9:]}"
        assert first(name, "TEL:1", encoding="ascii")["FN"] == "张三"
    assert first("FN;ENCODING=QUOTED-PRINTABLE:=D5=C5", "TEL:1")["FN"] == "张"


def test_folds_addresses_and_escapes():
    got = first(
        "FN:张三",
        f"TEL;VALUE=uri:tel:+86-{MOBILES[0][:5]}\r\n {MOBILES[0][5:]};ext=1",
        "ADR:;;一路\\, 2号;南京;;;",
        "NOTE:a\\nb",
    )
    assert got == {
        "FN": "张三",
        "TEL": f"+86-{MOBILES[0]}",
        "ADR": "一路, 2号 南京",
        "NOTE": "a\nb",
    }


def test_pictures_are_left_and_a_raw_encoding_is_found():
    got = first("FN:张三", "PHOTO;ENCODING=b:QUJD\r\n QUJD", "TEL:1", encoding="gb18030")
    assert got == {"FN": "张三", "TEL": "1"}


def test_a_card_that_is_cut_off():
    got = seen(card("FN:张三", "TEL:1") + "BEGIN:VCARD\r\nFN:李四\r\nTEL:2")
    assert [row[0] for row in got.tables[None]] == ["张三", "李四"]
    assert got.warnings == ["truncated"]


def test_a_delimited_list_is_none():
    assert not vcard.matches("BEGIN,VCARD\n1,2\n")
    assert not vcard.matches("备注\nBEGIN:VCARD\n")


_TEXT = st.text(st.characters(categories=("Lo", "Nd")), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=5))
def test_cards_written_are_cards_read(people):
    got = seen("".join(card(f"FN:{name}", f"TEL:{tel}") for name, tel in people))
    assert got.tables[None] == [list(person) for person in people]
