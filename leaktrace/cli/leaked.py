"""How ``trace`` shows whether data of each source circulate: one line for each, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leaktrace.attribution.result import BY_CALLS
from leaktrace.cli.output import show, table
from leaktrace.messages import _
from leaktrace.report.heard import calls_hold, heard_of, quiet_lines
from leaktrace.report.numbers import odds_text, times_text

if TYPE_CHECKING:
    from leaktrace.attribution.result import SourceSummary, Trace

_MOST = 12
_WORTH = 0.2


def show_leaked(trace: Trace) -> None:
    """Print the sources whose data may circulate, where calls speak about any."""
    if not heard_of(trace):
        return
    likely = sorted(
        (one for one in trace.sources if (one.leaked or 0.0) >= _WORTH),
        key=lambda one: (-(one.leaked or 0.0), one.source),
    )
    show("", _("Do data of a source circulate? From every list and every call:"))
    if likely:
        headers = [_("source"), _("probability"), _("what the calls make of the odds")]
        cap = float(trace.model.limits["log10_lr_cap"])
        show(table(headers, [_row(one, cap) for one in likely[:_MOST]], right=(1, 2)), "")
        show(*[line for one in likely[:_MOST] for line in _reasons(one)])
    show(*quiet_lines([one for one in trace.sources if one not in likely]))
    show(calls_hold())


def _row(one: SourceSummary, cap: float) -> list[str]:
    whole = one.by_calls
    made = "–"
    if whole is not None:
        # Cut at what the validation can vouch for.
        cut = "≥ " if abs(whole.log10_lr) >= cap else ""
        made = cut + ("×" if whole.log10_lr > 0 else "÷") + times_text(whole.log10_lr)
    return [one.source, odds_text(one.leaked or 0.0), made]


def _reasons(one: SourceSummary) -> Iterator[str]:
    for piece in one.evidence:
        if piece.code == BY_CALLS or piece.log10_lr > 0:
            yield _("{source}: {text}").format(source=one.source, text=piece.text)
