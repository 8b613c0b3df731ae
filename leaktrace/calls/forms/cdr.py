"""Call detail records of telephone exchanges: Asterisk's and FreeSWITCH's, as they write them.

Their files have no header: a layout is told by where a time, two numbers of seconds and a word for
how the call ended stand (cdr_csv and cdr_custom of Asterisk; the templates "example" and "asterisk"
of mod_cdr_csv). Exports of their databases have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leaktrace.calls.forms.rows import CallRows, call_row
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening
from leaktrace.intake.signatures import HEAD
from leaktrace.intake.tables import TableColumn, TableRow, TableSpec

ASTERISK = TableSpec(
    "ASTERISK",
    (
        TableColumn("started_at", ("calldate", "start"), required=True),
        TableColumn("caller", ("src",), required=True),
        TableColumn("callee", ("dst",), required=True),
        TableColumn("did", (), required=False),
        TableColumn("duration_s", ("billsec", "duration"), required=False),
    ),
)
FREESWITCH = TableSpec(
    "FREESWITCH",
    (
        TableColumn("started_at", ("start_stamp",), required=True),
        TableColumn("caller", ("caller_id_number",), required=True),
        TableColumn("callee", ("destination_number",), required=True),
        TableColumn("duration_s", ("billsec", "duration"), required=False),
    ),
)

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:[.+-].*)?")
_SECONDS = re.compile(r"\d+(?:\.\d+)?")
_ENDED = re.compile(r"ANSWERED|NO ANSWER|BUSY|FAILED|CONGESTION|UNKNOWN|[A-Z]+(?:_[A-Z]+)+|\d")
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """Where what stands in a record, from 0; ``billed`` are the seconds that were spoken."""

    form: str
    caller: int
    callee: int
    started: int
    billed: int

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether ``cells`` may be a record of this layout."""
        if len(cells) <= self.billed + 1 or not _TIME.fullmatch(cells[self.started]):
            return False
        seconds = cells[self.billed - 1 : self.billed + 1]
        return all(map(_SECONDS.fullmatch, seconds)) and bool(
            _ENDED.fullmatch(cells[self.billed + 1])
        )


LAYOUTS = (
    Layout("asterisk", caller=1, callee=2, started=9, billed=13),  # cdr_csv
    Layout("asterisk", caller=1, callee=2, started=8, billed=12),  # cdr_custom as shipped
    Layout("freeswitch", caller=1, callee=2, started=4, billed=8),  # example
)


def bare_records(path: Path) -> CallRows | None:
    """The records in ``path``, which has no header; None where it is of no known layout."""
    records = ((number, [cell.strip() for cell in cells]) for number, cells in _records(path))
    first = [record for _place, record in zip(range(_LOOKED_AT), records, strict=False)]
    for layout in LAYOUTS:
        fitting = sum(layout.fits(cells) for _number, cells in first)
        if fitting and 2 * fitting > len(first):
            rows = [_row(number, cells, layout) for number, cells in (*first, *records)]
            return CallRows(layout.form, rows)
    return None


def calls_of(rows: Iterable[TableRow], form: str) -> CallRows:
    """The calls in the ``rows`` of a table with a header."""
    made = []
    for row in rows:
        # Where a call came in from outside, dst is often an extension and did the number.
        values = {**row.values, "callee": row.values.get("did") or row.values["callee"]}
        made.append(call_row(row.number, values, damaged=row.damaged, titles=row.titles))
    return CallRows(form, made)


def _row(number: int, cells: Sequence[str], layout: Layout) -> TableRow:
    if not layout.fits(cells):
        return call_row(number, {})
    return call_row(
        number,
        {
            "callee": cells[layout.callee],
            "caller": cells[layout.caller],
            "started_at": cells[layout.started],
            "duration_s": cells[layout.billed],
        },
    )


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    from leaktrace.intake.records import records_of
    from leaktrace.intake.textfile import pieces, text_form

    material = Material(path)
    with opening(material) as file:
        head = file.read(HEAD)
    form = text_form(material, head, ",")
    number = 0
    for piece in pieces(material, form):
        for record in records_of(piece, form.layout.encoding, ",", form.layout.width):
            number += 1
            if any(cell.strip() for cell in record.cells):
                yield number, record.cells
