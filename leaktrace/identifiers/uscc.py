"""Unified social credit codes (GB 32100): eighteen characters, the last one a check character."""

from __future__ import annotations

import re

from leaktrace.identifiers.id_number import PROVINCES
from leaktrace.identifiers.kinds import USCC
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import SEVEN_DIGITS

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_REGISTRARS: dict[str, str] = {
    "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "12349", "6": "129", "7": "129",
    "8": "19", "9": "123", "A": "19", "N": "1239", "Y": "1",
}  # fmt: skip
"""Registering department, and the categories that it has."""
_CODE = re.compile(
    r"(?<![0-9A-Za-z])[0-9ANYany][0-9][0-9]{6}[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{10}(?![0-9A-Za-z])"
)


def check_character(code: str) -> str:
    """The check character of the first seventeen (GB 32100-2015, weights 3**i mod 31)."""
    total = sum(ALPHABET.index(letter) * pow(3, i, 31) for i, letter in enumerate(code))
    return ALPHABET[-total % 31]


def normalise(text: str) -> str | None:
    """The code in capitals, or None where registrar, province or check character is wrong."""
    code = text.upper()
    if code[1] not in _REGISTRARS.get(code[0], "") or code[2:4] not in PROVINCES | {"10"}:
        return None
    return code if check_character(code[:17]) == code[17] else None


def find(cell: Cell) -> list[Hit]:
    """Every valid code; runs before suspect ID numbers, after valid ones."""
    hits = []
    for match in _CODE.finditer(cell.text):
        code = normalise(match[0])
        if code is not None:
            hits.append(Hit(match.start(), match.end(), Identifier(USCC, text=code)))
    return hits


RECOGNISER = Recogniser(kind=USCC, find=find, hint=SEVEN_DIGITS)
