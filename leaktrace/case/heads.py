"""The newest link of each case, kept beside its key: what shows that a ledger was put back or cut.

A ledger that was put back to an earlier copy of itself is whole, only shorter. So each command that
writes leaves the link with which it ended in the user's key folder, outside the case, under a keyed
hash. A ledger in which that link is no longer found was rolled back. A head that is behind (a crash
between the two, a key folder that cannot be written) is an ancestor and says nothing wrong.

Copies of one case in several places each have their own head, or every copy that somebody works on
would accuse the others. A head that is not in the ledger is never written over.

Whoever puts a ledger back may take its head away, too. A case says in its own chain that heads are
kept of it, so that a missing one shows; the head that is begun after it tells for good from which
link on it vouches.
"""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaktrace.case.keyring import key_folder
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.privacy import restrict_to_owner

SUFFIX = ".head"
KEPT = ("head_kept", "from the beginning")
"""The fact of a case of which a head was kept when it was made."""

_PLACE_DIGITS = 32
_FIRST = 1  # the link that is made with the case
_CASE = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class HeadCheck:
    """How a ledger compares with the head that was kept of it.

    Attributes
    ----------
    code : str
        ``"same"`` (the link is in the ledger), ``"rolled-back"`` (it is not), ``"no-head"``
        (nothing was written to this copy of the case from here), ``"head-missing"`` (the same,
        though one was kept of the case when it was made: its file was removed, or this copy comes
        from elsewhere) or ``"bad-head"`` (the file is damaged, or not of this key).
    file : str
        The name of the head's file in the key folder.
    since : int
        The number of the link from which on the head vouches; 0: from the beginning.
    """

    code: str
    file: str
    since: int = 0


def keep_head(folder: Path, ledger: sqlite3.Connection, key: Key) -> str:
    """Keep the newest link of the ledger in the case ``folder``; empty, or the code of why not.

    ``"rolled-back"`` and ``"bad-head"`` are :class:`HeadCheck`'s; ``"unwritable"`` speaks of the
    key folder; ``"restarted"``: it is kept, but none was to be found that must have been. The case
    is already written then, and a head that is behind accuses nobody.
    """
    newest = ledger.execute("SELECT id, link FROM links ORDER BY id DESC LIMIT 1").fetchone()
    if newest is None:
        return ""
    try:
        before = compare_head(folder, ledger, key)
        if before.code in ("rolled-back", "bad-head"):
            return before.code
        path = head_file(ledger)
        heads = _read(path, key) or {}
        restarted = before.code == "head-missing" and newest[0] > _FIRST
        since = newest[0] if restarted else before.since
        heads[_place(folder, key)] = [newest[0], bytes(newest[1]).hex(), since]
        body = json.dumps(heads, sort_keys=True)
        _replace(path, json.dumps({"heads": heads, "check": _check(body, key)}, sort_keys=True))
    except OSError:
        return "unwritable"
    return "restarted" if restarted else ""


def compare_head(folder: Path, ledger: sqlite3.Connection, key: Key) -> HeadCheck:
    """Whether the ledger of the case ``folder`` still has the link that was kept of it."""
    path = head_file(ledger)
    lacking = HeadCheck("head-missing" if _kept_once(ledger) else "no-head", path.name)
    if not path.is_file():
        return lacking
    heads = _read(path, key)
    if heads is None:
        return HeadCheck("bad-head", path.name)
    head = heads.get(_place(folder, key))
    if head is None:
        return lacking
    row = ledger.execute("SELECT link FROM links WHERE id = ?", (head[0],)).fetchone()
    found = row is not None and bytes(row[0]).hex() == head[1]
    # Earlier versions kept no third value: they never began one anew.
    return HeadCheck("same" if found else "rolled-back", path.name, *head[2:3])


def head_file(ledger: sqlite3.Connection) -> Path:
    """Where the heads of a case are kept, whatever copy of it this is."""
    row = ledger.execute("SELECT value FROM facts WHERE name = 'case'").fetchone()
    # The ledger may be a stranger's: only what `create_case` writes becomes part of a file's name.
    name = row[0] if row and _CASE.fullmatch(row[0]) else "unknown"
    return key_folder() / f"{name}{SUFFIX}"


def _kept_once(ledger: sqlite3.Connection) -> bool:
    return ledger.execute("SELECT 1 FROM facts WHERE name = ?", KEPT[:1]).fetchone() is not None


def _read(path: Path, key: Key) -> dict[str, Any] | None:
    """The heads in a file by the place of the copy; None where they are not what was written."""
    try:
        document = json.loads(path.read_text(encoding="ascii"))
        heads = document["heads"]
        body = json.dumps(heads, sort_keys=True)
        sound = hmac.compare_digest(_check(body, key), document["check"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(heads) if sound else None


def _check(body: str, key: Key) -> str:
    return hmac.digest(key.derive("ledger head"), body.encode("ascii"), "sha256").hex()


def _place(folder: Path, key: Key) -> str:
    """Names where a copy of the case lies, without telling it."""
    place = os.path.normcase(folder.resolve()).encode("utf-8", "surrogateescape")
    return hmac.digest(key.derive("ledger head"), place, "sha256").hex()[:_PLACE_DIGITS]


def _replace(path: Path, text: str) -> None:
    # In one step: a crash leaves the head before it.
    partial = path.with_name(f".leaktrace-{secrets.token_hex(6)}.tmp")
    try:
        partial.write_text(text, encoding="ascii")
        restrict_to_owner(partial)
        partial.replace(path)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
