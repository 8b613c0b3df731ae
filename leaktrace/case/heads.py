"""The newest link of each case, kept beside its key: what shows that a ledger was put back or cut.

A ledger that was put back to an earlier copy of itself is whole, only shorter. So each command that
writes leaves the link with which it ended in the user's key folder, outside the case, under a keyed
hash. A ledger in which that link is no longer found was rolled back. A head that is behind (a crash
between the two, a key folder that cannot be written) is an ancestor and says nothing wrong.

Copies of one case in several places each have their own head, or every copy that somebody works on
would accuse the others. A head that is not in the ledger is never written over.
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
_PLACE_DIGITS = 32
_CASE = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class HeadCheck:
    """How a ledger compares with the head that was kept of it.

    Attributes
    ----------
    code : str
        ``"same"`` (the link is in the ledger), ``"rolled-back"`` (it is not), ``"no-head"``
        (nothing was written to this copy of the case from here) or ``"bad-head"`` (the file is
        damaged, or not of this key).
    file : str
        The name of the head's file in the key folder.
    """

    code: str
    file: str


def keep_head(folder: Path, ledger: sqlite3.Connection, key: Key) -> str:
    """Keep the newest link of the ledger in the case ``folder``; empty, or the code of why not.

    ``"rolled-back"`` and ``"bad-head"`` are :class:`HeadCheck`'s; ``"unwritable"`` speaks of the
    key folder. The case is already written then, and a head that is behind accuses nobody.
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
        heads[_place(folder, key)] = [newest[0], bytes(newest[1]).hex()]
        body = json.dumps(heads, sort_keys=True)
        _replace(path, json.dumps({"heads": heads, "check": _check(body, key)}, sort_keys=True))
    except OSError:
        return "unwritable"
    return ""


def compare_head(folder: Path, ledger: sqlite3.Connection, key: Key) -> HeadCheck:
    """Whether the ledger of the case ``folder`` still has the link that was kept of it."""
    path = head_file(ledger)
    if not path.is_file():
        return HeadCheck("no-head", path.name)
    heads = _read(path, key)
    if heads is None:
        return HeadCheck("bad-head", path.name)
    head = heads.get(_place(folder, key))
    if head is None:
        return HeadCheck("no-head", path.name)
    row = ledger.execute("SELECT link FROM links WHERE id = ?", (head[0],)).fetchone()
    found = row is not None and bytes(row[0]).hex() == head[1]
    return HeadCheck("same" if found else "rolled-back", path.name)


def head_file(ledger: sqlite3.Connection) -> Path:
    """Where the heads of a case are kept, whatever copy of it this is."""
    row = ledger.execute("SELECT value FROM facts WHERE name = 'case'").fetchone()
    # The ledger may be a stranger's: only what `create_case` writes becomes part of a file's name.
    name = row[0] if row and _CASE.fullmatch(row[0]) else "unknown"
    return key_folder() / f"{name}{SUFFIX}"


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
