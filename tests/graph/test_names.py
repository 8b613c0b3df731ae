"""Names and values as they may be shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution.result import Evidence
from leaktrace.graph import evidence_text, shown_ids, shown_text
from leaktrace.graph.clean import clean


@given(st.lists(st.text(max_size=12)))
def test_ids_stay_distinct(ids: list[str]) -> None:
    shown = shown_ids(ids)
    assert set(shown) == set(ids)
    assert len(set(shown.values())) == len(shown)
    assert all(shown.values())


@given(st.text())
def test_text_is_one_clean_line(text: str) -> None:
    shown = shown_text(text)
    assert shown == shown.strip()
    assert all(letter.isprintable() or letter == " " for letter in shown if ord(letter) < 0xA0)
    assert not any(0xD800 <= ord(letter) < 0xE000 for letter in shown)
    shown.encode("utf-8")


def test_text_masks_a_number_that_is_broken_up_by_an_invisible_character() -> None:
    assert "13912345678" not in shown_text("139\u200b12345678")


def test_clean_leaves_out_what_is_unknown() -> None:
    values = {"a": None, "b": float("nan"), "c": 0.123456, "d": ("x", "y"), "e": True, "f": 7}
    assert clean(values) == {"c": 0.1235, "d": "x; y", "e": True, "f": 7}


def _piece(code: str, detail: dict[str, object], text: str) -> Evidence:
    return Evidence("overlap", "S01", 1.0, code, detail, text)


def test_few_people_are_not_counted() -> None:
    told = evidence_text(_piece("reference.overlap", {"matched": 3}, "3 of 4878 people (0.06%)"))
    assert "3" not in told
    assert "0.06" not in told


def test_what_already_says_fewer_than_five_is_kept() -> None:
    text = "<5 of 4878 people are in the reference list of S01."
    assert evidence_text(_piece("reference.overlap", {"matched": 3}, text)) == text


def test_five_people_and_canaries_are_counted() -> None:
    text = "5 of 4878 people"
    assert evidence_text(_piece("reference.overlap", {"matched": 5}, text)) == text
    text = "2 canaries are in it"
    assert evidence_text(_piece("canary.hit", {"matched": 2}, text)) == text
