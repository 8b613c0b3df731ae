"""The three pictures of a calibration: reliability curve, Tippett plot, PAV plot."""

from __future__ import annotations

from math import ceil, log, log10

import numpy as np

from leaktrace.messages import _
from leaktrace.report.charts import BOTTOM, LEFT, RIGHT, TOP, Chart, Dot, Frame, Label, Line
from leaktrace.report.numbers import count_text, times_text
from leaktrace.report.words import listed
from leaktrace.workflows.calibration.calibrating import Calibration
from leaktrace.workflows.calibration.rates import percent_text, rate_text
from leaktrace.workflows.calibration.ratios import (
    Floats,
    pool_adjacent_violators,
    shares_above,
)
from leaktrace.workflows.calibration.reliability import Step

_SHARES = (
    (0.001, "0.1%"), (0.01, "1%"), (0.05, "5%"), (0.2, "20%"), (0.5, "50%"), (0.8, "80%"),
    (0.95, "95%"), (0.99, "99%"), (0.999, "99.9%"),
)  # fmt: skip
_END = 0.0005
_LEAST_DOT, _MOST_DOT = 2.5, 7.0
_POINTS = 241
_UNDER = 80.0  # below the diagonal, at its upper end


def reliability_chart(calibration: Calibration) -> Chart:
    """What was stated against what came true. The axes are stretched at both ends (log odds), where
    what is stated matters most."""
    ends = _log_odds(_END), _log_odds(1 - _END)
    frame = Frame(ends, ends)
    marks = [(_log_odds(share), text) for share, text in _SHARES]
    steps = [one for one in calibration.steps if one.count]
    most = max((one.count for one in steps), default=1)
    return Chart(
        anchor="reliability",
        name=_("Stated and true"),
        description=listed(
            _("{range}: {rate}").format(range=range_text(one), rate=rate_text(one.true, one.count))
            for one in steps
        ),
        x_title=_("probability stated"),
        y_title=_("of these statements, so many were true"),
        x_marks=frame.x_marks(marks),
        y_marks=frame.y_marks(marks),
        lines=(Line(frame.path([(ends[0], ends[0]), (ends[1], ends[1])]), "ideal"),),
        dots=tuple(_dot(one, frame, most) for one in steps),
        labels=(Label(RIGHT - 8, TOP + _UNDER, _("kept exactly"), "ideal", "end"),),
    )


def _dot(step: Step, frame: Frame, most: int) -> Dot:
    low, high = step.interval
    size = log(1 + step.count) / log(1 + most)
    return Dot(
        x=frame.across(_log_odds(step.mean)),
        y=frame.up(_log_odds(step.share)),
        radius=round(_LEAST_DOT + (_MOST_DOT - _LEAST_DOT) * size, 1),
        top=frame.up(_log_odds(high)),
        bottom=frame.up(_log_odds(low)),
        title=_("stated {range}: {rate} true, of {count}").format(
            range=range_text(step),
            rate=rate_text(step.true, step.count),
            count=count_text(step.count),
        ),
    )


def range_text(step: Step) -> str:
    """The probabilities of a step: ``90–95%``."""
    return f"{step.low * 100:g}–{step.high * 100:g}%"


def _log_odds(share: float) -> float:
    inside = min(max(share, _END), 1 - _END)
    return log10(inside / (1 - inside))


