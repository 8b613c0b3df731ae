"""Tables on a narrow terminal break no word."""

from __future__ import annotations

import io
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from leaktrace.cli.fitted import fitted

WORD = st.text("abcdefgh", min_size=1, max_size=9)
CELL = st.lists(WORD, max_size=4).map(" ".join)


def lines(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False)
    for part in fitted(headers, rows, right=(1,), width=width):
        console.print(part)
    return console.file.getvalue().splitlines()  # type: ignore[attr-defined, no-any-return]


@settings(deadline=None, max_examples=60)
@given(st.data(), st.integers(1, 9))
def test_every_word_stays_whole_and_no_line_is_too_long(data: st.DataObject, columns: int) -> None:
    row = st.lists(CELL, min_size=columns, max_size=columns)
    headers, rows = data.draw(row), data.draw(st.lists(row, max_size=3))
    width = data.draw(st.integers(20, 100))
    shown = lines(headers, rows, width)
    assert max(map(len, shown), default=0) <= width
    words = {word for line in shown for word in line.split()}
    assert {word for cells in (headers, *rows) for cell in cells for word in cell.split()} <= words


def test_one_table_where_it_fits_and_parts_that_begin_alike_where_not() -> None:
    headers = ["number id", "custodian", "contract"]
    rows = [["SIM-1", "somebody", "2027-03-01"], ["SIM-2", "nobody", ""]]
    assert len(fitted(headers, rows, width=80)) == 1
    shown = lines(headers, rows, 24)
    assert [line.split()[0] for line in shown if line.startswith("SIM")] == ["SIM-1", "SIM-2"] * 2
    assert any("2027-03-01" in line for line in shown)


def test_chinese_is_folded_but_not_into_slivers_and_a_heading_never() -> None:
    headers = ["编号", "首个来电天数的一列", "原因"]
    rows = [["SIM-1", "3", "在一封写给公司的投诉信里被点了名因此已经暴露"]]
    shown = lines(headers, rows, 40)
    assert any("首个来电天数的一列" in line for line in shown)
    text = "".join(line[-12:].strip() for line in shown if not line.startswith("─"))
    assert "在一封写给公司" in text.replace(" ", "")
