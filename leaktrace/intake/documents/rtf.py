"""RTF: the rows of its tables, then the lines of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from leaktrace.intake.blocks import Warning
from leaktrace.intake.documents.document import Document
from leaktrace.intake.documents.html import tables_of
from leaktrace.intake.documents.htmltarget import LINES
from leaktrace.intake.documents.splitting import Event
from leaktrace.intake.documents.streams import cut_off, whole
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])"
    r"|[\r\n]+|([^\\{}\r\n]+)"
)
_STEP = 1 << 18
# A token may be cut: so much is kept back for the next piece.
_TAIL = 64
_DEEPEST = 1000
_MOST_TEXT = 1 << 20
_SILENT = frozenset({"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata"})
_BREAKS = {"tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’"}
_SIGNS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}


def read(material: Material) -> Document:
    """The tables and lines of ``material``. Memory does not grow with it."""
    warnings: list[Warning] = []
    events = partial(_events, material, warnings)
    return Document("rtf", tables_of(material, events, warnings), {}, warnings)


def _events(material: Material, warnings: list[Warning]) -> Iterator[Event]:
    reader = _Reader()
    held = ""
    with opening(material) as file:
        while data := file.read(_STEP):
            text = held + data.decode("latin-1")
            place = reader.take(text, len(text) - _TAIL)
            held = text[place:]
            yield from reader.given()
    reader.take(held, len(held))
    reader.finish()
    yield from reader.given()
    if not reader.is_whole:
        cut_off(warnings)


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds up to a closing brace: whether text is shown; substitutes after a character."""

    silent: bool = False
    skipped: int = 1


@dataclass(slots=True)
class _Reader:
    """The state between tokens."""

    out: list[Event] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    page: str = "cp1252"
    parts: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    row: list[str] = field(default_factory=list)
    size: int = 0
    skip: int = 0
    in_table: bool = False
    is_whole: bool = False

    def given(self) -> Iterator[Event]:
        """The rows that are ready."""
        yield from self.out
        self.out.clear()

    def take(self, text: str, end: int) -> int:
        """Read tokens that begin before ``end``; where the next one begins."""
        place = 0
        while place < end:
            token = _TOKEN.match(text, place)
            place = token.end() if token else place + 1
            if token:
                self._token(token)
        return place

    def finish(self) -> None:
        """The end of the file."""
        self._end_line()
        if self.row:
            self.out.append(("1", self.row))

    def _token(self, token: re.Match[str]) -> None:
        word, number, byte, sign, brace, text = token.groups()
        if byte is not None:
            if self.skip:
                self.skip -= 1
            elif not self.groups[-1].silent:
                self.raw.append(int(byte, 16))
            return
        self._decode()
        if word is not None:
            self._word(word, int(number) if number else None)
        elif brace == "{" and len(self.groups) < _DEEPEST:
            self.groups.append(self.groups[-1])
        elif brace == "}":
            if len(self.groups) > 1:
                self.groups.pop()
            self.is_whole = len(self.groups) == 1
        elif sign == "*":
            self.groups[-1] = replace(self.groups[-1], silent=True)
        elif sign is not None:
            self._add(_SIGNS.get(sign, ""))
        elif text is not None:
            self._add(text[self.skip :])
            self.skip = max(0, self.skip - len(text))

    def _word(self, word: str, number: int | None) -> None:
        if word in _SILENT:
            self.groups[-1] = replace(self.groups[-1], silent=True)
        elif word == "ansicpg":
            self.page = _PAGES.get(number or 0, self.page)
        elif word == "uc":
            self.groups[-1] = replace(self.groups[-1], skipped=max(0, min(number or 0, 9)))
        elif word == "u" and number is not None:
            self._add(chr(number % 65536))
            self.skip = self.groups[-1].skipped
        elif word in _BREAKS:
            self._add(_BREAKS[word])
        elif word == "intbl":
            self.in_table = True
        elif word == "pard":
            self.in_table = False
        elif word in ("par", "sect", "page") and not self.groups[-1].silent:
            if self.in_table:
                self._add("\n")
            else:
                self._end_line()
        elif word in ("cell", "nestcell"):
            self.row.append(self._taken())
        elif word in ("row", "nestrow"):
            if any(self.row):
                self.out.append(("1", self.row))
            self.row = []

    def _add(self, text: str) -> None:
        if not self.groups[-1].silent and self.size < _MOST_TEXT:
            self.parts.append(text)
            self.size += len(text)

    def _decode(self) -> None:
        if self.raw:
            self._add(self.raw.decode(self.page, "replace"))
            self.raw.clear()

    def _taken(self) -> str:
        text = whole("".join(self.parts)).strip()
        self.parts.clear()
        self.size = 0
        return text

    def _end_line(self) -> None:
        self._decode()
        for line in self._taken().split("\n"):
            if line.strip():
                self.out.append((LINES, [line.strip()]))
