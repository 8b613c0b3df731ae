"""The picture and the heat map show what is strong, and say what they leave out."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from leaktrace.attribution.result import Trace
from leaktrace.report.context import read_context
from leaktrace.report.fitting import fitted, fitted_lines, text_width
from leaktrace.report.flows import MOST_BOXES, picture_flows
from leaktrace.report.heatmap import MOST_ROWS, heat_map
from leaktrace.report.picture import picture
from leaktrace.report.view import Picture
from tests.graph.made_up import MadeUpCase, made_up


def _picture(case: MadeUpCase, trace: Trace) -> Picture:
    drawn = picture(read_context(case, trace))
    assert drawn is not None
    return drawn


def test_only_edges_at_half_or_more() -> None:
    case, trace = made_up()
    context = read_context(case, trace)
    assert all(
        flow.posterior >= 0.5 for target in picture_flows(context).targets for flow in target.flows
    )
    strong = sum(source.posterior >= 0.5 for finding in trace.batches for source in finding.sources)
    virtual = sum(item.verdict in ("unknown-source", "no-source") for item in trace.batches)
    parents = sum(len(item.parents) for item in trace.batches)
    assert len(_picture(case, trace).curves) == strong + virtual + parents


def test_boxes_stand_apart_and_inside() -> None:
    drawn = _picture(*made_up())
    places = {(box.x, box.y) for box in drawn.boxes}
    assert len(places) == len(drawn.boxes)
    assert all(box.y >= 0 and box.y + 28 <= drawn.height for box in drawn.boxes)
    for column in {box.x for box in drawn.boxes}:
        heights = sorted(box.y for box in drawn.boxes if box.x == column)
        assert all(b - a >= 28 for a, b in itertools.pairwise(heights))


def test_canaries_stand_beside_the_lists_that_they_are_in() -> None:
    case, trace = made_up()
    chips = {chip.title for chip in _picture(case, trace).chips}
    hit = ", ".join(trace.batches[0].evidence[0].detail["canaries"])
    assert any(title.startswith(hit) for title in chips)


def test_many_lists_share_boxes() -> None:
    case, trace = made_up(sources=30, batches=1000)
    flows = picture_flows(read_context(case, trace))
    drawn = _picture(case, trace)
    assert flows.grouped
    assert len(flows.targets) <= MOST_BOXES
    shown = sum(len(target.batches) for target in flows.targets)
    assert shown + flows.dropped + len(flows.without) == 1000
    assert any("left out" in note for note in drawn.notes)
    assert not drawn.chips


def test_prior_alone_draws_no_edge() -> None:
    case, trace = made_up(batches=5)
    flat = tuple(
        replace(item, sources=tuple(replace(one, log10_lr=0.1) for one in item.sources))
        for item in trace.batches
    )
    context = read_context(case, replace(trace, batches=flat))
    assert "B004" in picture_flows(context).without


def test_names_in_lines_are_whole_and_what_is_left_out_is_counted() -> None:
    names = [f"C{turn:03}" for turn in range(20)]
    lines = fitted_lines(names, 100, 12, 2)
    assert len(lines) == 2
    assert all(text_width(line, 12) <= 100 for line in lines)
    words = " ".join(lines).split()
    assert words == [*names[: len(words) - 1], f"+{20 - len(words) + 1}"]
    assert fitted_lines(names[:3], 200, 12, 2) == ("C000 C001 C002",)


def test_nothing_strong_no_picture() -> None:
    case, trace = made_up(batches=2)
    weak = tuple(replace(item, sources=(), verdict="undetermined") for item in trace.batches)
    assert picture(read_context(case, replace(trace, batches=weak))) is None


def test_heat_map_hides_one_to_four() -> None:
    case, trace = made_up(batches=1)
    overlap = {"B000": {"S00": 0, "S02": 4, "S04": 5, "S06": 4878}}
    table = heat_map(read_context(case, replace(trace, overlap=overlap)))
    assert table is not None
    cells = table.rows[0].cells
    assert [cell.text for cell in cells] == ["", "<5", "5", "4,878"]
    assert [cell.style for cell in cells] == ["", "few", "h0", "h7"]
    other = heat_map(
        read_context(case, replace(trace, overlap={"B000": overlap["B000"] | {"S02": 1}}))
    )
    assert other == table


def test_heat_map_of_many_lists_is_short_and_says_so() -> None:
    case, trace = made_up(batches=200)
    table = heat_map(read_context(case, trace))
    assert table is not None
    assert len(table.rows) == MOST_ROWS
    assert any("140" in note for note in table.notes)


def test_no_reference_no_heat_map() -> None:
    case, trace = made_up()
    assert (
        heat_map(read_context(replace(case, reference_list=()), replace(trace, overlap={}))) is None
    )


@pytest.mark.parametrize("text", ["Hill View Homes and Gardens", "云山府一期二期三期四期"])
def test_long_names_are_cut_to_their_box(text: str) -> None:
    cut = fitted(text, 100, 13)
    assert cut.endswith("…")
    assert text_width(cut, 13) <= 100
    assert fitted("S01", 100, 13) == "S01"
