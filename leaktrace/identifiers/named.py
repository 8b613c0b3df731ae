"""A name and part of a number in one cell: ``张三 138****5678``, ``张三 尾号5678``, ``张三5678``.

Normal form: the normalised name beside the masked mobile, or beside the last four digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaktrace.identifiers.kinds import MOBILE_MASKED, NAME_LAST4, NAME_MOBILE_MASKED
from leaktrace.identifiers.names import looks_like_name, normalise_name
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import DIGIT, JUNK

_HAN = "\u3400-\u4dbf\u4e00-\u9fff·"
_PHONE = "手机号?码?|电话号?码?|联系电话|联系方式|号码|微信"
_TAIL = "尾号|尾数|后四位|末四位|后4位|末4位|后四"
_CALLED = "姓名|客户|业主|联系人|机主|户主|车主|收件人|收货人|叫|帮?查一?下|问一?下|本人|找|跟|给"
_TITLES = "先生|女士|小姐|太太|老师"
_CARDS = "卡账帐银储信借"
_LAST4 = re.compile(
    rf"[ \"']*([{_HAN}]{{2,10}}?)[ ,:_/(\-]{{0,3}}"
    rf"(?:{_PHONE})?(?:{_TAIL})?(?:是|为)?[ :]?([0-9]{{4}})[ )\"']*"
)
_TOLD = re.compile(
    rf"(?<![{_HAN}0-9A-Za-z])(?:{_CALLED})?[: ]?([{_HAN}]{{2,10}}?)(?:{_TITLES})?"
    rf"[ ,:_/(\-]{{0,3}}的?(?:{_PHONE})?(?:{_TAIL})(?:是|为)?[ :]{{0,2}}([0-9]{{4}})"
    rf"(?![0-9A-Za-z*]|\.[0-9]|的?[{_CARDS}])"
)
_BEHIND = re.compile(
    rf"[ (\"']*(?:{_PHONE})?(?:{_TAIL})[ :]{{0,2}}([0-9]{{4}})"
    rf"[ ,:_/()\-]{{0,3}}的?([{_HAN}]{{2,10}})[ )\"']*"
)
"""The other way round (尾号5678 张三), where nothing else is said: 尾号5678 余额…"""
_HINTED = re.compile(_TAIL)
_THINGS = re.compile(
    ".+[贷险额费款薪债税]|.*(?:公积金|年金|基金|奖金|现金|租金|定金|黄金|社保|医保|保单|房产|房价"
    "|单元|分期|学期|时间|白领|月供|流水|积分|芝麻分)"
)
"""What remarks say of people, with an amount behind it (公积金1200): they begin as names do."""
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
    """A name and four digits that are said to be a number's last, or that are all there is."""
    told = list(_told(cell.text))
    if told:
        return told
    short = not cell.hits and len(cell.text) <= _LONGEST
    match = _LAST4.fullmatch(cell.text) if short else None
    if not match or not looks_like_name(match[1]) or _THINGS.fullmatch(match[1]):
        return []
    identifier = Identifier(NAME_LAST4, value=int(match[2]), name=normalise_name(match[1]))
    return [Hit(match.start(1), match.end(2), identifier)]


def _told(text: str) -> Iterator[Hit]:
    """张三 尾号5678, wherever it stands; no card's: 张三尾号5678的储蓄卡."""
    if _HINTED.search(text) is None:
        return
    behind = _BEHIND.fullmatch(text)
    if behind and looks_like_name(behind[2]) and behind[2][0] not in "余金":
        yield _pair(behind, 2, 1)
        return
    for match in _TOLD.finditer(text):
        if looks_like_name(match[1]) and normalise_name(match[1]):
            yield _pair(match, 1, 2)


def _pair(match: re.Match[str], name: int, digits: int) -> Hit:
    identifier = Identifier(NAME_LAST4, value=int(match[digits]), name=normalise_name(match[name]))
    spans = match.span(name), match.span(digits)
    return Hit(min(spans)[0], max(spans)[1], identifier)


def mask(text: str) -> str:
    """The first character."""
    return text[:1] + "*" * (len(text) - 1)


MASKED_RECOGNISER = Recogniser(kind=NAME_MOBILE_MASKED, find=find_masked, hint="", mask=mask)
LAST4_RECOGNISER = Recogniser(
    kind=NAME_LAST4,
    find=find_last4,
    hint=f"^[^0-9０-９A-Za-z]+(?:{DIGIT}{JUNK}){{4}}$|尾{JUNK}[号数號數]|[后末後]{JUNK}[4４四]",
    mask=mask,
)
