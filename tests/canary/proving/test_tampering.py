"""Plantings changed behind leaktrace's back: each byte of a record, and what a cheat would do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from leaktrace.canary.proving import (
    check_proof,
    commit,
    planting_checks,
    prove,
    read_commitments,
    write_proof,
)
from leaktrace.canary.proving.leaves import canonical, leaf_of
from leaktrace.canary.proving.merkle import root_of
from leaktrace.canary.proving.records import COLUMN, read_leaves, read_record
from leaktrace.case import Case, verify
from leaktrace.case.chain import Chain
from leaktrace.case.layout import LEDGER
from leaktrace.errors import LeaktraceError
from leaktrace.intake.worker import Worker
from tests.canary.proving.conftest import add

ROWS = {
    "planting": "SELECT canary || source FROM plantings WHERE id = 2",
    "record": "SELECT record_sealed FROM planting_records WHERE planting = 2",
    "leaf": "SELECT leaf FROM planting_records WHERE planting = 2",
    "identity": "SELECT identity_sealed FROM canaries WHERE id = 'C002'",
    "entry": "SELECT content FROM entries WHERE subject = 'plantings' AND subject_key = '[2]'",
    "entry of the record": (
        "SELECT content FROM entries WHERE subject = 'planting_records' AND subject_key = '[2]'"
    ),
    "link": "SELECT link FROM links WHERE id = 3",
    "root": "SELECT root FROM commitments",
}
# What stands before a row's first text: its length, its number, and the types of its values.
AROUND = {"planting": (10, 34), "record": (8, 0)}


def differing(case: Case, worker: Worker, *digests: str) -> set[str]:
    """The codes of all that differs, as ``leaktrace verify`` finds it."""
    try:
        case.refresh()
        checks = (*verify(case, worker=worker).checks, *planting_checks(case, digests))
    except LeaktraceError as error:
        return {error.code}
    return {check.code or check.part for check in checks if check.state == "differs"}


def shows(case: Case, worker: Worker) -> bool:
    """Whether ``leaktrace verify`` finds anything; what takes long only where nothing else did."""
    try:
        case.refresh()
        if any(check.state == "differs" for check in planting_checks(case, ())):
            return True
    except LeaktraceError:
        return True
    return bool(differing(case, worker))


def edit(case: Case, *statements: str) -> None:
    with closing(sqlite3.connect(case.folder / LEDGER)) as ledger, ledger:
        for statement in statements:
            ledger.execute(statement)


def rewrite_chain(case: Case) -> None:
    """A whole chain anew, as somebody who holds the case's key can."""
    with closing(sqlite3.connect(case.folder / LEDGER)) as ledger, ledger:
        ledger.execute("DELETE FROM entries")
        ledger.execute("DELETE FROM links")
        chain = Chain(ledger, case.key)
        chain._note_everything()
        chain.close_link()


@pytest.fixture
def committed(planted: Case, worker: Worker) -> Case:
    commit(planted)
    with closing(sqlite3.connect(planted.folder / LEDGER)) as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert differing(planted, worker) == set()
    return planted


