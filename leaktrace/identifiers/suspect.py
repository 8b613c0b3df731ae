"""Numbers that are written as ID numbers are, but whose check digit or date is wrong.

They are kept under a kind of their own, upper-cased, and are matched with nothing: a typing error,
a number that Excel rounded, or an order number that happens to begin like one.
"""

from __future__ import annotations

from datetime import date

from leaktrace.identifiers.id_number import (
    FIRST_YEAR,
    check_digit,
    known_region,
    long_spans,
)
from leaktrace.identifiers.kinds import ID_NUMBER_SUSPECT
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import SEVEN_DIGITS


def is_suspect(digits: str) -> bool:
    """Whether eighteen characters have the shape: a province, and a year or all but the year.

    A random number of eighteen digits passes in about 1 of 60.
    """
    if not known_region(digits):
        return False
    if FIRST_YEAR <= int(digits[6:10]) <= date.today().year:
        return True
    day = "01" <= digits[10:12] <= "12" and "01" <= digits[12:14] <= "31"
    return day and check_digit(digits[:17]) == digits[17].upper()


def find(cell: Cell) -> list[Hit]:
    """What :mod:`~leaktrace.identifiers.id_number` and USCC left, and yet is shaped like an ID."""
    hits = []
    for start, end, written in long_spans(cell.text):
        bare = written.replace("-", "").replace(" ", "").upper()
        if is_suspect(bare):
            hits.append(Hit(start, end, Identifier(ID_NUMBER_SUSPECT, text=bare)))
    return hits


RECOGNISER = Recogniser(kind=ID_NUMBER_SUSPECT, find=find, hint=SEVEN_DIGITS)
