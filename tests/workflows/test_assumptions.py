"""Probabilities and odds as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.errors import UsageError
from leaktrace.workflows.assumptions import assumed_settings, number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.2", 0.2), (".2", 0.2), ("20%", 0.2), ("20 %", 0.2), ("1/5", 0.2), ("1:4", 0.25),
        ("１／５", 0.2), (" 2 ", 2.0), ("0.5/10", 0.05), ("20％", 0.2),
        ("", None), ("%", None), ("1/", None), ("1/0", None), ("a", None), ("-1", None),
        ("1/2/3", None), ("20%5", None), ("1e-3", None), ("nan", None),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, number: float | None) -> None:
    assert number_in(text) == number


@given(st.text(max_size=12))
def test_no_text_is_more_than_refused(text: str) -> None:
    number = number_in(text)
    assert number is None or number >= 0


def test_a_source_may_have_an_equals_sign_in_its_name() -> None:
    settings = assumed_settings(priors=["a=b=1/4"], twins=["口腔=2"], without=["cells"])
    assert settings.prior_by_source == {"a=b": 0.25}
    assert settings.twin_by_kind == {"dental": 2.0}
    assert settings.without == {"cells"}
    with pytest.raises(UsageError, match="--twin"):
        assumed_settings(twins=["=2"])
