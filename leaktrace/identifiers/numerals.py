"""Numbers that are spelt out, to slip past filters: 一三八…, 壹叁捌, 幺三八, ①③⑧."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_BY_DIGIT = (
    "零〇○洞",
    "一幺壹",
    "二贰貳两兩",
    "三叁參叄",
    "四肆",
    "五伍",
    "六陆陸",
    "七柒拐",
    "八捌",
    "九玖勾",
)
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨", "🄋➀➁➂➃➄➅➆➇➈", "⓿❶❷❸❹❺❻❼❽❾", "0⑴⑵⑶⑷⑸⑹⑺⑻⑼"
_SHORTEST = 11
_IN_A_NAME = 2
_MOBILE = re.compile("1[-. ]{0,2}[3-9]")
_GAP = "[-. ]{0,2}"

CHARACTERS = "".join(_BY_DIGIT)
"""The Chinese numerals that are read, as a class for hints."""

_RINGS = "[①-⑨⓪❶-❾⓿➀-➈⑴-⑼]"
_OTHER = re.compile("[\u0660-\u0669\u06f0-\u06f9\U0001d7ce-\U0001d7ff]")
_THREE_OTHERS = re.compile(f"{_OTHER.pattern}{{3}}")
HINT = f"[{CHARACTERS}][{CHARACTERS}][{CHARACTERS}]|{_RINGS}..{_RINGS}|{_THREE_OTHERS.pattern}"
"""What every spelt number matches, in RE2's syntax: eleven digits hold three in a row in any of the
usual groupings."""

_RUN = re.compile(
    rf"(?<![{CHARACTERS}0-9])[{CHARACTERS}0-9](?:{_GAP}[{CHARACTERS}0-9]){{{_SHORTEST - 1},}}"
    rf"(?![{CHARACTERS}0-9])"
)
_RINGED = "".join(_CIRCLED).replace("0", "")
_RING_RUN = re.compile(rf"[{_RINGED}](?:{_GAP}[{_RINGED}]){{{_SHORTEST - 1},}}")


def spelt_as_digits(text: str) -> str:
    """``text`` with its spelt numbers in ASCII digits, each character in its place.

    Only runs of eleven numerals and more are read, Chinese ones and digits mixed, or ringed ones
    alone: the ① of a numbered list is no digit of the number after it, nor 一 in a name or an
    address one of any number.
    """
    if text.isascii():
        return text
    if _THREE_OTHERS.search(text):
        text = _OTHER.sub(lambda found: str(unicodedata.decimal(found[0])), text)
    text = _RUN.sub(_read, text)
    return _RING_RUN.sub(lambda run: run[0].translate(_table()), text)


def _read(run: re.Match[str]) -> str:
    written = run[0]
    plain = sum("0" <= sign <= "9" for sign in written)
    spelt = {sign for sign in written if not sign.isascii()}
    # ○ is a zero among Chinese numerals; among digits alone it masks (138○○○○5678). Beside eleven
    # digits 三 is the end of a name: 张三13912345678.
    if plain >= _SHORTEST or not spelt - {"○"}:
        return written
    text = written.translate(_table())
    surplus = sum(map(str.isdigit, text)) - _SHORTEST
    if 0 < surplus <= _IN_A_NAME and _MOBILE.match(text, surplus):
        return written[:surplus] + text[surplus:]  # 张三一三八…
    return text


@cache
def _table() -> dict[int, str]:
    table = {ord(sign): str(digit) for digit, signs in enumerate(_BY_DIGIT) for sign in signs}
    for rings in _CIRCLED:
        table |= {ord(sign): str(digit) for digit, sign in enumerate(rings)}
    return table
