"""Many numbers to a line: each is a person, or each pair of a name and a number is."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.engines.local import build_list
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.documents.wall import people_of
from leaktrace.intake.reading import open_list
from tests.data.make.people import Person, people

FOLK = people(9100, 400)


def _summary(path: Path) -> ListSummary:
    return build_list(open_list(path), Key(b"k" * 32)).summary


def _text(tmp_path: Path, text: str) -> ListSummary:
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    return _summary(path)


def _wall(lines: list[list[Person]], form: str, mark: str) -> str:
    return "\n".join(
        mark.join(form.format(n=one.name, m=one.mobile) for one in line) for line in lines
    )


def _lines(width: int) -> list[list[Person]]:
    return [FOLK[start : start + width] for start in range(0, 400, width)]


@pytest.mark.parametrize("width", [400, 200, 10])
@pytest.mark.parametrize("mark", [",", ";", "，", " ", "、", ", ", "|", "\t"])
def test_each_number_of_a_wall_is_a_person(tmp_path: Path, width: int, mark: str) -> None:
    lines = _lines(width)
    summary = _text(tmp_path, _wall(lines, "{m}", mark))
    assert (summary.rows, summary.people, summary.identifiers) == (len(lines), 400, {"mobile": 400})
    assert summary.duplicate_rows == 0
    assert len(summary.columns) == 2


@pytest.mark.parametrize(
    ("width", "form", "mark"),
    [
        (50, "{n}{m}", ""),
        (400, "{n}{m}", ""),
        (400, "{m}{n}", "，"),
        (4, "{n} {m}", "  "),
        (5, "{n}：{m}", "；"),
    ],
)
def test_each_pair_of_name_and_number_is_a_person(
    tmp_path: Path, width: int, form: str, mark: str
) -> None:
    lines = _lines(width)
    summary = _text(tmp_path, _wall(lines, form, mark))
    assert (summary.rows, summary.people, summary.identifiers) == (len(lines), 400, {"mobile": 400})
    assert summary.facts["named_rows"] == 400


def test_a_long_line_is_refused_for_nothing(tmp_path: Path) -> None:
    numbers = [f"139{i * 37119193 % 10**8:08d}" for i in range(1, 6001)]
    summary = _text(tmp_path, ",".join(numbers))
    assert (summary.people, summary.identifiers) == (6000, {"mobile": 6000})


def test_two_numbers_in_a_row_stay_one_persons(tmp_path: Path) -> None:
    assert _text(tmp_path, _wall(_lines(2), "{m}", ",")).people == 200
    named = "\n".join(f"{a.name},{a.mobile},{b.mobile}" for a, b in _lines(2))
    assert _text(tmp_path, named).people == 200


def test_walls_in_a_workbook(tmp_path: Path) -> None:
    for rows, name in (
        ([[int(one.mobile) for one in line] for line in _lines(8)], "wide.xlsx"),
        ([["、".join(one.mobile for one in line)] for line in _lines(80)], "cells.xlsx"),
    ):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        summary = _summary(tmp_path / name)
        assert (summary.rows, summary.people) == (len(rows), 400)


def test_the_two_ends_of_a_call_are_two_people(tmp_path: Path) -> None:
    calls = "".join(f"{a.mobile},{b.mobile},35\n" for a, b in _lines(2))
    assert _text(tmp_path, "主叫号码,被叫号码,时长\n" + calls).people == 400


@given(st.lists(st.integers(1_000_000, 9_999_999), min_size=1, max_size=300), st.data())
def test_plain_walls_are_cut_as_others_are(ends: list[int], data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from([",", "、", " ", "; ", "|", " / "]))
    line = data.draw(st.sampled_from(["", " ", mark])) + mark.join(f"1381{end}" for end in ends)
    fast = list(people_of(line))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("leaktrace.intake.documents.wall._PLAIN", re.compile("never"))
        slow = list(people_of(line))
    assert fast == slow
    assert "".join(part for part, _name in fast) == line


@pytest.mark.parametrize("words", ["1 3 8 ", "13 81 23 49 87 ", "有 意 向 "])
def test_thousands_of_words_to_a_line_are_no_columns(tmp_path: Path, words: str) -> None:
    summary = _text(tmp_path, words * 800 + "\n")
    assert len(summary.columns) == 1
    assert summary.identifiers == {}
