"""A table as it was understood: where its header stands and what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from leaktrace.identifiers.masking import mask_text
from leaktrace.identifiers.names import looks_like_name
from leaktrace.intake.columns import ColumnPlan, plan_columns
from leaktrace.intake.footwords import is_plain_list
from leaktrace.intake.headerrow import Header, whole_header
from leaktrace.intake.headers import is_header_word
from leaktrace.intake.rawblocks import RawBlock

_MANY_NAMES = 3
_HAN = re.compile(r"[\u4e00-\u9fff·\s]{2,10}")
# Titles such as 成交价 begin as names do; no name ends so.
_NEVER_LAST = tuple("价数费表款率期号量额称况类型值比项址页位段码式否态别差距限级层单据件息账卡")


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
        """The headers, masked; where many look like people's names, all that may be some."""
        titles = [c.header for c in self.columns]
        shown = [None if title is None else shown_title(title) for title in titles]
        named = sum(old is not None and "*" in (new or "") and new != shown_header(old)
                    for old, new in zip(titles, shown, strict=True))  # fmt: skip
        if named < _MANY_NAMES or named * 4 < len(titles):
            return shown
        return [
            new if old is None or is_header_word(old) or not _HAN.fullmatch(old.strip())
            else _initial(old.strip())
            for old, new in zip(titles, shown, strict=True)
        ]  # fmt: skip

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


def shown_title(header: str) -> str:
    """The header of a column as it may be shown: a person's name in it is masked too."""
    shown = shown_header(header)
    text = header.strip()
    if is_header_word(text) or text.endswith(_NEVER_LAST) or not _HAN.fullmatch(text):
        return shown
    return _initial(text) if looks_like_name(text) else shown


def _initial(name: str) -> str:
    return name[0] + "*" * (len(name) - 1)


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
