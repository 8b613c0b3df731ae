"""Where values stand in a plot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.report.charts import BOTTOM, LEFT, RIGHT, TOP, Frame

FRAME = Frame((-2.0, 2.0), (0.0, 1.0))


def test_the_ends_of_the_axes_are_the_edges() -> None:
    assert (FRAME.across(-2.0), FRAME.across(2.0)) == (LEFT, RIGHT)
    assert (FRAME.up(0.0), FRAME.up(1.0)) == (BOTTOM, TOP)


@given(st.floats(allow_nan=False))
def test_nothing_stands_outside(value: float) -> None:
    assert LEFT <= FRAME.across(value) <= RIGHT
    assert TOP <= FRAME.up(value) <= BOTTOM


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_what_is_more_stands_further(one: float, other: float) -> None:
    assert (FRAME.across(one) <= FRAME.across(other)) or one > other


def test_marks_beyond_the_axis_are_left_out() -> None:
    marks = FRAME.x_marks([(float(at), str(at)) for at in range(-4, 5)])
    assert [mark.text for mark in marks] == ["-2", "-1", "0", "1", "2"]


def test_a_path_goes_through_its_points() -> None:
    middle = (LEFT + RIGHT) / 2
    assert FRAME.path([(-2.0, 0.0), (0.0, 1.0)]) == f"M{LEFT},{BOTTOM}L{middle},{TOP}"


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_the_infinite_stands_at_the_edge(value: float) -> None:
    assert FRAME.up(value) in (TOP, BOTTOM)
