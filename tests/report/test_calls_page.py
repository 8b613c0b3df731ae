"""What calls tell stands on the page and in letters; what is about lists alone does not, there."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.attribution.assumed import assumed
from leaktrace.attribution.result import Evidence, SourceSummary, Trace
from leaktrace.attribution.settings import Market, Settings
from leaktrace.report import write_report
from leaktrace.report.assumed import assumed_pairs
from leaktrace.report.context import read_context
from leaktrace.report.heard import heard_views, quiet_lines
from leaktrace.report.letters import Chosen, Matter, letter_text, make_letter
from leaktrace.report.letters.letter import TRACED
from leaktrace.report.sources import source_lines
from tests.graph.made_up import MadeUpCase, made_up

ABOUT_LISTS = (
    "A list is a mixture",
    "The unit is the person",
    "unseen twin",
    "Sources' own lists and fingerprints",
    "“Comes from”",
    "1% of the list",
    "if the source contributed",
    "Overlaps of one to four people",
    "Fa Shi [2017]",
    "leaktrace custody",
    "these hashes",
)
ABOUT_CALLS = ("Every number rings.", "A source rings its own people")


def _said(source: str, log10_lr: float, **detail: object) -> tuple[Evidence, ...]:
    told = {"source": source, "recited": 0, **detail}
    return (
        Evidence("calls", source, log10_lr, "leaked.calls", told, f"All calls to {source}."),
        Evidence("calls", source, log10_lr, "calls.excess", told, f"The excess at {source}."),
    )


def _summaries() -> tuple[SourceSummary, ...]:
    return (
        SourceSummary("S01", 0.12, _said("S01", -0.05)),
        SourceSummary("S02", 0.9946, _said("S02", 3.2, recited=2)),
        SourceSummary("S03", 0.01, _said("S03", -1.5)),
        SourceSummary("S05", 0.1),
    )


def _heard(*, lists: bool = False) -> tuple[MadeUpCase, Trace]:
    case, trace = made_up()
    trace = replace(trace, sources=_summaries())
    if lists:
        return case, trace
    return replace(case, batch_list=()), replace(trace, batches=(), overlap={})


def _page(case: MadeUpCase, trace: Trace, folder: Path) -> str:
    write_report(case, trace, folder / "report.html")
    return unescape((folder / "report.html").read_text(encoding="utf-8"))


def _section(page: str, name: str) -> str:
    return page.partition(f'<section id="{name}"')[2].partition("</section>")[0]


def test_without_lists_the_page_tells_of_calls_and_of_no_list(tmp_path: Path) -> None:
    page = _page(*_heard(), tmp_path)
    assert re.findall(r'<section id="([a-z]+)"', page) == [
        "short",
        "calls",
        "sources",
        "reading",
        "assumptions",
        "legal",
    ]
    assert set(re.findall(r'href="#([a-z]+)"', page)) <= set(re.findall(r'id="([a-z]+)"', page))
    short = _section(page, "short")
    assert "(S02) most probably circulates: probability 99.46%" in short
    assert "1,600 times likelier" in short and "at least" not in short
    assert "Against a leak of 1 source the calls speak." in short
    assert "Of 1 source the calls tell nothing much, either way." in short
    assert not [text for text in ABOUT_LISTS if text in page]
    assert all(text in page for text in ABOUT_CALLS)


def test_each_source_that_calls_speak_of_has_its_evidence_and_what_it_does_not_say() -> None:
    views = heard_views(read_context(*_heard()))
    assert [view.odds for view in views] == ["99.46%", "12%", "1%"]
    assert [view.ratio for view in views] == ["+3.2", "−0.1", "−1.5"]
    assert [row.text for row in views[0].evidence] == [
        "All calls to S02.",
        "The excess at S02.",
    ]
    nothing, recited = "These calls tell nothing much of it, either way.", "No caller recited"
    assert [nothing in view.notes for view in views] == [False, True, False]
    told = [any(note.startswith(recited) for note in view.notes) for view in views]
    assert told == [False, True, True]


def test_a_ratio_that_was_cut_is_a_least_one(tmp_path: Path) -> None:
    case, trace = _heard()
    cut = SourceSummary("S02", 0.9999, _said("S02", 3.4))
    page = _page(case, replace(trace, sources=(cut,)), tmp_path)
    assert "the calls are at least 2,500 times likelier" in page
    assert "≥ +3.4" in _section(page, "calls")


def test_numbers_that_others_know_too_are_said_to_tell_them_not_apart() -> None:
    case, trace = _heard()
    shared = replace(
        case.canary_list[2],
        plantings=(
            *case.canary_list[2].plantings,
            replace(case.canary_list[2].plantings[0], source="S03"),
        ),
    )
    assert shared.plantings[0].source == "S02"
    case = replace(case, canary_list=(shared,))
    notes = {view.name[-4:-1]: view.notes for view in heard_views(read_context(case, trace))}
    told = "1 of its numbers is known to other sources, too"
    assert [any(told in note for note in notes[one]) for one in ("S01", "S02", "S03")] == [
        False,
        True,
        True,
    ]


def test_a_source_whose_numbers_were_listened_to_is_not_without_evidence() -> None:
    lines = {line.name[-4:-1]: line.leaked for line in source_lines(read_context(*_heard()))}
    assert lines["S01"] == "12%" and lines["S03"] == "1%"
    assert lines["S05"] == "no evidence"


def test_lists_and_calls_stand_together(tmp_path: Path) -> None:
    page = _page(*_heard(lists=True), tmp_path)
    sections = re.findall(r'<section id="([a-z]+)"', page)
    assert sections[:5] == ["short", "table", "lists", "calls", "sources"]
    assert "most probably circulates" in _section(page, "short")
    assert all(text in page for text in (*ABOUT_LISTS[:4], *ABOUT_CALLS))


def test_where_there_is_nothing_the_page_says_so(tmp_path: Path) -> None:
    case, trace = _heard()
    page = _page(case, replace(trace, sources=()), tmp_path)
    assert "there is nothing to tell yet" in _section(page, "short")
    assert '<section id="calls"' not in page


@pytest.mark.parametrize("audience", sorted(TRACED))
def test_letters_without_lists_have_no_caveats_of_lists(audience: str) -> None:
    case, trace = _heard()
    source = "S02" if audience == "company" else ""
    matter = Matter(case, Chosen((), ()), trace=trace, source=source)
    text = letter_text(make_letter(audience, matter))
    assert not [one for one in ABOUT_LISTS if one in text]
    assert all(one in text for one in ABOUT_CALLS)
    with_lists = replace(matter, case=made_up()[0], trace=_heard(lists=True)[1])
    text = letter_text(make_letter(audience, with_lists))
    assert all(one in text for one in (*ABOUT_LISTS[:4], *ABOUT_CALLS))


def test_what_was_assumed_is_said_in_words() -> None:
    settings = Settings(
        prior_by_source={"S01": 0.3},
        twin_by_kind={"dental": 2.0},
        market={"dental": Market(0.5, 1.25, True)},
    )
    case, trace = _heard(lists=True)
    trace = replace(trace, model=replace(trace.model, prior=assumed(settings)))
    pairs = dict(assumed_pairs(read_context(case, trace)))
    assert not [label for label in pairs if re.search(r"[a-z][_.][a-z]", label)]
    assert len(pairs) == 10
    (sold,) = (value for label, value in pairs.items() if "are sold" in label)
    assert "0.5" in sold and "1.25" in sold and "_" not in sold
    alone = assumed_pairs(read_context(case, replace(trace, batches=())))
    assert [value for _label, value in alone] == ["0.1"]


@given(st.lists(st.floats(-4, 4), max_size=8))
def test_every_source_of_the_rest_is_counted_once(ratios: list[float]) -> None:
    rest = [SourceSummary(f"S{at}", 0.1, _said(f"S{at}", one)) for at, one in enumerate(ratios)]
    counts = [int(found) for line in quiet_lines(rest) for found in re.findall(r"\d+", line)]
    assert sum(counts) == len(ratios)
