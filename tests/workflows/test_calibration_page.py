"""The page of a calibration: whole, the same twice, and honest about few trials."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.workflows.calibration import Calibration, as_numbers, check_place, write_calibration
from leaktrace.workflows.calibration.page import calibration_view, in_short
from leaktrace.workflows.calibration.rates import (
    at_most_text,
    number_text,
    percent_text,
    power_text,
    rate_text,
)
from leaktrace.workflows.calibration.reliability import Step
from leaktrace.workflows.calibration.tables import step_standing
from tests.workflows.calibrations import made_up


@pytest.mark.parametrize(
    ("count", "of", "text"),
    [
        (0, 0, "–"),
        (7, 8, "7 of 8"),
        (0, 19, "0 of 19"),
        (93, 100, "93 in 100 (86–97)"),
        (930, 1000, "93 in 100 (91–95)"),
        (997, 1000, "997 in 1,000 (991–999)"),
        (2999, 3000, "999 in 1,000 (998–1,000)"),
        (1, 3000, "1 in 1,000 (0–2)"),
        (482, 482, "all 482 (at least 992 in 1,000)"),
        (0, 30, "none (at most 12 in 100)"),
    ],
)
def test_rates_are_said_as_people_say_them(count: int, of: int, text: str) -> None:
    assert rate_text(count, of) == text


def test_numbers_are_never_nicer_than_they_are() -> None:
    assert percent_text(0.99999) == "99.9%" and percent_text(1.0) == "100%"
    assert percent_text(1e-5) == "<0.1%" and percent_text(float("nan")) == "–"
    assert at_most_text(0, 30) == "≤11.4%" and at_most_text(0, 0) == ""
    assert number_text(-0.00001) == "0.000" and number_text(None) == "–"
    assert power_text(3.4) == "10^3.40 (about 2,500)"
    assert power_text(-1.26) == "10^−1.26 (about 1/18)"


@pytest.mark.parametrize(("mean", "standing"), [(0.93, "kept"), (0.99, "bold"), (0.80, "shy")])
def test_a_step_keeps_its_word_or_not(mean: float, standing: str) -> None:
    assert step_standing(Step(0.9, 0.95, 100, 93, mean)) == standing


def test_few_statements_are_not_judged() -> None:
    few = made_up(30)
    rows = calibration_view(few).steps
    assert {row.word for row in rows} <= {"–", "too few to say"}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "calibration.html"
    write_calibration(made_up(), path)
    return path.read_text(encoding="utf-8")


def test_the_page_needs_nothing_else(page: str) -> None:
    assert page.startswith("<!doctype html>")
    assert not re.findall(r"(?:src|href)=\"(?!#)|url\(|@import|<script", page)
    assert "default-src 'none'" in page


def test_the_pictures_are_drawn_and_said_in_words(page: str) -> None:
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(pictures) == 3
    for picture in pictures:
        tree = ElementTree.fromstring(picture.replace("&nbsp;", " "))
        assert tree.find("desc") is not None and (tree.findtext("desc") or "")
        assert "nan" not in picture and "inf" not in picture.lower().replace("info", "")
        assert tree.findall(".//path")


def test_the_page_shows_the_figures_of_the_document(page: str) -> None:
    calibration = made_up()
    numbers = as_numbers(calibration.figures)
    for name, digits in (("cllr", 3), ("cllr_min", 3), ("calibration_error", 3), ("brier", 4)):
        assert f">{numbers[name]:.{digits}f}<" in page
    for sentence in in_short(calibration):
        assert sentence in page.replace("&#39;", "'")


def test_what_the_figures_do_not_mean_stands_beside(page: str) -> None:
    assert "What these figures do not mean" in page
    assert "It never says who let them out" in page


def test_the_same_trials_give_the_same_bytes(page: str, tmp_path: Path) -> None:
    write_calibration(made_up(), tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_figures_of_the_fitting_stand_beside_where_they_were_kept() -> None:
    calibration = made_up()
    assert {row.shipped for row in calibration_view(calibration).figures} == {"–"}
    kept = replace(calibration.shipped, figures=as_numbers(calibration.figures))
    view = calibration_view(Calibration(calibration.worlds, calibration.trials, kept))
    assert all(row.shipped == row.here for row in view.figures)


def test_a_page_without_a_true_pair_is_still_a_page(tmp_path: Path) -> None:
    calibration = made_up(200)
    false = tuple(replace(one, contributed=False) for one in calibration.trials)
    path = tmp_path / "false.html"
    write_calibration(replace(calibration, trials=false), path)
    assert "(PAV plot)" not in path.read_text(encoding="utf-8")


def test_other_sizes_are_said_to_be_others() -> None:
    calibration = made_up(100)
    smaller = replace(calibration, worlds=replace(calibration.worlds, batches=3))
    assert len(calibration_view(smaller).notices) == len(calibration_view(calibration).notices) + 1


def test_a_place_that_cannot_be_is_refused_before_the_work(tmp_path: Path) -> None:
    check_place(tmp_path / "out.html")
    with pytest.raises(UsageError):
        check_place(tmp_path / "out.txt")
    with pytest.raises(LeaktraceError, match="its folder does not exist"):
        check_place(tmp_path / "nowhere" / "out.html")
