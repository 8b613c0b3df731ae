"""Old workbooks: their stream in a sound file, and how far their cells reach."""

from __future__ import annotations

import io
import time

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_in import seen

from leaktrace.errors import InputRefused
from leaktrace.intake.compound import compound_of, workbook_stream
from leaktrace.intake.extents import without_dimensions, xls_extents, xlsb_extent
from tests.data.make.books import xls


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 30_000), st.sampled_from(["Workbook", "Book"]))
def test_a_stream_put_in_is_the_stream_taken_out(size, name):
    data = bytes(i % 251 for i in range(size))
    whole = compound_of(name, data)
    taken = workbook_stream(io.BytesIO(whole))
    assert taken is not None
    assert taken[0] == name
    assert taken[1].rstrip(b"\0") == data.rstrip(b"\0")
    with olefile.OleFileIO(io.BytesIO(whole), raise_defects=olefile.DEFECT_INCORRECT) as ole:
        assert not ole.parsing_issues


def test_a_large_stream_has_more_than_one_table_of_chains():
    data = bytes(9 << 20)
    assert workbook_stream(io.BytesIO(compound_of("Book", data))) == ("Book", data)


def test_the_rectangle_of_the_cells():
    (_globals, *sheets) = xls_extents(stream_of(xls([["a", 1], ["", 2.5]], [[1]])))
    assert [extent for extent in sheets if extent[1]] == [(4, 3), (1, 1)]
    assert xlsb_extent(io.BytesIO(b"\x00\xff\xff\xff\xff\xff")) == (0, 0)


def stream_of(book):
    found = workbook_stream(io.BytesIO(book))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("table", [b"\0\0\0\0" * 128, b"\1\0\0\0" * 128])
def test_a_chain_that_bites_its_tail_is_not_followed(table):
    book = bytearray(xls([["a", 1]] * 200))
    book[0x200:0x400] = table
    before = time.monotonic()
    with pytest.raises(InputRefused) as refused:
        seen(bytes(book))
    assert refused.value.code in ("truncated", "document")
    assert time.monotonic() - before < 3


def test_what_a_sheet_says_of_its_size_is_not_asked():
    stream = stream_of(xls([["a", 1], ["", 2.5]], [[1]]))
    place = stream.index(bytes.fromhex("00020e00"))
    lying = stream[: place + 4] + bytes.fromhex("0000002215000000") + stream[place + 12 :]
    assert without_dimensions(lying) == without_dimensions(stream)
    assert xls_extents(without_dimensions(stream)) == xls_extents(stream)
