"""Citizens' ID numbers (GB 11643): region, date of birth, serial, ISO 7064 MOD 11-2 check digit.

Normal form: the first seventeen digits as a number, since the check digit follows from them. A
number of the old fifteen digits gets the "19" of the century, and so equals its longer form.
Foreigners' permanent residence numbers (9, province, country, birth, serial, check) count too.
"""

from __future__ import annotations

import re
from datetime import date

from leaktrace.identifiers.kinds import ID_NUMBER
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import SEVEN_DIGITS

_CODES = (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
PROVINCES = frozenset(str(code) for codes in (*_CODES, (71, 81, 82, 83, 91)) for code in codes)
"""First two digits: provinces, Taiwan, residents from Hong Kong, Macau, Taiwan, and abroad."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
FIRST_YEAR = 1890

_ISSUERS = PROVINCES - {"81", "82", "83", "91"}
_BEFORE = r"(?<![0-9A-Za-z])(?<![0-9]\.)"
_AFTER = r"(?![0-9A-Za-z])(?!\.[0-9]*[1-9])"
_LONG = re.compile(rf"{_BEFORE}([0-9]{{6}}([- ]?)[0-9]{{8}}\2[0-9]{{3}}[0-9Xx]){_AFTER}")
_SHORT = re.compile(rf"{_BEFORE}([0-9]{{15}}){_AFTER}")
_WHOLE = re.compile(r"[ \"'=]*([0-9](?:[- ]?[0-9]){16}[- ]?[0-9Xx])(?:\.0+)?[ \"',;]*")


def known_region(digits: str) -> bool:
    """Whether the number begins as a province does, or as a residence permit of one."""
    return digits[:2] in PROVINCES or (digits[0] == "9" and digits[1:3] in _ISSUERS)


def is_birthday(digits: str) -> bool:
    """Whether ``YYYYMMDD`` is a date from 1890 to today."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return day.year >= FIRST_YEAR and day <= date.today()


def check_digit(digits: str) -> str:
    """The check digit of the first seventeen digits (ISO 7064:1983 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return CHECKS[total % 11]


def normalise(text: str) -> int | None:
    """The normal form of an ID number that stands alone (eighteen or fifteen characters)."""
    bare = re.sub("[- ]", "", text).upper()
    if len(bare) == 15 and known_region(bare) and is_birthday("19" + bare[6:12]):
        plausible = "01" <= bare[2:4] <= "90" and bare[4:6] != "00"
        return int(f"{bare[:6]}19{bare[6:]}") if plausible else None
    if len(bare) != 18 or not known_region(bare) or not is_birthday(bare[6:14]):
        return None
    return int(bare[:17]) if check_digit(bare[:17]) == bare[17] else None


def long_spans(text: str) -> list[tuple[int, int, str]]:
    """Start, end and text of everything that is written as an ID number of eighteen is."""
    whole = _WHOLE.fullmatch(text)
    if whole:
        return [(whole.start(1), whole.end(1), whole[1])]
    return [(match.start(1), match.end(1), match[1]) for match in _LONG.finditer(text)]


def find(cell: Cell) -> list[Hit]:
    """Valid ID numbers; invalid ones are left for :mod:`~leaktrace.identifiers.suspect`."""
    spans = long_spans(cell.text) + [
        (m.start(1), m.end(1), m[1]) for m in _SHORT.finditer(cell.text)
    ]
    hits = []
    for start, end, written in sorted(spans):
        value = normalise(written)
        if value is not None:
            hits.append(Hit(start, end, Identifier(ID_NUMBER, value=value)))
    return hits


RECOGNISER = Recogniser(kind=ID_NUMBER, find=find, hint=SEVEN_DIGITS)
