"""The page of a calibration: one file that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from leaktrace import __version__
from leaktrace.attribution.trace import MODEL, VERSION
from leaktrace.errors import LeaktraceError
from leaktrace.graph import shown_text, write_atomically
from leaktrace.messages import _, current_language
from leaktrace.report.numbers import count_text
from leaktrace.report.render import check_page, environment
from leaktrace.report.view import Pairs
from leaktrace.report.words import listed
from leaktrace.workflows.calibration.calibrating import Calibration
from leaktrace.workflows.calibration.pictures import (
    pav_chart,
    reliability_chart,
    tippett_chart,
    tippett_keys,
    tippett_rows,
)
from leaktrace.workflows.calibration.rates import (
    at_most_text,
    number_text,
    of_text,
    power_text,
    rate_text,
)
from leaktrace.workflows.calibration.tables import (
    figure_rows,
    part_columns,
    part_tables,
    step_rows,
)
from leaktrace.workflows.calibration.view import CalibrationView, ChartPart
from leaktrace.workflows.calibration.words import (
    curve_notes,
    meanings,
    page_words,
    pav_notes,
    tippett_notes,
)
from leaktrace.workflows.calibration.worlds import Worlds

_LANGUAGE_TAGS = {"en": "en", "zh": "zh-CN"}


def check_place(path: Path) -> None:
    """Refuse a ``path`` where the report cannot be put, before the work is done.

    Raises
    ------
    UsageError
        If it does not end in ``.html``.
    LeaktraceError
        If its folder does not exist.
    """
    check_page(path)
    if not path.parent.is_dir():
        raise LeaktraceError(
            _("{file} cannot be written: its folder does not exist; make it first").format(
                file=shown_text(path.name)
            ),
            code="unwritable",
        )


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write the report of a calibration to ``path``, whole or not at all, in the current language.

    The same worlds, version and language give the same bytes.

    Raises
    ------
    UsageError
        If ``path`` does not end in ``.html``.
    LeaktraceError
        If the file cannot be written.
    """
    check_page(path)
    view = calibration_view(calibration)
    page = environment().get_template("calibration.html.j2").render(view=view, words=view.words)
    write_atomically(path, page.encode("utf-8"))


def calibration_view(calibration: Calibration) -> CalibrationView:
    """Everything that the page shows, in the current language."""
    pav = pav_chart(calibration)
    tippett = tippett_chart(calibration)
    charts = [ChartPart(tippett, tippett_notes(), tippett_keys(), tippett_rows(calibration))]
    if pav is not None:
        charts.append(ChartPart(pav, pav_notes()))
    return CalibrationView(
        language=_LANGUAGE_TAGS[current_language()],
        words=page_words(),
        facts=_facts(calibration),
        notices=_notices(calibration),
        short=in_short(calibration),
        reliability=reliability_chart(calibration),
        curve_notes=curve_notes(),
        steps=step_rows(calibration),
        ratio_charts=tuple(charts),
        figures=figure_rows(calibration),
        figure_notes=_figure_notes(calibration),
        columns=part_columns(),
        parts=part_tables(calibration),
        meaning=meanings(),
    )


def _facts(calibration: Calibration) -> Pairs:
    worlds, figures = calibration.worlds, calibration.figures
    count = _("{worlds}: {seeds} of each of {families} families").format(
        worlds=count_text(len(worlds.each())),
        seeds=count_text(worlds.seeds),
        families=count_text(len(worlds.families)),
    )
    return (
        (_("Simulated worlds"), count),
        (_("Seeds"), _seeds(worlds)),
        (_("Lists"), count_text(figures.lists)),
        (_("Pairs of a list and a known source"), count_text(figures.pairs)),
        (_("Pairs that are true"), of_text(figures.true, figures.pairs)),
        (_("Model"), f"{MODEL} {VERSION}, leaktrace {__version__}"),
    )


def _seeds(worlds: Worlds) -> str:
    return f"{worlds.first}–{worlds.last}" if worlds.seeds > 1 else str(worlds.first)


def _notices(calibration: Calibration) -> tuple[str, ...]:
    worlds, shipped = calibration.worlds, calibration.shipped
    told = [
        _(
            "Worlds were made up in which it is known where every row of every list came from; "
            "leaktrace traced the lists without that knowledge, and what it said is laid beside "
            "the truth. It was fitted on other worlds (seeds {first} to {last}) and on none of "
            "these ({families})."
        ).format(first=shipped.seeds[0], last=shipped.seeds[1], families=listed(worlds.families)),
        _(
            "What holds on worlds like these need not hold in a real case: see what the figures "
            "do not mean, at the end."
        ),
    ]
    if not worlds.own_sizes:
        told.append(
            _(
                "The worlds are not of the usual size, so that the figures cannot be compared "
                "with those of the version."
            )
        )
    return tuple(told)


def in_short(calibration: Calibration) -> tuple[str, ...]:
    """The report in a few sentences; the terminal shows the same."""
    figures, cap = calibration.figures, calibration.cap
    told = [
        _("Of the statements made at 95% or more, {rate} were true.").format(
            rate=rate_text(figures.stated_true, figures.stated)
        )
        if figures.stated
        else _("No statement was made at 95% or more.")
    ]
    step = next(one for one in calibration.steps if one.low == 0.9)
    told.append(
        _("Of the statements made at 90–95%, {rate} were true.").format(
            rate=rate_text(step.true, step.count)
        )
        if step.count
        else _("No statement was made at 90–95%.")
    )
    told.append(
        _(
            "Of the sources that really were in a list, {stated} were stated at 95% or more, and "
            "{likely} came out likelier than not."
        ).format(
            stated=rate_text(figures.stated_true, figures.true),
            likely=rate_text(figures.likely_true, figures.true),
        )
    )
    if figures.strangers:
        told.append(
            _(
                "Of {count} lists with nobody from a known source, {named} named somebody at 95% "
                "or more ({most} in the long run)."
            ).format(
                count=count_text(figures.strangers),
                named=count_text(figures.strangers_named),
                most=at_most_text(figures.strangers_named, figures.strangers),
            )
        )
    told.append(
        _(
            "The likelihood ratios cost {cllr} bits (Cllr; 0 is perfect, 1 is saying nothing); "
            "{cal} of it because they are too large or too small."
        ).format(cllr=number_text(figures.cllr), cal=number_text(figures.cllr_cal))
    )
    told.append(
        _(
            "No likelihood ratio is printed above {cap}. These worlds alone can vouch for {bound}."
        ).format(cap=power_text(cap), bound=power_text(figures.upper))
    )
    return tuple(told)


def _figure_notes(calibration: Calibration) -> tuple[str, ...]:
    shipped = calibration.shipped
    told = [
        _(
            "Fitted before, on {worlds} worlds with {statements} statements: how evidence counts, "
            "by what a statement rests on, and the bound of the ratios, {cap}."
        ).format(
            worlds=count_text(shipped.worlds),
            statements=count_text(shipped.statements),
            cap=power_text(shipped.log10_lr_cap),
        ),
        _(
            "A source that is not listed (below 0.1%) counts as 0 in the Brier score, and in Cllr "
            "with the ratio from which on it would be listed."
        ),
    ]
    if not shipped.figures:
        told.append(_("A dash under “When fitted”: this version keeps no such figure."))
    return tuple(told)
