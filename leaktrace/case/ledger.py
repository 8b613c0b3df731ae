"""Opening the ledger: a snapshot in memory to read, one locked connection to write.

A reader copies the ledger into memory, so that an analysis sees one state of the case however long
it runs, writes nothing (a folder on read-only media will do, also an old ledger that has to be
migrated), and hinders no writer. The lists beside the ledger never change once it names them.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from leaktrace.case.layout import LEDGER, LOCK
from leaktrace.case.locks import held_lock
from leaktrace.case.migrations import APPLICATION_ID, check_version, migrate
from leaktrace.case.scratch import scratch_folder
from leaktrace.errors import LeaktraceError
from leaktrace.messages import _

WAIT_S = 5.0
_ATTEMPTS = 20


def read_ledger(folder: Path) -> sqlite3.Connection:
    """The case's ledger as it is now, in memory, in the newest shape.

    Raises
    ------
    LeaktraceError
        ``damaged`` where it is no ledger, ``newer-case`` where a newer leaktrace wrote it.
    """
    try:
        memory = _snapshot(folder / LEDGER)
        _check_identity(memory)
        migrate(memory)
        _check_shape(folder, memory)
    except (sqlite3.Error, OSError) as error:
        raise LeaktraceError(
            _(
                "{path} cannot be read as a case's ledger ({problem}); go back to a copy of the "
                "case folder"
            ).format(path=folder / LEDGER, problem=error),
            code="damaged",
        ) from error
    memory.row_factory = sqlite3.Row
    return memory


def create_ledger(path: Path) -> sqlite3.Connection:
    """A new, empty ledger in the newest shape, open to write."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    migrate(connection)
    connection.row_factory = sqlite3.Row
    return connection


@contextmanager
def written_ledger(folder: Path) -> Iterator[sqlite3.Connection]:
    """The case's ledger open to write, by this process alone until the end of the ``with`` block.

    Raises
    ------
    LeaktraceError
        ``busy`` while another command writes to the case, ``read-only`` where nothing can be
        written, ``ledger`` where writing fails (a full disk).
    """
    try:
        # The whole command is guarded, not one transaction: a second writer would take the staging
        # folder of the first for the leftovers of a crash.
        with (
            closing(held_lock(folder / LOCK, WAIT_S)),
            closing(_writable(folder)) as connection,
        ):
            yield connection
    except sqlite3.OperationalError as error:
        raise _in_words(folder, error) from error


def _writable(folder: Path) -> sqlite3.Connection:
    address = f"{(folder / LEDGER).absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=WAIT_S)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        migrate(connection)
        _check_shape(folder, connection)
    except BaseException:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    return connection


def _in_words(folder: Path, error: sqlite3.OperationalError) -> LeaktraceError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LeaktraceError(
            _(
                "another leaktrace command is writing to the case {folder}; run this again when it "
                "is done"
            ).format(folder=folder),
            code="busy",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return LeaktraceError(
            _("the case {folder} cannot be written; work on a copy in a place that can").format(
                folder=folder
            ),
            code="read-only",
        )
    return LeaktraceError(
        _("the case {folder} cannot be written ({problem}); nothing of this input was kept").format(
            folder=folder, problem=error
        ),
        code="ledger",
    )


def _check_identity(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise sqlite3.DatabaseError(_("it is no ledger of leaktrace"))
    check_version(connection)


def damaged_ledger(folder: Path) -> LeaktraceError:
    """The error of a ledger that nobody but a stranger can have left so."""
    return LeaktraceError(
        _(
            "the ledger of the case {folder} was changed by something else than leaktrace, or is "
            "damaged; go back to a copy of the case folder"
        ).format(folder=folder),
        code="damaged",
    )


def _check_shape(folder: Path, connection: sqlite3.Connection) -> None:
    """A trigger or a view of somebody else's would act in leaktrace's name."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as plain:
        migrate(plain)
        if _shape(plain) != _shape(connection):
            raise damaged_ledger(folder)


def _shape(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    # SQLite's own tables and indexes are left out; no trigger or view is, whatever its name.
    found = connection.execute(
        "SELECT type, name, sql FROM main.sqlite_master WHERE type NOT IN ('table', 'index') "
        "OR name NOT GLOB 'sqlite_*' ORDER BY type, name"
    )
    return [(row[0], row[1], row[2]) for row in found]


def _snapshot(path: Path) -> sqlite3.Connection:
    write_ahead = path.with_name(f"{path.name}-wal")
    shared = path.with_name(f"{path.name}-shm")
    for _attempt in range(_ATTEMPTS):
        if not write_ahead.exists():
            # Nobody writes, so all is in the one file, and `immutable` leaves no file beside it.
            before = _stamp(path)
            memory = _copy(path, "mode=ro&immutable=1")
            if not write_ahead.exists() and _stamp(path) == before:
                return memory
            memory.close()
        elif shared.exists():
            return _copy(path, "mode=ro")
        else:
            return _recovered(path, write_ahead)
    return _copy(path, "mode=ro")


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _copy(path: Path, options: str) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    address = f"{path.absolute().as_uri()}?{options}"
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT_S)) as disk:
        disk.backup(memory)
    return memory


def _recovered(path: Path, write_ahead: Path) -> sqlite3.Connection:
    # A write-ahead log without its index, as a copy of a crashed case on read-only media: SQLite
    # has to write in order to read it, so that is done on a copy (people are sealed in it).
    with scratch_folder() as scratch:
        copied = scratch / path.name
        shutil.copyfile(path, copied)
        shutil.copyfile(write_ahead, copied.with_name(write_ahead.name))
        return _copy(copied, "mode=rw")
