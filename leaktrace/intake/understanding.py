"""A table as it was understood: where its header stands and what its columns hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.columns import ColumnPlan, plan_columns
from leaktrace.intake.footwords import is_plain_list
from leaktrace.intake.headerrow import Header, whole_header
from leaktrace.intake.rawblocks import RawBlock


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How a table is read.

    Attributes
    ----------
    header_row : int or None
        The position of the header among the records that are not blank.
    columns : list of ColumnPlan
    aside : tuple of int
        The positions of all records that are header, or layout, and no rows.
    margins : bool
        Rows above and below those of people may tell who made the list, or whom to call.
    """

    header_row: int | None
    columns: list[ColumnPlan]
    aside: tuple[int, ...] = ()
    margins: bool = False

    @property
    def above(self) -> int:
        """How many rows stand above the header."""
        row = self.header_row
        return 0 if row is None else row - sum(place < row for place in self.aside)

    def shown_headers(self) -> list[str | None]:
        """The headers, masked."""
        return [None if c.header is None else shown_header(c.header) for c in self.columns]

    def without_header(self, blocks: Iterable[RawBlock]) -> Iterator[RawBlock]:
        """The blocks from the table's beginning on, without its header."""
        start = 0
        for block in blocks:
            places = [row - start for row in self.aside if start <= row < start + block.rows]
            start += block.rows
            yield block.without(places) if places else block


def shown_header(header: str) -> str:
    """A header as it may be shown: in one line, not too long, masked."""
    text = " ".join(header.split())
    return mask_text("".join(c if c.isprintable() else "?" for c in text))[:80]


def plan_table(
    sample: Sequence[Sequence[str]],
    header_row: int | None,
    spread: Sequence[Sequence[str]],
    width: int,
    mapping: Mapping[str, str],
    *,
    header: Sequence[str] | None = None,
) -> TablePlan:
    """The plan of a table that begins with the records ``sample``.

    ``header`` gives the names of the columns where they are no row of the table.
    """
    found = whole_header(sample, header_row) if header is None else Header((), tuple(header))
    rows = [row for i, row in enumerate(sample) if i > max(found.rows, default=-1)]
    columns = plan_columns(found.titles, [*rows, *spread], width, mapping)
    return TablePlan(header_row, columns, found.rows, header is None and is_plain_list(rows))
