"""What the report says of offers: in the part of the list that they are about."""

from __future__ import annotations

from pathlib import Path

from leaktrace.report import write_report
from leaktrace.report.offers import MOST_ALIKE, offers_of_lists
from tests.graph.made_up import SECRET_MOBILE, made_up
from tests.graph.test_offers import offered


def test_a_list_tells_its_offers_and_no_other_list_does(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    write_report(*made_up(), page, offers=offered())
    text = page.read_text(encoding="utf-8")
    assert text.count("O1, as the case") == 1
    assert text.count("it looks like O1: a likelihood ratio of 4 at most") == 1
    assert text.count("no evidence of any source") == 1
    assert "O2" not in text and SECRET_MOBILE not in text


def test_without_offers_the_page_is_as_it_was(tmp_path: Path) -> None:
    write_report(*made_up(), tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "looks like" not in text


def test_of_many_that_are_alike_a_few_are_named() -> None:
    from dataclasses import replace

    first = replace(offered()[0], stated=())
    many = [replace(first, offer=replace(first.offer, id=f"P{turn}")) for turn in range(9)]
    said = offers_of_lists(many)["B002"]
    assert said.count("P") == MOST_ALIKE and "and 6 more" in said
