"""Numbers of companies and services: 400 and 800 numbers, 95…, 10086, 12345 and their like.

They are nobody's, and always excluded. Short ones count only in a column of phones, or where the
text says that they are called: 10000 and 12345 are more often amounts than numbers to call.
"""

from __future__ import annotations

import re

from leaktrace.identifiers.kinds import HOTLINE, LANDLINE, MOBILE, MOBILE_FOREIGN
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import DIGIT, JUNK, SEVEN_DIGITS

_PHONES = (MOBILE, MOBILE_FOREIGN, LANDLINE)
_LONG = re.compile(
    r"(?<![0-9A-Za-z+])(?<![0-9]\.)"
    r"([48]00(?:[0-9]{7}|[- ][0-9]{3}[- ]?[0-9]{4}|[- ][0-9]{4}[- ]?[0-9]{3}"
    r"|[0-9][- ][0-9]{3}[- ][0-9]{3}|[0-9]{2}[- ][0-9]{5}))"
    r"(?![0-9A-Za-z])(?!\.[0-9]*[1-9])"
)
_SERVICES = (
    r"95[0-9]{3,7}|96[0-9]{3,4}|100(?:0[01]|1[0156]|[5-7]0|8[0456]|99)"
    r"|11[0-9]|12[0-9](?:[0-9]{2})?|116[0-9]{2,3}|118[0-9]{2}"
)
_CALLED = (
    r"95[0-9]{3}(?:[0-9]{3})?|96[0-9]{3,4}|100(?:0[01]|1[0156]|[5-7]0|8[0456]|99)"
    r"|12(?:123|3[0-9]{2})"
)
_WRITTEN = re.compile(rf"(?<![0-9A-Za-z+.\-])({_CALLED})(?![0-9A-Za-z\-]|\.[0-9])")
_BEFORE = re.compile(r"(?:致电|来电|拨打?|(?<!单)打|客服|热线|[投申]诉到?|举报到?|电话)[: ]{0,2}$")
_AMOUNT = re.compile(r" ?[元块万亿千百人个笔条户次位件份台%℃年月日号楼栋室户]")
_AFTER = re.compile(r" ?(?:打[来过给的]|来电|客服|热线|投诉|短信)")
_FIELD = r"\\{0,4}\"([^\"\\]{1,20})\\{0,4}\" ?: ?\\{0,4}\"?"
_VALUE = re.compile(rf"{_FIELD}({_CALLED})(?=[\"\\,}}])")
_KEY = re.compile(rf"{_FIELD}$")
_SHORT = re.compile(rf"[ \"'=]*({_SERVICES})(?:\.0+)?[ \"',;]*")

_HINT = (
    f"[拨打服线诉话到电报]{JUNK}(?:[9９][5-6５-６]|[1１][0-2０-２]){DIGIT}{DIGIT}{DIGIT}"
    f"|(?:[9９][5-6５-６]|[1１][0-2０-２]){DIGIT}{DIGIT}{DIGIT}{JUNK}[打来客热投短]"
)


def normalise(text: str) -> int:
    """The digits as a number."""
    return int(re.sub("[^0-9]", "", text))


def find(cell: Cell) -> list[Hit]:
    """Every 400 or 800 number; a short one alone in a column of phones, or where it is called."""
    spans = [(match.start(1), match.end(1), match[1]) for match in _LONG.finditer(cell.text)]
    spans += _told(cell.text)
    spans += _beside_phones(cell)
    short = _SHORT.fullmatch(cell.text) if cell.phones else None
    if short:
        spans = [(short.start(1), short.end(1), short[1])]
    return [
        Hit(a, b, Identifier(HOTLINE, value=normalise(written), excluded=True))
        for a, b, written in sorted(set(spans))
    ]


def _told(text: str) -> list[tuple[int, int, str]]:
    """Short numbers that the words around them say are called: 有人用10086打来, 客服95588."""
    spans = []
    for match in _WRITTEN.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 8), match.start())
        called = before and not _AMOUNT.match(text, match.end())
        if called or _AFTER.match(text, match.end()):
            spans.append((match.start(), match.end(), match[1]))
    return spans


def _beside_phones(cell: Cell) -> list[tuple[int, int, str]]:
    """Short numbers in JSON inside of a cell, in a field that elsewhere in it holds phones."""
    if '"' not in cell.text or not cell.hits:
        return []
    fields = set()
    for hit in cell.hits:
        if hit.identifier.kind in _PHONES:
            key = _KEY.search(cell.text, max(0, hit.start - 40), hit.start)
            fields.add(key[1] if key else None)
    return [
        (match.start(2), match.end(2), match[2])
        for match in _VALUE.finditer(cell.text)
        if match[1] in fields
    ]


RECOGNISER = Recogniser(
    kind=HOTLINE,
    find=find,
    hint=f"{SEVEN_DIGITS}|{_HINT}",
    hint_in_phones=f"(?:{DIGIT}{JUNK}){{3}}",
)
