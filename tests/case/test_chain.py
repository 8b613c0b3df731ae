"""The chain over the ledger: whole after every command, and broken by every edit from outside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from leaktrace.case import Case, attach_reference, import_sources, ingest, open_case
from leaktrace.case.chain import chain_faults, chain_head
from leaktrace.case.keyring import find_key
from leaktrace.case.layout import LEDGER
from leaktrace.case.migrations import SCRIPTS
from leaktrace.case.sealing import Sealer
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.blocks import Warning
from leaktrace.intake.worker import Worker
from tests.case.case_data import people, write_list, write_table


@pytest.fixture
def filled(case: Case, worker: Worker, tmp_path: Path) -> Case:
    table = write_table(
        tmp_path / "SOURCES.csv", "id,name,kind,population", ("S1", "某", "agency", "9")
    )
    import_sources(case, table, worker=worker)
    attach_reference(case, "S1", write_list(tmp_path / "own.csv", people(9, 3)), worker=worker)
    ingest(case, [write_list(tmp_path / "a.csv", people(9, 1))], worker=worker)
    changed = write_table(
        tmp_path / "SOURCES.csv", "id,name,kind,population", ("S1", "某某", "agency", "99")
    )
    import_sources(case, changed, worker=worker)
    return case


def edited(case: Case, *statements: str) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(case.folder / LEDGER)) as ledger, ledger:
        for statement in statements:
            ledger.execute(statement)
    case.refresh()
    return [
        (fault.code, fault.subject, fault.subject_id)
        for fault in chain_faults(case.ledger, case.key)
    ]


def test_a_new_case_has_a_whole_chain(case: Case) -> None:
    assert len(chain_head(case.ledger)) == 64
    assert chain_faults(case.ledger, case.key) == []


def test_every_command_leaves_a_whole_chain(filled: Case) -> None:
    assert chain_faults(filled.ledger, filled.key) == []
    (first,) = filled.ledger.execute("SELECT link FROM links WHERE id = 1").fetchone()
    assert chain_head(filled.ledger) != first.hex()
    linked = {row[0] for row in filled.ledger.execute("SELECT DISTINCT run FROM links")}
    assert linked == {0, *(row[0] for row in filled.ledger.execute("SELECT id FROM runs"))}


def test_what_is_rolled_back_leaves_no_entry(filled: Case) -> None:
    head = chain_head(filled.ledger)
    with pytest.raises(KeyboardInterrupt), filled.writing("test") as writer, writer.one_input():
        writer.warn("source", "S1", Warning("x", "x"))
        raise KeyboardInterrupt
    assert chain_head(filled.ledger) == head
    assert chain_faults(filled.ledger, filled.key) == []


EDITS = {
    "batch's time": ("UPDATE batches SET earliest = earliest - 9", ("changed", "batches", '["a"]')),
    "list's count": ("UPDATE lists SET rows = rows + 1", ("changed", "lists", "")),
    "run's time": (
        "UPDATE runs SET started_at = '2020-01-01T00:00:00+00:00' WHERE id = 2",
        ("changed", "runs", "[2]"),
    ),
    "change": ("DELETE FROM changes", ("missing-row", "changes", "[1]")),
    "custody": ("DELETE FROM custody WHERE subject = 'batch'", ("missing-row", "custody", "[2]")),
    "custody's time": (
        "UPDATE custody SET at = at || 'x' WHERE id = 1",
        ("changed", "custody", "[1]"),
    ),
    "new fact": ("INSERT INTO facts VALUES ('x', 'y')", ("added", "facts", '["x"]')),
    "link": ("UPDATE links SET run = 7 WHERE id = 2", ("link", "", "2")),
    "entry": ("DELETE FROM entries WHERE id = 2", ("link", "", "1")),
    "new entry": (
        "INSERT INTO entries (subject, subject_key) VALUES ('facts', '[\"z\"]')",
        ("unlinked", "", ""),
    ),
    "link taken out": ("DELETE FROM links WHERE id = 2", ("link", "", "3")),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_from_outside_shows(filled: Case, name: str) -> None:
    statement, (code, table, key) = EDITS[name]
    faults = edited(filled, statement)
    assert any(
        (found, where) == (code, table) and key in ("", row) for found, where, row in faults
    ), faults


def test_an_entry_made_without_the_key_shows(filled: Case) -> None:
    """Whoever edits a row and writes a new entry for it still lacks the key for either hash."""
    faults = edited(
        filled,
        "UPDATE batches SET text = 'x'",
        "INSERT INTO entries (subject, subject_key, content) VALUES ('batches', '[\"a\"]', x'00')",
        "UPDATE links SET last_entry = (SELECT max(id) FROM entries) "
        "WHERE id = (SELECT max(id) FROM links)",
    )
    assert {code for code, _, _ in faults} == {"link", "changed"}


def test_another_key_does_not_vouch(filled: Case) -> None:
    codes = {fault.code for fault in chain_faults(filled.ledger, Key.new())}
    assert {"link", "changed"} <= codes


def test_a_ledger_from_before_chains_gets_one_with_the_next_command(
    folder: Path, worker: Worker, tmp_path: Path
) -> None:
    path = folder / LEDGER
    with closing(sqlite3.connect(path)) as ledger:
        facts = dict(ledger.execute("SELECT * FROM facts").fetchall())
        ledger.execute("PRAGMA journal_mode = DELETE")
    key = find_key(facts["key_fingerprint"])
    facts["seal_check"] = Sealer(key).seal("leaktrace", "facts.seal_check").hex()
    path.unlink()
    with closing(sqlite3.connect(path)) as old:
        old.executescript(SCRIPTS[0])
        old.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())
        old.execute(f"PRAGMA application_id = {0x4C4B5452}")
        old.execute("PRAGMA user_version = 1")
        old.commit()
    with open_case(folder) as case:
        assert [fault.code for fault in chain_faults(case.ledger, case.key)] == ["no-chain"]
        ingest(case, [write_list(tmp_path / "a.csv", people(9, 1))], worker=worker)
        assert chain_faults(case.ledger, case.key) == []
        faults = edited(case, "UPDATE facts SET value = 'x' WHERE name = 'created_by'")
        assert faults == [("changed", "facts", '["created_by"]')]


def test_a_chain_that_was_taken_away_is_missed_and_never_begun_anew(
    filled: Case, worker: Worker, tmp_path: Path
) -> None:
    faults = edited(
        filled,
        "DELETE FROM entries",
        "DELETE FROM links",
        "UPDATE batches SET text = '2019-01-01', earliest = 1546272000",
    )
    assert faults == [("link", "", "")]
    with pytest.raises(LeaktraceError, match="chain") as told:
        ingest(filled, [write_list(tmp_path / "b.csv", people(9, 5))], worker=worker)
    assert told.value.code == "damaged"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER tt AFTER INSERT ON batches BEGIN DELETE FROM warnings; END",
        "CREATE TRIGGER sqliteXt AFTER INSERT ON batches BEGIN DELETE FROM warnings; END",
        "CREATE VIEW sqlitev AS SELECT * FROM batches",
        "CREATE VIEW vv AS SELECT * FROM batches",
        "DROP TABLE custody",
    ],
)
def test_a_ledger_of_another_shape_is_not_opened(filled: Case, statement: str) -> None:
    with pytest.raises(LeaktraceError) as told:
        edited(filled, statement)
    assert told.value.code == "damaged"


def test_a_trigger_under_a_name_of_sqlite_s_own_is_seen(filled: Case) -> None:
    with pytest.raises(LeaktraceError) as told:
        edited(
            filled,
            "PRAGMA writable_schema = ON",
            "INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_t', 'batches', 0, "
            "'CREATE TRIGGER sqlite_t AFTER INSERT ON batches BEGIN DELETE FROM warnings; END')",
        )
    assert told.value.code == "damaged"


@pytest.mark.parametrize("content", ["NULL", "(SELECT content FROM entries WHERE id = 1)"])
def test_a_stranger_s_entries_are_never_signed(
    filled: Case, worker: Worker, tmp_path: Path, content: str
) -> None:
    faults = edited(
        filled,
        "INSERT INTO entries (subject, subject_key, content) "
        f"SELECT 'custody', '[' || min(id) || ']', {content} FROM custody",
        "DELETE FROM custody WHERE id = (SELECT min(id) FROM custody)",
    )
    assert ("unlinked", "", "") in faults
    with pytest.raises(LeaktraceError, match="no command wrote") as told:
        ingest(filled, [write_list(tmp_path / "b.csv", people(9, 5))], worker=worker)
    assert told.value.code == "damaged"
    assert chain_faults(filled.ledger, filled.key)


def test_an_edited_row_is_not_signed_with_a_later_change_of_it(
    filled: Case, worker: Worker, tmp_path: Path
) -> None:
    sources = tmp_path / "S.csv"
    sources.write_text("id,name,kind,population\nS1,一,dental,500\n", encoding="utf-8")
    import_sources(filled, sources, worker=worker)
    told = edited(filled, "UPDATE sources SET population = 12 WHERE id = 'S1'")
    assert told == [("changed", "sources", '["S1"]')]
    sources.write_text("id,name,kind,population\nS1,一,dental,900\n", encoding="utf-8")
    with pytest.raises(LeaktraceError, match="not as leaktrace wrote it") as refused:
        import_sources(filled, sources, worker=worker)
    assert refused.value.code == "damaged"
    assert chain_faults(filled.ledger, filled.key)


def test_facts_that_were_changed_are_told_in_words(filled: Case) -> None:
    with closing(sqlite3.connect(filled.folder / LEDGER)) as ledger, ledger:
        ledger.execute("UPDATE facts SET value = 'x' WHERE name = 'seal_check'")
    with pytest.raises(LeaktraceError) as told:
        open_case(filled.folder)
    assert told.value.code == "damaged"
