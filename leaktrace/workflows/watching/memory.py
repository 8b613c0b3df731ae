"""What was told of a case, as its ledger's table ``watched`` keeps it.

A row is a kind, a thing and a value:

- ``basis``: what the case was when all below was told (:func:`basis_of`);
- ``happening``: the number of the last happening; they only ever grow;
- ``batch`` (its id), ``hit`` (canary, batch), ``duty`` (number, what and when);
- ``leaked`` (source, the figure when it was last worked out), ``mark`` (source, a mark that the
  figure has passed);
- ``refused`` (a log's keyed name; code and the last row that was refused so).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from leaktrace import __version__
from leaktrace.case.writer import Writer

BASIS, HAPPENING, BATCH, HIT = "basis", "happening", "batch", "hit"
LEAKED, MARK, DUTY, REFUSED = "leaked", "mark", "duty", "refused"

Row = tuple[str, str, str]
"""Kind, thing, value."""

_ASIDE = ("runs", "warnings", "changes", "custody", "commitments", "originals", "watched")
"""Tables whose rows change no figure and are no news."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The rows that were remembered, none before the first watch."""

    rows: frozenset[Row] = frozenset()

    def of(self, *kinds: str) -> frozenset[Row]:
        """The rows of ``kinds``."""
        return frozenset(row for row in self.rows if row[0] in kinds)

    def values(self, kind: str) -> Mapping[str, str]:
        """The value of each thing of a kind in which a thing has one."""
        return {thing: value for _kind, thing, value in self.of(kind)}

    def pairs(self, kind: str) -> frozenset[tuple[str, str]]:
        """The things of a kind with their values."""
        return frozenset((thing, value) for _kind, thing, value in self.of(kind))


def read_memory(ledger: sqlite3.Connection) -> Memory:
    """What the ledger says was told."""
    rows = ledger.execute("SELECT kind, thing, value FROM watched")
    return Memory(frozenset((row[0], row[1], row[2]) for row in rows))


def remember(writer: Writer, before: Memory, after: Memory) -> None:
    """Put ``after`` in the place of ``before``, in one transaction."""
    with writer.one_input():
        writer.connection.executemany(
            "DELETE FROM watched WHERE kind = ? AND thing = ? AND value = ?",
            sorted(before.rows - after.rows),
        )
        run = writer.run()
        writer.connection.executemany(
            "INSERT INTO watched (kind, thing, value, run) VALUES (?, ?, ?, ?)",
            [(*row, run) for row in sorted(after.rows - before.rows)],
        )


def basis_of(ledger: sqlite3.Connection) -> str:
    """What the case is, in one word: as long as it stays the same, so does every figure.

    The ledger's chain has an entry for every row that was ever written, so that the last one which
    speaks of anything but the record of commands tells them apart.
    """
    aside = ", ".join("?" * len(_ASIDE))
    last = ledger.execute(
        f"SELECT id, content FROM entries WHERE subject NOT IN ({aside}) ORDER BY id DESC LIMIT 1",
        _ASIDE,
    ).fetchone()
    content = bytes(last["content"] or b"").hex()[:32] if last else ""
    return " ".join([__version__, str(last["id"] if last else 0), content])
