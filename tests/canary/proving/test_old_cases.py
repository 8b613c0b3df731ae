"""A case whose ledger is of version 2, from before there were records of plantings."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from leaktrace.canary.proving import check_proof, commit, planting_checks, prove, write_proof
from leaktrace.case import Case, verify
from leaktrace.case.layout import LEDGER
from leaktrace.case.migrations import SCRIPTS, version_of
from leaktrace.errors import LeaktraceError
from leaktrace.intake.worker import Worker
from tests.canary.proving.conftest import add
from tests.canary.proving.test_tampering import rewrite_chain


@pytest.fixture
def old(planted: Case, keys: Path) -> Case:
    """The planted case as version 2 of the ledger would hold it."""
    with closing(sqlite3.connect(planted.folder / LEDGER)) as ledger, ledger:
        with closing(sqlite3.connect(":memory:")) as before:
            before.executescript("".join(SCRIPTS[:2]))
            kept = {row[0] for row in before.execute("SELECT name FROM sqlite_master")}
        names = [row[0] for row in ledger.execute("SELECT name FROM sqlite_master "
                 "WHERE type = 'table'")]  # fmt: skip
        for name in sorted(set(names) - kept):
            ledger.execute(f"DROP TABLE {name}")
        ledger.execute("PRAGMA user_version = 2")
    rewrite_chain(planted)
    next(keys.glob("*.head")).unlink()
    planted.refresh()
    return planted


def states(case: Case, worker: Worker) -> set[tuple[str, str, str]]:
    checks = (*verify(case, worker=worker).checks, *planting_checks(case))
    return {(one.state, one.code, one.place) for one in checks if one.code != "no-head"}


def test_it_verifies_and_says_which_plantings_have_no_record(old: Case, worker: Worker) -> None:
    assert states(old, worker) == {("same", "", ""), ("same", "no-record", "1–5")}
    with pytest.raises(LeaktraceError, match="leaktrace canary commit"):
        prove(old, "C002")


def test_the_next_command_migrates_it_and_committing_gives_the_records(
    old: Case, worker: Worker, tmp_path: Path
) -> None:
    add(old, worker, tmp_path, ("C009", "S01", "2026-04-01", "13761234099", ""))
    assert version_of(old.ledger) == len(SCRIPTS)
    assert states(old, worker) == {("same", "", ""), ("same", "no-record", "1–5")}
    outcome = commit(old)
    assert (outcome.completed, outcome.commitment.plantings) == (5, 6)
    assert states(old, worker) == {("same", "", ""), ("same", "", "1")}
    path = tmp_path / "proof.json"
    write_proof(prove(old, "C002"), path)
    found = check_proof(path, digest=outcome.commitment.digest)
    # It says itself that it was not written when the canary was planted.
    assert found.holds and found.said["origin"] == "found"
