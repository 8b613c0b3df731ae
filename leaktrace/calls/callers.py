"""What a calling number tells by its digits: kind, carrier, region, block."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from leaktrace.calls.records import Caller
from leaktrace.identifiers.kinds import HOTLINE, LANDLINE, MOBILE, MOBILE_FOREIGN
from leaktrace.identifiers.recogniser import Identifier

VIRTUAL = ("162", "165", "167", "170", "171")
_VIRTUAL = "virtual"
_HIDDEN = re.compile(
    r"-[0-9]|0|anonymous|unknown|private|withheld|restricted|unavailable|blocked|hidden|payphone"
    r"|no ?(?:number|caller ?id)|null|none|n/?a"
    r"|未知.*|隐藏.*|保密.*|匿名.*|私人.*|无(?:主叫|号码|来电).*|公用电话.*|号码不显示|无法显示.*"
)
# Companies show their 95 or 96 number with digits of their own behind it.
_WITH_EXTENSION = re.compile(r"9[56][0-9]{3,10}")
_DIGITS = re.compile(r"[^0-9]")
_LAST = 10_000


@lru_cache(maxsize=4096)
def caller_of(text: str) -> Caller:
    """The caller whose number stands in ``text``, as a log wrote it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or _HIDDEN.fullmatch(plain.casefold()):
        return Caller("", "hidden")
    digits = _DIGITS.sub("", plain)
    if re.fullmatch(r"(?:86)?106[0-9]{5,17}", digits) and not plain.startswith("00"):
        port = digits.removeprefix("86")
        return Caller(port, "sms-port", block=port)
    if _WITH_EXTENSION.fullmatch(digits) and digits == plain.replace("-", "").replace(" ", ""):
        return _hotline(int(digits))
    found = _number(plain)
    if found is None:
        return Caller(digits or plain.casefold(), "other", block=digits)
    made = {MOBILE: _mobile, LANDLINE: _landline, MOBILE_FOREIGN: _foreign, HOTLINE: _hotline}
    return made[found.kind](found.value or 0)


def number_in(text: str) -> Identifier | None:
    """The one phone number that a person may have in ``text``; None where there is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _number(plain) if plain else None
    return None if found is None or found.kind == HOTLINE else found


@lru_cache(maxsize=4096)
def _number(plain: str) -> Identifier | None:
    from leaktrace.identifiers import recognise_cell

    wanted = (MOBILE, LANDLINE, MOBILE_FOREIGN, HOTLINE)
    found = [one for one in recognise_cell(plain, phones=True) if one.kind in wanted]
    return found[0] if len(found) == 1 else None


def _mobile(value: int) -> Caller:
    import numpy as np

    from leaktrace.identifiers import CARRIERS, carrier_of, region_of
    from leaktrace.identifiers.segments import REGIONS

    numbers = np.array([value], dtype=np.uint64)
    carrier = CARRIERS[int(carrier_of(numbers)[0])]
    region = str(REGIONS[int(region_of(numbers)[0])])
    kind = _VIRTUAL if carrier == _VIRTUAL else "mobile"
    return Caller(str(value), kind, carrier, region, str(value // _LAST))


def _landline(value: int) -> Caller:
    from phonenumbers import PhoneNumber, geocoder

    number = PhoneNumber(country_code=86, national_number=value)
    region = geocoder.description_for_number(number, "zh") or ""
    # Its own block: whole blocks of landlines are one firm's less often than one number is.
    return Caller(f"0{value}", "landline", "", region, f"0{value}")


def _foreign(value: int) -> Caller:
    return Caller(f"+{value}", "foreign", block=f"+{value // _LAST}")


def _hotline(value: int) -> Caller:
    digits = str(value)
    kind = next((head for head in ("400", "95", "96") if digits.startswith(head)), "service")
    return Caller(digits, "400" if digits.startswith("800") else kind, block=digits[:10])
