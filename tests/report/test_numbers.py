"""Numbers are never written as more certain than they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution.result import Interval
from leaktrace.report.numbers import (
    interval_text,
    odds_text,
    people_text,
    share_interval_text,
    share_text,
    signed_text,
    size_text,
    times_text,
)


@given(st.floats(0.001, 1.0))
def test_odds_are_never_rounded_up(probability: float) -> None:
    shown = float(odds_text(probability).rstrip("%")) / 100
    limit = probability + (5.1e-4 if probability < 0.1 else 1e-6)
    assert shown <= min(limit, 0.9999)
    assert probability - shown < 1.1e-3


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (1.0, "99.99%"),
        (0.99996, "99.99%"),
        (0.998, "99.8%"),
        (0.9496, "94.9%"),
        (0.95, "95%"),
        (0.57, "57%"),
        (0.004, "0.4%"),
        (0.0, "<0.1%"),
    ],
)
def test_odds(probability: float, text: str) -> None:
    assert odds_text(probability) == text


def test_one_to_four_people_look_alike() -> None:
    assert [people_text(count) for count in (0, 1, 4, 5, 1234)] == ["", "<5", "<5", "5", "1,234"]


def test_shares() -> None:
    assert [share_text(share) for share in (0.0, 0.001, 0.97)] == ["0%", "<1%", "97%"]
    assert interval_text(0.91, 1.0) == "91–100%"
    assert share_interval_text(Interval(0.91, 0.97, 1.0)) == "97% (91–100%)"


def test_ratios() -> None:
    assert [times_text(value) for value in (0.0, 0.2, 1.0, 3.4, -3.0)] == [
        "1",
        "1.6",
        "10",
        "2,500",
        "1,000",
    ]
    assert [signed_text(value) for value in (3.14, -0.4, 0.01)] == ["+3.1", "−0.4", "0"]


def test_sizes() -> None:
    assert size_text(999) == "999 bytes"
    assert size_text(2_500_000) == "2,500,000 bytes (2.5 MB)"
