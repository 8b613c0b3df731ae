"""Tables of dBASE and FoxPro: their records, deleted ones too, and what their bytes are in."""

from __future__ import annotations

import struct

import pytest
from deeds import MOBILES
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_in import document_in, seen

from leaktrace.errors import InputRefused
from leaktrace.intake.documents.dbfheader import dbf_header

FIELDS = [("XM", "C", 8), ("SJ", "N", 11), ("RQ", "D", 8)]
ROWS = [["张三", MOBILES[0], "20230401"], ["欧阳小五", MOBILES[1], ""], ["李四", MOBILES[2], ""]]


def dbf(rows, fields=FIELDS, *, encoding="gbk", page=0x4D, deleted=(), count=None, version=3):
    body = b""
    for number, row in enumerate(rows):
        body += b"*" if number in deleted else b" "
        for value, (_name, kind, size) in zip(row, fields, strict=True):
            data = value if isinstance(value, bytes) else value.encode(encoding)
            data = data[:size]
            body += data.rjust(size) if kind in "NF" else data.ljust(size)
    start, length = 33 + 32 * len(fields), 1 + sum(size for _n, _k, size in fields)
    count = len(rows) if count is None else count
    head = struct.pack("<BBBBIHH17xB2x", version, 123, 6, 1, count, start, length, page)
    for name, kind, size in fields:
        head += struct.pack("<11sc4xBB14x", name.encode("gbk"), kind.encode(), size, 0)
    return head + b"\r" + body + b"\x1a"


def test_records():
    got = seen(dbf(ROWS))
    assert got.form == "dbf"
    assert got.headers[None] == ("XM", "SJ", "RQ")
    assert got.tables[None] == [["张三", MOBILES[0], "2023-04-01"], *ROWS[1:]]
    assert got.facts == {"encoding": "gb18030", "made": {"modified": "2023-06-01"}}
    assert not got.warnings and set(got.tables) == {None, "deleted"}


def test_deleted_records_are_evidence():
    got = seen(dbf(ROWS, deleted={1}))
    assert [row[0] for row in got.tables[None]] == ["张三", "李四"]
    assert got.tables["deleted"] == [ROWS[1]]
    assert got.warnings == ["deleted-records"]


@pytest.mark.parametrize(
    ("encoding", "page", "told"),
    [
        ("gbk", 0, "gb18030"),
        ("gbk", 0x03, "gb18030"),
        ("utf-8", 0x4D, "utf-8"),
        ("utf-8", 0, "utf-8"),
        ("gbk", 0x4D, "gb18030"),
    ],
)
def test_encodings(encoding, page, told):
    names = ["王建国", "李小红", "张丽华", "欧阳明月", "陈国强", "赵玉兰"]
    fields = [("姓名", "C", 20), ("SJ", "C", 11)]
    got = seen(dbf([[n, MOBILES[0]] for n in names], fields, encoding=encoding, page=page))
    assert got.facts["encoding"] == told
    assert [row[0] for row in got.tables[None]] == names
    assert got.headers[None] == ("姓名", "SJ")


def test_big5_by_its_byte():
    got = seen(
        dbf([["陳國強", MOBILES[0]]], [("A", "C", 8), ("B", "C", 11)], encoding="big5", page=0x4F)
    )
    assert got.tables[None] == [["陳國強", MOBILES[0]]]


def test_a_text_that_its_field_cuts_in_a_character():
    got = seen(dbf([["江苏省南京市", MOBILES[0]]], [("A", "C", 7), ("B", "C", 11)]))
    assert got.tables[None] == [["江苏省", MOBILES[0]]]
    assert not got.refused


def test_a_table_that_is_cut_off():
    whole = dbf(ROWS)
    got = seen(whole[: -1 - 15])
    assert got.tables[None] == [["张三", MOBILES[0], "2023-04-01"], ROWS[1], ["李四", "", ""]]
    assert got.warnings == ["truncated"]


def test_records_that_the_header_does_not_count():
    assert len(seen(dbf(ROWS, count=1)).tables[None]) == 3
    assert seen(dbf(ROWS, count=9)).warnings == ["truncated"]


def test_values_that_are_not_texts():
    fields = [
        ("I", "I", 4),
        ("Y", "Y", 8),
        ("T", "T", 8),
        ("B", "B", 8),
        ("V", "V", 10),
        ("M", "M", 4),
    ]
    moment = struct.pack("<II", 2_440_588, 3_723_000)
    values = [
        struct.pack("<i", -7), struct.pack("<q", 12_345), moment, struct.pack("<d", 138e8),
        "张三".encode("gbk") + b"\0" * 5 + b"\4", struct.pack("<I", 8),
    ]  # fmt: skip
    got = seen(dbf([values, [b" "] * 6], fields, version=0x30))
    assert got.tables[None] == [["-7", "1.2345", "1970-01-01 01:02:03", "13800000000", "张三", ""]]
    assert got.warnings == ["memo"]


def test_what_is_no_such_table():
    whole = dbf(ROWS)
    assert dbf_header(whole) is not None
    assert dbf_header(b"\x03" + bytes(200)) is None
    assert dbf_header(whole[:10] + b"\xff" + whole[11:]) is None
    with pytest.raises(InputRefused) as refused:
        seen(whole[:129])
    assert refused.value.code == "empty"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 180), st.binary(min_size=1, max_size=6), st.integers(0, 250))
def test_damage_does_no_harm(place, bytes_, cut):
    whole = dbf(ROWS, deleted={1})
    data = (whole[:place] + bytes_ + whole[place + len(bytes_) :])[: len(whole) - cut]
    try:
        document = document_in(data)
        for table in document.tables if document else ():
            list(table.rows)
    except InputRefused:
        pass
