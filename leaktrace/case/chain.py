"""The chain of hashes over the ledger, by which later edits of it show.

Every row that a transaction writes gets an entry: the keyed hash of the row as it then was (none
where it was deleted). Every transaction ends in a link: the keyed hash of the link before it, of
the command's number and of its entries. The key is derived from the case's.

What it shows: a row changed, added or taken away, an entry or a link changed or taken out of the
middle, by whoever does not hold the case's key. What it does not: whoever holds the key can write a
whole chain anew; and a ledger put back to an earlier copy of itself is whole, only shorter. Against
both, the newest link (it stands on every list that ``leaktrace custody`` writes) is to be kept
somewhere else, as on signed paper. Times are those of the computer's clock.
"""

from __future__ import annotations

import hmac
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from leaktrace.case.sealing import Sealer
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.keys import Key
from leaktrace.messages import _

CHAINED = "leaktrace, chained from the beginning"
"""What stands sealed in a case's facts, so that its chain cannot be taken away unseen."""

_OWN = frozenset({"entries", "links"})
_START = bytes(32)
_CREATION = 0  # the number of the command in a link that is made with a case

RowId = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ChainFault:
    """What is wrong with a ledger.

    Attributes
    ----------
    code : str
        ``"link"`` (a link does not follow from what is before it), ``"unlinked"`` (entries beyond
        the last link), ``"changed"``, ``"added"``, ``"missing-row"``, ``"no-chain"``.
    subject : str
        The table, of a row; empty for links.
    subject_id : str
        The row's key, or the number of the link.
    """

    code: str
    subject: str
    subject_id: str


class Chain:
    """Notes what is written through ``connection``, and links it to what was written before."""

    def __init__(self, connection: sqlite3.Connection, key: Key) -> None:
        self._connection = connection
        self._key = key
        self._secret = chain_secret(key)
        self._tables = _primary_keys(connection)
        self._written: dict[tuple[str, tuple[Any, ...]], None] = {}
        self._strange: set[tuple[str, tuple[Any, ...]]] = set()
        connection.create_function("note_row", -1, self._note)
        connection.create_function("check_row", -1, self._check)
        for table, columns in self._tables.items():
            _watch(connection, table, columns)

    def _note(self, table: str, *key: Any) -> None:
        self._written[table, key] = None

    def _check(self, table: str, *key: Any) -> None:
        """A row about to be changed must be as it was last entered: a stranger's edit of it would
        else be signed with the change."""
        if (table, key) in self._written:
            return
        entry = self._connection.execute(
            "SELECT content FROM entries WHERE subject = ? AND subject_key = ? "
            "ORDER BY id DESC LIMIT 1",
            (table, _key_text(key)),
        ).fetchone()
        if entry is not None and entry[0] != self._content(table, key):
            self._strange.add((table, key))

    def forget(self) -> None:
        """What was noted was rolled back."""
        self._written.clear()
        self._strange.clear()

    def close_link(self, run: int = _CREATION) -> None:
        """Link what was written in this transaction; to be called as its last step."""
        if not self._written:
            return
        if self._strange:
            raise LeaktraceError(_edited(), code="damaged")
        former = self._connection.execute(
            "SELECT link, last_entry FROM links ORDER BY id DESC LIMIT 1"
        ).fetchone()
        self._refuse_strange_entries(former[1] if former else 0)
        if former is None and run != _CREATION:
            if is_chained(self._connection, self._key):
                raise LeaktraceError(_gone(), code="damaged")
            # A ledger from before there were chains: what is in it counts as found.
            self._note_everything()
        link, first = (former[0], former[1] + 1) if former else (_START, 1)
        self._connection.executemany(
            "INSERT INTO entries (subject, subject_key, content) VALUES (?, ?, ?)",
            [
                (table, _key_text(key), self._content(table, key))
                for table, key in tuple(self._written)
            ],
        )
        self._written.clear()
        entries = self._connection.execute(
            "SELECT id, subject, subject_key, content FROM entries WHERE id >= ? ORDER BY id",
            (first,),
        ).fetchall()
        self._connection.execute(
            "INSERT INTO links (run, last_entry, link) VALUES (?, ?, ?)",
            (run, entries[-1][0], _next_link(self._secret, link, run, entries)),
        )

    def _refuse_strange_entries(self, last: int) -> None:
        """Entries and their link are written in one transaction: what stands beyond the ``last``
        one was put there by a stranger, and must not be signed."""
        newest = self._connection.execute("SELECT max(id) FROM entries").fetchone()[0] or 0
        if newest != last:
            raise LeaktraceError(_strange(), code="damaged")

    def _note_everything(self) -> None:
        for table, columns in self._tables.items():
            for row in self._connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):
                self._written[table, tuple(row)] = None

    def _content(self, table: str, key: tuple[Any, ...]) -> bytes | None:
        where = " AND ".join(f"{column} = ?" for column in self._tables[table])
        found = self._connection.execute(f"SELECT * FROM {table} WHERE {where}", key)
        names = [column[0] for column in found.description]
        row = found.fetchone()
        return None if row is None else _row_hash(self._secret, table, names, tuple(row))


def chain_secret(key: Key) -> bytes:
    """The key of the chain's hashes."""
    return key.derive("ledger chain")


def chain_head(ledger: sqlite3.Connection) -> str:
    """The newest link, 64 hexadecimal digits; empty where there is no chain yet."""
    row = ledger.execute("SELECT link FROM links ORDER BY id DESC LIMIT 1").fetchone()
    return "" if row is None else bytes(row[0]).hex()


