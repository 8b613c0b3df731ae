"""Mainland number plates, of seven characters or, for new energy, eight; capitals, no dot."""

from __future__ import annotations

import re

from leaktrace.identifiers.kinds import PLATE
from leaktrace.identifiers.names import looks_like_name
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import JUNK

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# What a plate may follow with nothing between: 还有一台粤B12345, 车牌是粤B12345.
_JOINED = "台辆部车牌是开和与及跟号挂为"
_LETTER = "A-HJ-NP-Za-hj-np-z"
_TAIL = rf"[0-9{_LETTER}]{{4}}(?:[0-9{_LETTER}]{{1,2}}|[挂学警港澳试超])"
_PLATE = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])(?:车牌号?码?|牌照|车号)?[: ]{{0,3}}|(?<=[{_JOINED}]))"
    rf"([{_PROVINCES}][{_LETTER}][·•. -]?{_TAIL})(?![0-9A-Za-z])"
)
_ANY = re.compile(f"[{_PROVINCES}][{_LETTER}]")
_NAMED = re.compile(
    rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{{2,4}}?)"
    rf"([粤浙苏沪鄂皖闽赣渝冀豫鲁湘陕辽黑][{_LETTER}][·•. -]?{_TAIL})(?![0-9A-Za-z])"
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
    """Plates that continue no Chinese word (全新A12345 is none), but for a few, and for names."""
    hits: list[Hit] = []
    if not _ANY.search(cell.text):
        return hits
    for match in _PLATE.finditer(cell.text):
        plate = normalise(match[1])
        if plate is not None:
            hits.append(Hit(match.start(1), match.end(1), Identifier(PLATE, text=plate)))
    taken = {hit.start for hit in hits}
    for match in _NAMED.finditer(cell.text):
        plate = normalise(match[2])
        if plate is not None and match.start(2) not in taken and looks_like_name(match[1]):
            hits.append(Hit(match.start(2), match.end(2), Identifier(PLATE, text=plate)))
    return sorted(hits, key=lambda hit: hit.start)


def mask(text: str) -> str:
    """Province and city."""
    return text[:2] + "*" * (len(text) - 2)


RECOGNISER = Recogniser(
    kind=PLATE,
    find=find,
    hint=f"[{_PROVINCES}]{JUNK}[A-Za-zＡ-Ｚａ-ｚ]{JUNK}[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]",
    mask=mask,
)
