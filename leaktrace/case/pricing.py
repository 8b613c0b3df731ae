"""Prices, units and currencies as people write them."""

from __future__ import annotations

import re
import unicodedata

PER_NUMBER, TOTAL = "per-number", "total"

_AMOUNT = re.compile(
    r"(?P<before>[¥$]|HK\$)?\s*(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)\s*(?P<ten>万)?"
    r"\s*(?P<after>元|块|块钱)?"
)
_LARGEST = 1e12  # more than anybody asks: a number in the wrong column
_UNITS = {
    "": "", PER_NUMBER: PER_NUMBER, "per number": PER_NUMBER, "per_number": PER_NUMBER,
    "按条": PER_NUMBER, "每条": PER_NUMBER, "单条": PER_NUMBER, "条": PER_NUMBER, "/条": PER_NUMBER,
    "按个": PER_NUMBER, "每个": PER_NUMBER, "单价": PER_NUMBER, "按号码": PER_NUMBER,
    "每号": PER_NUMBER, "每个号码": PER_NUMBER, TOTAL: TOTAL, "总价": TOTAL, "总": TOTAL,
    "合计": TOTAL, "打包": TOTAL, "打包价": TOTAL, "一口价": TOTAL, "整包": TOTAL, "全部": TOTAL,
}  # fmt: skip
_CURRENCIES = {
    "RMB": "CNY", "CNH": "CNY", "人民币": "CNY", "元": "CNY", "块": "CNY", "块钱": "CNY",
    "¥": "CNY", "美元": "USD", "美金": "USD", "US$": "USD", "$": "USD", "港币": "HKD",
    "港元": "HKD", "HK$": "HKD", "U": "USDT", "泰达币": "USDT",
}  # fmt: skip


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def amount_in(text: str) -> tuple[float, str] | None:
    """The price that ``text`` names and the currency in it (``0.3元``: 0.3, ``CNY``).

    None where it is no price above zero. Of signs alone only 元 names a currency for certain.
    """
    found = _AMOUNT.fullmatch(_plain(text))
    if not found:
        return None
    price = float(found["number"].replace(",", "")) * (10_000 if found["ten"] else 1)
    if not 0 < price <= _LARGEST:
        return None
    return price, "CNY" if found["after"] else ""


def unit_code(text: str) -> str | None:
    """``per-number`` or ``total``, empty for an empty cell, None where it is neither."""
    return _UNITS.get(_plain(text).lower())


def currency_code(text: str) -> str:
    """The currency's code where ``text`` means one that is known, else ``text`` in capitals."""
    plain = _plain(text).upper()
    return _CURRENCIES.get(plain, plain)
