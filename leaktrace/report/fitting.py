"""How much of a text fits into a box of the picture."""

from __future__ import annotations

import unicodedata

_WIDE, _NARROW = 1.0, 0.58


def text_width(text: str, size: float) -> float:
    """About how wide ``text`` is at a font size of ``size`` pixels, in pixels."""
    return size * sum(_WIDE if _is_wide(letter) else _NARROW for letter in text)


def fitted(text: str, width: float, size: float) -> str:
    """``text``, its end cut off with ``…`` where it is wider than ``width`` pixels."""
    if text_width(text, size) <= width:
        return text
    room = width - size * _WIDE
    kept = ""
    for letter in text:
        room -= text_width(letter, size)
        if room < 0:
            break
        kept += letter
    return kept.rstrip() + "…"


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
