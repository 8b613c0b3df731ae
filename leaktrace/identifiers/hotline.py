"""Numbers of companies and services: 400 and 800 numbers, 95…, 10086, 12345 and their like.

They are nobody's, and always excluded. Short ones count only in a column of phones: 10000 and
12345 are more often amounts than numbers to call.
"""

from __future__ import annotations

import re

from leaktrace.identifiers.kinds import HOTLINE
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import DIGIT, JUNK, SEVEN_DIGITS

_LONG = re.compile(
    r"(?<![0-9A-Za-z+])(?<![0-9]\.)"
    r"([48]00(?:[0-9]{7}|[- ][0-9]{3}[- ]?[0-9]{4}|[- ][0-9]{4}[- ]?[0-9]{3}"
    r"|[0-9][- ][0-9]{3}[- ][0-9]{3}|[0-9]{2}[- ][0-9]{5}))"
    r"(?![0-9A-Za-z])(?!\.[0-9]*[1-9])"
)
_SERVICES = (
    r"95[0-9]{3,7}|96[0-9]{3,4}|100(?:0[01]|1[0156]|[5-7]0|8[0456]|99)"
    r"|11[0-9]|12[0-9](?:[0-9]{2})?|116[0-9]{2,3}|118[0-9]{2}|106[0-9]{5,17}"
)
_SHORT = re.compile(rf"[ \"'=]*({_SERVICES})(?:\.0+)?[ \"',;]*")


def normalise(text: str) -> int:
    """The digits as a number."""
    return int(re.sub("[^0-9]", "", text))


def find(cell: Cell) -> list[Hit]:
    """Every 400 or 800 number; in a column of phones also a short number that stands alone."""
    spans = [(match.start(1), match.end(1), match[1]) for match in _LONG.finditer(cell.text)]
    short = _SHORT.fullmatch(cell.text) if cell.phones else None
    if short:
        spans = [(short.start(1), short.end(1), short[1])]
    return [
        Hit(a, b, Identifier(HOTLINE, value=normalise(written), excluded=True))
        for a, b, written in spans
    ]


RECOGNISER = Recogniser(
    kind=HOTLINE, find=find, hint=SEVEN_DIGITS, hint_in_phones=f"(?:{DIGIT}{JUNK}){{3}}"
)
