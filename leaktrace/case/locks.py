"""Locks that go away with the process that holds them, on every platform: SQLite's own."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def held_lock(path: Path, wait_s: float) -> sqlite3.Connection:
    """A lock on the file ``path``, which is made where it is missing; closing it lets go.

    Raises
    ------
    sqlite3.OperationalError
        Where another process or thread holds it for ``wait_s`` seconds more, or it cannot be made.
    """
    lock = sqlite3.connect(path, isolation_level=None, timeout=wait_s)
    try:
        lock.execute("PRAGMA journal_mode = MEMORY")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        lock.close()
        raise
    return lock
