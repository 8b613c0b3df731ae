"""In which form a cell writes a mobile, a date or an amount: stable codes, no value in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_REST = r"[3-9]\d[ \-.]?\d{4}[ \-.]?\d{4}"
_MOBILES = tuple(
    (code, re.compile(pattern, re.ASCII))
    for code, pattern in (
        ("plain", r"1[3-9]\d{9}"),
        ("float", r"1[3-9]\d{9}\.0+"),
        ("spaced-3-4-4", r"1[3-9]\d \d{4} \d{4}"),
        ("dashed-3-4-4", r"1[3-9]\d-\d{4}-\d{4}"),
        ("dotted-3-4-4", r"1[3-9]\d\.\d{4}\.\d{4}"),
        ("formula", r'="?1[3-9]\d{9}"?'),
        ("apostrophe", r"['’`]1[3-9]\d{9}"),
        ("quoted", r'"1[3-9]\d{9}"'),
        ("leading-zero", r"01[3-9]\d{9}"),
        ("plus-86", rf"[(（]?\+86[)）]?[ \-]?1{_REST}"),
        ("zero-zero-86", rf"0086[ \-]?1{_REST}"),
        ("bare-86", rf"86[ \-]?1{_REST}"),
        ("separated", r"1[ \-./]?(?:\d[ \-./]?){9}\d"),
    )
)
_FULL_WIDTH = re.compile("[０-９]{3}")
_SEVERAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d).*(?<!\d)1[3-9]\d{9}(?!\d)", re.DOTALL)
_MASK = re.compile(r"\d{2,4}([^\d\s\-])\1{2,5}\d{2,4}")

_DATE = re.compile(
    r"(?P<year>[12]\d{3})(?P<sep>[-/.年])(?P<month>\d{1,2})(?P<sep2>[-/.月])(?P<day>\d{1,2})日?"
    r"(?P<clock>[ T]+(?P<hour>\d{1,2}):\d{2}(?P<seconds>:\d{2})?(?P<part>\.\d+)?)?",
    re.ASCII,
)
_CLOSED_DATE = re.compile(
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?P<clock>\d{6})?"
)
_MILLISECONDS = re.compile(r"1[0-9]{12}")
_WESTERN = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20)\d{2}", re.ASCII)

_AMOUNTS = tuple(
    (code, re.compile(pattern, re.ASCII))
    for code, pattern in (
        ("whole", r"-?\d{1,9}"),
        ("thousands", r"-?[¥￥$]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
        ("one-decimal", r"-?\d{1,9}\.\d"),
        ("two-decimals", r"-?\d{1,9}\.\d\d"),
        ("more-decimals", r"-?\d{1,9}\.\d{3,}"),
        ("ten-thousands", r"-?\d{1,6}(?:\.\d+)?[万萬Ww]元?"),
        ("with-unit", r"[¥￥$]?\d{1,9}(?:\.\d+)?(?:元|块|%|㎡|平|岁|期|个月)"),
    )
)


def mobile_form(cell: str) -> str:
    """How ``cell``, in which a mobile was recognised, writes it.

    >>> mobile_form("138 1234 5678"), mobile_form("+86-13812345678")
    ('spaced-3-4-4', 'plus-86')
    """
    text = cell.strip(" \t\u3000")
    for code, pattern in _MOBILES:
        if pattern.fullmatch(text):
            return "blanks-around" if code == "plain" and text != cell else code
    if _FULL_WIDTH.search(text):
        return "full-width"
    return "several" if _SEVERAL.search(text) else "among-text"


def mask_form(cell: str) -> str:
    """Which sign, how many times, hides the middle of a masked number (``"*" * 4``); ``""``: none.

    >>> mask_form("138****5678")
    '****'
    """
    found = _MASK.search(cell)
    return found[0].lstrip("0123456789").rstrip("0123456789") if found else ""


def date_forms(cells: Iterable[str]) -> Counter[str]:
    """How many of ``cells`` are dates of which form.

    ``"YYYY/M/D"`` where months and days are written without their zero, else ``"YYYY/MM/DD"``:
    dates that read alike in both follow the others of the column.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    others: Counter[str] = Counter()
    for cell in cells:
        text = cell.strip()
        if found := _DATE.fullmatch(text):
            seen[_parts(found)] += 1
        elif found := _CLOSED_DATE.fullmatch(text):
            others["YYYYMMDDhhmmss" if found["clock"] else "YYYYMMDD"] += 1
        elif _MILLISECONDS.fullmatch(text):
            others["milliseconds"] += 1
        elif _WESTERN.fullmatch(text):
            others["D/M/YYYY"] += 1
    return others + _settled(seen)


def _parts(found: re.Match[str]) -> tuple[str, str, str]:
    """Separator, clock, and whether zeros are written: ``"yes"``, ``"no"``, ``""`` (cannot say)."""
    clock = ""
    if found["clock"]:
        clock = ("T" if "T" in found["clock"] else " ") + "hh:mm"
        clock += (":ss" if found["seconds"] else "") + (".s" if found["part"] else "")
    parts = (found["month"], found["day"])
    padded = "yes" if any(p[0] == "0" for p in parts) else ""
    return found["sep"], clock, "no" if any(len(p) == 1 for p in parts) else padded


def _settled(seen: Counter[tuple[str, str, str]]) -> Counter[str]:
    forms: Counter[str] = Counter()
    for (mark, clock, padded), number in seen.items():
        bare = seen[mark, clock, "no"] > seen[mark, clock, "yes"] if not padded else padded == "no"
        month, day = ("M", "D") if bare else ("MM", "DD")
        marks = ("年", "月", "日") if mark == "年" else (mark, mark, "")
        forms[f"YYYY{marks[0]}{month}{marks[1]}{day}{marks[2]}{clock}"] += number
    return forms


def amount_forms(cells: Iterable[str]) -> Counter[str]:
    """How many of ``cells`` are amounts of which form."""
    forms: Counter[str] = Counter()
    for cell in cells:
        text = cell.strip()
        code = next((code for code, pattern in _AMOUNTS if pattern.fullmatch(text)), "")
        if code:
            forms[code] += 1
    return forms
