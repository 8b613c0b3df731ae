"""What one made file is, and what must come out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Figure = int | tuple[int, ...] | None
"""A count; several where each would be honest; None where none is defined."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a file holds, known from how it was built.

    Attributes
    ----------
    identifiers : dict of str to int
        Distinct identifiers by kind, as written; kinds that are not there are left out.
    rows, identified, refused : int, tuple of int, or None
        Rows, rows with an identifier, rows that cannot be read.
    refused_members : int, tuple of int, or None
        Members of an archive that cannot be read, while others can.
    """

    identifiers: dict[str, int]
    rows: Figure = None
    identified: Figure = None
    refused: Figure = 0
    refused_members: Figure = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One file of the corpus.

    Attributes
    ----------
    family, name : str
        It is made as ``family/name``.
    content : bytes or callable
        What stands in it, or what makes that.
    reads : tuple of Counts
        What may come out; several where several readings are honest, none where it must be refused.
    refuses : frozenset of str
        The codes with which it may be refused; none where it must be read.
    passwords : tuple of str
        Given to the reader.
    """

    family: str
    name: str
    content: bytes | Callable[[], bytes] = field(repr=False)
    reads: tuple[Counts, ...] = ()
    refuses: frozenset[str] = frozenset()
    passwords: tuple[str, ...] = ()

    def data(self) -> bytes:
        """The bytes of the file."""
        return self.content() if callable(self.content) else self.content

    @property
    def expected(self) -> str:
        """The outcomes that are right, in words."""
        return " or ".join([*map(words, self.reads), *sorted(self.refuses)])


def words(counts: Counts) -> str:
    """Counts in one line."""
    kinds = " ".join(f"{kind}={number}" for kind, number in sorted(counts.identifiers.items()))
    extra = "".join(
        f" {name}={value}"
        for name, value in (
            ("refused", counts.refused),
            ("members-refused", counts.refused_members),
        )
        if value
    )
    return f"rows={counts.rows} identified={counts.identified} {kinds or '(none)'}{extra}"


def allows(figure: Figure, value: int) -> bool:
    """Whether ``value`` is among what ``figure`` names."""
    return figure is None or value == figure or (isinstance(figure, tuple) and value in figure)


def agrees(counts: Counts, got: Counts) -> bool:
    """Whether what was ``got`` (plain integers) is what ``counts`` names."""
    return counts.identifiers == got.identifiers and all(
        isinstance(value, int) and allows(figure, value)
        for figure, value in (
            (counts.rows, got.rows),
            (counts.identified, got.identified),
            (counts.refused, got.refused),
            (counts.refused_members, got.refused_members),
        )
    )


def read(family: str, name: str, content: bytes | Callable[[], bytes], *reads: Counts) -> Case:
    """A file that must be read."""
    return Case(family, name, content, reads)


def refuse(family: str, name: str, content: bytes | Callable[[], bytes], *codes: str) -> Case:
    """A file that must be refused."""
    return Case(family, name, content, (), frozenset(codes))


def either(
    family: str,
    name: str,
    content: bytes | Callable[[], bytes],
    codes: tuple[str, ...],
    *reads: Counts,
) -> Case:
    """A file that may be read as one of ``reads``, or refused with one of ``codes``."""
    return Case(family, name, content, reads, frozenset(codes))
