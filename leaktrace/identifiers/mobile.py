"""Mainland mobile numbers: eleven digits from 1[3-9], in whatever dress they are written.

Normal form: the eleven digits as a number. Segments that were never issued count as mobiles too
(made-up numbers use them); letters O for 0 are left alone, and such a cell is no mobile.
"""

from __future__ import annotations

import re

from leaktrace.identifiers.kinds import MOBILE
from leaktrace.identifiers.names import looks_like_name
from leaktrace.identifiers.numerals import HINT
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser
from leaktrace.identifiers.text import SEVEN_DIGITS

PREFIX = (
    r"(?:(?:179(?:0[0-9]|1[01]|5[01]|6[89]|9[01])|1259[03]|12520|10193)[-. ]?)?"
    r"(?:\(? ?(?:\+|00)? ?86 ?\)?[-. ]{0,2})?(?:\(0\) ?|0)?"
)
"""What was dialled first: the code of a cheaper line (17951), the country's, a 0 before mobiles of
other places."""

CORES = (
    r"1[3-9][0-9]{9}",
    r"1[3-9][0-9]-[0-9]{4}-[0-9]{4}",
    r"1[3-9][0-9] [0-9]{4} [0-9]{4}",
    r"1[3-9][0-9]\.[0-9]{4}\.[0-9]{4}",
    r"1[3-9][0-9][- ][0-9]{8}",
    r"1[3-9][0-9]{5}[- ][0-9]{4}",
    r"1[3-9][0-9]{2}[- ][0-9]{3}[- ][0-9]{4}",
    r"1[3-9][0-9]/[0-9]{4}/[0-9]{4}",
    r"1[3-9][0-9]_[0-9]{4}_[0-9]{4}",
    r"1[3-9][0-9]·[0-9]{4}·[0-9]{4}",
)
"""Groupings that are taken anywhere in a text. A single dot is none: 138.12345678 is a decimal."""

_END = r"(?![0-9A-DF-Za-df-z]|[eE](?!xt|XT))(?!\.[0-9]*[1-9])"
_EMBEDDED = re.compile(rf"(?<![0-9+])(?<![0-9]\.){PREFIX}({'|'.join(CORES)}){_END}")
_HAN = r"\u4e00-\u9fff"
# 12.13812345678 张三: the number of a list's line; alone it is a decimal number, or a longitude.
_LISTED = re.compile(
    rf"(?<![^ ])[0-9]{{1,3}}\.(?={PREFIX}({'|'.join(CORES)})"
    rf"[ ,]{{0,2}}([{_HAN}]{{2,4}})(?![{_HAN}]))"
)
_WHOLE = re.compile(rf"[ \"'=]*{PREFIX}(1(?:[-. ()]{{0,2}}[0-9]){{10}})(?:\.0+)?[ \"',;]*")
# 13,812,345,678, as spreadsheets show large numbers; alone, since in texts it is an amount.
_GROUPED = re.compile(r"[ \"'=]*(1[3-9](?:,[0-9]{3}){3})[ \"']*")
_DATE = re.compile(r"19[0-9]{2}[-. ](?:0?[1-9]|1[0-2])[-. ](?:0?[1-9]|[12][0-9]|3[01])(?![0-9])")
_BYTE = "(?:1?[0-9]{1,2}|2[0-4][0-9]|25[0-5])"
_IP = re.compile(rf"(?:{_BYTE}\.){{3}}{_BYTE}")
_LABEL = re.compile(
    r"(?<![A-Za-z_])(?:tel|phone|telephone|mobile|mob|cell|cellphone|hp|sj|dh|"
    r"shouji|dianhua|whatsapp|wechat|wx|vx|v)_?$|"
    r"(?<![A-Za-z])(?:call|rec|record|recording|callin|callout|caller|callee)_$",
    re.IGNORECASE,
)
# Fields of a file's name: a day or time, an agent, words.
_FIELD = re.compile(
    r"(?<![0-9A-Za-z])(?:20[0-9]{6}|20[0-9]{12}|1[3-9][0-9]{9}|[0-9]{3,6})_$|[^0-9A-Za-z_*单号码水]_$"
)
_WORD = re.compile(r"[A-Za-z_]$")
_CONTINUED = re.compile(r"[0-9][-. ]$")
# A room, or the number of a line: 3-201 138 1234 5678.
_PLACE = re.compile(r"(?:(?<![^ ,;])[0-9]{1,2}-[0-9]{3,4}|^[0-9]{1,3}) $")
_FOLLOWING = re.compile(r"[-. ][0-9]{3}")


def normalise(text: str) -> int | None:
    """The eleven digits in ``text`` as a number, or None where it is no mobile by itself."""
    digits = re.sub("[^0-9]", "", text)[-11:]
    return int(digits) if re.fullmatch("1[3-9][0-9]{9}", digits) else None


def find(cell: Cell) -> list[Hit]:
    """Every mobile in the cell: the whole of it in any grouping, or parts of a longer text."""
    whole = _WHOLE.fullmatch(cell.text)
    if whole and _is_one_number(whole[1]):
        return [_hit(cell.text, whole.start(1), whole.end(1), whole[1])]
    grouped = _GROUPED.fullmatch(cell.text)
    if grouped:
        return [_hit(cell.text, grouped.start(1), grouped.end(1), grouped[1])]
    hits: list[Hit] = []
    match = _EMBEDDED.search(cell.text)
    while match:
        alone = _stands_alone(cell.text, match, hits[-1].end if hits else -1)
        if alone:
            hits.append(_hit(cell.text, match.start(), match.end(), match[1]))
        # Of 1401 138 1234 5678 the first eleven digits are none, and the last ones are.
        match = _EMBEDDED.search(cell.text, match.end() if alone else match.start() + 1)
    for match in _LISTED.finditer(cell.text):
        if looks_like_name(match[2]):
            hits.append(_hit(cell.text, match.end(), match.end(1), match[1]))
    return hits


def _hit(text: str, start: int, end: int, core: str) -> Hit:
    value = int("".join(filter(str.isdigit, core)))
    return Hit(start, end, Identifier(MOBILE, value=value))


def _is_one_number(core: str) -> bool:
    """Eleven digits in any grouping, but no date and no decimal number."""
    if normalise(core) is None or _DATE.match(core) or _IP.fullmatch(core):
        return False
    separators = set(re.findall("[-. ()]", core))
    return separators != {"."} or core.count(".") > 1


def _stands_alone(text: str, match: re.Match[str], last: int) -> bool:
    """False inside longer codes: a word before it, or more groups of digits around it."""
    before = text[: match.start()]
    if _WORD.search(before) and not (_LABEL.search(before) or _FIELD.search(before)):
        return False
    if match[1].isdigit():
        return True
    apart = match.start() - last > 1 and not _PLACE.search(before)
    if apart and _CONTINUED.search(before):
        return False
    return not _FOLLOWING.match(text, match.end()) or bool(_EMBEDDED.match(text, match.end() + 1))


RECOGNISER = Recogniser(kind=MOBILE, find=find, hint=f"{SEVEN_DIGITS}|{HINT}")
