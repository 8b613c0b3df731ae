"""Verifying: all as recorded, or what differs is named; nothing is written."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from leaktrace.case import Case, attach_reference, import_sources, ingest, open_case, verify
from leaktrace.case.layout import LEDGER, LISTS, ORIGINALS
from leaktrace.case.verification import Verification
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.sketch import sketch_of
from leaktrace.fingerprint.sketchfile import save_sketch
from leaktrace.intake.worker import Worker
from tests.case.case_data import people, write_list, write_table


@pytest.fixture
def seized(tmp_path: Path) -> Path:
    folder = tmp_path / "seized"
    write_list(folder / "a.csv", people(60, 1))
    write_list(folder / "deep" / "b.csv", people(30, 2), "gb18030")
    (folder / "c.bin").write_bytes(bytes(range(256)) * 9)
    return folder


@pytest.fixture
def taken(case: Case, worker: Worker, seized: Path) -> Case:
    ingest(case, [seized], worker=worker)
    return case


def told(found: Verification) -> set[tuple[str, str, str, str]]:
    return {
        (check.subject_id.rpartition("/")[2], check.part, check.state, check.code)
        for check in found.checks
        if check.state != "same"
    }


def files_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_an_untouched_case_is_as_recorded(taken: Case, worker: Worker) -> None:
    before = files_of(taken.folder)
    found = verify(taken, worker=worker)
    assert told(found) == set()
    parts = [(check.subject_id, check.part) for check in found.checks if check.subject == "batch"]
    assert parts == [(name, part) for name in "ab" for part in ("original", "files", "reading")]
    assert files_of(taken.folder) == before


def test_a_changed_original_is_named(taken: Case, worker: Worker, seized: Path) -> None:
    with (seized / "a.csv").open("ab") as file:
        file.write(b"x")
    (seized / "c.bin").write_bytes(b"\0")
    assert told(verify(taken, worker=worker)) == {
        ("a", "original", "differs", "other-bytes"),
        ("a", "reading", "unchecked", "other-original"),
        ("c.bin", "original", "differs", "other-bytes"),
    }
    assert told(verify(taken, ["b"], worker=worker)) == set()


def test_an_original_that_cannot_be_read_is_not_called_missing(
    taken: Case, worker: Worker, seized: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leaktrace.case.finding.Finder.sha256", lambda _self, _path: "")
    assert told(verify(taken, ["a"], worker=worker)) == {
        ("a", "original", "unchecked", "unreadable"),
        ("a", "reading", "unchecked", "unreadable"),
    }


def test_a_missing_original_is_said_and_looked_for_elsewhere(
    taken: Case, worker: Worker, seized: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "archive" / "2026"
    moved.parent.mkdir()
    shutil.move(seized, moved)
    (moved / "a.csv").rename(moved / "another name.csv")
    missing = told(verify(taken, worker=worker))
    assert ("a", "original", "unchecked", "missing") in missing
    assert {state for _, _, state, _ in missing} == {"unchecked"}
    assert told(verify(taken, original=tmp_path / "archive", worker=worker)) == set()
    assert told(verify(taken, ["a"], original=moved / "another name.csv", worker=worker)) == set()
    wrong = told(verify(taken, ["a"], original=moved / "deep" / "b.csv", worker=worker))
    assert ("a", "original", "differs", "other-bytes") in wrong


def test_damage_to_a_stored_list_is_named(taken: Case, worker: Worker) -> None:
    folder = taken.list_folder("b")
    rows = folder / "rows.arrow"
    data = bytearray(rows.read_bytes())
    data[len(data) // 2] ^= 1
    rows.write_bytes(data)
    (folder / "people.arrow").unlink()
    found = [check for check in verify(taken, worker=worker).checks if check.state != "same"]
    assert [(one.subject_id, one.part, one.state, one.place) for one in found] == [
        ("b", "files", "differs", "people.arrow"),
        ("b", "files", "differs", "rows.arrow"),
    ]
    shutil.rmtree(taken.folder / LISTS)
    assert ("a", "files", "differs", "damaged") in told(verify(taken, worker=worker))


def test_what_the_ledger_does_not_know_is_named(
    case: Case, worker: Worker, seized: Path, tmp_path: Path
) -> None:
    ingest(case, [seized], keep_originals=True, worker=worker)
    assert [c.state for c in verify(case, worker=worker).checks if c.part == "folder"] == ["same"]
    lists, originals = case.folder / LISTS, case.folder / ORIGINALS
    (lists / "13912345678.csv").write_bytes(b"x")
    (lists / "more" / "deep").mkdir(parents=True)
    (lists / "more" / "b.txt").write_bytes(b"")
    (originals / "a.csv").write_bytes(b"x")
    (case.list_folder("a") / "13912345678.txt").write_bytes(b"x")
    found = [check for check in verify(case, worker=worker).checks if check.state != "same"]
    assert {check.code for check in found} == {"foreign"}
    assert [(one.subject, one.subject_id, one.part, one.place) for one in found] == [
        ("batch", "a", "files", "139********.txt"),
        ("case", "", "folder", "lists/139********.csv"),
        ("case", "", "folder", "lists/more/b.txt"),
        ("case", "", "folder", "lists/more/deep/"),
        ("case", "", "folder", "originals/a.csv"),
    ]
    assert {check.state for check in found} == {"differs"}


def test_what_another_command_has_added_since_is_not_foreign(
    taken: Case, worker: Worker, tmp_path: Path
) -> None:
    with open_case(taken.folder) as other:
        ingest(other, [write_list(tmp_path / "new.csv", people(9, 3))], worker=worker)
    assert told(verify(taken, worker=worker)) == set()


def test_refused_attempts_on_one_file_are_compared_once(
    taken: Case, worker: Worker, seized: Path
) -> None:
    ingest(taken, [seized / "c.bin"], examiner="another", worker=worker)
    checks = [c for c in verify(taken, worker=worker).checks if c.subject == "refused"]
    assert [(one.part, one.state) for one in checks] == [("original", "same")]


def test_a_kept_original_stands_in_and_is_read_from_the_case(
    case: Case, worker: Worker, seized: Path
) -> None:
    ingest(case, [seized], keep_originals=True, worker=worker)
    shutil.rmtree(seized)
    found = verify(case, worker=worker)
    assert told(found) == set()
    assert {c.code for c in found.checks if c.part == "original"} == {"kept"}
    kept = sorted((case.folder / ORIGINALS).iterdir())
    assert len(kept) == 3
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1])
    assert {("a", "kept", "differs", "damaged"), ("a", "original", "unchecked", "missing")} <= told(
        verify(case, worker=worker)
    )


def test_an_edited_ledger_is_named(taken: Case, worker: Worker) -> None:
    with closing(sqlite3.connect(taken.folder / LEDGER)) as ledger, ledger:
        ledger.execute("UPDATE lists SET rows = rows + 1, identified_rows = identified_rows + 1")
    taken.refresh()
    found = told(verify(taken, worker=worker))
    assert ("", "chain", "differs", "changed") in found
    assert ("a", "reading", "differs", "counts") in found
    assert ("a", "sums", "differs", "sums") in found


def test_a_sealed_value_that_does_not_open_is_told(taken: Case, worker: Worker) -> None:
    with closing(sqlite3.connect(taken.folder / LEDGER)) as ledger, ledger:
        ledger.execute("UPDATE custody SET record_sealed = x'00' WHERE id = 1")
    taken.refresh()
    found = told(verify(taken, worker=worker))
    assert {("", "chain", "differs", "sealed"), ("", "chain", "differs", "changed")} <= found


def test_split_and_mapped_lists_are_read_as_they_were(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, seed in (("一", 1), ("二", 2)):
        sheet = book.create_sheet(name)
        for row in people(9, seed):
            sheet.append(row)
    book.save(tmp_path / "two.xlsx")
    ingest(case, [tmp_path / "two.xlsx"], split=True, mapping={"3": "ignore"}, worker=worker)
    assert [batch.id for batch in case.batches()] == ["two#1", "two#2"]
    assert told(verify(case, worker=worker)) == set()


def test_references_and_sketches_are_compared(case: Case, worker: Worker, tmp_path: Path) -> None:
    table = write_table(
        tmp_path / "S.csv",
        "id,name,kind,population",
        ("S1", "某", "agency", ""),
        ("S2", "某", "agency", ""),
    )
    import_sources(case, table, worker=worker)
    attach_reference(case, "S1", write_list(tmp_path / "o.csv", people(200)), worker=worker)
    sketch = tmp_path / "o.sketch"
    save_sketch(sketch_of(case.held_reference("S1"), Key(case.key.secret), 10), sketch)
    attach_reference(case, "S2", sketch, worker=worker)
    assert told(verify(case, worker=worker)) == set()
    sketch.write_bytes(sketch.read_bytes() + b"x")
    assert told(verify(case, worker=worker)) == {("S2", "original", "differs", "other-bytes")}
