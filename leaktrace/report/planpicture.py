"""The picture of a plan's power: the chance to see a leak, by its size, for each alternative."""

from __future__ import annotations

from math import log10
from pathlib import Path

from leaktrace.canary.planning import FORMS, Alternative, Leak, Plan, SourcePower, hits_chance
from leaktrace.errors import UsageError
from leaktrace.graph import shown_text, write_atomically
from leaktrace.messages import _
from leaktrace.report.charts import LEFT, TOP, Chart, Frame, Label, Line
from leaktrace.report.numbers import count_text, share_text
from leaktrace.report.words import listed

_POINTS = 61
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def form_word(form: str) -> str:
    """A form of allotment in words."""
    words = {
        "own": _("numbers of their own"),
        "code": _("shared by a code"),
        "hybrid": _("some of both"),
    }
    return words.get(form, form)


def plan_chart(plan: Plan) -> Chart | None:
    """The chance that at least one canary of the source whose leak the plan is least likely to show
    is in it, over the leak's size, for each alternative; None where no population is known."""
    weakest = plan.chosen.weakest
    if weakest is None or weakest.population is None:
        return None
    top = log10(max(weakest.population, 10))
    frame = Frame((0.0, top), (0.0, 1.0))
    shown = [
        (form, power)
        for form, one in _of_each_form(plan).items()
        for power in one.powers
        if power.source == weakest.source
    ]
    lines = [_curve(form, power, frame, top) for form, power in shown]
    sure, asked = plan.leak.sure, min(log10(max(plan.leak.rows, 1)), top)
    (wish,) = frame.y_marks([(sure, _("wished: {chance}").format(chance=share_text(sure)))])
    (rows,) = frame.x_marks([(asked, _("{rows} rows").format(rows=count_text(plan.leak.rows)))])
    return Chart(
        anchor="power",
        name=_("Power of the plan"),
        description=_("A leak of {rows} rows shows with the chance: {chances}.").format(
            rows=count_text(plan.leak.rows),
            chances=listed(
                _("{form} {chance}").format(
                    form=form_word(form), chance=share_text(power.one or 0.0)
                )
                for form, power in shown
            ),
        ),
        x_title=_("rows of the leak (source hardest to see: {source})").format(
            source=weakest.source
        ),
        y_title=_("chance that a canary is in it"),
        x_marks=frame.x_marks(
            (float(power), count_text(10**power)) for power in range(int(top) + 1)
        ),
        y_marks=frame.y_marks((share, share_text(share)) for share in _SHARES),
        lines=(
            *lines,
            Line(frame.path([(0.0, sure), (top, sure)]), "ideal"),
            Line(frame.path([(asked, 0.0), (asked, 1.0)]), "bound"),
        ),
        labels=(
            *(_legend(form, turn) for turn, (form, _power) in enumerate(shown)),
            Label(LEFT + 10, wish.at + 15, wish.text),
            Label(rows.at, TOP - 6, rows.text, "", "middle"),
        ),
    )


def _of_each_form(plan: Plan) -> dict[str, Alternative]:
    """The first alternative of each form, and the chosen one for its own."""
    first = {one.form: one for one in reversed(plan.alternatives)}
    first[plan.chosen.form] = plan.chosen
    return {form: first[form] for form in FORMS if form in first}


def _curve(form: str, power: SourcePower, frame: Frame, top: float) -> Line:
    points = []
    for turn in range(_POINTS):
        at = top * turn / (_POINTS - 1)
        leak = Leak(max(power.population or 1, power.canaries), round(10**at), power.passes)
        points.append((at, hits_chance(leak, power.canaries)))
    return Line(frame.path(points), form, form_word(form))


def _legend(form: str, turn: int) -> Label:
    return Label(LEFT + 10, TOP + 70.0 + 18.0 * turn, form_word(form), form)


def plan_svg(plan: Plan) -> str | None:
    """The chart as an SVG file that needs nothing else; None where there is nothing to draw. The
    same plan and language give the same bytes."""
    from leaktrace.report.render import environment

    chart = plan_chart(plan)
    if chart is None:
        return None
    return environment().get_template("planpower.svg.j2").render(chart=chart)


def check_picture(path: Path) -> None:
    """Refuse a ``path`` that does not end in ``.svg``.

    Raises
    ------
    UsageError
    """
    if path.suffix.lower() != ".svg":
        raise UsageError(
            _("{file}: the picture is written as .svg; end the file name with it").format(
                file=shown_text(path.name)
            )
        )


def write_plan_svg(path: Path, plan: Plan) -> bool:
    """Write the picture to ``path``, whole or not at all; whether there was anything to draw.

    Raises
    ------
    UsageError
        If ``path`` does not end in ``.svg``.
    LeaktraceError
        If it cannot be written.
    """
    check_picture(path)
    drawn = plan_svg(plan)
    if drawn is not None:
        write_atomically(path, drawn.encode("utf-8"), private=True)
    return drawn is not None
