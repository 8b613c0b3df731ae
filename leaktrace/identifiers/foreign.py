"""Numbers from elsewhere, Hong Kong, Macau and Taiwan among them; only with + or 00 before them.

Normal form: E.164 without the plus, as a number.
"""

from __future__ import annotations

import re

from leaktrace.identifiers.kinds import MOBILE_FOREIGN
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import SEVEN_DIGITS

_WRITTEN = re.compile(r"(?<![0-9A-Za-z+])(\+|00)[- ]?([1-9][0-9 .()\-]{5,22}[0-9])(?![0-9A-Za-z])")
_GROUPS = re.compile(r"[0-9]+")
# Blocks are given out faster there than the tables of numbers are renewed: the form decides.
_NEAR = re.compile("852[4-9][0-9]{7}|8536[0-9]{7}|8869[0-9]{8}|65[89][0-9]{7}")


def normalise(digits: str) -> int | None:
    """``digits`` (country code first) as a number, or None where no such number can exist.

    Of Hong Kong, Macau, Taiwan and Singapore every number in the form of a mobile counts.
    """
    if digits.startswith("86") or not 7 <= len(digits) <= 15:
        return None
    if _NEAR.fullmatch(digits):
        return int(digits)
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return int(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)[1:])


def find(cell: Cell) -> list[Hit]:
    """Valid foreign numbers; where several stand side by side, the longest start that is valid."""
    hits = []
    for match in _WRITTEN.finditer(cell.text):
        for end in reversed([group.end() for group in _GROUPS.finditer(match[2])]):
            value = normalise(re.sub("[^0-9]", "", match[2][:end]))
            if value is not None:
                stop = match.start(2) + end
                hits.append(Hit(match.start(), stop, Identifier(MOBILE_FOREIGN, value=value)))
                break
    return hits


RECOGNISER = Recogniser(kind=MOBILE_FOREIGN, find=find, hint=SEVEN_DIGITS)
