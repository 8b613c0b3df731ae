"""How much of a text fits into a box of the picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

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


def fitted_lines(
    names: Sequence[str], width: float, size: float, most_lines: int
) -> tuple[str, ...]:
    """``names`` in at most ``most_lines`` lines of ``width`` pixels, none of them cut.

    Where not all of them fit, the last line ends in how many are left out: ``+7``. A single name
    wider than a line is the one exception, and ends in ``…``.
    """
    for shown in range(len(names), 0, -1):
        left_out = [f"+{len(names) - shown}"] if shown < len(names) else []
        lines = _filled([*names[:shown], *left_out], width, size)
        if len(lines) <= most_lines:
            return lines
    return _filled(names[:1], width, size)


def _filled(names: Sequence[str], width: float, size: float) -> tuple[str, ...]:
    lines: list[str] = []
    for name in names:
        longer = f"{lines[-1]} {name}" if lines else name
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(fitted(name, width, size))
    return tuple(lines)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
