"""The text of a dump: where statements with rows begin, and the values in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaktrace.intake.documents.sqlstatements import COPY, CREATE, INSERT

ROW_LIMIT = 64 << 20
"""Characters of one row; a longer one is no row of a list."""

# What hides a statement, or begins one. Strings between statements are not followed: a stray quote
# would turn all others round.
_STOP = re.compile(
    r"(?P<comment>/\*(?!!)|--|^#)|(?P<word>\b(?:INSERT|REPLACE|COPY|CREATE)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_WITH_BACKSLASHES = re.compile(r"'((?:[^'\\]|\\.|'')*+)'|\"((?:[^\"\\]|\\.|\"\")*+)\"", re.DOTALL)
_WITHOUT = re.compile(r"'((?:[^']|'')*+)'|\"((?:[^\"]|\"\")*+)\"")
_PREFIX = re.compile(r"\s*(?P<prefix>N|E|B|X|_\w+\s*|U&)?(?=['\"])", re.IGNORECASE)
_BARE = re.compile(r"\s*([^,()'\"]*+)")
# A row as nearly all are: strings without escapes, and numbers.
_PLAIN_VALUE = re.compile(r"(?:^|,\s*)(?:'([^'\\]*)'|(-?[\d.]+|NULL))")
_PLAIN_ROW = re.compile(
    r"((?:'[^'\\]*'|-?[\d.]++|NULL)(?:,\s*(?:'[^'\\]*'|-?[\d.]++|NULL))*+)\)(?!')"
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "0": "\0",
    "b": "\b",
    "Z": "\x1a",
    "f": "\f",
    "v": "\v",
}
_COPIED = re.compile(r"\\([btnrfv\\])")
_HEAD = 1 << 16
_LONGEST_BLOB = 64
_LONGEST_COMMENT = 1 << 20


class SqlText:
    """A place in a dump that moves on; the text behind it is forgotten.

    Attributes
    ----------
    backslashes : bool
        Whether they escape quotes, as in MySQL.
    is_cut, is_broken : bool
        Whether the rows that were read last end in the middle; or with what is no row.
    """

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text = ""
        self._place = 0
        self.backslashes = True
        self.is_cut = False
        self.is_broken = False

    def look(self, size: int = _HEAD) -> str:
        """What stands here, as much of it as there is up to ``size``."""
        while len(self._text) - self._place < size and self._fill():
            pass
        return self._text[self._place : self._place + size]

    def next_statement(self) -> re.Match[str] | None:
        """The next statement that makes a table or brings rows, behind whose beginning the place
        moves; None at the end."""
        while True:
            self.look()
            stop = _STOP.search(self._text, self._place)
            if stop is None:
                self._place = max(self._place, len(self._text) - 20)
                if not self._fill():
                    return None
                continue
            self._place = stop.start()
            if stop["word"]:
                found = self._statement()
                if found:
                    return found
                self._place += len(stop["word"])
            else:
                self._pass_comment(stop["comment"])

    def _statement(self) -> re.Match[str] | None:
        self.look()
        for pattern in (INSERT, COPY, CREATE):
            found = pattern.match(self._text, self._place)
            if found:
                self._place = found.end()
                return found
        return None

    def _pass_comment(self, mark: str) -> None:
        self._place += len(mark)
        end = "*/" if mark == "/*" else "\n"
        while (found := self._text.find(end, self._place)) < 0:
            # One that never ends is none, but the sign of something else.
            if len(self._text) - self._place > _LONGEST_COMMENT or not self._fill():
                return
        self._place = found + len(end)

    def row(self) -> list[str] | None:
        """The next row of the statement; None at its end."""
        self.is_cut = self.is_broken = False
        while True:
            place = self._blank(self._place)
            if self._text[place : place + 1] == ",":
                place = self._blank(place + 1)
            sign = self._text[place : place + 1]
            if sign != "(":
                if not sign and self._fill():
                    continue
                self.is_cut = not sign
                self.is_broken = bool(sign) and sign not in ";/-#" and not sign.isalpha()
                return None
            found = self._tuple(place + 1)
            if found is not None:
                cells, self._place = found
                return cells
            if len(self._text) - self._place > ROW_LIMIT or not self._fill():
                self.is_cut = True
                self._place += 1
                return None

    def line(self) -> str | None:
        """The rest of the line here; None at the end."""
        while (end := self._text.find("\n", self._place)) < 0:
            if len(self._text) - self._place > ROW_LIMIT or not self._fill():
                rest = self._text[self._place :]
                self._place = len(self._text)
                return rest or None
        line = self._text[self._place : end]
        self._place = end + 1
        return line

    def _tuple(self, place: int) -> tuple[list[str], int] | None:
        """The values up to the closing bracket; None where the text ends before it."""
        plain = _PLAIN_ROW.match(self._text, place)
        if plain:
            return [_plain(m) for m in _PLAIN_VALUE.finditer(plain[1])], plain.end()
        cells: list[str] = []
        while True:
            value = self._value(place)
            if value is None:
                return None
            text, place = value
            cells.append(text)
            place = self._blank(place)
            sign = self._text[place : place + 1]
            if sign == ")":
                return cells, place + 1
            if not sign:
                return None
            place += sign == ","

    def _value(self, place: int) -> tuple[str, int] | None:
        prefix = _PREFIX.match(self._text, place)
        if prefix:
            found = self._string(prefix.end())
            if found and (prefix["prefix"] or "").upper() == "X":
                return _blob(found[0]), found[1]
            return found
        bare = _BARE.match(self._text, place)
        end = bare.end() if bare else place
        text = bare[1].strip() if bare else ""
        if self._text[end : end + 1] == "(":
            return self._call(place, end)
        if end >= len(self._text):
            return None
        if self._text[end] in "'\"":
            return self._string(end)  # a prefix that nobody knows
        if text.upper() == "NULL":
            return "", end
        return (_blob(text[2:]) if text[:2] in ("0x", "0X") else text), end

    def _call(self, start: int, place: int) -> tuple[str, int] | None:
        """A function's call as a value: its first string, else all of it."""
        depth, first = 0, None
        while place < len(self._text):
            sign = self._text[place]
            if sign in "'\"":
                found = self._string(place)
                if found is None:
                    return None
                first = found[0] if first is None else first
                place = found[1]
                continue
            depth += (sign == "(") - (sign == ")")
            place += 1
            if not depth:
                return self._text[start:place].strip() if first is None else first, place
        return None

    def _string(self, place: int) -> tuple[str, int] | None:
        pattern = _WITH_BACKSLASHES if self.backslashes else _WITHOUT
        found = pattern.match(self._text, place)
        if found is None or (found.end() == len(self._text) and self._fill_keeping()):
            return None
        quote = self._text[place]
        text = (found[1] if quote == "'" else found[2]).replace(quote * 2, quote)
        if self.backslashes and "\\" in text:
            text = _ESCAPED.sub(lambda m: _ESCAPES.get(m[1], m[1]), text)
        return text, found.end()

    def _blank(self, place: int) -> int:
        if self._text[place : place + 1] in "(),;'":
            return place
        while place < len(self._text) and self._text[place].isspace():
            place += 1
        return place

    def _fill_keeping(self) -> bool:
        """Read more without moving: a quote at the very end may be half of two."""
        piece = next(self._pieces, "")
        self._text += piece
        return bool(piece)

    def _fill(self) -> bool:
        parts, size = [self._text[self._place :]], 0
        while size <= len(parts[0]):
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece)
            size += len(piece)
        self._text, self._place = "".join(parts), 0
        return size > 0


def _plain(value: re.Match[str]) -> str:
    text = value[1] if value[2] is None else value[2]
    return "" if value[2] == "NULL" else text


def _blob(digits: str) -> str:
    """Bytes in hexadecimal as the text that they may be; as they are written, where short."""
    try:
        text = bytes.fromhex(digits).decode()
    except ValueError:
        return "0x" + digits if len(digits) <= _LONGEST_BLOB else ""
    return text if text.isprintable() else ""


def copied(cell: str) -> str:
    """A cell of ``COPY`` as it was."""
    if cell == "\\N":
        return ""
    if "\\" not in cell:
        return cell
    return _COPIED.sub(lambda m: _ESCAPES.get(m[1], m[1]), cell)
