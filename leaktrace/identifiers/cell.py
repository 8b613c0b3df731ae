"""The complete road: every identifier in one cell, whatever it looks like."""

from __future__ import annotations

from dataclasses import replace

from leaktrace.identifiers.numerals import spelt_as_digits
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier
from leaktrace.identifiers.registry import RECOGNISERS
from leaktrace.identifiers.text import clean
from leaktrace.identifiers.wellknown import is_known

LONGEST = 20_000
"""Characters of a cell that are looked at: what is longer is a text, no cell of a list."""


def recognise_cell(text: str, *, phones: bool = False) -> list[Identifier]:
    """Every identifier in a cell, in the order in which they stand there.

    Parameters
    ----------
    text : str
        The cell as typed.
    phones : bool
        The column is known to hold phone numbers, so that landlines without an area code and short
        hotlines (95588, 10086) count too.
    """
    found = (hit.identifier for hit in find_hits(clean(text[:LONGEST]), phones=phones))
    return [_with_exclusion(identifier) for identifier in found]


def _with_exclusion(identifier: Identifier) -> Identifier:
    value = identifier.value
    if value is None or identifier.excluded or not is_known(identifier.kind, value):
        return identifier
    return replace(identifier, excluded=True)


def find_hits(cleaned: str, *, phones: bool = False) -> list[Hit]:
    """As :func:`recognise_cell`, with the spans in the cleaned text."""
    cell = Cell(spelt_as_digits(cleaned), phones)
    for recogniser in RECOGNISERS:
        cell.take(recogniser.find(cell))
    return sorted(cell.hits, key=lambda hit: (hit.start, hit.end, hit.identifier.kind.code))
