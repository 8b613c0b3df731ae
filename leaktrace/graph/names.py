"""Names as they may be shown: no identifier of a person, no character that breaks a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from leaktrace.identifiers.masking import mask_text

# What XML 1.0 cannot carry, and the invisible characters that turn text around or hide it.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=16_384)
def shown_text(text: str) -> str:
    """``text`` on one line with identifiers masked and control characters taken out."""
    return _SPACE.sub(" ", _UNSHOWN.sub("", mask_text(_UNSHOWN.sub("", text)))).strip()


def shown_ids(ids: Iterable[str]) -> dict[str, str]:
    """Each id as it may be shown; ids that look alike once masked get ``~2``, ``~3`` …

    A list without a manifest is named after its file, and files are named after phone numbers.
    """
    shown: dict[str, str] = {}
    taken: set[str] = set()
    for raw in ids:
        if raw in shown:
            continue
        base = shown_text(raw) or "?"
        name, turn = base, 1
        while name in taken:
            turn += 1
            name = f"{base}~{turn}"
        taken.add(name)
        shown[raw] = name
    return shown
