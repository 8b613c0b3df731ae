"""The ledger's shape: one script for each version, never changed once released, only added to.

Columns that end in ``_sealed`` hold what names people or quotes somebody, sealed (sealing.py).
Tokens and list names are keyed, so they stand in plain; so do ids, codes, counts and dates.
"""

from __future__ import annotations

import sqlite3

from leaktrace.errors import LeaktraceError
from leaktrace.messages import _

APPLICATION_ID = 0x4C4B5452  # "LKTR": what `file` shows, and how a stray SQLite file is told apart

_VERSION_1 = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  command TEXT NOT NULL,
  arguments_sealed BLOB NOT NULL,
  started_at TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('running', 'finished', 'aborted'))
) STRICT;

CREATE TABLE warnings (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id),
  subject TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  code TEXT NOT NULL,
  text_sealed BLOB NOT NULL
) STRICT;
CREATE INDEX warnings_subject ON warnings (subject, subject_id);

CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id),
  subject TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  before_sealed BLOB NOT NULL,
  after_sealed BLOB NOT NULL
) STRICT;

CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  population INTEGER,
  access TEXT NOT NULL CHECK (access IN ('restricted', 'public')),
  details_sealed BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;

CREATE TABLE canaries (
  id TEXT PRIMARY KEY,
  identity_sealed BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;

CREATE TABLE canary_tokens (
  canary TEXT NOT NULL REFERENCES canaries (id),
  kind TEXT NOT NULL,
  token BLOB NOT NULL CHECK (length(token) = 8),
  PRIMARY KEY (canary, kind, token)
) STRICT, WITHOUT ROWID;

CREATE TABLE plantings (
  id INTEGER PRIMARY KEY,
  canary TEXT NOT NULL REFERENCES canaries (id),
  source TEXT REFERENCES sources (id),
  earliest REAL NOT NULL,
  latest REAL NOT NULL,
  text TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;
CREATE UNIQUE INDEX plantings_once ON plantings (canary, ifnull(source, ''));

CREATE TABLE lists (
  digest TEXT PRIMARY KEY,
  form TEXT NOT NULL CHECK (form IN ('store', 'sketch')),
  rows INTEGER NOT NULL,
  identified_rows INTEGER NOT NULL,
  unidentified_rows INTEGER NOT NULL,
  refused_rows INTEGER NOT NULL,
  duplicate_rows INTEGER NOT NULL,
  people INTEGER NOT NULL,
  scaled INTEGER NOT NULL,
  report_sealed BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;

CREATE TABLE list_identifiers (
  list TEXT NOT NULL REFERENCES lists (digest),
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (list, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  list TEXT NOT NULL REFERENCES lists (digest),
  earliest REAL NOT NULL,
  latest REAL NOT NULL,
  text TEXT NOT NULL,
  original_sealed BLOB NOT NULL,
  claims_sealed BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;

CREATE TABLE list_references (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL REFERENCES sources (id),
  list TEXT NOT NULL REFERENCES lists (digest),
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  original_sealed BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;
CREATE UNIQUE INDEX one_current_reference ON list_references (source) WHERE current = 1;
"""

_VERSION_2 = """
ALTER TABLE lists ADD COLUMN files_sealed BLOB;

CREATE TABLE originals (
  name TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;

CREATE TABLE custody (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL CHECK (subject IN ('batch', 'reference', 'refused')),
  subject_id TEXT NOT NULL,
  list TEXT REFERENCES lists (digest),
  at TEXT NOT NULL,
  record_sealed BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;
CREATE INDEX custody_subject ON custody (subject, subject_id);

CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  content BLOB
) STRICT;

CREATE TABLE links (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  last_entry INTEGER NOT NULL,
  link BLOB NOT NULL
) STRICT;
"""

_VERSION_3 = """
CREATE TABLE numbers (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('mobile', 'landline', 'email', 'address')),
  details_sealed BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;

CREATE TABLE number_tokens (
  number TEXT NOT NULL REFERENCES numbers (id),
  kind TEXT NOT NULL,
  token BLOB NOT NULL CHECK (length(token) = 8),
  PRIMARY KEY (number, kind, token)
) STRICT, WITHOUT ROWID;

CREATE TABLE canary_numbers (
  canary TEXT NOT NULL REFERENCES canaries (id),
  number TEXT NOT NULL REFERENCES numbers (id),
  run INTEGER NOT NULL REFERENCES runs (id),
  PRIMARY KEY (canary, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE happenings (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL CHECK (subject IN ('number', 'canary')),
  subject_id TEXT NOT NULL,
  what TEXT NOT NULL,
  earliest REAL NOT NULL,
  latest REAL NOT NULL,
  text TEXT NOT NULL,
  details_sealed BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;
CREATE INDEX happenings_subject ON happenings (subject, subject_id);

CREATE TABLE planting_records (
  planting INTEGER PRIMARY KEY REFERENCES plantings (id),
  record_sealed BLOB NOT NULL,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;

CREATE TABLE commitments (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  plantings INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  link BLOB NOT NULL,
  stamp BLOB,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;
"""

_VERSION_4 = """
CREATE TABLE watched (
  kind TEXT NOT NULL,
  thing TEXT NOT NULL,
  value TEXT NOT NULL DEFAULT '',
  run INTEGER NOT NULL REFERENCES runs (id),
  PRIMARY KEY (kind, thing, value)
) STRICT;

CREATE TABLE offers (
  id TEXT PRIMARY KEY,
  earliest REAL NOT NULL,
  latest REAL NOT NULL,
  text TEXT NOT NULL,
  said_sealed BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id)
) STRICT;
"""

SCRIPTS: tuple[str, ...] = (_VERSION_1, _VERSION_2, _VERSION_3, _VERSION_4)
NEWEST = len(SCRIPTS)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the ledger behind ``connection``; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_version(connection: sqlite3.Connection) -> int:
    """The ledger's version.

    Raises
    ------
    LeaktraceError
        ``newer-case`` where a newer leaktrace wrote it.
    """
    version = version_of(connection)
    if version > NEWEST:
        raise LeaktraceError(
            _(
                "this case was written by a newer leaktrace (ledger version {version}, this one "
                "reads up to {newest}); install a newer leaktrace"
            ).format(version=version, newest=NEWEST),
            code="newer-case",
        )
    return version


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the ledger to the newest version, all steps or none.

    ``connection`` must be in autocommit mode (``isolation_level=None``).
    """
    version = check_version(connection)
    if version == NEWEST:
        return
    steps = "\n".join(SCRIPTS[version:])
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{steps}\nPRAGMA application_id = {APPLICATION_ID};\n"
            f"PRAGMA user_version = {NEWEST};\nCOMMIT;"
        )
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
