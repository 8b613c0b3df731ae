"""Sheets written as XML: which element is a row, and where in it a cell stands."""

from __future__ import annotations

from collections.abc import Mapping

from leaktrace.intake.documents.numbers import number_text
from leaktrace.intake.documents.splitting import Event

_MOST_CELLS = 5000
_MOST_REPEATED = 1000
_MOST_TEXT = 1 << 20
_MOST_ROWS = 20_000


class Swollen(Exception):  # noqa: N818 - told as a refusal
    """A row with something in it is repeated more often than any list repeats one."""


class _SheetTarget:
    """What both forms have in common: the row and the cell that are open."""

    def __init__(self) -> None:
        self.out: list[Event] = []
        self._sheet: str | None = None
        self._number = 0
        self._row: list[str] = []
        self._text: list[str] | None = None
        self._note: list[str] | None = None
        self._size = 0
        self._place = 0
        self._blank = 0

    def data(self, text: str) -> None:
        """Text, which counts within a cell's own."""
        held = self._text if self._note is None else self._note
        if held is not None and self._size < _MOST_TEXT:
            held.append(text)
            self._size += len(text)

    def comment(self, text: str) -> None:
        """A comment, which is not shown."""

    def pi(self, target: str, data: str | None = None) -> None:
        """A processing instruction."""

    def _begin_sheet(self, name: str | None) -> None:
        self._number += 1
        self._blank = 0
        self._sheet = name or str(self._number)

    def _end_note(self) -> None:
        """A comment on a cell, which is a row of a table of their own."""
        text = " ".join("".join(self._note or ()).split())
        if text:
            self.out.append((f"{self._sheet} comments", [text]))
        self._note = None

    def _begin_row(self) -> None:
        self._row, self._place = [], 0

    def _put(self, text: str, *, times: int = 1) -> None:
        """A cell at the place, which moves on."""
        times = max(1, times)
        if text:
            times = min(times, _MOST_REPEATED)
            blanks = min(self._place, _MOST_CELLS) - len(self._row)
            self._row += [""] * blanks
            self._row += [text] * min(times, max(0, _MOST_CELLS - len(self._row)))
        self._place += times

    def _end_row(self, times: int = 1) -> None:
        if any(self._row):
            if times > _MOST_ROWS:
                raise Swollen
            # Blank rows count only where others follow.
            self.out += [(self._sheet, [])] * min(self._blank, _MOST_REPEATED)
            self.out += [(self._sheet, self._row)] * times
            self._blank = 0
        else:
            self._blank += times
        self._row = []


class ExcelTarget(_SheetTarget):
    """The XML of Excel 2003; what follows from [MS-SSML] aside, its errors are forgiven."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = ""
        self._across = self._down = 0
        self._spans: dict[int, tuple[int, str]] = {}
        self._in_comment = 0
        self._rows = self._last = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = _local(tag)
        said = {_local(key): value for key, value in attributes.items()} if attributes else {}
        if name == "Worksheet":
            self._begin_sheet(said.get("Name"))
            self._spans.clear()
            self._rows = self._last = 0
        elif name == "Row":
            self._begin_row()
            self._gap(_count(said.get("Index")))
        elif name == "Cell":
            self._place = max(self._place, _count(said.get("Index")) - 1)
            self._across, self._down = (
                _count(said.get("MergeAcross")),
                _count(said.get("MergeDown")),
            )
            self._from_above()
        elif name == "Comment":
            self._in_comment += 1
        elif name == "Data" and self._in_comment:
            self._note, self._size = [], 0
        elif name == "Data":
            self._kind, self._text, self._size = said.get("Type", ""), [], 0

    def end(self, tag: str) -> None:
        """An element ends."""
        name = _local(tag)
        if name == "Data" and self._note is not None:
            self._end_note()
        elif name == "Data" and self._text is not None:
            text = _number("".join(self._text)) if self._kind == "Number" else "".join(self._text)
            self._text = None
            if self._down:
                self._spans[self._place] = (self._down, text)
            self._put(text)
            self._place -= 1
        elif name == "Cell":
            self._place += 1 + self._across
        elif name == "Comment":
            self._in_comment -= 1
        elif name == "Row":
            self._from_above(rest=True)
            self._end_row()
        elif name == "Worksheet":
            self.out.append((self._sheet, None))

    def close(self) -> None:
        """The document ends."""
        self._end_row()

    def _gap(self, number: int) -> None:
        """Rows that are left out before the one of this number."""
        self._rows = max(self._rows + 1, number)
        self._blank += max(0, self._rows - self._last - 1)
        self._last = self._rows

    def _from_above(self, *, rest: bool = False) -> None:
        """Cells that reach down from rows above, up to the place."""
        for column in sorted(c for c in self._spans if rest or c < self._place + 1):
            left, text = self._spans[column]
            if column < len(self._row):
                continue
            here, self._place = self._place, column
            self._put(text)
            self._place = max(here, column + 1)
            if left > 1:
                self._spans[column] = (left - 1, text)
            else:
                del self._spans[column]


class FlatOdsTarget(_SheetTarget):
    """A sheet of OpenDocument; ``hidden`` are the names of those that are not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: set[str] = set()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._repeated = self._rows = 1
        self._value = ""
        self._in_annotation = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = _local(tag)
        said = {_local(key): value for key, value in attributes.items()} if attributes else {}
        if name == "style":
            self._style = said.get("name", "")
        elif name == "table-properties" and said.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table":
            self._begin_sheet(said.get("name"))
            if said.get("style-name") in self._hidden_styles:
                self.hidden.add(str(self._sheet))
        elif name == "table-row":
            self._rows = max(1, _count(said.get("number-rows-repeated")))
            self._begin_row()
        elif name in ("table-cell", "covered-table-cell"):
            self._repeated = max(1, _count(said.get("number-columns-repeated")))
            self._value = _number(said["value"]) if "value" in said else ""
            self._value = self._value or said.get("date-value", "").replace("T", " ")
            self._text, self._size = [], 0
        elif name == "annotation":
            self._text, self._in_annotation = None, True
        elif name == "p" and self._in_annotation:
            self._note = []

    def end(self, tag: str) -> None:
        """An element ends."""
        name = _local(tag)
        if name in ("table-cell", "covered-table-cell"):
            shown = "".join(self._text or ()).strip()
            self._text = None
            self._put(self._value or shown, times=self._repeated)
        elif name == "p" and self._note is not None:
            self._end_note()
        elif name == "p":
            self.data("\n")
        elif name == "annotation":
            self._text, self._in_annotation, self._size = [], False, 0
        elif name == "table-row":
            self._end_row(self._rows)
        elif name == "table":
            self.out.append((self._sheet, None))

    def close(self) -> None:
        """The document ends."""
        self._end_row()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def _count(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 9 else 0


def _number(text: str) -> str:
    """A number as the cell shows it where its digits are all there."""
    plain = text.strip()
    if plain.isdecimal():
        return number_text(float(plain)) if len(plain) > 15 else plain
    try:
        return number_text(float(plain))
    except ValueError:
        return text
