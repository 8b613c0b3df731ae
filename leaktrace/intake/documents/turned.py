"""Tables that lie on their side: the fields stand in the first column, the people side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.intake.blocks import Warning
from leaktrace.intake.delimiters import delimiter_of
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.textlines import lines_in, lines_of
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.headers import header_kind, is_header_word
from leaktrace.intake.material import Material
from leaktrace.intake.records import QUOTING, Record, split_delimited
from leaktrace.messages import _

MOST = 8 << 20
"""Characters of a table that is turned; of a longer one the rest is read as it stands."""

_FEW, _LINES = 2, 200
_CELLS = 60
_FIRST = re.compile(r"[,\t;|]")
_SHARE = 0.6
_NUMBERS = ("mobile", "landline", "id_number", "email", "plate", "uscc")
_PLACES = {"mobile": ("mobile", "landline", "mobile_masked"), "id_number": ("id_number_masked",)}


def matches(sample: str) -> bool:
    """Whether the lines of a text are such a table."""
    lines = lines_in(sample)[:_LINES]
    if len(lines) < _FEW or not is_header_word(_FIRST.split(lines[0][:_CELLS])[0]):
        return False
    delimiter = _delimiter(sample)
    return delimiter in QUOTING and is_turned([split_delimited(line, delimiter) for line in lines])


def is_turned(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first cells of rows (no blank ones) name what stands beside them."""
    rows = rows[:_LINES]
    labels = [row[0].strip() if row else "" for row in rows]
    named = [header_kind(label) if label else None for label in labels]
    distinct = {label for label, kind in zip(labels, named, strict=True) if kind}
    if len(distinct) < _FEW or sum(map(bool, named)) < _SHARE * len(rows):
        return False
    if any(_is_header(row) for row in rows[:_FEW]):
        return False
    block = labels[1:].index(labels[0]) + 1 if labels[0] in labels[1:] else len(labels)
    if len(set(labels[:block])) < block:
        return False
    return any(_is_of(kind, row[1:]) for kind, row in zip(named, rows, strict=True))


def _is_header(row: Sequence[str]) -> bool:
    """Whether most cells of a row beyond the first are words of headers."""
    cells = [cell for cell in row[1:_CELLS] if cell.strip()]
    return len(cells) > 0 and sum(map(is_header_word, cells)) * 2 > len(cells)


def _is_of(kind: str | None, cells: Sequence[str]) -> bool:
    """Whether several cells, and most of them, hold identifiers of what their row is said to be."""
    if kind not in _NUMBERS:
        return False
    filled = [cell for cell in cells[:_CELLS] if cell.strip()]
    kinds = {kind, *_PLACES.get(kind, ())}
    good = sum(any(one.kind.name in kinds for one in recognise_cell(cell)) for cell in filled)
    return good >= _FEW and good >= _SHARE * len(filled)


def turned(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], list[list[str]]]:
    """The header and the rows of such a table; a field that comes again begins further people."""
    places: dict[str, int] = {}
    blocks: list[dict[int, Sequence[str]]] = [{}]
    for number, row in enumerate(rows):
        label = row[0].strip() if row else ""
        place = places.setdefault(label or f"\0{number}", len(places))
        if place in blocks[-1]:
            blocks.append({})
        blocks[-1][place] = row
    people = []
    for block in blocks:
        for i in range(1, max(map(len, block.values()), default=0)):
            cells = [""] * len(places)
            for place, row in block.items():
                cells[place] = row[i] if i < len(row) else ""
            if any(map(str.strip, cells)):
                people.append(cells)
    return tuple("" if label.startswith("\0") else label for label in places), people


def turned_table(name: str | None, rows: Sequence[Sequence[str]]) -> DocumentTable:
    """The table that ``rows`` are when they are turned."""
    header, people = turned(rows)
    return DocumentTable(name, [Record(cells) for cells in people], header)


def turned_warning(place: str = "") -> Warning:
    """That a table was read so."""
    text = _(
        "the table lies on its side (its first column names the fields, each further one is a "
        "person); it was read turned round"
    )
    return Warning("turned", f"{place}: {text}" if place else text, place)


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The table turned, and what follows after much of it as it stands."""
    lines = lines_of(material, encoding)
    first = list(_limited(lines))
    delimiter = _delimiter("\n".join(line for line, _refusal in first[:_LINES]))
    rows = [split_delimited(line, delimiter) for line, _refusal in first if line.strip()]
    table = turned_table(None, rows)
    rest = (Record(split_delimited(line, delimiter), code) for line, code in lines)
    refused = (Record([line], code) for line, code in first if code in (1, 2))
    whole = DocumentTable(None, chain(table.rows, refused, rest), table.header)
    facts = {"encoding": encoding.name, "turned": True}
    return Document("turned", [whole], facts, [turned_warning()])


def _limited(lines: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    size = 0
    for line, refusal in islice(lines, _LINES):
        yield line, refusal
        size += len(line)
        if size > MOST:
            return


def _delimiter(sample: str) -> str:
    return delimiter_of(sample.encode("utf-8", "replace"), "utf-8")
