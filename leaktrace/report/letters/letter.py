"""A letter as plain values; it is laid out as text or as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from leaktrace.report.view import Pairs

COMPLAINT, POLICE, REGULATOR = "complaint", "police", "regulator"
CARRIER, COMPANY, PRESS = "carrier", "company", "press"
AUDIENCES = (COMPLAINT, POLICE, REGULATOR, CARRIER, COMPANY, PRESS)

TRACED = frozenset({POLICE, REGULATOR, COMPANY, PRESS})
"""Those whose letter says where lists come from."""

SHOWS_CALLERS = frozenset({COMPLAINT, POLICE, CARRIER})
"""Those who are told who called: that is what they are asked to look into."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Fields to be copied out, one by one."""

    heading: str
    fields: Pairs


@dataclass(frozen=True, slots=True)
class Section:
    """One part: what it says, its points, its facts, its table, its blocks, in that order."""

    heading: str
    lines: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    facts: Pairs = ()
    table: Table | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """The whole letter.

    Attributes
    ----------
    audience : str
        One of :data:`AUDIENCES`.
    language : str
        ``en`` or ``zh-CN``.
    title : str
    notices : tuple of str
        What whoever sends or reads it must know before anything else.
    sections : tuple of Section
    footer : str
    """

    audience: str
    language: str
    title: str
    notices: tuple[str, ...] = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    footer: str = ""


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Table | None:
    """A table without the columns in which nothing stands; None without rows."""
    if not rows:
        return None
    kept = [at for at in range(len(headers)) if any(row[at] for row in rows)]
    return Table(
        tuple(headers[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
    )
