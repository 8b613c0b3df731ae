"""The overlap of lists and sources' own lists, as a table of colours."""

from __future__ import annotations

from collections.abc import Mapping

from leaktrace.attribution.words import percent
from leaktrace.graph.evidence import FEWEST
from leaktrace.messages import _
from leaktrace.report.context import Context
from leaktrace.report.numbers import people_text, share_text
from leaktrace.report.view import HeatCell, HeatMap, HeatRow
from leaktrace.report.words import listed

MOST_ROWS = 60
MOST_COLUMNS = 40
STEPS = (0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8)
"""Shares of a list's people where a darker colour begins."""


def heat_map(context: Context) -> HeatMap | None:
    """The map, or None where no source has a list of its own.

    An overlap of one to four people shows neither its number nor a colour of its size. Of many
    lists, those with the largest overlaps are shown, in the trace's order, and a note says so.
    """
    people = {finding.batch: finding.people for finding in context.trace.batches}
    columns = _columns(context)
    if not columns or not people:
        return None
    batches = _strongest(people, context)
    return HeatMap(
        columns=tuple((context.source_ids[item], context.source_names[item]) for item in columns),
        rows=tuple(_row(batch, people[batch], columns, context) for batch in batches),
        steps=("0%", *(share_text(step) for step in STEPS)),
        notes=_notes(len(people) - len(batches), len(columns), context),
    )


def _columns(context: Context) -> tuple[str, ...]:
    compared = {source for overlaps in context.trace.overlap.values() for source in overlaps}
    compared |= context.references.keys()
    found = [source for source in context.source_ids if source in compared]
    return tuple(found[:MOST_COLUMNS])


def _strongest(people: Mapping[str, int], context: Context) -> tuple[str, ...]:
    def weight(batch: str) -> float:
        overlaps = context.trace.overlap.get(batch, {})
        return max(overlaps.values(), default=0) / max(1, people[batch])

    kept = set(sorted(people, key=weight, reverse=True)[:MOST_ROWS])
    return tuple(batch for batch in people if batch in kept)


def _row(batch: str, people: int, columns: tuple[str, ...], context: Context) -> HeatRow:
    overlaps = context.trace.overlap.get(batch, {})
    return HeatRow(
        anchor=context.anchors[batch],
        name=context.batch_names[batch],
        cells=tuple(
            _cell(overlaps.get(source, 0), people, context.source_names[source])
            for source in columns
        ),
    )


def _cell(overlap: int, people: int, source: str) -> HeatCell:
    text = people_text(overlap)
    if overlap <= 0:
        return HeatCell(text="", style="", title="")
    if overlap < FEWEST:
        return HeatCell(text=text, style="few", title=source)
    share = min(1.0, overlap / max(1, people))
    level = sum(share >= step for step in STEPS)
    title = _("{source}: {share} of the list").format(source=source, share=percent(share))
    return HeatCell(text=text, style=f"h{level}", title=title)


def _notes(hidden: int, columns: int, context: Context) -> tuple[str, ...]:
    notes = []
    if hidden:
        notes.append(
            _(
                "The {shown} lists with the largest overlaps are shown; {hidden} others are not."
            ).format(shown=MOST_ROWS, hidden=hidden)
        )
    if columns == MOST_COLUMNS:
        notes.append(_("Only the first {count} sources are shown.").format(count=columns))
    without = [
        context.source_ids[source] for source in context.sources if source not in context.references
    ]
    if without:
        notes.append(
            _(
                "Sources without a list of their own cannot be compared in this way: {sources}."
            ).format(sources=_few_named(without))
        )
    return tuple(notes)


def _few_named(names: list[str]) -> str:
    if len(names) <= 12:
        return listed(names)
    return _("{sources} and {count} more").format(sources=listed(names[:12]), count=len(names) - 12)
