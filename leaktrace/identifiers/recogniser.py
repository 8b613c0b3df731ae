"""What each kind of identifier brings: how it is found in a cell, and how it is masked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from leaktrace.identifiers.kinds import Kind


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier in its normal form.

    Attributes
    ----------
    kind : Kind
    value : int or None
        The number, below 2**64, for kinds of form NUMBER, and beside the name for NAMED.
    text : str or None
        The text, for kinds of form TEXT.
    name : str or None
        The normalised name, for kinds of form NAMED.
    excluded : bool
        Widely known (a hotline, a test number): counted, never matched.
    """

    kind: Kind
    value: int | None = None
    text: str | None = None
    name: str | None = None
    excluded: bool = False

    def __repr__(self) -> str:
        """Never the identifier: a repr ends in logs and tracebacks."""
        return f"<Identifier {self.kind.name}>"


@dataclass(frozen=True, slots=True)
class Hit:
    """An identifier and the half-open span ``[start, end)`` of the cleaned text that it took."""

    start: int
    end: int
    identifier: Identifier


@dataclass(slots=True)
class Cell:
    """A cell while the recognisers go over it.

    Attributes
    ----------
    text : str
        The cleaned text; what was recognised already is overwritten with NUL.
    phones : bool
        The column is known to hold phone numbers: short ones count too.
    hits : list of Hit
        What was recognised so far.
    """

    text: str
    phones: bool = False
    hits: list[Hit] = field(default_factory=list)

    def take(self, hits: list[Hit]) -> None:
        """Record ``hits`` and overwrite their spans."""
        for hit in hits:
            taken = "\0" * (hit.end - hit.start)
            self.text = self.text[: hit.start] + taken + self.text[hit.end :]
        self.hits.extend(hits)


def _starred(text: str) -> str:
    """``text`` with its letters and digits after the third one starred."""
    shown = 0
    masked = []
    for character in text:
        if not character.isalnum():
            masked.append(character)
            continue
        shown += 1
        masked.append(character if shown <= 3 else "*")
    return "".join(masked)


@dataclass(frozen=True, slots=True)
class Recogniser:
    """How one kind is found and masked.

    Attributes
    ----------
    kind : Kind
    find : callable
        Hits in a :class:`Cell`, in ascending order, not overlapping.
    hint : str
        A regular expression in RE2's syntax that every cell (before cleaning) with a hit matches:
        cells without a hint are passed over in bulk.
    hint_in_phones : str
        The same for a column that is known to hold phone numbers, where that finds more.
    mask : callable
        The text of a hit as it may be shown to people.
    """

    kind: Kind
    find: Callable[[Cell], list[Hit]]
    hint: str
    hint_in_phones: str = ""
    mask: Callable[[str], str] = _starred
