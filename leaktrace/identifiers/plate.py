"""Mainland number plates, of seven characters or, for new energy, eight; capitals, no dot."""

from __future__ import annotations

import re

from leaktrace.identifiers.kinds import PLATE
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import JUNK

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTER = "A-HJ-NP-Za-hj-np-z"
_TAIL = rf"[0-9{_LETTER}]{{4}}(?:[0-9{_LETTER}]{{1,2}}|[挂学警港澳试超])"
_PLATE = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:车牌号?码?|牌照|车号)?[: ]{{0,3}}"
    rf"([{_PROVINCES}][{_LETTER}][·•. -]?{_TAIL})(?![0-9A-Za-z])"
)
_NEW_ENERGY = re.compile("[ABCDEFGHJK][0-9A-HJ-NP-Z][0-9]{4}|[0-9]{5}[ABCDEFGHJK]")


def normalise(text: str) -> str | None:
    """The plate in capitals without its dot, or None where no plate is numbered like this."""
    plate = re.sub("[·•. -]", "", text).upper()
    serial = plate[2:]
    if len(serial) == 6:
        return plate if _NEW_ENERGY.fullmatch(serial) else None
    return plate if sum(character.isdigit() for character in serial) >= 3 else None


def find(cell: Cell) -> list[Hit]:
    """Plates that do not continue a Chinese word (全新A12345 is no plate)."""
    hits = []
    for match in _PLATE.finditer(cell.text):
        plate = normalise(match[1])
        if plate is not None:
            hits.append(Hit(match.start(1), match.end(1), Identifier(PLATE, text=plate)))
    return hits


def mask(text: str) -> str:
    """Province and city."""
    return text[:2] + "*" * (len(text) - 2)


RECOGNISER = Recogniser(
    kind=PLATE,
    find=find,
    hint=f"[{_PROVINCES}]{JUNK}[A-Za-zＡ-Ｚａ-ｚ]{JUNK}[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]",
    mask=mask,
)
