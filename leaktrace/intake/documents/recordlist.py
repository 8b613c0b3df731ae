"""A list in a document: each of its tables is planned and read as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from leaktrace.intake.blocks import Warning
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.streams import whole
from leaktrace.intake.documents.turned import is_turned, turned_table, turned_warning
from leaktrace.intake.headerrow import header_row
from leaktrace.intake.knownnames import KnownNames
from leaktrace.intake.material import Material
from leaktrace.intake.opened import OpenedList, OpenedTable
from leaktrace.intake.rawblocks import RawBlock, record_blocks
from leaktrace.intake.recognition import CountedBlock, Wanted, recognise_block
from leaktrace.intake.records import Record
from leaktrace.intake.signatures import empty
from leaktrace.intake.textfile import MOST_COLUMNS, too_many_columns
from leaktrace.intake.understanding import TablePlan, plan_table, shown_header

_ROWS = 1 << 15
_SAMPLE = 2000
_SPREAD = 300
_LYING = 200
_LISTED = ("sheets", "hidden", "columns", "header_row", "header")


def open_document(
    material: Material,
    document: Document,
    mapping: Mapping[str, str],
    wanted: Wanted,
    known: KnownNames,
) -> OpenedList:
    """The tables of ``document``, those with nothing in them left out.

    Raises
    ------
    InputRefused
        ``"empty"`` where all tables are known at once and nothing stands in any, or
        ``"too-many-columns"``.
    """
    facts: dict[str, Any] = {"form": document.form, **document.facts}
    facts.update({name: [] for name in _LISTED})
    tables: Iterable[OpenedTable]
    tables = _opened(material, document, mapping, wanted, known, facts)
    if isinstance(document.tables, Sequence):
        tables = list(tables)
        if not tables:
            raise empty(material)
    return OpenedList(document.form, tables, facts, document.warnings)


def _opened(
    material: Material,
    document: Document,
    mapping: Mapping[str, str],
    wanted: Wanted,
    known: KnownNames,
    facts: dict[str, Any],
) -> Iterator[OpenedTable]:
    for given in document.tables:
        table = _upright(given, document.warnings)
        rows = map(_sound, table.rows)
        sample = list(islice(filter(_is_filled, rows), _SAMPLE))
        if not sample:
            continue
        spread = list(map(_sound, _spread(table.rows)))
        opened = _table(material, table, sample, rows, spread, mapping, wanted, known)
        _note(facts, table, opened)
        yield opened


def _upright(table: DocumentTable, warnings: list[Warning]) -> DocumentTable:
    """``table``, or what it is turned round, where it lies on its side."""
    if table.header is not None:
        return table
    rows = iter(table.rows)
    first = list(islice(rows, _LYING + 1))
    if not isinstance(table.rows, Sequence):
        table = replace(table, rows=chain(first, rows))
    filled = [record.cells for record in first if _is_filled(record)]
    if len(first) > _LYING or not is_turned(filled):
        return table
    warnings.append(turned_warning("" if table.name is None else shown_header(table.name)))
    return replace(turned_table(table.name, filled), hidden=table.hidden)


def _table(
    material: Material,
    table: DocumentTable,
    sample: list[Record],
    rest: Iterator[Record],
    spread: Sequence[Record],
    mapping: Mapping[str, str],
    wanted: Wanted,
    known: KnownNames,
) -> OpenedTable:
    name = None if table.name is None else shown_header(table.name)
    seen = table.rows if isinstance(table.rows, Sequence) else sample
    width = max(len(table.header or ()), *(len(record.cells) for record in seen))
    if width > MOST_COLUMNS:
        raise too_many_columns(material, place=name or "")
    header = None if table.header is None else tuple(map(whole, table.header))
    texts, later = [r.cells for r in sample], [r.cells for r in spread]
    place = None if table.header is not None else header_row(texts)
    plan = plan_table(texts, place, later, width, mapping, header=header)

    def blocks(number: int) -> Iterator[CountedBlock]:
        for raw in plan.without_header(_raw(chain(sample, rest), width)):
            if raw.rows:
                yield recognise_block(raw, number, plan.columns, wanted, known, ends=plan.margins)

    return OpenedTable(name, plan, width, blocks)


def _spread(rows: Iterable[Record]) -> Sequence[Record]:
    """Records from further on, where all are at hand."""
    if not isinstance(rows, Sequence):
        return ()
    later = range(_SAMPLE, len(rows))
    return [rows[i] for i in later[:: max(1, len(later) // _SPREAD)]]


def _raw(records: Iterator[Record], width: int) -> Iterator[RawBlock]:
    while batch := list(islice(records, _ROWS)):
        yield from record_blocks(batch, width)


def _sound(record: Record) -> Record:
    """``record`` as text that can be stored: escapes in any form may give halves of characters."""
    try:
        "".join(record.cells).encode()
    except UnicodeEncodeError:
        return replace(record, cells=list(map(whole, record.cells)))
    return record


def _is_filled(record: Record) -> bool:
    return any(map(str.strip, record.cells))


def _note(facts: dict[str, Any], table: DocumentTable, opened: OpenedTable) -> None:
    plan: TablePlan = opened.plan
    facts["sheets"].append(opened.sheet)
    if table.hidden:
        facts["hidden"].append(opened.sheet)
    facts["columns"].append(opened.width)
    facts["header_row"].append(None if plan.header_row is None else plan.header_row + 1)
    facts["header"].append(plan.shown_headers())
