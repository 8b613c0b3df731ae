"""Masked mobiles and ID numbers, as lists that were "washed" for show carry them.

Normal forms: the first three and last four digits of the mobile as one number; the first six and
last four characters of the ID number around one ``*``, or as many as are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaktrace.identifiers.id_number import known_region
from leaktrace.identifiers.kinds import ID_NUMBER_MASKED, MOBILE_MASKED
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import DIGIT, JUNK

_STAR = "*xX×✕●•·・∙⋅#⁎∗✱○◯?_~^@%$&■□▇█▓※★☆◆◇"
_M = f"[{re.escape(_STAR)}]"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z+])(?:\(?(?:\+|00)?86\)?[-. ]{{0,2}})?"
    rf"(1[3-9][0-9])[0-9]?[- ]?(?:{_M}{{3,5}}|\.{{3,5}}|…{{1,2}}|-{{3,5}})[- ]?([0-9]{{4}})"
    rf"(?![0-9A-Za-z]|[-. ]?{_M})"
)
_ID = re.compile(rf"(?<![0-9A-Za-z])[0-9](?:{_M}|[0-9]){{16}}(?:{_M}|[0-9])(?![0-9A-Za-z]|{_M})")
_ID_IN_PARTS = re.compile(
    rf"(?<![0-9A-Za-z])([0-9]{{3,14}})"
    rf"(?:[- ]?({_M}{{4,15}})[- ]?| ?(-{{4,15}}) ?)([0-9]{{0,6}}[0-9Xx]?)"
    rf"(?![0-9A-Za-z]|{_M})"
)
_SHOWN = re.compile(r"([0-9]+).*?([0-9]+[Xx]?|(?<=[^xX])[Xx])?")


def normalise_mobile(first: str, last: str) -> int:
    """First three and last four digits as one number: 138 and 5678 are 1385678."""
    return int(first + last)


def normalise_id(first: str, last: str) -> str:
    """What is shown, cut to the first six and the last four, around one ``*``."""
    return f"{first[:6]}*{last[-4:].upper()}"


def find_mobile(cell: Cell) -> list[Hit]:
    """Mobiles of which the first three and the last four digits are shown."""
    return [
        Hit(
            match.start(),
            match.end(),
            Identifier(MOBILE_MASKED, value=normalise_mobile(match[1], match[2])),
        )
        for match in _MOBILE.finditer(cell.text)
    ]


def find_id(cell: Cell) -> list[Hit]:
    """Eighteen characters that begin as an ID number does, at least two side by side masked.

    Other lengths are left alone: 6 + 6 + 4 and 6 + 9 + 4 are bank cards.
    """
    hits = []
    for match in _ID.finditer(cell.text):
        shown = _SHOWN.fullmatch(match[0])
        if shown and re.search(f"{_M}{{2}}", match[0]) and _plausible(shown[1]):
            text = normalise_id(shown[1], shown[2] or "")
            hits.append(Hit(match.start(), match.end(), Identifier(ID_NUMBER_MASKED, text=text)))
    return hits or list(_ids_in_parts(cell.text))


def _ids_in_parts(text: str) -> Iterator[Hit]:
    """The same with blanks or dashes around what is masked."""
    for match in _ID_IN_PARTS.finditer(text):
        first, stars, dashes, last = match.groups()
        if len(first) + len(stars or dashes) + len(last) == 18 and _plausible(first):
            masked = Identifier(ID_NUMBER_MASKED, text=normalise_id(first, last))
            yield Hit(match.start(), match.end(), masked)


def _plausible(first: str) -> bool:
    return first in "1234568" if len(first) == 1 else known_region(first.ljust(3, "1"))


_STARS = (
    "[*＊xXｘＸ×✕●•·・∙⋅#＃⁎∗✱○◯.．…?？_＿~～^＾@＠%％$＄&＆■□▇█▓※★☆◆◇\\-－\\x{2010}-\\x{2015}]"
)
_HINT = f"{DIGIT}{JUNK}(?:{_STARS}{JUNK}{_STARS}|…)"
MOBILE_RECOGNISER = Recogniser(kind=MOBILE_MASKED, find=find_mobile, hint=_HINT)
ID_RECOGNISER = Recogniser(kind=ID_NUMBER_MASKED, find=find_id, hint=_HINT)
