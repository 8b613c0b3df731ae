"""The recognisers in the order in which they look at a cell; each sees what the others left.

A new kind is one new file and one line here (and its code in :mod:`~leaktrace.identifiers.kinds`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from leaktrace.identifiers import (
    email,
    foreign,
    hotline,
    id_number,
    landline,
    masked,
    mobile,
    named,
    plate,
    suspect,
    uscc,
)
from leaktrace.identifiers.kinds import Kind
from leaktrace.identifiers.recogniser import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (
    email.RECOGNISER,
    id_number.RECOGNISER,
    uscc.RECOGNISER,
    suspect.RECOGNISER,
    masked.ID_RECOGNISER,
    masked.MOBILE_RECOGNISER,
    foreign.RECOGNISER,
    mobile.RECOGNISER,
    landline.RECOGNISER,
    hotline.RECOGNISER,
    plate.RECOGNISER,
    named.MASKED_RECOGNISER,
    named.LAST4_RECOGNISER,
)

MASKS: dict[Kind, Callable[[str], str]] = {
    recogniser.kind: recogniser.mask for recogniser in RECOGNISERS
}
"""How an identifier of each kind, as written, is masked for people."""


@cache
def hint(phones: bool) -> str:
    """What every cell with an identifier in it matches, in RE2's syntax."""
    hints = {recogniser.hint for recogniser in RECOGNISERS}
    if phones:
        hints |= {recogniser.hint_in_phones for recogniser in RECOGNISERS}
    return "|".join(sorted(hints - {""}))