def tippett_chart(calibration: Calibration) -> Chart:
    """The shares of the true and of the false pairs whose ratio is at least so large."""
    said = calibration.said
    reach = _reach(calibration.cap)
    thresholds = np.linspace(-calibration.cap, calibration.cap, _POINTS)
    true, false = shares_above(said.log10_lr, said.true, thresholds)
    frame = Frame((-reach, reach), (0.0, 1.0))
    keys = dict(tippett_keys())
    lines = [
        Line(_falling(frame, thresholds, shares), style, keys[style])
        for shares, style in ((true, "true"), (false, "false"))
        if not np.isnan(shares).any()
    ]
    return Chart(
        anchor="tippett",
        name=_("How large the ratios are (Tippett plot)"),
        description=listed(
            _("at least {ratio}: {true} of the true pairs, {false} of the false").format(
                ratio=row[0], true=row[1], false=row[2]
            )
            for row in tippett_rows(calibration)
        ),
        x_title=_("likelihood ratio of at least"),
        y_title=_("so many pairs have it"),
        x_marks=frame.x_marks(_ratio_marks(calibration.cap)),
        y_marks=frame.y_marks([(part / 5, f"{part * 20}%") for part in range(6)]),
        lines=(Line(frame.path([(0, 0), (0, 1)]), "ideal"), *lines),
    )


def tippett_keys() -> tuple[tuple[str, str], ...]:
    """Which curve is which."""
    return (
        ("true", _("sources that were in the list")),
        ("false", _("sources that were not")),
    )


def _falling(frame: Frame, thresholds: Floats, shares: Floats) -> str:
    """A line down: every pair has a ratio at the left end, none at the right."""
    points = list(zip(thresholds.tolist(), shares.tolist(), strict=True))
    return frame.path([(frame.x[0], 1.0), *points, (points[-1][0], 0.0), (frame.x[1], 0.0)])


def tippett_rows(calibration: Calibration) -> tuple[tuple[str, str, str], ...]:
    """A few points of it: a ratio, and the shares of true and false pairs that have it."""
    said, cap = calibration.said, calibration.cap
    thresholds = np.array([float(one) for one in range(int(cap) + 1)])
    true, false = shares_above(said.log10_lr, said.true, thresholds)
    return tuple(
        (times_text(float(at)), percent_text(float(yes)), percent_text(float(no)))
        for at, yes, no in zip(thresholds, true, false, strict=True)
    )


def pav_chart(calibration: Calibration) -> Chart | None:
    """What was said against what it was worth; None where all pairs are true, or none is."""
    said = calibration.said
    if said.true.all() or not said.true.any():
        return None
    blocks = pool_adjacent_violators(said.log10_lr, said.true)
    reach = _reach(calibration.cap)
    frame = Frame((-reach, reach), (-reach, reach))
    points = [
        (end, worth)
        for low, high, worth in zip(
            blocks.low.tolist(), blocks.high.tolist(), blocks.worth.tolist(), strict=True
        )
        for end in (low, high)
    ]
    marks = _ratio_marks(calibration.cap)
    return Chart(
        anchor="pav",
        name=_("What the ratios were worth (PAV plot)"),
        description=listed(
            _("{said} was worth {worth}").format(said=_ratio_text(at), worth=_ratio_text(worth))
            for at, worth in points[1::2]
            if np.isfinite(worth)
        ),
        x_title=_("likelihood ratio printed"),
        y_title=_("what it was worth on these worlds"),
        x_marks=frame.x_marks(marks),
        y_marks=frame.y_marks(marks),
        lines=(
            Line(frame.path([(-reach, -reach), (reach, reach)]), "ideal"),
            Line(frame.path(points), "true"),
        ),
        labels=(
            Label(RIGHT - 8, TOP + _UNDER, _("kept exactly"), "ideal", "end"),
            Label(RIGHT - 8, BOTTOM - 10, _("below the line: the evidence was overstated"),
                  "ideal", "end"),
            Label(LEFT + 8, TOP + 14, _("above the line: understated"), "ideal"),
        ),
    )  # fmt: skip


def _reach(cap: float) -> float:
    """How far the axes of ratios go either way: past the cap, to the next half."""
    return ceil(cap * 2 + 0.2) / 2


def _ratio_marks(cap: float) -> list[tuple[float, str]]:
    return [(float(power), _ratio_text(power)) for power in range(-int(cap), int(cap) + 1)]


def _ratio_text(log10_ratio: float) -> str:
    text = times_text(log10_ratio)
    return f"1/{text}" if log10_ratio < 0 and text != "1" else text
