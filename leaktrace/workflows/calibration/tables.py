"""The tables of a calibration: step by step, figure by figure, by kind of list and of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from leaktrace.messages import _
from leaktrace.report.numbers import count_text
from leaktrace.workflows.calibration.calibrating import Calibration
from leaktrace.workflows.calibration.figures import Figures, as_numbers
from leaktrace.workflows.calibration.pictures import range_text
from leaktrace.workflows.calibration.rates import (
    FEW,
    at_most_text,
    number_text,
    of_text,
    percent_text,
    power_text,
    rate_text,
)
from leaktrace.workflows.calibration.reliability import Step
from leaktrace.workflows.calibration.view import Cells, FigureRow, PartTable, StepRow

Numbers = Mapping[str, float | None]


def step_rows(calibration: Calibration) -> tuple[StepRow, ...]:
    """The reliability curve in words, the surest statements first."""
    return tuple(_step_row(one) for one in reversed(calibration.steps))


def _step_row(step: Step) -> StepRow:
    style = "" if step.count < FEW else step_standing(step)
    word = {
        "": _("too few to say") if step.count else "–",
        "kept": _("as often as said"),
        "bold": _("less often than said"),
        "shy": _("more often than said"),
    }[style]
    return StepRow(
        range=range_text(step),
        count=count_text(step.count),
        mean=percent_text(step.mean),
        rate=rate_text(step.true, step.count),
        word=word,
        style=style,
    )


def step_standing(step: Step) -> str:
    """``kept`` where the mean of what was said lies in the interval of what was true; else ``bold``
    (too much was said) or ``shy`` (too little)."""
    low, high = step.interval
    if step.mean > high:
        return "bold"
    return "shy" if step.mean < low else "kept"


def figure_rows(calibration: Calibration) -> tuple[FigureRow, ...]:
    """Every figure, beside that of the worlds that this version was fitted on."""
    here, shipped = as_numbers(calibration.figures), calibration.shipped.figures
    names, says = _figure_names(), _figure_meanings()
    first, second = _figure_texts(here), _figure_texts(shipped)
    return tuple(FigureRow(names[one], first[one], second[one], says[one]) for one in names)


def _figure_texts(numbers: Numbers) -> dict[str, str]:
    count = {name: int(value or 0) for name, value in numbers.items()}

    def rate(of: str, part: str, *, rest: bool = False) -> str:
        if of not in count:
            return "–"
        number = count[of] - count[part] if rest else count[part]
        text = of_text(number, count[of])
        return f"{text} ({at_most_text(number, count[of])})" if rest else text

    named = of_text(count["strangers_named"], count["strangers"]) if "strangers" in count else "–"
    return {
        "false": rate("stated", "stated_true", rest=True),
        "stated": rate("true", "stated_true"),
        "likely": rate("true", "likely_true"),
        "strangers": named,
        **{name: number_text(numbers.get(name), digits) for name, digits in _PLAIN.items()},
        "upper_bound": power_text(numbers.get("upper_bound")),
        "lower_bound": power_text(numbers.get("lower_bound")),
    }


_PLAIN = {
    "calibration_error": 3, "brier": 4, "brier_reliability": 4, "brier_resolution": 4,
    "brier_uncertainty": 4, "cllr": 3, "cllr_min": 3, "cllr_cal": 3,
}  # fmt: skip


def _figure_names() -> dict[str, str]:
    return {
        "false": _("False statements at 95% or more"),
        "stated": _("True pairs stated at 95% or more"),
        "likely": _("True pairs at 50% or more"),
        "strangers": _("Lists without a known source, and somebody named at 95% or more"),
        "calibration_error": _("Calibration error"),
        "brier": _("Brier score"),
        "brier_reliability": _("… its reliability"),
        "brier_resolution": _("… its resolution"),
        "brier_uncertainty": _("… its uncertainty"),
        "cllr": _("Cllr"),
        "cllr_min": _("… cllr_min"),
        "cllr_cal": _("… cllr_cal"),
        "upper_bound": _("Largest ratio vouched for"),
        "lower_bound": _("Smallest ratio vouched for"),
    }


def _figure_meanings() -> dict[str, str]:
    return {
        "false": _("The error that must not happen, and how large it may be in the long run."),
        "stated": _("Without it the line above says nothing: who is silent makes no mistakes."),
        "likely": _("The sources that come out as likelier than not."),
        "strangers": _("Lists in which nobody from a known source is."),
        "calibration_error": _(
            "How far, on average, a probability above 5% is from how often it comes true."
        ),
        "brier": _("The mean square of the error over all pairs; 0 is perfect."),
        "brier_reliability": _("What is lost because probabilities are not true as often as said."),
        "brier_resolution": _("What is won because they differ where the truth differs."),
        "brier_uncertainty": _("What always saying the same would cost (1st − 2nd + this)."),
        "cllr": _("The cost of the likelihood ratios in bits: 0 is perfect, 1 is saying nothing."),
        "cllr_min": _("The part of it that comes from not telling true and false apart."),
        "cllr_cal": _("The part that comes from ratios being too large or too small."),
        "upper_bound": _(
            "Beyond it these worlds are too few to tell a bold ratio from a right one."
        ),
        "lower_bound": _("The same on the side of innocence."),
    }


def part_columns() -> tuple[str, ...]:
    """The heads of the tables by kind."""
    return (
        _("Pairs"),
        _("True"),
        _("Stated at 95%"),
        _("False statements at 95%"),
        _("Calibration error"),
        _("Brier score"),
        _("Cllr"),
        _("cllr_min"),
        _("cllr_cal"),
        _("Vouched for, log10"),
    )


def part_tables(calibration: Calibration) -> tuple[PartTable, ...]:
    """The figures by kind of list, by evidence at hand, by family of worlds."""
    named = {
        "kind": (_("By kind of list"), _("Kind of list"), kind_words(), _(
            "What a list really was; the method does not know it."
        )),
        "evidence": (_("By evidence at hand"), _("At hand"), evidence_words(), _(
            "What the case holds of the source that a pair is about. A source of which there is "
            "neither a list nor a canary found can hardly be told, and should not be."
        )),
        "family": (_("By family of worlds"), _("Family"), {}, _(
            "Each family makes one thing harder; “hard” makes everything harder at once."
        )),
    }  # fmt: skip
    return tuple(
        PartTable(
            "by-" + part,
            name,
            head,
            hint,
            tuple((words.get(one, one), _cells(made)) for one, made in parts.items()),
        )
        for part, parts in calibration.parts.items()
        for name, head, words, hint in [named[part]]
    )


def _cells(one: Figures) -> Cells:
    false = one.stated - one.stated_true
    wrong = of_text(false, one.stated) if one.stated else _("none made")
    return (
        (count_text(one.pairs), ""),
        (count_text(one.true), ""),
        (percent_text(one.stated_true / one.true) if one.true else "–", ""),
        (wrong, at_most_text(false, one.stated)),
        (number_text(one.calibration_error), ""),
        (number_text(one.brier.score, 4), ""),
        (number_text(one.cllr), ""),
        (number_text(one.cllr_min), ""),
        (number_text(one.cllr_cal), ""),
        ("–" if isnan(one.cllr) else number_text(one.upper, 2), ""),
    )


def kind_words() -> dict[str, str]:
    """The kinds of lists that worlds have, in a few words."""
    return {
        "pure": _("from one source"),
        "filtered": _("from one source, filtered"),
        "mixed": _("from two sources"),
        "blended": _("from three and more sources"),
        "resold": _("resold"),
        "resold-merged": _("resold, with others merged in"),
        "unknown": _("from an unknown source"),
        "unknown-mixed": _("from a known and an unknown source"),
        "twin": _("from the twin of an innocent source"),
        "swept": _("made-up numbers"),
        "padded": _("padded with made-up numbers"),
        "masked": _("masked"),
        "old-cut": _("cut long before it was seen"),
    }


def evidence_words() -> dict[str, str]:
    """What a case may hold of a source, in a few words."""
    return {
        "both": _("its own list, and its canaries found"),
        "reference": _("its own list alone"),
        "canaries": _("its canaries found alone"),
        "neither": _("neither"),
    }
