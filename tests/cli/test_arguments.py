"""Global options are found wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.cli.arguments import globals_first


@pytest.mark.parametrize(
    ("typed", "sorted_out"),
    [
        (["trace", "--json"], ["trace", "--json"]),
        (["trace", "-C", "x", "--json"], ["-C", "x", "trace", "--json"]),
        (["trace", "--lang=zh"], ["--lang=zh", "trace"]),
        (["trace", "--case"], ["--case", "trace"]),
        (["--", "-C", "x"], ["--", "-C", "x"]),
    ],
)
def test_globals_first(typed: list[str], sorted_out: list[str]) -> None:
    assert globals_first(typed) == sorted_out


@given(st.lists(st.sampled_from(["-C", "--case=a", "--lang", "zh", "trace", "--", "--json", "x"])))
def test_nothing_is_lost_and_twice_is_once(typed: list[str]) -> None:
    once = globals_first(typed)
    assert sorted(once) == sorted(typed)
    if "--" not in typed:
        assert globals_first(once) == once
