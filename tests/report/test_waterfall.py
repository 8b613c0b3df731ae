"""The waterfall: terminal, JSON and report show the same figures, and it can be read aloud."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from leaktrace.attribution import to_json
from leaktrace.attribution.explaining.waterfall import Waterfall, waterfalls_of
from leaktrace.attribution.result import Trace
from leaktrace.cli.explaining import show_explanation
from leaktrace.messages import choose_language
from leaktrace.report import write_report
from leaktrace.report.explanations import odds_words, one_in
from leaktrace.report.numbers import odds_text, signed_text
from leaktrace.report.waterfall import fall_rows, fall_view, ratio_text
from tests.graph.made_up import SECRET_MOBILE, MadeUpCase, made_up

SVG = re.compile(r'<svg class="fall".*?</svg>', re.DOTALL)


def _page(case: MadeUpCase, trace: Trace, folder: Path) -> str:
    write_report(case, trace, folder / "report.html")
    return (folder / "report.html").read_text(encoding="utf-8")


def _numbers(svg: str) -> list[tuple[str, str]]:
    """(label, number) of each row of a picture."""
    root = ElementTree.fromstring(svg)
    rows = [group.findall("text") for group in root.findall("g")]
    return [(row[0].text or "", row[1].text or "") for row in rows]


def _picture_of(page: str, source: str, batch: str) -> str:
    part = page[page.index(f"<summary><b>{batch}</b>") :]
    part = part[: part.index("</details>")]
    pictures = [svg for svg in SVG.findall(part) if re.search(rf"[(（]{source}[)）]</title>", svg)]
    assert len(pictures) == 1
    return pictures[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_terminal_json_and_report_show_the_same_figures(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    choose_language(language)
    case, trace = made_up(batches=6)
    page = _page(case, trace, tmp_path)
    document = json.loads(to_json(trace))
    compared = 0
    for batch in document["batches"]:
        show_explanation(trace, batch["batch"])
        shown = capsys.readouterr().out
        assert SECRET_MOBILE not in shown
        for fall in batch["waterfalls"]:
            source = next(one for one in batch["sources"] if one["source"] == fall["source"])
            values = [
                signed_text(fall["log10_prior"]),
                *(
                    ratio_text(one["log10_lr"], abs(one["log10_lr"]) >= 3.4)
                    for one in fall["pieces"]
                ),
                ratio_text(fall["log10_lr"], fall["capped"]),
                signed_text(fall["log10_posterior"]),
            ]
            rows = _numbers(_picture_of(page, fall["source"], batch["batch"]))
            assert [number for _label, number in rows] == values
            assert odds_text(source["prior"]) in rows[0][0]
            assert odds_text(source["posterior"]) in rows[-1][0]
            block = shown[shown.index(f"{fall['source']}") :].splitlines()
            for label, number in rows:
                line = next(one for one in block if one.startswith(label))
                assert re.split(r"\s{2,}", line)[1] == number
            for step in source["prior_sensitivity"]:
                said = odds_text(step["posterior"])
                assert said in shown and escape(said) in page
            compared += 1
    assert compared > 5


def test_the_picture_is_well_formed_and_speaks(tmp_path: Path) -> None:
    page = _page(*made_up(batches=6), tmp_path)
    pictures = SVG.findall(page)
    assert pictures
    for svg in pictures:
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        title, description = root.find("title"), root.find("desc")
        assert title is not None and description is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        for _label, number in _numbers(svg):
            assert number in (description.text or "")
        assert not re.search(r"script|style=|href|on\w+=", svg)


def test_bars_stand_on_their_side_and_are_as_long_as_they_say() -> None:
    trace = made_up(batches=1)[1]
    fall = waterfalls_of(trace.batches[0])[0]
    view = fall_view(fall, "S", "a", 3.4)
    rows = fall_rows(fall, 3.4)
    longest = max(abs(row.value) for row in rows)
    for row, bar in zip(rows, view.bars, strict=True):
        assert ("against" in bar.style) == (row.value < 0)
        if row.value < 0:
            assert bar.x + bar.width == pytest.approx(view.middle, abs=0.2)
        else:
            assert bar.x == view.middle
        unit = (view.right - view.middle) / max(4.0, longest)
        assert bar.width == pytest.approx(abs(row.value) * unit, abs=1.0)
        assert view.left <= bar.x and bar.x + bar.width <= view.right + 0.2
    assert view.middle < view.beyond < view.right


def test_a_source_without_pieces_has_its_ends_alone() -> None:
    fall = Waterfall("S", 0.1, 0.5, -0.9542, 0.0, (), 0.9542, False, "weak")
    assert [row.style for row in fall_rows(fall, 3.4)] == ["prior", "total", "posterior"]
    assert [row.number for row in fall_rows(fall, 3.4)] == ["−1.0", "+1.0", "0"]


def test_figures_in_words() -> None:
    assert (one_in(0.001), one_in(0.5)) == ("1 in 1,000", "1 in 2")
    assert odds_words(0.8) == "4 to 1"
    assert odds_words(0.5) == "1 to 1"
    assert odds_words(0.004) == "1 to 250"
    assert (ratio_text(3.4, True), ratio_text(-3.4, True)) == ("≥ +3.4", "≤ −3.4")
