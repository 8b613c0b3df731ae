"""The page stands alone, hides what it must, and adds up."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from leaktrace.attribution.result import Trace
from leaktrace.attribution.twins import usual_twins
from leaktrace.case.records import SOURCE_KINDS
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.messages import choose_language
from leaktrace.report import write_report
from leaktrace.report.context import read_context
from leaktrace.report.lists import list_view
from leaktrace.report.sources import source_lines
from leaktrace.report.texts import page_words
from tests.graph.made_up import CANARY_MOBILE, SECRET_MOBILE, MadeUpCase, made_up


def _page(case: MadeUpCase, trace: Trace, folder: Path, **options: bool) -> str:
    path = folder / "report.html"
    write_report(case, trace, path, **options)
    assert [item.name for item in folder.iterdir()] == ["report.html"]
    return path.read_text(encoding="utf-8")


def test_stands_alone(tmp_path: Path) -> None:
    page = _page(*made_up(), tmp_path)
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<iframe|<img|<link|<form|javascript:|\son\w+=", page)
    assert not re.search(r"https?:|//|url\(|@import|src=", page.replace("<!doctype html>", ""))


def test_order_of_the_sections(tmp_path: Path) -> None:
    page = _page(*made_up(), tmp_path)
    sections = re.findall(r'<section id="([a-z]+)"', page)
    assert sections == [
        "short",
        "table",
        "lists",
        "sources",
        "picture",
        "overlap",
        "reading",
        "twins",
        "assumptions",
        "legal",
    ]


def test_every_link_leads_somewhere(tmp_path: Path) -> None:
    page = _page(*made_up(), tmp_path)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_no_identifier_is_shown_and_none_is_asked_for(tmp_path: Path) -> None:
    case, trace = made_up()
    page = _page(case, trace, tmp_path)
    assert SECRET_MOBILE not in page
    assert CANARY_MOBILE not in page
    assert not case.revealed
    assert "139***" in page


def test_revealed_canaries_are_those_that_were_found_and_a_banner_says_so(tmp_path: Path) -> None:
    case, trace = made_up(batches=2)
    page = _page(case, trace, tmp_path, reveal_canaries=True)
    found = {
        canary
        for finding in trace.batches
        for piece in finding.evidence
        for canary in piece.detail.get("canaries", ())
    }
    assert set(case.revealed) == found
    assert len(found) < len(case.canary_list)
    assert CANARY_MOBILE in page
    assert "burnt" in page
    assert SECRET_MOBILE not in page


def test_names_cannot_break_out(tmp_path: Path) -> None:
    case, trace = made_up()
    evil = "</style><script>alert(1)</script>\"'{{ 7*7 }}\u202e"
    case = replace(
        case,
        source_list=tuple(replace(source, name=evil) for source in case.source_list),
        batch_list=tuple(
            replace(batch, seller=evil, claimed_kind=evil) for batch in case.batch_list
        ),
    )
    page = _page(case, trace, tmp_path)
    assert "<script" not in page
    assert "{{ 7*7 }}" in page
    assert "\u202e" not in page
    assert page.count("</style>") == 1


def test_overlaps_of_one_to_four_are_nowhere(tmp_path: Path) -> None:
    page = _page(*made_up(), tmp_path)
    assert "&lt;5" in page
    assert "3 of 4,878" not in page
    assert "0.06%" not in page
    cells = re.findall(r'<td class="(?:few|h\d)"[^>]*>([^<]*)</td>', page)
    assert "&lt;5" in cells
    assert not set(cells) & {"1", "2", "3", "4"}


def test_every_list_has_its_sentence_evidence_and_custody(tmp_path: Path) -> None:
    case, trace = made_up()
    page = _page(case, trace, tmp_path)
    assert page.count('<p class="sentence"') == len(trace.batches)
    for batch in case.batch_list:
        assert page.count(batch.sha256) == 1
    assert "5,000 = 4,890 identified + 107 without an identifier + 3 refused; 12" in page
    assert page.count("412,345 bytes") == len(trace.batches)
    assert "2 hotlines" in page
    assert "Row 7: 139******** is damaged." in page
    assert "Forty canaries at each would decide." in page
    assert "Odds: about 1 to 30." in page


def test_a_leak_without_a_reason_is_no_evidence() -> None:
    case, trace = made_up(batches=2)
    lines = {line.name: line for line in source_lines(read_context(case, trace))}
    named = {item.source for finding in trace.batches for item in finding.sources[:1]}
    for source in case.source_list:
        line = lines[f"{source.name} ({source.id})"]
        if source.access == "public":
            assert line.leaked == "public"
        elif source.id in named:
            assert line.leaked.endswith("%")
        else:
            assert (line.leaked, line.strength) == ("no evidence", 0)


def test_without_a_source_that_stands_out_the_table_names_none() -> None:
    case, trace = made_up(batches=5)
    finding = trace.batches[4]
    weak = replace(finding.sources[0], posterior=0.3, log10_lr=0.2, support="none")
    finding = replace(finding, sources=(weak,), alternative="Odds: about 1 to 0.2.")
    view = list_view(finding, read_context(case, replace(trace, batches=(finding,))))
    assert view.lead is None
    assert view.more == 0
    assert view.alternative == ""
    assert [source.support for source in view.sources] == ["no support either way"]


def test_no_alternative_shows_nothing_there(tmp_path: Path) -> None:
    case, trace = made_up(batches=1)
    heading = page_words()["alternative"]
    assert f"<h4>{heading}</h4>" in _page(case, trace, tmp_path)
    bare = replace(trace, batches=(replace(trace.batches[0], alternative=""),))
    page = _page(case, bare, tmp_path)
    assert f"<h4>{heading}</h4>" not in page


def test_the_figures_of_the_evidence_are_explained(tmp_path: Path) -> None:
    page = _page(*made_up(), tmp_path)
    with_evidence = sum(bool(finding.evidence) for finding in made_up()[1].batches)
    assert page.count("if that piece alone is left out") == with_evidence


def test_chinese_page_sets_lists_apart_as_chinese_does(tmp_path: Path) -> None:
    choose_language("zh")
    page = _page(*made_up(), tmp_path)
    assert "CNY" not in page
    assert "4,875 个、" in page
    assert not re.search(r"[\u4e00-\u9fff](?:, |: |\.<)", page)


def test_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    write_report(*made_up(), first)
    write_report(*made_up(), second)
    assert first.read_bytes() == second.read_bytes()
    assert b" object at 0x" not in first.read_bytes()


def test_the_cap_and_what_is_out_of_reach(tmp_path: Path) -> None:
    page = _page(*made_up(), tmp_path)
    assert "10^3.4 (about 2,500)" in page
    assert page.count("out of reach") == 3
    assert "nine in ten statements" in page


def test_language_of_the_page(tmp_path: Path) -> None:
    assert '<html lang="en">' in _page(*made_up(), tmp_path)
    choose_language("zh")
    assert '<html lang="zh-CN">' in _page(*made_up(), tmp_path)


def test_a_case_of_nothing(tmp_path: Path) -> None:
    _case, trace = made_up()
    page = _page(MadeUpCase(), replace(trace, batches=(), sources=(), overlap={}), tmp_path)
    assert '<section id="picture"' not in page
    assert '<section id="legal"' in page


def test_other_suffixes_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.html"):
        write_report(*made_up(batches=1), tmp_path / "ledger.db")
    with pytest.raises(LeaktraceError, match="folder"):
        write_report(*made_up(batches=1), tmp_path / "missing" / "a.html")
    assert not list(tmp_path.iterdir())


def test_every_kind_has_its_twins() -> None:
    assert set(usual_twins()) == set(SOURCE_KINDS)


def test_no_text_hides_behind_a_method() -> None:
    """``words.copy`` in a template would be the method of dict, not the text."""
    assert not [name for name in page_words() if hasattr(dict, name)]
