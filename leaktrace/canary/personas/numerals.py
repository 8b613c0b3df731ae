"""Numbers as they are said: 八十三点一七, 83点17, 三十八万七千六, 38.76万."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {sign: str(value) for value, signs in enumerate(
    ("零〇洞", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾")
) for sign in signs}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_SIGNS = "".join(_DIGITS) + "".join(_UNITS)
_SAID = re.compile(rf"[0-9{_SIGNS}万点.,，]*[0-9{_SIGNS}万]")


def spoken_numbers(text: str) -> frozenset[Decimal]:
    """Every number that ``text`` says, in digits or Chinese numerals or both."""
    found = set()
    for said in _SAID.findall(text.translate(_WIDTH)):
        value = _value(said)
        if value is not None:
            found.add(value.normalize())
    return frozenset(found)


_WIDTH = {ord("０") + place: str(place) for place in range(10)} | {ord("．"): "."}


def _value(said: str) -> Decimal | None:
    plain = re.sub(r"[,，]", "", said).strip(".点")
    head, ten_thousands, tail = plain.partition("万")
    if not ten_thousands:
        return _below(head)
    high = _below(head)
    if high is None or (tail and (low := _below(tail, after=1_000)) is None):
        return None
    return high * 10_000 + (low if tail and low is not None else 0)


def _below(said: str, after: int = 0) -> Decimal | None:
    """A number without 万; ``after``: what a digit alone counts (三十八万七: 7,000)."""
    whole, _point, part = said.replace("点", ".").partition(".")
    parts = "".join(_DIGITS.get(one, one) for one in part)
    if not any(one in _UNITS for one in whole):
        digits = "".join(_DIGITS.get(one, one) for one in whole)
        scale = after if after and len(digits) == 1 and not parts else 1
        return _decimal(digits, parts, scale)
    total, digit, unit = 0, "", 10
    for one in whole:
        if one in _UNITS:
            unit = _UNITS[one]
            total += int(digit or "1") * unit
            digit = ""
        elif one in "零〇":
            unit, digit = 10, ""
        else:
            digit += _DIGITS.get(one, one)
    # 七千六 is 7,600, 七千零六 is 7,006.
    total += int(digit) * (unit // 10 if len(digit) == 1 else 1) if digit else 0
    return _decimal(str(total), parts, 1)


def _decimal(whole: str, part: str, scale: int) -> Decimal | None:
    try:
        return Decimal(f"{whole or '0'}.{part or '0'}") * scale
    except InvalidOperation:
        return None
