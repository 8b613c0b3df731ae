"""One sentence for each list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaktrace.report import list_sentence
from leaktrace.report.sentences import footing
from leaktrace.report.words import SUPPORTS, VERDICTS, piece_word, support_word, verdict_word
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


def test_footing_says_when_the_evidence_speaks_against() -> None:
    _case, trace = made_up()
    assert "against" in footing(trace.batches[0].sources[1])


def test_every_code_has_a_word() -> None:
    assert not {verdict_word(code) for code in VERDICTS} & (set(VERDICTS) - {"attributed", "mixed"})
    assert all(support_word(code) != code for code in SUPPORTS)
    assert piece_word(-1.5) == "moderate support against"
    assert piece_word(0.1) == piece_word(-0.1) == "no support"
