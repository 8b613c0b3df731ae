"""How ``trace`` shows whether data of each source circulate: one line for each, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leaktrace.cli.output import show, table
from leaktrace.messages import _, ngettext
from leaktrace.report.numbers import odds_text, times_text

if TYPE_CHECKING:
    from leaktrace.attribution.result import SourceSummary, Trace

_MOST = 12
_WORTH = 0.2
_CALLS = "leaked.calls"


def show_leaked(trace: Trace) -> None:
    """Print the sources whose data may circulate, where calls speak about any."""
    heard = [one for one in trace.sources if _by_calls(one) is not None]
    if not heard:
        return
    likely = sorted(
        (one for one in trace.sources if (one.leaked or 0.0) >= _WORTH),
        key=lambda one: (-(one.leaked or 0.0), one.source),
    )
    show("", _("Do data of a source circulate? From every list and every call:"))
    if likely:
        headers = [_("source"), _("probability"), _("what the calls make of the odds")]
        show(table(headers, [_row(one) for one in likely[:_MOST]], right=(1, 2)), "")
        show(*[line for one in likely[:_MOST] for line in _reasons(one)])
    quiet = len(trace.sources) - len(likely)
    text = ngettext(
        "Of {count} source nothing much is heard.",
        "Of {count} sources nothing much is heard.",
        quiet,
    )
    show(*[text.format(count=quiet)] if quiet else [])
    show(
        _(
            "Calls hold as far as their model does: it was checked on simulated years, and never "
            "says who let the data out."
        )
    )


def _by_calls(one: SourceSummary) -> float | None:
    return next((piece.log10_lr for piece in one.evidence if piece.code == _CALLS), None)


def _row(one: SourceSummary) -> list[str]:
    calls = _by_calls(one)
    return [
        one.source,
        odds_text(one.leaked or 0.0),
        "–" if calls is None else ("×" if calls > 0 else "÷") + times_text(calls),
    ]


def _reasons(one: SourceSummary) -> Iterator[str]:
    for piece in one.evidence:
        if piece.code == _CALLS or piece.log10_lr > 0:
            yield _("{source}: {text}").format(source=one.source, text=piece.text)
