"""A list in a workbook: each sheet is a table of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from leaktrace.intake.blocks import ListReading, RowBlock
from leaktrace.intake.headerrow import header_row
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.mapping import check_columns
from leaktrace.intake.rawblocks import RawBlock, record_blocks
from leaktrace.intake.recognition import Wanted, recognise_block
from leaktrace.intake.records import Record
from leaktrace.intake.signatures import empty
from leaktrace.intake.tally import Tally
from leaktrace.intake.textfile import MOST_COLUMNS, too_many_columns
from leaktrace.intake.understanding import TablePlan, plan_table, shown_header
from leaktrace.intake.workbook import Sheet, sheets_of

_ROWS = 1 << 15
_SAMPLE = 2000
_SPREAD = 300


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    hidden: bool
    rows: list[list[str]]
    plan: TablePlan
    width: int


def read_workbook_list(path: Path, mapping: Mapping[str, str], wanted: Wanted) -> ListReading:
    """The list in the workbook ``path``; see ``open_list``. Memory grows with the workbook."""
    form, sheets = sheets_of(path)
    tables = [table for sheet in sheets if (table := _table(path, sheet, mapping))]
    if not tables:
        raise empty(path)
    check_columns(mapping, [(t.width, [c.header for c in t.plan.columns]) for t in tables])
    reading = ListReading(blocks=iter(()), tables=[table.name for table in tables])
    reading.layout.update(
        form=form,
        sheets=[table.name for table in tables],
        hidden=[table.name for table in tables if table.hidden],
        columns=[table.width for table in tables],
        header_row=[None if (r := t.plan.header_row) is None else r + 1 for t in tables],
        header=[table.plan.shown_headers() for table in tables],
    )
    tally = Tally(path, reading)
    for table in tables:
        tally.add_table(table.plan, member=None, sheet=table.name)
    reading.blocks = _blocks(tables, wanted, tally)
    return reading


def _table(path: Path, sheet: Sheet, mapping: Mapping[str, str]) -> _Table | None:
    """The sheet as it is understood, None where nothing stands in it."""
    name = shown_header(sheet.name)
    rows = [row for row in sheet.rows if any(map(str.strip, row))]
    if not rows:
        return None
    width = max(len(row) for row in rows)
    if width > MOST_COLUMNS:
        raise too_many_columns(path, place=name)
    sample = rows[:_SAMPLE]
    plan = plan_table(sample, header_row(sample), _spread(rows), width, mapping)
    return _Table(name, sheet.hidden, rows, plan, width)


def _spread(rows: Sequence[list[str]]) -> list[list[str]]:
    later = range(_SAMPLE, len(rows))
    return [rows[i] for i in later[:: max(1, len(later) // _SPREAD)]]


def _blocks(tables: Sequence[_Table], wanted: Wanted, tally: Tally) -> Iterator[RowBlock]:
    known = KnownNames()
    for number, table in enumerate(tables):
        raw_blocks = table.plan.without_header(_raw(table.rows, table.width))
        for raw in raw_blocks:
            if raw.rows:
                counted = recognise_block(raw, number, table.plan.columns, wanted, known)
                yield from tally.counted([counted])
    tally.finish()


def _raw(rows: Iterable[list[str]], width: int) -> Iterator[RawBlock]:
    iterator = iter(rows)
    while some := list(islice(iterator, _ROWS)):
        yield from record_blocks([Record(row) for row in some], width)
