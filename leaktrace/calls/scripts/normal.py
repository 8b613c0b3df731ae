"""A transcript without what changes from call to call: signs, numbers, variants of characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

LONGEST = 4_000
"""Characters of a transcript that are looked at."""

_HAN = re.compile(r"[\u3400-\u9fff]")
# Amounts are filled in for each call, in digits or in words; a numeral inside a word goes too, on
# both sides alike.
_FILLED = re.compile(r"[\W_0-9零〇一二两三四五六七八九十百千万亿幺]+")


def normal_script(text: str) -> str:
    """``text`` in one case, width and script (Simplified), without numbers, blanks and signs."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    if _HAN.search(plain):
        plain = _simplifier().convert(plain)
    return _FILLED.sub("", plain)


def is_chinese(text: str) -> bool:
    """Whether at least a third of ``text`` is Chinese characters."""
    return 3 * len(_HAN.findall(text)) >= max(len(text), 1)


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
