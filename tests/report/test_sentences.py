"""One sentence for each list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaktrace.messages import choose_language
from leaktrace.report import list_sentence
from leaktrace.report.sentences import footing
from leaktrace.report.standing import leading
from leaktrace.report.words import (
    SUPPORTS,
    VERDICTS,
    claim_word,
    piece_word,
    price_text,
    support_word,
    verdict_word,
)
from tests.graph.made_up import VERDICT_TURNS, made_up

SOURCES = {f"S{turn:02}": f"Source {turn} (S{turn:02})" for turn in range(8)}


@pytest.mark.parametrize("turn", range(6))
def test_sentence_names_what_the_verdict_allows(turn: int) -> None:
    _case, trace = made_up()
    finding = trace.batches[turn]
    sentence = list_sentence(finding, "B9", SOURCES)
    assert "B9" in sentence
    assert sentence.endswith(".")
    stated = [SOURCES[source.source] for source in finding.sources if source.posterior >= 0.95]
    assert all(name in sentence for name in stated)
    if VERDICT_TURNS[turn] in ("unknown-source", "no-source"):
        assert "Source" not in sentence


def test_attributed_sentence() -> None:
    _case, trace = made_up()
    name = SOURCES[trace.batches[0].sources[0].source]
    assert list_sentence(trace.batches[0], "B000", SOURCES) == (
        f"List B000 most probably comes from {name}: about 97% of its people (90% interval "
        "91–100%); probability 99.8%; the evidence is at least 2,500 times likelier if so: "
        "strong support."
    )


def test_undetermined_sentence_states_nothing() -> None:
    _case, trace = made_up()
    sentence = list_sentence(trace.batches[4], "B004", SOURCES)
    assert "cannot be told" in sentence
    assert "most probably" not in sentence
    bare = replace(trace.batches[4], sources=())
    assert "cannot be told" in list_sentence(bare, "B004", SOURCES)


@pytest.mark.parametrize(("posterior", "log10_lr"), [(0.49, 2.0), (0.9, 0.3), (0.9, -1.0)])
def test_without_odds_and_evidence_nobody_is_named(posterior: float, log10_lr: float) -> None:
    _case, trace = made_up()
    first = replace(trace.batches[4].sources[0], posterior=posterior, log10_lr=log10_lr)
    sentence = list_sentence(replace(trace.batches[4], sources=(first,)), "B004", SOURCES)
    assert "Source" not in sentence
    assert "no known source stands out" in sentence


def test_sources_that_tie_are_not_singled_out() -> None:
    _case, trace = made_up()
    first = replace(trace.batches[4].sources[0], posterior=0.62)
    tied = (first, replace(first, source="S07", posterior=0.615))
    finding = replace(trace.batches[4], sources=tied)
    assert [item.source for item in leading(finding)] == [first.source, "S07"]
    sentence = list_sentence(finding, "B004", SOURCES)
    assert f"equally likely: {SOURCES[first.source]}, {SOURCES['S07']}." in sentence
    apart = replace(finding, sources=(tied[0], replace(tied[1], posterior=0.6)))
    assert SOURCES["S07"] not in list_sentence(apart, "B004", SOURCES)


def test_stated_sources_do_not_tie() -> None:
    _case, trace = made_up()
    first = trace.batches[0].sources[0]
    finding = replace(trace.batches[0], sources=(first, replace(first, source="S07")))
    assert leading(finding) == (first,)


def test_footing_says_when_the_evidence_speaks_against() -> None:
    _case, trace = made_up()
    assert "against" in footing(trace.batches[0].sources[1])


def test_every_code_has_a_word() -> None:
    assert not {verdict_word(code) for code in VERDICTS} & (set(VERDICTS) - {"attributed", "mixed"})
    assert all(support_word(code) != code for code in SUPPORTS)
    assert piece_word(-1.5) == "moderate support against"
    assert piece_word(0.1) == piece_word(-0.1) == "no support either way"


def test_what_a_seller_says_is_put_in_words() -> None:
    assert price_text("0.57", "CNY", "per-number") == "0.57 CNY per number"
    assert price_text("800", "XMR", "total") == "800 XMR in total"
    assert price_text("800", "", "") == "800"
    assert price_text("", "CNY", "per-number") == ""
    assert claim_word("car-insurance") == "car insurance"
    assert claim_word("楼盘一手") == "楼盘一手"
    choose_language("zh")
    assert price_text("0.57", "CNY", "per-number") == "每条人民币 0.57"
    assert claim_word("car-insurance") == "车险"


def test_no_support_does_not_read_as_evidence_against_in_chinese() -> None:
    choose_language("zh")
    assert "不支持" not in {support_word("none"), piece_word(-0.1)}
