"""Numbers that Excel turned into powers of ten: ``1.38E+10`` was a mobile, and is lost."""

from __future__ import annotations

import re
from typing import Any

from leaktrace.identifiers.text import clean

_POWER = r"[0-9](?:\.[0-9]{1,14})?[eE]\+0?(?:9|1[0-9])"
_DAMAGED = re.compile(rf"[ \"'=]*{_POWER}[ \"']*")


def looks_damaged(text: str) -> bool:
    """Whether the whole cell is a number of ten to twenty digits in scientific notation.

    Smaller powers may be amounts, and without the plus sign a product code (5E10).
    """
    return bool(_DAMAGED.fullmatch(clean(text)))


def count_damaged(cells: Any) -> int:
    """How many cells of a ``pyarrow`` (large) string or binary array :func:`looks_damaged`.

    Full-width digits are not looked for here: Excel writes none.
    """
    import pyarrow.compute as pc

    matched = pc.match_substring_regex(cells, rf"^[ \t\"'=]*{_POWER}[ \t\"']*$")
    return int(pc.sum(matched).as_py() or 0)
