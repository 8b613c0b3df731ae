"""A name and part of a number in one cell: ``张三 138****5678``, ``张三 尾号5678``, ``张三5678``.

Normal form: the normalised name beside the masked mobile, or beside the last four digits.
"""

from __future__ import annotations

import re

from leaktrace.identifiers.kinds import MOBILE_MASKED, NAME_LAST4, NAME_MOBILE_MASKED
from leaktrace.identifiers.names import looks_like_name, normalise_name
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import DIGIT, JUNK

_HAN = "\u3400-\u4dbf\u4e00-\u9fff·"
_LAST4 = re.compile(
    rf"[ \"']*([{_HAN}]{{2,10}}?)[ ,:_/(\-]{{0,3}}"
    rf"(?:手机)?(?:尾号|后四位|末四位|后4位)?[ :]?([0-9]{{4}})[ )\"']*"
)
_LONGEST = 30
_AROUND = re.compile(r"[\0 \"',;:/()_|\-]+|电话|手机号?码?|姓名|联系方式")


def find_masked(cell: Cell) -> list[Hit]:
    """The pair, where the cell holds one masked mobile, one name, and nothing else."""
    masked = [hit for hit in cell.hits if hit.identifier.kind is MOBILE_MASKED]
    if len(masked) != 1 or len(cell.hits) != 1:
        return []
    rest = _AROUND.sub(" ", cell.text).strip()
    if not looks_like_name(rest):
        return []
    value = masked[0].identifier.value
    identifier = Identifier(NAME_MOBILE_MASKED, value=value, name=normalise_name(rest))
    start = cell.text.index(rest[0])
    return [Hit(start, start + len(rest), identifier)]


def find_last4(cell: Cell) -> list[Hit]:
    """The pair, where the cell holds a name and four digits and nothing else."""
    short = not cell.hits and len(cell.text) <= _LONGEST
    match = _LAST4.fullmatch(cell.text) if short else None
    if not match or not looks_like_name(match[1]):
        return []
    identifier = Identifier(NAME_LAST4, value=int(match[2]), name=normalise_name(match[1]))
    return [Hit(match.start(1), match.end(2), identifier)]


def mask(text: str) -> str:
    """The first character."""
    return text[:1] + "*" * (len(text) - 1)


MASKED_RECOGNISER = Recogniser(kind=NAME_MOBILE_MASKED, find=find_masked, hint="", mask=mask)
LAST4_RECOGNISER = Recogniser(
    kind=NAME_LAST4,
    find=find_last4,
    hint=f"^[^0-9０-９A-Za-z]+(?:{DIGIT}{JUNK}){{4}}$|后{JUNK}[4４]",
    mask=mask,
)
