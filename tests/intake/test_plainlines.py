"""Pieces of nothing but mobiles come out as the other roads read them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.identifiers.kinds import MOBILE
from leaktrace.intake.columns import ColumnPlan, Role
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.plainlines import plain_block
from leaktrace.intake.rawblocks import Layout, raw_blocks
from leaktrace.intake.recognition import CountedBlock, Wanted, recognise_block

PLAN = ColumnPlan(None, likely=True, phones=True)
LAYOUT = Layout("utf-8", "", 1)
LINE = st.one_of(
    st.integers(13_000_000_000, 19_999_999_999).map(str),
    st.sampled_from(
        ["13800138000", "12345678901", "1380013800", "138001380000", "+8613800138", ""]
    ),
)


def usual(piece: bytes, plan: ColumnPlan, wanted: Wanted) -> CountedBlock:
    (raw,) = raw_blocks(piece, LAYOUT, fast=False)
    return recognise_block(raw, 0, [plan], wanted, KnownNames())


def same(ours: CountedBlock, theirs: CountedBlock) -> None:
    assert ours.block.rows == theirs.block.rows
    for name in ("identified", "refused", "registered"):
        assert np.array_equal(getattr(ours.block, name), getattr(theirs.block, name))
    assert [cells.to_pylist() for cells in ours.block.cells] == [
        cells.to_pylist() for cells in theirs.block.cells
    ]
    assert ours.block.names is None and theirs.block.names is None
    (a,), (b,) = ours.block.found, theirs.block.found
    assert (a.kind, a.column) == (b.kind, b.column)
    assert np.array_equal(a.rows, b.rows) and np.array_equal(a.values, b.values)
    assert (a.excluded is None) == (b.excluded is None)
    assert a.excluded is None or np.array_equal(a.excluded, b.excluded)
    assert ours.columns == theirs.columns
    assert np.array_equal(ours.refusals, theirs.refusals)
    assert ours.aside == theirs.aside


@given(st.lists(LINE, min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_as_the_other_roads(lines: list[str], end: str, cells: bool) -> None:
    piece = "".join(line + end for line in lines).encode()
    plain = all(len(line) == 11 and "13" <= line[:2] < "20" for line in lines)
    wanted = Wanted(None, cells)
    ours = plain_block(piece, LAYOUT, [PLAN], 0, wanted)
    assert (ours is not None) == plain
    if ours is not None:
        assert ours.size == len(piece)
        same(ours, usual(piece, PLAN, wanted))


def test_a_long_piece() -> None:
    piece = b"".join(b"%d\n" % (13_000_000_000 + 7 * n) for n in range(40_000))
    wanted = Wanted(frozenset({"mobile"}), False)
    ours = plain_block(piece, LAYOUT, [PLAN], 0, wanted)
    assert ours is not None
    same(ours, usual(piece, PLAN, wanted))
    assert plain_block(piece[:-3] + b"x1\n", LAYOUT, [PLAN], 0, wanted) is None


@pytest.mark.parametrize(
    ("plan", "wanted"),
    [
        (ColumnPlan(None, role=Role.IGNORED), Wanted()),
        (ColumnPlan(None, role=Role.NAME), Wanted()),
        (ColumnPlan(None, serial=True), Wanted()),
        (PLAN, Wanted(frozenset({"id_number"}))),
    ],
)
def test_what_is_read_in_another_way_is_left(plan: ColumnPlan, wanted: Wanted) -> None:
    assert plain_block(b"13800001111\n", LAYOUT, [plan], 0, wanted) is None
    assert plain_block(b"13800001111\n", LAYOUT, [PLAN, PLAN], 0, Wanted()) is None
    assert plain_block(b"13800001111\n", Layout("utf-8", ",", 1), [PLAN], 0, Wanted()) is None
    forced = ColumnPlan(None, kind=MOBILE, forced=True)
    assert plain_block(b"13800001111\n", LAYOUT, [forced], 0, Wanted()) is not None