def places(case: Case, what: str) -> Iterator[int]:
    """Where in the ledger's file the bytes of that stand, wherever they do."""
    with closing(sqlite3.connect(case.folder / LEDGER)) as ledger:
        value = ledger.execute(ROWS[what]).fetchone()[0]
        page = ledger.execute("PRAGMA page_size").fetchone()[0]
    raw = value.encode() if isinstance(value, str) else bytes(value)
    file = (case.folder / LEDGER).read_bytes()
    before, after = AROUND.get(what, (0, 0))
    at = file.find(raw)
    assert at >= 0
    while at >= 0:
        end = min(at + len(raw) + after, (at // page + 1) * page)
        yield from range(at - before, end)
        at = file.find(raw, at + 1)


@pytest.mark.parametrize("what", ROWS)
def test_any_changed_byte_of_a_stored_record_is_found(
    committed: Case, worker: Worker, what: str
) -> None:
    path = committed.folder / LEDGER
    before = path.read_bytes()
    missed = []
    for place in sorted(set(places(committed, what))):
        changed = bytearray(before)
        changed[place] ^= 1
        path.write_bytes(changed)
        if not shows(committed, worker):
            missed.append(place)
    path.write_bytes(before)
    assert missed == []


EDITS = {
    "altered": ("UPDATE plantings SET source = 'S01' WHERE id = 2",),
    "back-dated": (
        "UPDATE plantings SET earliest = earliest - 86400, latest = latest - 86400 WHERE id = 2",
    ),
    "back-dated in words": ("UPDATE plantings SET text = '2026-01-02' WHERE id = 2",),
    "given to another": ("UPDATE plantings SET canary = 'C003' WHERE id = 2",),
    "removed": ("DELETE FROM plantings WHERE id = 2",),
    "removed with its record": (
        "DELETE FROM planting_records WHERE planting = 2",
        "DELETE FROM plantings WHERE id = 2",
    ),
    "cut off the end": (
        "DELETE FROM planting_records WHERE planting = 5",
        "DELETE FROM plantings WHERE id = 5",
    ),
    "reordered": (
        "UPDATE plantings SET id = -1 WHERE id = 1",
        "UPDATE plantings SET id = 1 WHERE id = 2",
        "UPDATE plantings SET id = 2 WHERE id = -1",
    ),
    "records reordered": (
        "UPDATE planting_records SET planting = -1 WHERE planting = 1",
        "UPDATE planting_records SET planting = 1 WHERE planting = 2",
        "UPDATE planting_records SET planting = 2 WHERE planting = -1",
    ),
    "reordered with their records": (
        "UPDATE plantings SET id = -1 WHERE id = 1",
        "UPDATE plantings SET id = 1 WHERE id = 2",
        "UPDATE plantings SET id = 2 WHERE id = -1",
        "UPDATE planting_records SET planting = -1 WHERE planting = 1",
        "UPDATE planting_records SET planting = 1 WHERE planting = 2",
        "UPDATE planting_records SET planting = 2 WHERE planting = -1",
    ),
    "without records": ("DELETE FROM planting_records",),
    "another leaf": ("UPDATE planting_records SET leaf = zeroblob(32) WHERE planting = 2",),
    "without the commitment": ("DELETE FROM commitments",),
    "committed to earlier": ("UPDATE commitments SET at = '2025-01-01T00:00:00+00:00'",),
    "committed to less": ("UPDATE commitments SET plantings = 4",),
}


LEFT = {
    "removed": {"planting-gone"},
    "removed with its record": {"planting-gone", "cut-off"},
    "cut off the end": {"cut-off"},
    "records reordered": {"planting-changed", "other-root"},
    "reordered with their records": {"planting-changed", "other-root"},
    "without records": {"cut-off"},
    "without the commitment": {"not-committed"},
    "committed to earlier": {"not-committed"},
    "committed to less": {"not-committed", "other-root"},
    "another leaf": {"record-leaf", "other-root"},
}
"""What still shows when the chain was made to fit; else that the planting is not as recorded."""


@pytest.mark.parametrize("how", EDITS)
def test_a_planting_tampered_with_is_found(
    committed: Case, worker: Worker, keys: Path, how: str
) -> None:
    (digest,) = [one.digest for one in read_commitments(committed.ledger)]
    edit(committed, *EDITS[how])
    assert {"changed", "missing-row"} & differing(committed, worker)
    # Whoever holds the key makes the chain fit, and throws away what was kept beside the key.
    rewrite_chain(committed)
    (head,) = keys.glob("*.head")
    assert "rolled-back" in differing(committed, worker)
    head.unlink()
    found = differing(committed, worker, digest)
    assert found >= LEFT.get(how, {"planting-changed"})


def test_a_planting_forged_with_the_key_does_not_match_what_was_published(
    committed: Case, worker: Worker, keys: Path
) -> None:
    (digest,) = [one.digest for one in read_commitments(committed.ledger)]
    with closing(sqlite3.connect(committed.folder / LEDGER)) as ledger, ledger:
        ledger.row_factory = sqlite3.Row
        _back_date(ledger, committed)
    rewrite_chain(committed)
    with closing(sqlite3.connect(committed.folder / LEDGER)) as ledger, ledger:
        (link,) = ledger.execute("SELECT link FROM links").fetchone()
        ledger.execute("UPDATE commitments SET link = ?", (link,))
    rewrite_chain(committed)
    next(keys.glob("*.head")).unlink()
    assert differing(committed, worker) <= {"other-ledger"}
    assert "not-committed" in differing(committed, worker, digest)


def _back_date(ledger: sqlite3.Connection, case: Case) -> None:
    """Planting, record, leaf and commitment, all of them a day earlier."""
    ledger.execute("UPDATE plantings SET earliest = earliest - 86400, latest = latest - 86400")
    for row in ledger.execute("SELECT * FROM planting_records").fetchall():
        record = read_record(row, case.sealer)
        said = dict(record.said)
        said["planted"] = {
            **said["planted"],
            "earliest": said["planted"]["earliest"] - 86400,
            "latest": said["planted"]["latest"] - 86400,
        }
        text = canonical(said)
        sealed = case.sealer.seal({"record": text, "salt": record.salt.hex()}, COLUMN)
        ledger.execute(
            "UPDATE planting_records SET record_sealed = ?, leaf = ? WHERE planting = ?",
            (sealed, leaf_of(text, record.salt), record.planting),
        )
    ledger.execute("UPDATE commitments SET root = ?", (root_of(read_leaves(ledger)),))


def test_a_chain_cut_off_at_its_end_is_found(
    committed: Case, worker: Worker, keys: Path, tmp_path: Path
) -> None:
    path = committed.folder / LEDGER
    before = path.read_bytes()
    add(committed, worker, tmp_path, ("C009", "S01", "2026-04-01", "13761234099", ""))
    digest = commit(committed).commitment.digest
    path.write_bytes(before)
    assert differing(committed, worker) == {"rolled-back"}
    next(keys.glob("*.head")).unlink()
    assert differing(committed, worker) == set()
    assert differing(committed, worker, digest) == {"not-committed"}


def test_a_proof_made_before_opens_after_further_plantings_and_tampering(
    committed: Case, worker: Worker, tmp_path: Path
) -> None:
    (digest,) = [one.digest for one in read_commitments(committed.ledger)]
    proof = tmp_path / "proof.json"
    write_proof(prove(committed, "C002"), proof)
    add(committed, worker, tmp_path, ("C009", "S01", "2026-04-01", "13761234099", ""))
    later = commit(committed).commitment
    assert check_proof(proof, digest=digest).holds
    newer = tmp_path / "newer.json"
    write_proof(prove(committed, "C002"), newer)
    assert check_proof(newer, digest=digest).holds
    assert check_proof(newer, digest=later.digest).published == "later"
    edit(committed, *EDITS["records reordered"])
    committed.refresh()
    for canary in ("C001", "C009"):
        with pytest.raises(LeaktraceError, match="nothing can be proven"):
            prove(committed, canary)
    with pytest.raises(LeaktraceError, match="somebody changed the ledger"):
        commit(committed)
    shutil.rmtree(committed.folder)
    assert check_proof(proof, digest=digest).holds
    assert check_proof(newer, digest=later.digest).holds
