"""Which sources the report may name: those that the evidence speaks for, and no others."""

from __future__ import annotations

from leaktrace.attribution.result import BatchFinding, SourceFinding, Trace

STATED = 0.95
"""From this posterior on a source is stated; below it, it is only mentioned."""

LIKELY = 0.5
"""From this posterior on a source may be mentioned by name, and its edge drawn."""

WITH_REASON = 0.2
"""From this posterior on a list is a reason to speak of a leak of the source at all."""

SUPPORTED = 0.3
"""log10 LR above which the evidence supports anything (on the ENFSI scale, a ratio of 2)."""

TIED = 0.01
"""Posteriors this close cannot be told apart by a reader, so none of them comes first."""


def stands_out(source: SourceFinding) -> bool:
    """Whether the source may be named for this list: likely, and not by its prior alone."""
    if source.posterior >= STATED:
        return True
    return source.posterior >= LIKELY and source.log10_lr > SUPPORTED


def leading(finding: BatchFinding) -> tuple[SourceFinding, ...]:
    """The sources to be named first for a list: one, those that tie with it, or none.

    Stated sources do not tie: each has been stated.
    """
    standing = [source for source in finding.sources if stands_out(source)]
    if not standing:
        return ()
    first = standing[0]
    if first.posterior >= STATED:
        return (first,)
    return tuple(item for item in standing if first.posterior - item.posterior < TIED)


def with_reason(trace: Trace) -> frozenset[str]:
    """The sources for whose leak some list, or the calls, give a reason."""
    lists = {
        source.source
        for finding in trace.batches
        for source in finding.sources
        if source.posterior >= WITH_REASON and source.log10_lr > SUPPORTED
    }
    calls = {
        one.source
        for one in trace.sources
        if (one.leaked or 0.0) >= WITH_REASON and one.by_calls and one.by_calls.log10_lr > SUPPORTED
    }
    return frozenset(lists | calls)
