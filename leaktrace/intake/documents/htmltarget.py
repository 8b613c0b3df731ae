"""What becomes of a page's elements: cells, rows, lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from leaktrace.intake.documents.splitting import Event

LINES = "text"
"""The table of the lines outside of tables."""

_DAMAGED = re.compile(r"\s*[\d.]+E\+\d+\s*", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "title", "noscript", "template", "select", "xml"})
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body br caption dd div dl dt fieldset figure footer
        form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section
        table tr ul""",
    )
)
# These may stand within a number that is shown in parts.
_WITHIN_WORDS = frozenset(
    ("b", "i", "u", "s", "em", "strong", "font", "mark", "big", "small", "sup", "sub", "wbr")
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_MOST_CELLS = 5000
_MOST_SPAN = 1000
_MOST_OPEN = 200
_MOST_TEXT = 1 << 20


@dataclass(slots=True)
class _Table:
    name: str
    row: list[str] | None = None
    spans: dict[int, tuple[int, str]] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    cell: list[str] | None = None
    is_repeated: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


class HtmlTarget:
    """The events of one page; rows that are ready stand in ``out``."""

    def __init__(self, prefix: str = "") -> None:
        self.out: list[Event] = []
        self._prefix = prefix
        self._number = 0
        self._open: list[_Table] = []
        self._line: list[str] = []
        self._size = 0
        self._silent = 0
        self._pre = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _SILENT:
            self._silent += 1
        elif self._silent:
            return
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self._open:
            self._end_row()
            self._open[-1].row = []
        elif tag in ("td", "th") and self._open:
            self._begin_cell(attributes)
        elif tag in _BLOCKS:
            self._pre += tag == "pre"
            self._break()
        elif tag not in _WITHIN_WORDS:
            self._add(" ")
        if tag == "a":
            self._add_link(attributes.get("href") or "")

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif self._silent:
            return
        elif tag == "table" and self._open:
            self._end_table()
        elif tag == "tr" and self._open:
            self._end_row()
        elif tag in ("td", "th") and self._open:
            self._end_cell()
        elif tag in _BLOCKS:
            self._break()
            self._pre = max(0, self._pre - (tag == "pre"))
        elif tag not in _WITHIN_WORDS:
            self._add(" ")

    def data(self, text: str) -> None:
        """Text."""
        if not self._silent:
            self._add(text)

    def widen(self, columns: str) -> None:
        """The cell that is open reaches over so many columns."""
        if self._open:
            self._open[-1].attributes = {"colspan": columns}

    def repeat_above(self) -> None:
        """The cell that is open is one with the cell above it."""
        if self._open:
            self._open[-1].is_repeated = True

    def comment(self, text: str) -> None:
        """A comment, which is not shown."""

    def pi(self, target: str, data: str | None = None) -> None:
        """A processing instruction."""

    def close(self) -> None:
        """The page ends."""
        while self._open:
            self._end_table()
        self._end_line()

    def _add(self, text: str) -> None:
        if not self._pre and "\n" in text:
            text = text.replace("\n", " ")
        if not self._open:
            self._line.append(text)
            self._size += len(text)
            if self._size > _MOST_TEXT:
                self._end_line()
            return
        if self._open[-1].cell is None:
            if not text.strip():
                return
            self._begin_cell({})
        cell = self._open[-1].cell
        if cell is not None and self._size < _MOST_TEXT:
            cell.append(text)
            self._size += len(text)

    def _add_link(self, link: str) -> None:
        scheme, _colon, rest = link.partition(":")
        if scheme.strip().lower() in ("tel", "mailto", "sms"):
            self._add(f" {rest.partition('?')[0]} ")

    def _break(self) -> None:
        if self._open and self._open[-1].cell is not None:
            self._open[-1].cell.append("\n")
        elif not self._open:
            self._end_line()

    def _end_line(self) -> None:
        for line in "".join(self._line).split("\n"):
            text = _SPACES.sub(" ", line).strip()
            if text:
                self.out.append((self._prefix + LINES, [text]))
        self._line.clear()
        self._size = 0

    def _begin_table(self) -> None:
        if not self._open:
            self._end_line()
        if len(self._open) < _MOST_OPEN:
            self._number += 1
            self._open.append(_Table(f"{self._prefix}{self._number}"))

    def _end_table(self) -> None:
        self._end_row()
        table = self._open.pop()
        self.out.append((table.name, None))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._end_cell()
        table = self._open[-1]
        table.row = [] if table.row is None else table.row
        table.cell, table.attributes = [], attributes
        self._size = 0

    def _end_cell(self) -> None:
        table = self._open[-1]
        if table.cell is None or table.row is None:
            table.cell = None
            return
        text = table.cell[0] if len(table.cell) == 1 else "".join(table.cell)
        text = _cell_text(text, table.attributes)
        table.cell = None
        self._size = 0
        row = table.row
        if table.spans:
            self._fill_spans(table)
        if table.is_repeated and not text and len(row) < len(table.above):
            text = table.above[len(row)]
        table.is_repeated = False
        if not table.attributes:
            row.append(text)
            return
        down = _span(table.attributes.get("rowspan"))
        across = _span(table.attributes.get("colspan"))
        for i in range(across):
            if len(row) >= _MOST_CELLS:
                return
            if down > 1:
                table.spans[len(row)] = (down - 1, text if i == 0 else "")
            row.append(text if i == 0 else "")

    def _fill_spans(self, table: _Table) -> None:
        """Cells that reach down from rows above."""
        row = table.row
        while row is not None and len(row) in table.spans:
            left, text = table.spans.pop(len(row))
            if left > 1:
                table.spans[len(row)] = (left - 1, text)
            row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        table = self._open[-1]
        if table.row is None:
            return
        self._fill_spans(table)
        if any(table.row):
            self.out.append((table.name, table.row))
        table.above = table.row
        table.row = None


def _span(written: str | None) -> int:
    digits = (written or "").strip()
    return max(1, min(_MOST_SPAN, int(digits))) if digits.isdecimal() and len(digits) < 7 else 1


def _cell_text(text: str, attributes: Mapping[str, str]) -> str:
    """A cell's text with its lines; where a program shows a number cut down, the number itself."""
    if "\n" in text or "  " in text or text[:1].isspace() or text[-1:].isspace():
        lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
        text = "\n".join(filter(None, lines))
    if attributes and "E+" in text.upper() and _DAMAGED.fullmatch(text):
        return attributes.get("x:num") or attributes.get("sdval") or text
    return text
