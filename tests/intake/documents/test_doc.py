"""Documents of Word 97 to 2003: rows of tables and lines, from pieces of either width."""

from __future__ import annotations

import struct

import pytest
from deeds import MOBILES
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_in import document_in, seen

from leaktrace.errors import InputRefused
from leaktrace.intake.documents import doc

BODY = (
    "名单\r姓名\x07电话\x07\x07张三\x07"
    + MOBILES[0]
    + "\r备用\x07\x07\x07"
    + MOBILES[1]
    + "\x07\x07"
    '\x13 HYPERLINK "x" \x14联系人\x15 ' + MOBILES[2][:3] + "\x1e" + MOBILES[2][3:] + "\r"
)


def streams(body=BODY, *, narrow="tel 13\r", flags=0, version=0xC1, paragraphs=True):
    """The two streams of a document: its text in one wide piece and one narrow one."""
    wide, thin = body.encode("utf-16-le"), narrow.encode("cp1252")
    head = bytearray(1024)
    struct.pack_into("<HH", head, 0, 0xA5EC, version)
    struct.pack_into("<H", head, 10, flags | 0x0200)
    data = head + wide + thin
    data += bytes(-len(data) % 512)
    pieces = struct.pack("<3I", 0, len(body), len(body) + len(narrow))
    pieces += struct.pack("<HIH", 0, 1024, 0)
    pieces += struct.pack("<HIH", 0, 0x40000000 | 2 * (1024 + len(wide)), 0)
    clx = b"\1\2\0xx" + b"\2" + struct.pack("<I", len(pieces)) + pieces
    table = bytes(8) + clx
    struct.pack_into("<II", data, 0x1A2, 8, len(clx))
    if paragraphs:
        struct.pack_into("<II", data, 0x102, len(table), 12)
        table += struct.pack("<3I", 1024, 1024 + len(wide), len(data) // 512)
        data += properties(body)
    return bytes(data), table


def properties(body):
    """A page with the properties of each paragraph."""
    ends = [i + 1 for i, c in enumerate(body) if c in "\r\x07"]
    row_ends, cells = set(), 0
    for end in ends:
        if body[end - 1] == "\x07":
            cells += 1
            if cells % 3 == 0:
                row_ends.add(end)
    page = bytearray(512)
    struct.pack_into(f"<{len(ends) + 1}I", page, 0, 1024, *(1024 + 2 * end for end in ends))
    inside, last = b"\0\0\x16\x24\x01", b"\0\0\x16\x24\x01\x17\x24\x01\0"
    page[400:406], page[420:430] = b"\3" + inside, b"\5" + last
    for i, end in enumerate(ends):
        first_row, last_row = body.index("姓"), max(row_ends)
        at = 210 if end in row_ends else 200 if first_row < end <= last_row else 0
        page[4 * len(ends) + 4 + 13 * i] = at
    page[511] = len(ends)
    return bytes(page)


def word(monkeypatch, data, table):
    """The document of these streams."""
    import io

    import olefile

    class Ole:
        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def openstream(self, name):
            return io.BytesIO({"WordDocument": data, "1Table": table}[name])

        def exists(self, name):
            return False

        def get_metadata(self):
            raise OSError

    monkeypatch.setattr(olefile, "OleFileIO", Ole)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")


def test_rows_and_lines(monkeypatch):
    got = seen(word(monkeypatch, *streams()))
    assert got.form == "doc"
    assert got.tables["1"] == [
        ["姓名", "电话"],
        ["张三", f"{MOBILES[0]}\n备用"],
        ["", MOBILES[1]],
    ]
    assert [f"联系人 {MOBILES[2][:3]}-{MOBILES[2][3:]}"] in got.tables["text"]
    assert not got.warnings


def test_without_properties_of_paragraphs(monkeypatch):
    body = f"姓名\x07电话\x07\x07张三\x07{MOBILES[0]}\x07\x07"
    got = seen(word(monkeypatch, *streams(body, paragraphs=False)))
    assert got.tables["1"] == [["姓名", "电话"], ["张三", MOBILES[0]]]


@pytest.mark.parametrize(
    ("changes", "code"), [({"flags": 0x100}, "encrypted"), ({"version": 0x68}, "document")]
)
def test_refusals(monkeypatch, changes, code):
    with pytest.raises(InputRefused) as refused:
        seen(word(monkeypatch, *streams(**changes)))
    assert refused.value.code == code


def test_no_such_streams():
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
    with pytest.raises(InputRefused) as refused:
        seen(head)
    assert refused.value.code == "truncated"


def test_pieces_that_overlap_do_not_swell(monkeypatch):
    monkeypatch.setattr(doc, "_MOST", 1300)
    data, table = streams()
    assert len(data) > 1300
    with pytest.raises(InputRefused) as refused:
        seen(word(monkeypatch, data, table.replace(struct.pack("<I", len(BODY)), b"\0\4\0\0")))
    assert refused.value.code in ("too-big", "truncated")


@settings(max_examples=150, deadline=None)
@given(st.booleans(), st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_damage_does_no_harm(in_table, place, patch):
    data, table = streams()
    if in_table:
        place %= len(table)
        table = table[:place] + patch + table[place + len(patch) :]
    else:
        place %= len(data)
        data = data[:place] + patch + data[place + len(patch) :]
    with pytest.MonkeyPatch.context() as monkeypatch:
        head = word(monkeypatch, data, table)
        try:
            document = document_in(head)
            for one in document.tables if document else ():
                list(one.rows)
        except InputRefused:
            pass
