"""A table as it was understood: where its header stands and what its columns hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.columns import ColumnPlan, plan_columns
from leaktrace.intake.rawblocks import RawBlock


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How a table is read.

    Attributes
    ----------
    header_row : int or None
        The position of the header among the records that are not blank.
    columns : list of ColumnPlan
    """

    header_row: int | None
    columns: list[ColumnPlan]

    def shown_headers(self) -> list[str | None]:
        """The headers, masked."""
        return [None if c.header is None else shown_header(c.header) for c in self.columns]

    def without_header(self, blocks: Iterable[RawBlock]) -> Iterator[RawBlock]:
        """The blocks from the table's beginning on, without its header."""
        left = self.header_row
        for block in blocks:
            if left is not None and left < block.rows:
                yield block.without(left)
                left = None
                continue
            left = None if left is None else left - block.rows
            yield block


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
    if header is None and header_row is not None:
        header = sample[header_row]
    rows = [*sample[0 if header_row is None else header_row + 1 :], *spread]
    return TablePlan(header_row, plan_columns(header, rows, width, mapping))
