"""JSON, JSON Lines and values one after the other: answers of programs, exports of chats."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import Any

from leaktrace.intake.blocks import Warning
from leaktrace.intake.documents.document import Document
from leaktrace.intake.documents.jsonrows import (
    Path,
    element_rows,
    has_identifier,
    name_of,
    value_rows,
    wrapper_fields,
)
from leaktrace.intake.documents.jsonvalues import LARGEST, NoValue, TooLarge, Values
from leaktrace.intake.documents.splitting import (
    Event,
    Field,
    keyed_table,
    some_tables,
    split_tables,
)
from leaktrace.intake.documents.streams import characters, cut_off, damaged
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material

# A script that sets a variable, or the answer to a call across sites.
_BEFORE = re.compile(r"(?:(?:var|let|const|window\.)?\s*[A-Za-z_$][\w$.]*\s*[=(])?\s*(?=[\[{])")
_STRING = r'"(?:[^"\\]|\\.)*+"'
_BEGINNING = re.compile(
    rf"\s*(?:\[\s*)*+(?:\{{\s*(?:{_STRING}\s*:|\}})|(?:{_STRING}|-?\d+)\s*,\s*(?:[\"\[{{\d-]|$))"
)
# An object on each line: the first brace of the second line would be no key of the first object.
_LINES = re.compile(r"\{[^\n]*\n\s*\{")
# A value, and not only what opens one.
_SAYS = re.compile(r'[:,\[]\s*(?:"[^"]*"\s*(?:[,}\]]|$)|[^\s"\[{\]}:,])')
_DEEPEST = 60
_PROPERTIES = 200
_TEXT: Field = ("text", 0)


def matches(sample: str) -> bool:
    """Whether a text that begins with ``sample`` is JSON.

    A delimited list whose first cell begins with a brace is none: there, more follows on the line.
    """
    match = _BEFORE.match(sample.lstrip("\ufeff"))
    text = sample.lstrip("\ufeff")[match.end() if match else 0 :].lstrip()
    if text[:1] not in ("{", "["):
        return False
    if re.match(r"(?:\[\s*){8}", text):
        return True
    try:
        _value, end = json.JSONDecoder(strict=False).raw_decode(text)
    except json.JSONDecodeError as error:
        return error.pos > 0 and _BEGINNING.match(text) is not None
    except (RecursionError, ValueError):
        return _BEGINNING.match(text) is not None
    rest = text[end:].lstrip(" \t\n")
    return not rest or re.match(r"[)\]};]\s*;?\s*$|,?\s*[{\[]|,\s*$", rest) is not None


def read_text(material: Material, encoding: TextEncoding, largest: int = LARGEST) -> Document:
    """The rows of a JSON text. Memory does not grow with it, but where all stands in one object
    without arrays; a text that is cut off is read up to the cut."""
    warnings: list[Warning] = []

    def events() -> Iterator[Event]:
        values = Values(characters(material, encoding), largest)
        return _Walk(values, warnings).events()

    return Document(
        "json", some_tables(material, split_tables(events, keyed_table), warnings), {}, warnings
    )


class _Walk:
    """From value to value; what is too large, or broken, is gone into."""

    def __init__(self, values: Values, warnings: list[Warning]) -> None:
        self._values = values
        self._warnings = warnings

    def events(self) -> Iterator[Event]:
        """The rows of the whole text."""
        self._values.skip(_BEFORE)
        try:
            first = self._values.value()
        except (NoValue, TooLarge):
            if self._values.is_at(_LINES):
                yield from self._elements((), end="")
            else:
                yield from self._within(())
        else:
            self._skip_commas()
            if self._values.peek() in ("{", "["):
                yield from element_rows(first, ())
            else:
                yield from value_rows(first)
        yield from self._elements((), end="")

    def _elements(self, path: Path, *, end: str) -> Iterator[Event]:
        """The rows of the values from here to the array's ``end``."""
        while True:
            self._skip_commas()
            sign = self._values.peek()
            if sign == end or not sign:
                if end and not sign:
                    cut_off(self._warnings)
                self._values.step()
                return
            if not end and sign not in "{[":
                if sign not in ");":
                    damaged(self._warnings)
                if not (yield from self._past_damage(path)):
                    return
                continue
            try:
                value = self._values.value()
            except TooLarge:
                yield from self._within(path)
            except NoValue as broken:
                if broken.at_end:
                    yield from self._within(path)
                    cut_off(self._warnings)
                    return
                damaged(self._warnings)
                if not (yield from self._past_damage(path)):
                    return
            else:
                yield from element_rows(value, path)

    def _past_damage(self, path: Path) -> Generator[Event, None, bool]:
        """Go on behind what is damaged, which is one row of text; False where nothing follows."""
        text, more = self._values.resume()
        if text.strip(" \t\n;)") if more else _SAYS.search(text):
            yield name_of(path), {_TEXT: text}
        return more

    def _within(self, path: Path) -> Iterator[Event]:
        """The rows inside a value that cannot be taken as a whole."""
        sign = self._values.peek()
        if len(path) > _DEEPEST or sign not in ("{", "["):
            damaged(self._warnings)
            text, _more = self._values.resume()
            if has_identifier({_TEXT: text}):
                yield name_of(path), {_TEXT: text}
            return
        self._values.step()
        if sign == "[":
            yield from self._elements(path, end="]")
            return
        own: dict[Field, str] = {}
        try:
            yield from self._properties(path, own)
        except NoValue as broken:
            if broken.at_end:
                cut_off(self._warnings)
                self._values.finish()
            else:
                damaged(self._warnings)
                # What follows may be read as rows, wherever it belonged.
                if (yield from self._past_damage(path)):
                    yield from self._elements(path, end="")
        if has_identifier(own):
            yield name_of(path), own

    def _properties(self, path: Path, own: dict[Field, str]) -> Iterator[Event]:
        values = self._values
        while True:
            self._skip_commas()
            if values.peek() != '"':
                if values.peek() != "}":
                    raise NoValue(at_end=not values.peek())
                values.step()
                return
            key = self._key()
            try:
                value: Any = values.value()
            except (NoValue, TooLarge) as broken:
                if values.peek() not in ("{", "["):
                    at_end = isinstance(broken, NoValue) and broken.at_end
                    raise NoValue(at_end=at_end) from None
                yield from self._within((*path, key))
                continue
            yield from wrapper_fields({key: value}, path, own)
            if len(own) > _PROPERTIES:
                # So many are no properties: their names are what is listed.
                for field, text in own.items():
                    name = str(field[0] if isinstance(field, tuple) else field)
                    yield name_of(path), {("key", 0): name, ("value", 0): text}
                own.clear()

    def _key(self) -> str:
        try:
            key = str(self._values.value())
        except TooLarge:
            raise NoValue(at_end=False) from None
        if self._values.peek() == ":":
            self._values.step()
        return key

    def _skip_commas(self) -> None:
        while self._values.peek() == ",":
            self._values.step()
