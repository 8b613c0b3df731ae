"""Our own tables (SOURCES, PLANTINGS, BATCHES …), as people fill them in.

They come as text in any encoding and with any delimiter, or as a workbook, with headers in
English or Chinese in any order; a title may stand above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from leaktrace.errors import InputRefused
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.cells import DAMAGED
from leaktrace.intake.forms import DOCUMENTS, form_of
from leaktrace.intake.headers import normal
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening, refused
from leaktrace.intake.signatures import HEAD, empty
from leaktrace.messages import _, current_language

_DEPTH = 20
_DAMAGED = re.compile(DAMAGED)
_FORMULA = re.compile(r'=\s*"(.*)"', re.DOTALL)
_DELIMITERS = (",", "\t", ";", "|", "，", "；")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its English name, the Chinese headers that are read as it, and whether it must
    be there."""

    name: str
    headers: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: its name (``"SOURCES"``) and columns."""

    name: str
    columns: tuple[TableColumn, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line.

    Attributes
    ----------
    number : int
        Of the row as a spreadsheet program counts, from 1.
    values : dict
        The text in each column of the table, ``""`` where there is none.
    extra : dict
        The text in each column that the table does not know, by its header.
    damaged : tuple of str
        The columns in which Excel damaged a number, by their headers in the file.
    titles : dict
        The header in the file of each column of the table; what it is called in the language of
        the process where the file has none.
    """

    number: int
    values: dict[str, str] = field(repr=False)
    extra: dict[str, str] = field(repr=False)
    damaged: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)

    def title(self, column: str) -> str:
        """What people call a column of the table."""
        return self.titles.get(column, column)


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of a table, blank ones left out."""

    rows: list[TableRow] = field(default_factory=list)


def read_table(path: Path, spec: TableSpec) -> Table:
    """The table ``spec`` in ``path``.

    Raises
    ------
    InputRefused
        If the file cannot be read, or ``"header"``: a column that must be there is not.
    """
    material = Material(path)
    with opening(material) as file:
        head = file.read(HEAD)
    if not head:
        raise empty(material)
    form = form_of(material, head)
    if form != "text" and DOCUMENTS.get(form) not in ("workbook", "ods"):
        raise _no_table(material)
    missing: list[str] | None = None
    for rows in _text_rows(material, head) if form == "text" else _workbook_rows(material):
        first = list(islice(rows, _DEPTH))
        place, lacking = _header(first, spec)
        if place is not None:
            # Chained, so that a big table is walked through once.
            return Table(list(_lines(first, rows, place, spec)))
        missing = lacking if missing is None or len(lacking) < len(missing) else missing
    raise _no_header(path, spec, missing or [])


def _text_rows(material: Material, head: bytes) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """The rows of a text, once for each delimiter that its beginning may have."""
    from leaktrace.intake.textfile import text_form

    marks = [d for d in _DELIMITERS if d in _beginning(material, head)]
    for delimiter in marks or [","]:
        text_form(material, head, delimiter)
        yield _numbered(material, head, delimiter)


def _beginning(material: Material, head: bytes) -> str:
    from leaktrace.intake.encodings import encoding_of

    with opening(material) as file:
        encoding = encoding_of(material, file, head)
    return head.decode(encoding.name, errors="replace")


def _numbered(material: Material, head: bytes, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    from leaktrace.intake.records import records_of
    from leaktrace.intake.textfile import pieces, text_form

    form = text_form(material, head, delimiter)
    number = 1
    for piece in pieces(material, form):
        for record in records_of(piece, form.layout.encoding, delimiter, form.layout.width):
            if record.refusal:
                raise _unreadable_row(material, number)
            yield number, record.cells
            number += 1


def _workbook_rows(material: Material) -> Iterator[Iterator[tuple[int, list[str]]]]:
    from leaktrace.intake.documents.workbook import sheets_of

    _form, sheets = sheets_of(material)
    if not sheets:
        raise empty(material)
    for sheet in sheets:
        yield enumerate(sheet.rows, sheet.first_row)


def _header(rows: Sequence[tuple[int, list[str]]], spec: TableSpec) -> tuple[int | None, list[str]]:
    """The position of the header among ``rows``, None where there is none; and what is missing
    in the row that comes nearest."""
    required = [column.name for column in spec.columns if column.required]
    nearest = required
    for place, (_number, cells) in enumerate(rows):
        known = set(_known(cells, spec).values())
        missing = [name for name in required if name not in known]
        if not missing:
            return place, []
        nearest = missing if len(missing) < len(nearest) else nearest
    return None, nearest


def _known(cells: Sequence[str], spec: TableSpec) -> dict[int, str]:
    """Which column of the table stands where. English names come before Chinese ones, and among
    these the one that the table lists first, since a header may be read as several columns."""
    titles = [normal(cell) for cell in cells]
    known: dict[int, str] = {}
    taken: set[str] = set()
    ranked = [(0, column.name, column.name) for column in spec.columns]
    ranked += [
        (1 + rank, header, column.name)
        for column in spec.columns
        for rank, header in enumerate(column.headers)
    ]
    for _rank, header, name in sorted(ranked, key=lambda item: item[0]):
        wanted = normal(header)
        for i, title in enumerate(titles):
            if title == wanted and i not in known and name not in taken:
                known[i] = name
                taken.add(name)
    return known


def _lines(
    first: Sequence[tuple[int, list[str]]],
    rest: Iterable[tuple[int, list[str]]],
    place: int,
    spec: TableSpec,
) -> Iterator[TableRow]:
    header = first[place][1]
    known = _known(header, spec)
    titles = _titles(header, known, spec)
    for rows in (first[place + 1 :], rest):
        for number, cells in rows:
            line = _line(number, [_plain(cell) for cell in cells], header, known, spec)
            if any(line.values.values()) or any(line.extra.values()):
                yield replace(line, titles=titles)


def _titles(header: Sequence[str], known: Mapping[int, str], spec: TableSpec) -> dict[str, str]:
    titles = {column.name: _name_of(column) for column in spec.columns}
    return titles | {name: mask_text(" ".join(header[i].split())) for i, name in known.items()}


def _name_of(column: TableColumn) -> str:
    """A column's name in the language of the process."""
    return column.headers[0] if current_language() == "zh" and column.headers else column.name


