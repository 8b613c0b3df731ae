"""Truth tables of the verdict and of the words of support; how counts and shares are written."""

from __future__ import annotations

import pytest

from leaktrace.attribution.result import Interval, SourceFinding
from leaktrace.attribution.verdict import support_of, verdict_of
from leaktrace.attribution.words import few, percent


def finding(posterior: float, low: float = 0.9) -> SourceFinding:
    share = Interval(low, 0.95, 1.0)
    return SourceFinding("S", posterior, 0.1, share, 2.0, False, "moderately-strong")


@pytest.mark.parametrize(
    ("findings", "probability", "share", "nobody", "verdict"),
    [
        ([], 0.95, 1.0, 0.0, "no-source"),
        ([finding(0.99)], 0.95, 0.95, 0.0, "no-source"),
        ([finding(0.99)], 0.9499, 0.2, 0.0, "attributed"),
        ([finding(0.95)], 0.0, 0.0, 0.0, "attributed"),
        ([finding(0.95), finding(0.9499)], 0.0, 0.0, 0.0, "attributed"),
        ([finding(0.99, low=0.5)], 0.0, 0.0, 0.0, "attributed"),
        ([finding(0.99, low=0.499)], 0.0, 0.0, 0.0, "mixed"),
        ([finding(0.99, low=0.3)], 0.0, 0.4, 0.0, "attributed"),
        ([finding(0.99, low=0.29)], 0.0, 0.4, 0.0, "mixed"),
        ([finding(0.99), finding(0.96)], 0.0, 0.0, 0.0, "mixed"),
        ([finding(0.99, low=0.1)], 0.0, 0.0, 0.99, "mixed"),
        ([finding(0.9499)], 0.0, 0.0, 0.0, "undetermined"),
        ([finding(0.02)], 0.0, 0.0, 0.95, "unknown-source"),
        ([], 0.0, 0.0, 0.9499, "undetermined"),
        ([], 0.9, 0.9, 0.99, "unknown-source"),
    ],
)
def test_the_first_verdict_that_holds(findings, probability, share, nobody, verdict) -> None:
    assert verdict_of(findings, probability, share, nobody) == verdict


@pytest.mark.parametrize(
    ("ratio", "word"),
    [(0.001, "none"), (1, "none"), (1.99, "none"), (2.01, "weak"), (9.9, "weak"),
     (10.1, "moderate"), (99, "moderate"), (101, "moderately-strong"), (999, "moderately-strong"),
     (1001, "strong"), (9_990, "strong"), (10_010, "very-strong"), (900_000, "very-strong")],
)  # fmt: skip
def test_support_follows_the_scale(ratio: float, word: str) -> None:
    from math import log10

    assert support_of(log10(ratio)) == word


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (1234, "1,234")]
)
def test_one_to_four_people_are_never_told_apart(count: int, text: str) -> None:
    assert few(count) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0.0%"), (0.0005, "<0.1%"), (0.001, "0.1%"), (0.0123, "1.2%"), (0.0996, "10.0%"),
     (0.1, "10%"), (0.876, "88%"), (1.0, "100%")],
)  # fmt: skip
def test_shares_as_people_read_them(share: float, text: str) -> None:
    assert percent(share) == text
