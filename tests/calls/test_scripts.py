"""Transcripts of one script are put together, whatever speech-to-text made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.calls.scripts import normal_script, script_groups
from leaktrace.calls.scripts.similarity import edit_distance, inside
from tests.benchmarks.calls.measures import pairwise
from tests.benchmarks.calls.transcripts import Noise, made_readings
from tests.calls.made import HOUSES

WORDS = st.text(alphabet="abcd您好", max_size=70)


def plain_distance(a: str, b: str, *, anywhere: bool = False) -> int:
    """The table itself; ``anywhere``: the least cost of ``a`` against any piece of ``b``."""
    row = [0 if anywhere else place for place in range(len(b) + 1)]
    for number, one in enumerate(a, 1):
        above, row = row, [number]
        for place, other in enumerate(b, 1):
            row.append(min(row[-1] + 1, above[place] + 1, above[place - 1] + (one != other)))
    return min(row) if anywhere else row[-1]


@given(WORDS, WORDS)
def test_the_edit_distance_is_that_of_the_table(a: str, b: str) -> None:
    assert edit_distance(a, b) == plain_distance(a, b) == edit_distance(b, a)


@given(WORDS, WORDS)
def test_a_piece_is_as_near_as_the_table_says(a: str, b: str) -> None:
    if a:
        expected = max(0.0, 1.0 - plain_distance(a, b, anywhere=True) / len(a))
        assert inside(a, b) == pytest.approx(expected)
    assert inside(a, f"xx{a}yy") == 1.0


@given(st.text(max_size=60))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normal_script(text)
    assert normal_script(once) == once


def test_what_a_call_fills_in_is_not_in_the_script() -> None:
    one = normal_script("額度 30 万，一天只要２０块！")
    assert one == normal_script("额度五十万,一天只要一百二十块。") == "额度天只要块"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("noise", [Noise(), Noise(0.09, 0.03, 0.03)])
def test_made_scripts_are_put_together(language: str, noise: Noise) -> None:
    readings = made_readings(language, 5, scripts=24, each=6, noise=noise)
    groups = script_groups([one.text for one in readings])
    assert pairwise([one.script for one in readings], groups).f1 >= 0.98


def test_groups_do_not_depend_on_the_order() -> None:
    texts = [one.text for one in made_readings("zh", 6, scripts=6, each=4)]
    there, back = script_groups(texts), script_groups(texts[::-1])[::-1]
    pairs = [(a, b) for a in range(len(texts)) for b in range(a)]
    assert all((there[a] == there[b]) == (back[a] == back[b]) for a, b in pairs)


def test_equal_texts_are_one_script_and_greetings_are_none() -> None:
    assert script_groups([*HOUSES, "喂，您好", "喂，您好", HOUSES[0]]) == [0, 0, 0, -1, -1, 0]
    assert script_groups([]) == []


def test_a_call_cut_short_is_with_its_script() -> None:
    whole, heard, *_others = HOUSES
    other = "您好，这里是诚信财务，您公司的年报还没有申报，马上要被列入异常名录了，需要代办吗"
    for share in (0.6, 0.65, 0.7):
        cut = whole[: round(len(whole) * share)]
        assert script_groups([whole, other, cut, heard]) == [0, 1, 0, 0]
        assert script_groups([cut, other, heard, heard[: len(cut)], whole]) == [0, 1, 0, 0, 0]
    assert script_groups([whole, other, other[:8] + whole[20:30], heard]) == [0, 1, 2, 0]


def test_cut_readings_are_with_their_scripts() -> None:
    readings = made_readings("zh", 8, scripts=12, each=8)
    texts = [
        one.text[: len(one.text) // (2 if at % 4 == 0 else 1)] for at, one in enumerate(readings)
    ]
    got = pairwise([one.script for one in readings], script_groups(texts))
    assert got.precision >= 0.99 and got.recall >= 0.9
