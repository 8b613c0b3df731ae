"""The values of a JSON text one after the other, in bounded memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

LARGEST = 16 << 20
"""Characters of one value that is taken as a whole; a larger one is walked through."""

_BLANKS = re.compile(r"\s*")
_NEXT_OBJECT = re.compile(r"(?:[}\]]\s*+(?:,\s*+)?|\n[ \t]*+)(?=\{)")
# Of the shells of databases: ObjectId("…"), NumberLong(5), ISODate("…"). In a string of JSON their
# quotes would not stand bare.
_CALL = re.compile(
    r"([:\[,]\s*)(?:new\s+)?(?:ObjectId|NumberLong|NumberInt|NumberDecimal|Number|ISODate|Date"
    r"|Timestamp|BinData|HexData|UUID|CSUUID|JUUID|LUUID|NUUID|MD5|DBRef|Int32|Int64|Long|Double"
    r"|Decimal128|Binary)\s*\(([^()\n]*)\)"
)
_TAIL = 64
# An error so near to the end of what was read may be one of what is not there yet.
_NEAR = 16
_LONGEST_CALL = 1 << 12


class NoValue(Exception):  # noqa: N818 - it steers the walk and reaches nobody
    """Here stands no value; ``at_end`` where the text ends within one."""

    def __init__(self, *, at_end: bool) -> None:
        super().__init__()
        self.at_end = at_end


class TooLarge(Exception):  # noqa: N818 - as above
    """Here stands a value of more than :data:`LARGEST` characters."""


def _plain(call: re.Match[str]) -> str:
    """What such a call says, as a string."""
    said = call[2].replace('"', "").replace("'", "").strip()
    return call[1] + json.dumps(said, ensure_ascii=False)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of a key that comes several times all values are kept."""
    found = dict(pairs)
    if len(found) < len(pairs):
        values: dict[str, list[Any]] = {}
        for key, value in pairs:
            values.setdefault(key, []).append(value)
        found = {key: v[0] if len(v) == 1 else v for key, v in values.items()}
    return found


# Numbers stay as they were typed: a float would lose the digits of a number.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=str, strict=False
)


class Values:
    """A place in a JSON text that moves from value to value."""

    def __init__(self, pieces: Iterator[str], largest: int = LARGEST) -> None:
        self._pieces = pieces
        self._largest = largest
        self._text = ""
        self._place = 0
        self._ended = False
        self._calls = False

    def peek(self) -> str:
        """The next character that is no blank; ``""`` at the end."""
        while True:
            match = _BLANKS.match(self._text, self._place)
            self._place = match.end() if match else self._place
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._fill():
                return ""

    def step(self) -> None:
        """Past the character that :meth:`peek` gave."""
        self._place += 1

    def is_at(self, pattern: re.Pattern[str]) -> bool:
        """Whether ``pattern`` matches here, in what is read of the text."""
        self.peek()
        return pattern.match(self._text, self._place) is not None

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Past what ``pattern`` matches here."""
        self.peek()
        match = pattern.match(self._text, self._place)
        self._place = match.end() if match else self._place

    def value(self) -> Any:
        """The value here, past which the place moves.

        Raises
        ------
        NoValue, TooLarge
            The place stays.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                if not self._takes_calls(error):
                    self._more_or_raise(error)
                continue
            except (RecursionError, ValueError):
                raise NoValue(at_end=False) from None
            if end == len(self._text) and self._text[end - 1] not in '}]"' and self._fill():
                continue  # a number may go on
            self._place = end
            return value

    def finish(self) -> None:
        """To the end."""
        self._place = len(self._text)
        while self._fill():
            self._place = len(self._text)

    def resume(self) -> tuple[str, bool]:
        """Past damaged text, to where an object begins again: the text that was passed, and
        whether one does; else the place is the end."""
        searched = self._place
        while not (match := _NEXT_OBJECT.search(self._text, searched)):
            left = len(self._text) - self._place
            if left > self._largest:
                left = _TAIL
                self._place = len(self._text) - left
            searched = max(0, left - _TAIL)
            if not self._fill():
                text = self._text[self._place :]
                self._place = len(self._text)
                return text, False
        text = self._text[self._place : match.end()]
        self._place = match.end()
        return text, True

    def _takes_calls(self, error: json.JSONDecodeError) -> bool:
        """Whether the error is a call of a shell, and the first one: all are read as values then.

        All at once, since each try begins at the value's own beginning.
        """
        before = max(self._place, error.pos - _TAIL)
        call = None if self._calls else _CALL.search(self._text, before)
        if call is None or call.start() > error.pos:
            return False
        self._calls = True
        self._text = _CALL.sub(_plain, self._text)
        return True

    def _more_or_raise(self, error: json.JSONDecodeError) -> None:
        """Read on where that may mend the error."""
        within = _LONGEST_CALL if self._calls else _NEAR
        near = error.pos >= len(self._text) - within or error.msg.startswith("Unterminated")
        if not near:
            raise NoValue(at_end=False) from None
        if len(self._text) - self._place > self._largest:
            raise TooLarge from None
        if not self._fill():
            raise NoValue(at_end=True) from None

    def _fill(self) -> bool:
        """Read more: as much again as there is, so that a long value is not tried too often."""
        if self._ended:
            return False
        rest = self._text[self._place :]
        parts, size = [rest], 0
        while size <= len(rest):
            piece = next(self._pieces, None)
            if piece is None:
                self._ended = True
                break
            parts.append(piece)
            size += len(piece)
        self._text, self._place = "".join(parts), 0
        if self._calls:
            self._text = _CALL.sub(_plain, self._text)
        return size > 0