def is_chained(ledger: sqlite3.Connection, key: Key) -> bool:
    """Whether the case was made by a version that chains its ledger from the beginning."""
    row = ledger.execute("SELECT value FROM facts WHERE name = 'seal_check'").fetchone()
    sealed = bytes.fromhex(row[0]) if row else b""
    return row is None or Sealer(key).open(sealed, "facts.seal_check") == CHAINED


def _gone() -> str:
    return _(
        "the chain of the case's ledger is gone: somebody changed it; go back to a copy of the "
        "case folder, and run: leaktrace verify"
    )


def _edited() -> str:
    return _(
        "what this command would change in the case's ledger is not as leaktrace wrote it: "
        "somebody changed it; go back to a copy of the case folder, and run: leaktrace verify"
    )


def _strange() -> str:
    return _(
        "the case's ledger holds entries that no command wrote: somebody changed it; go back to a "
        "copy of the case folder, and run: leaktrace verify"
    )


def chain_faults(ledger: sqlite3.Connection, key: Key) -> list[ChainFault]:
    """All that does not fit in a ledger's chain; nothing where it is whole.

    A ledger that no command has written to since there are chains has none, which is the one fault
    ``"no-chain"``.
    """
    secret = chain_secret(key)
    if not chain_head(ledger):
        code = "link" if is_chained(ledger, key) else "no-chain"
        return [ChainFault(code, "", "")]
    with lenient_text(ledger):
        return [*_broken_links(ledger, secret), *_altered_rows(ledger, secret)]


@contextmanager
def lenient_text(ledger: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """``ledger``, in which text that is no UTF-8 is read too: a changed byte is to be found."""
    before = ledger.text_factory
    ledger.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield ledger
    finally:
        ledger.text_factory = before


def _broken_links(ledger: sqlite3.Connection, secret: bytes) -> Iterator[ChainFault]:
    link, last = _START, 0
    for row in ledger.execute("SELECT id, run, last_entry, link FROM links ORDER BY id").fetchall():
        entries = ledger.execute(
            "SELECT id, subject, subject_key, content FROM entries WHERE id > ? AND id <= ? "
            "ORDER BY id",
            (last, row[2]),
        ).fetchall()
        if _next_link(secret, link, row[1], entries) != row[3]:
            yield ChainFault("link", "", str(row[0]))
        link, last = row[3], row[2]
    if ledger.execute("SELECT 1 FROM entries WHERE id > ?", (last,)).fetchone():
        yield ChainFault("unlinked", "", "")


def _altered_rows(ledger: sqlite3.Connection, secret: bytes) -> Iterator[ChainFault]:
    entered: dict[RowId, bytes | None] = {
        (row[0], row[1]): row[2]
        for row in ledger.execute("SELECT subject, subject_key, content FROM entries ORDER BY id")
    }
    for table, columns in _primary_keys(ledger).items():
        keys = ", ".join(columns)
        found = ledger.execute(f"SELECT {keys}, * FROM {table} ORDER BY {keys}")
        names = [column[0] for column in found.description][len(columns) :]
        for row in found:
            values = tuple(row)[len(columns) :]
            key = _key_text(tuple(row)[: len(columns)])
            content = entered.pop((table, key), None)
            if content is None:
                yield ChainFault("added", table, key)
            elif content != _row_hash(secret, table, names, values):
                yield ChainFault("changed", table, key)
    for (table, key), content in sorted(entered.items()):
        if content is not None:
            yield ChainFault("missing-row", table, key)


def _primary_keys(connection: sqlite3.Connection) -> dict[str, list[str]]:
    tables = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' "
        "AND name NOT GLOB 'sqlite_*' ORDER BY name"
    ).fetchall()
    found = {}
    for (table,) in tables:
        if table not in _OWN:
            columns = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
            keys = [row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]]
            found[table] = keys or ["rowid"]
    return found


def _watch(connection: sqlite3.Connection, table: str, columns: list[str]) -> None:
    # Temporary triggers belong to this connection alone and are never stored.
    new = ", ".join(f"NEW.{column}" for column in columns)
    old = ", ".join(f"OLD.{column}" for column in columns)
    for event in ("UPDATE", "DELETE"):
        connection.execute(
            f"CREATE TEMP TRIGGER check_{table}_{event.lower()} BEFORE {event} ON main.{table} "
            f"BEGIN SELECT check_row('{table}', {old}); END"
        )
    said = {
        "INSERT": f"SELECT note_row('{table}', {new});",
        "UPDATE": f"SELECT note_row('{table}', {old}); SELECT note_row('{table}', {new});",
        "DELETE": f"SELECT note_row('{table}', {old});",
    }
    for event, body in said.items():
        connection.execute(
            f"CREATE TEMP TRIGGER note_{table}_{event.lower()} AFTER {event} ON main.{table} "
            f"BEGIN {body} END"
        )


def _key_text(key: tuple[Any, ...]) -> str:
    return json.dumps([_said(value) for value in key], ensure_ascii=True)


def _said(value: Any) -> Any:
    return {"bytes": value.hex()} if isinstance(value, bytes) else value


def _row_hash(secret: bytes, table: str, names: list[str], values: tuple[Any, ...]) -> bytes:
    # A column that is null is left out, so that a later version of the ledger can add one.
    row = {
        name: _said(value) for name, value in zip(names, values, strict=True) if value is not None
    }
    said = json.dumps([table, row], ensure_ascii=True, sort_keys=True)
    return hmac.digest(secret, said.encode("ascii"), "sha256")


def _next_link(secret: bytes, former: bytes, run: int, entries: list[Any]) -> bytes:
    said = [
        [entry[0], entry[1], entry[2], entry[3].hex() if entry[3] is not None else None]
        for entry in entries
    ]
    body = json.dumps([former.hex(), run, said], ensure_ascii=True).encode("ascii")
    return hmac.digest(secret, body, "sha256")