def _line(
    number: int,
    cells: Sequence[str],
    header: Sequence[str],
    known: dict[int, str],
    spec: TableSpec,
) -> TableRow:
    values = {column.name: "" for column in spec.columns}
    extra: dict[str, str] = {}
    damaged = []
    for i, cell in enumerate(cells):
        title = header[i].strip() if i < len(header) else ""
        name = known.get(i) or title or _("column {number}").format(number=i + 1)
        (values if i in known else extra)[name] = cell
        if _DAMAGED.match(cell):
            damaged.append(mask_text(title) or name)
    return TableRow(number, values, extra, tuple(damaged))


def _plain(cell: str) -> str:
    """A cell without blanks around it and what spreadsheets put around numbers as text."""
    text = cell.strip()
    formula = _FORMULA.fullmatch(text)
    if formula:
        return formula[1].strip()
    return text[1:] if re.fullmatch(r"'[+\d].*", text) else text


def _unreadable_row(material: Material, number: int) -> InputRefused:
    place = _("row {number}").format(number=number)
    message = _("{file}, {place}: there are bytes that are no text; type the row again.")
    return refused(material, "encoding", message, place=place)


def _no_table(material: Material) -> InputRefused:
    message = _("{file} is no table; save it as XLSX or CSV and try again.")
    return refused(material, "document", message)


def _no_header(path: Path, spec: TableSpec, missing: Sequence[str]) -> InputRefused:
    message = _(
        "{file} has no column {columns}; the header of a {table} table needs it (or its Chinese "
        "name)."
    )
    names = {column.name: _name_of(column) for column in spec.columns}
    columns = ", ".join(
        name if names[name] == name else f"{names[name]} ({name})" for name in missing
    )
    return refused(
        path, "header", message.replace("{columns}", columns).replace("{table}", spec.name)
    )
