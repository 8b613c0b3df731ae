"""Which sources a letter may name."""

from __future__ import annotations

from collections.abc import Sequence

from leaktrace.attribution.result import BatchFinding, SourceFinding, Trace
from leaktrace.case.records import Source
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.graph import shown_text
from leaktrace.messages import _
from leaktrace.report.letters.letter import COMPANY, PRESS
from leaktrace.report.standing import LIKELY, STATED, stands_out, with_reason

Standing = tuple[BatchFinding, SourceFinding]


def lists_of(trace: Trace, source: str) -> tuple[Standing, ...]:
    """The lists for which ``source`` may be named, each with what is found of it there."""
    return tuple(
        (finding, part)
        for finding in trace.batches
        for part in finding.sources
        if part.source == source and stands_out(part)
    )


def leaked_of(trace: Trace, source: str) -> float | None:
    """The probability that data of ``source`` circulates; None where nothing speaks about it."""
    if source not in with_reason(trace):
        return None
    return next((one.leaked for one in trace.sources if one.source == source), None)


def stated_sources(trace: Trace) -> tuple[str, ...]:
    """The sources that are stated, for a list or by lists and calls together, those that most
    probably leaked first."""
    lists = {
        part.source
        for finding in trace.batches
        for part in finding.sources
        if part.posterior >= STATED
    }
    leaked = {one.source: leaked_of(trace, one.source) or 0.0 for one in trace.sources}
    stated = lists | {source for source, value in leaked.items() if value >= STATED}
    return tuple(sorted(stated, key=lambda source: (-leaked.get(source, 0.0), source)))


def check_source(audience: str, source: str, sources: Sequence[Source], trace: Trace) -> None:
    """Refuse a letter that names a source for which the evidence does not speak.

    Raises
    ------
    UsageError
        If a company's letter names none.
    LeaktraceError
        ``unknown-source``; ``nothing-stands`` where it may not be named.
    """
    if not source:
        if audience == COMPANY:
            raise UsageError(_("say to which source the letter goes: --source ID"))
        return
    shown = shown_text(source)
    if source not in {one.id for one in sources}:
        raise LeaktraceError(
            _("there is no source {source} in this case; see: leaktrace source import").format(
                source=shown
            ),
            code="unknown-source",
        )
    if audience == PRESS and source not in stated_sources(trace):
        text = _("{source} does not reach 95% for any list or by calls, so the press is not told")
        raise LeaktraceError(text.format(source=shown), code="nothing-stands")
    if not lists_of(trace, source) and (leaked_of(trace, source) or 0.0) < LIKELY:
        text = _(
            "the evidence of this case does not speak for {source}: there is no letter to write"
        )
        raise LeaktraceError(text.format(source=shown), code="nothing-stands")
