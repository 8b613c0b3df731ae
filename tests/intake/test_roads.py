"""The fast road gives what the slow road gives, on whatever text."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import deeds
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from leaktrace.intake import fastroad, pieces, rawblocks, textfile
from leaktrace.intake.blocks import ListReading
from leaktrace.intake.gbk import is_plain_gbk
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.material import Material
from leaktrace.intake.rawblocks import Layout, raw_blocks
from leaktrace.intake.recognition import Wanted
from leaktrace.intake.tally import Tally
from leaktrace.intake.textlist import open_text

CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "张三", "13912345678", deeds.IDS[0], '"', '""', '"a"', 'a"b', '"x,y"', "5寸\"",
         '"两\n行"', "\r", "\ufeff", "NA", "null", "𠮷13800000001", "，", "\u3000", "1.38E+10",
         "138 1234 5678", "\x00", "\x1f", "----", "a|b", "\x85", "\u2028"]
    ),
    st.text(alphabet="ab1\"',;| \t张𠮷é\n\r", max_size=6),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=12)
ENCODINGS = st.sampled_from(["utf-8", "gb18030"])
DELIMITERS = st.sampled_from([",", "\t", ";", "|", "----", "，", " ", ""])
LINE_ENDS = st.sampled_from(["\n", "\r\n"])


def plain(blocks):
    return [
        ([c.to_pylist() for c in b.columns], [f.tolist() for f in b.filled], b.refusals.tolist())
        for b in blocks
    ]


@settings(max_examples=200, deadline=None)
@given(ROWS, ENCODINGS, DELIMITERS, LINE_ENDS, st.integers(1, 4), st.booleans())
@example([["a", '"x'], ["b", 'y"']], "utf-8", ",", "\n", 2, True)
@example([['"a', 'b"'], ["c", "d"]], "gb18030", ",", "\r\n", 2, True)
def test_raw_blocks_are_the_same(rows, encoding, delimiter, line_end, width, ended):
    text = line_end.join((delimiter or "x").join(row) for row in rows) + line_end * ended
    piece = text.encode(encoding)
    layout = Layout(encoding, delimiter, width)
    slow = plain(raw_blocks(piece, layout, fast=False))
    assert plain(raw_blocks(piece, layout)) == slow
    with mock.patch.object(rawblocks, "_SMALLEST", 8):
        assert plain(raw_blocks(piece, layout)) == slow


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80), DELIMITERS, st.integers(1, 3), ENCODINGS)
def test_raw_blocks_are_the_same_on_any_bytes(piece, delimiter, width, encoding):
    layout = Layout(encoding, delimiter, width)
    slow = plain(raw_blocks(piece, layout, fast=False))
    with mock.patch.object(rawblocks, "_SMALLEST", 8):
        assert plain(raw_blocks(piece, layout)) == slow


def whole(path: Path, fast: bool, cells: bool = True):
    head = path.read_bytes()[:65536]
    reading = ListReading(blocks=iter(()))
    tally = Tally(Material(path), reading)
    opened = open_text(Material(path), head, {}, Wanted(cells=cells), KnownNames(), fast=fast)
    (table,) = opened.tables
    reading.blocks = tally.counted(table.blocks(tally.add_table(table, member=None)))
    reading.layout = opened.facts
    got = deeds.gathered(reading)
    tally.finish()
    return got, reading.columns, reading.warnings, reading.refusals, reading.layout


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, encoding=ENCODINGS, size=st.sampled_from([16, 64, 1 << 20]))
def test_whole_files_are_the_same_in_pieces_of_any_size(tmp_path, rows, encoding, size):
    path = tmp_path / "list.csv"
    lines = [["姓名", "手机号", "备注"], *[["张三", "13912345678", "老客户介绍"]] * 20, *rows]
    path.write_bytes("\n".join(",".join(row) for row in lines).encode(encoding))
    with mock.patch.object(pieces.pieces_of, "__defaults__", (size,)):
        slow = whole(path, False)
        assert whole(path, True) == slow
        slow[0]["cells"] = []
        assert whole(path, True, cells=False) == slow


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=40),
        st.text(alphabet="a1,\n张é𠮷〇丂", max_size=20).map(lambda t: t.encode("gb18030")),
        st.lists(st.sampled_from([b"\x81", b"\xfe", b"@", b"~", b"\x7f", b"0", b"\n"])).map(
            b"".join
        ),
    )
)
def test_what_is_plain_gbk_is_gb18030(text):
    if is_plain_gbk(text):
        assert len(text.decode("gb18030").encode("gbk", errors="replace")) <= len(text)
        for mark in (b",", b"\n", b'"', b"\t", b";", b"-"):
            assert text.decode("gb18030").count(mark.decode()) == text.count(mark)


def test_every_pair_of_gbk_decodes():
    trails = [*range(0x40, 0x7F), *range(0x81, 0xFF)]
    text = b"".join(bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in trails)
    assert is_plain_gbk(text)
    assert len(text.decode("gb18030")) == len(text) // 2


def test_plain_gbk_is_told_across_windows():
    line = "张丂三,解放路".encode("gb18030") + b"\n"
    assert is_plain_gbk(line * 60_000)
    assert not is_plain_gbk(line * 60_000 + "𠮷".encode("gb18030"))
    assert not is_plain_gbk(line * 60_000 + b"\xb0")


def test_the_fast_road_is_taken_where_it_can_be():
    rows = b'"a","b, ""c""",1\r\n' * 10 + b"\r\n" + b"d,e,2\r\n" * 10
    columns = fastroad.columns_of(rows, "utf-8", ",", 3)
    assert columns is not None
    assert columns[1].to_pylist() == ['b, "c"'] * 10 + ["e"] * 10
    for bad in (
        b'a,"b\nc,d\n',
        b'a,"b"c\n',
        b"a\rb,c\n",
        b"a,b\nc\n",
        b"\xef\xbb\xbfa,b\n",
        b"a,\xff\n",
    ):
        assert fastroad.columns_of(bad, "utf-8", ",", 3) is None


def test_a_ragged_row_makes_only_its_neighbourhood_slow():
    piece = b"a,13912345678\n" * 50_000 + b"ragged\n" + b"b,13912345678\n" * 50_000
    slow = []
    real = rawblocks._slow
    with mock.patch.object(rawblocks, "_slow", lambda p, y: slow.append(len(p)) or real(p, y)):
        (block,) = raw_blocks(piece, Layout("utf-8", ",", 2))
    assert block.rows == 100_001
    assert sum(slow) <= 1 << 16


def test_the_sample_stays_small(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,13912345678\n" * 400_000)
    form = textfile.text_form(path, path.read_bytes()[:65536])
    assert len(form.sample) == 2000
    assert 0 < len(form.spread) <= 900
