"""Databases of SQLite: address books, chat backups, whatever a program keeps in tables.

A database can be made to do harm when it is queried: views, triggers, generated columns and
virtual tables run what stands in it. Only the stored columns of ordinary tables are read here, in
a connection that can write nothing and calls no function.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from leaktrace.errors import InputRefused
from leaktrace.intake.blocks import Warning
from leaktrace.intake.bombs import truncated
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.numbers import number_text
from leaktrace.intake.documents.splitting import MOST_COLUMNS
from leaktrace.intake.documents.streams import cut_off, damaged, record_of, warn
from leaktrace.intake.material import Material
from leaktrace.intake.records import LONGEST_CELL, Record
from leaktrace.intake.refusals import opening, refused
from leaktrace.messages import _

_MOST_IN_MEMORY = 512 << 20
_MOST_TABLES = 1000
# So many steps of its machine may pass from one row to the next: a few seconds.
_STEPS, _MOST_STEPS = 100_000, 1000
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 16 << 20),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
    (sqlite3.SQLITE_LIMIT_COLUMN, 4096),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
)
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA})
# Tables in which an index of full texts keeps words and places; the texts stand in "content".
_INDEX_PARTS = ("data", "idx", "docsize", "config", "segments", "segdir", "stat")
_HEADER = 100
_WRITTEN = slice(18, 20)


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]


def read(material: Material) -> Document:
    """The tables of ``material``. Memory does not grow with a file on the disk; a member of an
    archive is held in memory.

    Raises
    ------
    InputRefused
        ``"truncated"`` or ``"too-big"``.
    """
    warnings: list[Warning] = []
    _check(material, warnings)
    try:
        with _connected(material) as connection:
            found = _tables(connection)
    except (sqlite3.Error, ValueError):
        raise truncated(material) from None
    if len(found) > _MOST_TABLES:
        text = _("the database has more tables than are read of one: the first 1000 were read.")
        warn(warnings, "too-many-tables", text)
    return Document("sqlite", _read(material, found[:_MOST_TABLES], warnings), {}, warnings)


def _read(
    material: Material, found: list[_Table], warnings: list[Warning]
) -> Iterator[DocumentTable]:
    with _connected(material) as connection:
        for table in found:
            yield DocumentTable(table.name, _rows(connection, table, warnings), table.columns)


def _declared(head: bytes) -> int:
    """The bytes that a database has, as its header says."""
    page = int.from_bytes(head[16:18], "big")
    return int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)


def _is_cut(material: Material) -> bool:
    with opening(material) as file:
        return material.size < _declared(file.read(_HEADER))


def _check(material: Material, warnings: list[Warning]) -> None:
    if _is_cut(material):
        cut_off(warnings)
    beside = material.path.with_name(material.path.name + "-wal")
    if material.content is None and beside.is_file() and beside.stat().st_size:
        text = _(
            "the newest changes stand in a file beside this database (-wal), which is not read; "
            "open a copy of both in a database program and save it to have them."
        )
        warn(warnings, "write-ahead-log", text)


@contextmanager
def _connected(material: Material) -> Iterator[sqlite3.Connection]:
    with closing(_opened(material)) as connection:
        for limit, number in _LIMITS:
            connection.setlimit(limit, number)
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
            connection.execute(f"PRAGMA {pragma}").close()
        connection.text_factory = _text
        connection.set_authorizer(_permitted)
        yield connection


def _opened(material: Material) -> sqlite3.Connection:
    if material.content is None and not _is_cut(material):
        # As it is, without a lock, and without the files that SQLite would write beside it.
        address = f"{Path(material.path).absolute().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(address, uri=True, isolation_level=None)
    with opening(material) as file:
        size = max(material.size, _declared(file.read(_HEADER)))
        if size > _MOST_IN_MEMORY:
            raise _too_large(material)
        file.seek(0)
        data = bytearray(file.read())
    # A database in memory has no log to write ahead.
    data[_WRITTEN] = b"\1\1"
    # What lies beyond a cut is missed where it is asked for; without it nothing would be opened.
    data += bytes(size - len(data))
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(bytes(data))
    return connection


def _too_large(material: Material) -> InputRefused:
    message = _(
        "{file} is a database that is too large to be read inside an archive, or where it is cut "
        "off; unpack it and name the file itself, or look for a whole copy."
    )
    return refused(material, "too-big", message)


def _permitted(
    action: int, first: str | None, _second: str | None, _base: str | None, _inner: str | None
) -> int:
    if action == sqlite3.SQLITE_PRAGMA and first != "table_xinfo":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _text(data: bytes) -> str:
    """A text, which some programs write in the system's encoding."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "leaktrace.damaged")


def _tables(connection: sqlite3.Connection) -> list[_Table]:
    """The ordinary tables, with the columns that are stored."""
    _watch(connection)
    asked = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    said = [(name, str(sql)) for name, sql in asked.fetchall() if isinstance(name, str)]
    virtual = {name for name, sql in said if sql.lstrip().upper().startswith("CREATE VIRTUAL")}
    aside = virtual | {f"{name}_{part}" for name in virtual for part in _INDEX_PARTS}
    names = [name for name, _sql in said if name not in aside and not name.startswith("sqlite_")]
    found = (_Table(name, _columns(connection, name)) for name in names[: _MOST_TABLES + 1])
    return [table for table in found if table.columns]


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    try:
        said = connection.execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchall()
    except sqlite3.Error:
        return ()
    return tuple(str(name) for _cid, name, *_more, hidden in said if not hidden)[:MOST_COLUMNS]


def _rows(
    connection: sqlite3.Connection, table: _Table, warnings: list[Warning]
) -> Iterator[Record]:
    """The rows of a table, down to where it is damaged."""
    columns = ", ".join(map(_quoted, table.columns))
    try:
        _watch(connection)
        for row in connection.execute(f"SELECT {columns} FROM {_quoted(table.name)}"):
            _watch(connection)
            yield record_of([_shown(value, warnings) for value in row])
    except (sqlite3.Error, ValueError, OverflowError):
        damaged(warnings)


def _watch(connection: sqlite3.Connection) -> None:
    """Break off what takes too long up to the next call."""
    left = iter(range(_MOST_STEPS))
    connection.set_progress_handler(lambda: next(left, None) is None, _STEPS)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _shown(value: object, warnings: list[Warning]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value[:LONGEST_CELL]
    if isinstance(value, float):
        return number_text(value)
    if not isinstance(value, bytes):
        return str(value)
    try:
        text = value[:LONGEST_CELL].decode()
    except UnicodeDecodeError:
        text = "\0"
    if text.isprintable() or not any(ord(c) < 9 for c in text):
        return text
    text = _("cells with binary data (pictures, packed messages) were left unread.")
    warn(warnings, "binary-cells", text)
    return ""
