"""A case from before there was a watch."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from leaktrace.case import Case
from leaktrace.case.chain import chain_faults
from leaktrace.case.layout import LEDGER
from leaktrace.case.migrations import SCRIPTS, version_of
from tests.workflows.watching.logbook import Logbook


def _made_old(folder: Path) -> None:
    """Take away what version 3 of the ledger did not have; nothing is in it yet."""
    with closing(sqlite3.connect(":memory:")) as before:
        before.executescript("".join(SCRIPTS[:3]))
        kept = {row[0] for row in before.execute("SELECT name FROM sqlite_master")}
    with closing(sqlite3.connect(folder / LEDGER)) as ledger, ledger:
        tables = ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            if name not in kept:
                ledger.execute(f"DROP TABLE {name}")
        ledger.execute("PRAGMA user_version = 3")


def test_it_is_read_as_if_it_were_new_and_migrated_by_the_first_watch(
    watched: Case, news: Any, tmp_path: Path, figures: dict[str, float]
) -> None:
    from leaktrace.calls import import_calls

    log = Logbook(tmp_path / "log.csv")
    log.grow(2)
    import_calls(watched, log.path)
    _made_old(watched.folder)
    before = (watched.folder / LEDGER).read_bytes()
    status, found = news("--peek")
    assert status == 4 and len(found["calls"]) == 2
    assert (watched.folder / LEDGER).read_bytes() == before
    status, found = news()
    assert status == 4 and found["first"] and len(found["calls"]) == 2
    assert news()[0] == 0
    watched.refresh()
    assert version_of(watched.ledger) == len(SCRIPTS)
    assert chain_faults(watched.ledger, watched.key) == []
