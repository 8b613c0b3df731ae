"""Free text (file names, headers, sheet names) as it may be shown: no identifier left in it."""

from __future__ import annotations

import re
from datetime import datetime

from leaktrace.identifiers.cell import find_hits
from leaktrace.identifiers.names import looks_like_name
from leaktrace.identifiers.recogniser import Hit
from leaktrace.identifiers.registry import MASKS
from leaktrace.identifiers.text import clean_same_length, is_invisible

_LONG_RUN = re.compile(r"[0-9]{7,}")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_DATES = {8: "%Y%m%d", 10: "%Y%m%d%H", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_KEPT = 3


def mask_text(text: str) -> str:
    """``text`` with every identifier in it masked, and every run of seven or more digits.

    A run that spells a date (20260301, 20260301093000) stays, as do shorter runs. A name beside a
    masked identifier keeps its first character. Text without identifiers comes back unchanged.
    """
    places = [at for at, character in enumerate(text) if not is_invisible(character)]
    cleaned = clean_same_length("".join(text[at] for at in places))
    hits = find_hits(cleaned)
    shown = list(cleaned)
    for hit in hits:
        shown[hit.start : hit.end] = _masked(cleaned, hit)
    for match in _LONG_RUN.finditer(cleaned):
        if any(hit.start < match.end() and match.start() < hit.end for hit in hits):
            continue
        if not _is_date(match[0]):
            shown[match.start() + _KEPT : match.end()] = "*" * (len(match[0]) - _KEPT)
    for start, end in _names_beside(cleaned, hits):
        shown[start + 1 : end] = "*" * (end - start - 1)
    if shown == list(cleaned):
        return text
    pieces = list(text)
    for at, old, new in zip(places, cleaned, shown, strict=True):
        if old != new:
            pieces[at] = new
    return "".join(pieces)


def _masked(cleaned: str, hit: Hit) -> list[str]:
    written = cleaned[hit.start : hit.end]
    masked = MASKS[hit.identifier.kind](written)
    return list(masked[: len(written)].ljust(len(written), "*"))


def _is_date(digits: str) -> bool:
    form = _DATES.get(len(digits))
    if form is None or not digits.startswith(("19", "20")):
        return False
    try:
        datetime.strptime(digits, form)
    except ValueError:
        return False
    return True


def _names_beside(cleaned: str, hits: list[Hit]) -> list[tuple[int, int]]:
    """Spans of names right before or after an identifier, at most one character between."""
    spans = []
    for match in _HAN_RUN.finditer(cleaned):
        beside = any(
            0 <= hit.start - match.end() <= 1 or 0 <= match.start() - hit.end <= 1 for hit in hits
        )
        if beside and looks_like_name(match[0]):
            spans.append(match.span())
    return spans
