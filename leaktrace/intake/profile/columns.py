"""What the sampled cells of one column tell of the program and the people that wrote them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from leaktrace.identifiers.masking import mask_text
from leaktrace.identifiers.names import name_share
from leaktrace.intake.profile.forms import amount_forms, date_forms

_TRAIL = "trailing", r"[^\s\x{3000}\x{a0}][ \x{3000}\x{a0}]+$"
_BLANKS = (
    _TRAIL,
    ("leading", r"^[ \x{3000}\x{a0}]+[^\s\x{3000}\x{a0}]"),
    ("tab", r"\t"),
    ("wide-blank", r"[\x{3000}\x{a0}]"),
    ("invisible", r"[\x{200b}-\x{200f}\x{2060}\x{feff}\x{ad}]"),
    ("line-break", r"\n"),
)
_FEW = 20
_REPEATS = 10
_FEWEST = 5
_TIMES = 3
_WORD = 40
_LOOKED_AT = 2_000
_MOSTLY = 0.5


def column_facts(column: Any, *, identifiers: bool) -> dict[str, Any]:
    """Facts about one column, JSON-able; empty entries are left out.

    Parameters
    ----------
    column : pyarrow.StringArray[n]
    identifiers : bool
        Whether identifiers were recognised in it: then its words and dates are not looked at.

    Returns
    -------
    dict
        ``blanks``, ``dates``, ``amounts``: counts by code. ``words``: the values of a column with
        few of them (masked; names of people where they stand among other words), ``constant``:
        it has one value. ``hidden``: how many words were not kept, being names.
    """
    facts: dict[str, Any] = {}
    filled = column.filter(_filled(column))
    if not len(filled):
        return facts
    blanks = {code: found for code, pattern in _BLANKS if (found := _matching(filled, pattern))}
    if blanks:
        facts["blanks"] = blanks
    if identifiers:
        return facts
    some = filled.slice(0, _LOOKED_AT).to_pylist()
    for name, forms in (("dates", date_forms(some)), ("amounts", amount_forms(some))):
        if sum(forms.values()) > _MOSTLY * len(some):
            facts[name] = dict(sorted(forms.items()))
            break
    return facts | _words(filled)


def _filled(column: Any) -> Any:
    return pc.fill_null(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0), False)


def _matching(column: Any, pattern: str) -> int:
    return int(pc.sum(pc.match_substring_regex(column, pattern)).as_py() or 0)


def _words(filled: Any) -> dict[str, Any]:
    """The values of a column that has few, each met several times and so nobody's own."""
    if len(filled) < _FEWEST or len(filled.slice(0, _LOOKED_AT).unique()) > _FEW:
        return {}
    counts = pc.value_counts(pc.utf8_trim_whitespace(filled))
    words = dict(
        zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True)
    )
    if len(words) > _FEW or (len(words) > 1 and len(words) * _REPEATS > len(filled)):
        return {}
    facts: dict[str, Any] = {"constant": True} if len(words) == 1 else {}
    if name_share(pa.array(list(words), pa.string())) > _MOSTLY:
        return facts | {"hidden": len(words)}
    kept: dict[str, int] = {}
    for word, number in words.items():
        if number >= _TIMES:
            shown = mask_text(" ".join(word.split()))[:_WORD]
            kept[shown] = kept.get(shown, 0) + number
    return facts | {"words": dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))}
