"""Mainland landlines: area code without its 0, then the number; extensions are dropped.

Without an area code seven or eight digits count only in a column that is known to hold phones.
"""

from __future__ import annotations

import re

from leaktrace.identifiers.kinds import LANDLINE
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import SEVEN_DIGITS

_AREA = r"(?:3[134579]|4[1-8]|5[1-9]|6[369]|7[0-9]|8[1-357-9]|9[013-79])[0-9]"
_GAP = r"[-. )]{0,2}"
_LOCAL = r"[1-9][0-9]{2,3}[- ]?[0-9]{4}"
_EIGHT = r"[1-9][0-9]{3}[- ]?[0-9]{4}"
_COUNTRY = r"(?:\(? ?(?:\+|00) ?86 ?\)?[-. ]{0,2}\(?0?|\(?0)"
_EXTENSION = r"(?: ?(?:转|ext\.?|EXT\.?|分机|#|x|-|,) ?[0-9]{1,6})?"
_FULL = re.compile(
    rf"(?<![0-9A-Za-z+.])({_COUNTRY}(?:(10|2[0-9])\)?{_GAP}({_EIGHT})|({_AREA})\)?{_GAP}({_LOCAL})))"
    rf"{_EXTENSION}(?![0-9A-Za-z])(?!\.[0-9]*[1-9])"
)
_SHORT = re.compile(rf"[ \"'=]*([2-8][0-9]{{2,3}}[- ]?[0-9]{{4}})(?:\.0+)?{_EXTENSION}[ \"',;]*")


def normalise(text: str) -> int:
    """The digits of area code and number as a number; the leading 0 goes by itself."""
    return int(re.sub("[^0-9]", "", text))


def find(cell: Cell) -> list[Hit]:
    """Every landline with an area code; in a column of phones also a bare one."""
    hits = []
    for match in _FULL.finditer(cell.text):
        value = normalise((match[2] or match[4]) + (match[3] or match[5]))
        hits.append(Hit(match.start(), match.end(), Identifier(LANDLINE, value=value)))
    short = _SHORT.fullmatch(cell.text) if cell.phones and not hits else None
    if short:
        value = normalise(short[1])
        hits.append(Hit(short.start(1), short.end(1), Identifier(LANDLINE, value=value)))
    return hits


RECOGNISER = Recogniser(kind=LANDLINE, find=find, hint=SEVEN_DIGITS)
