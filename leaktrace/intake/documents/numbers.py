"""Numbers in cells, as a list would write them."""

from __future__ import annotations

# A double holds fifteen decimal digits; of longer numbers the last ones are made up.
_EXACT = 10**15


def number_text(number: float) -> str:
    """A number as text.

    One of more than fifteen digits is written as ``1.10101E+17``, as Excel shows it: the digits
    that are missing there are lost in the file too.
    """
    if abs(number) >= _EXACT:
        return f"{number:.5E}"
    return str(int(number)) if number.is_integer() else repr(number)
