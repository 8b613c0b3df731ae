"""A ledger that was put back to an earlier copy of itself, found by the head kept outside it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from leaktrace.case import Case, open_case, verify
from leaktrace.case.chain import chain_faults
from leaktrace.case.heads import compare_head, head_file
from leaktrace.case.layout import LEDGER
from leaktrace.intake.blocks import Warning
from leaktrace.intake.worker import Worker
from tests.conftest import Run


def write(case: Case, *texts: str) -> None:
    for text in texts:
        with case.writing("test") as writer, writer.one_input():
            writer.warn("source", "S1", Warning("x", text))


def state(folder: Path) -> str:
    with open_case(folder) as case:
        return compare_head(folder, case.ledger, case.key).code


def cut(folder: Path, links: int) -> None:
    """Take the newest links and all that they link off, as somebody without the key can."""
    with closing(sqlite3.connect(folder / LEDGER)) as ledger, ledger:
        newest = ledger.execute("SELECT max(id) FROM links").fetchone()[0]
        ledger.execute("DELETE FROM links WHERE id > ?", (newest - links,))
        last = ledger.execute("SELECT last_entry FROM links ORDER BY id DESC LIMIT 1").fetchone()[0]
        ledger.execute("DELETE FROM entries WHERE id > ?", (last,))
        ledger.execute("DELETE FROM warnings WHERE text_sealed IS NOT NULL AND run > 1")
        ledger.execute("DELETE FROM runs WHERE id > 1")


def test_every_command_leaves_its_head(case: Case, worker: Worker) -> None:
    assert state(case.folder) == "same"
    write(case, "a", "b")
    assert state(case.folder) == "same"
    (check,) = [one for one in verify(case, worker=worker).checks if one.part == "head"]
    assert (check.state, check.code) == ("same", "")


def test_a_chain_cut_off_at_its_end_is_found(case: Case, worker: Worker) -> None:
    write(case, "a", "b")
    cut(case.folder, 2)
    case.refresh()
    assert chain_faults(case.ledger, case.key) == []
    found = [one for one in verify(case, worker=worker).checks if one.state == "differs"]
    assert [(one.part, one.code) for one in found] == [("head", "rolled-back")]
    assert found[0].place == head_file(case.ledger).name


def test_an_earlier_copy_put_back_is_found_and_stays_found(case: Case, tmp_path: Path) -> None:
    write(case, "a")
    shutil.copyfile(case.folder / LEDGER, tmp_path / "earlier")
    write(case, "b")
    shutil.copyfile(tmp_path / "earlier", case.folder / LEDGER)
    assert state(case.folder) == "rolled-back"
    write(case, "c", "d")
    assert state(case.folder) == "rolled-back"


def test_a_head_that_is_behind_is_an_ancestor(case: Case, keys: Path, tmp_path: Path) -> None:
    write(case, "a")
    (head,) = keys.glob("*.head")
    shutil.copyfile(head, tmp_path / "behind")
    write(case, "b")
    shutil.copyfile(tmp_path / "behind", head)
    assert state(case.folder) == "same"


def test_a_crash_before_the_head_was_written_is_no_fault(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("leaktrace.case.writer.keep_head", crash)
        with pytest.raises(KeyboardInterrupt):
            write(case, "a")
    assert state(case.folder) == "same"


def test_a_missing_head_is_said_and_no_fault(case: Case, keys: Path, worker: Worker) -> None:
    write(case, "a")
    (head,) = keys.glob("*.head")
    head.unlink()
    (check,) = [one for one in verify(case, worker=worker).checks if one.part == "head"]
    assert (check.state, check.code, check.place) == ("same", "no-head", head.name)
    write(case, "b")
    assert state(case.folder) == "same"


def test_a_head_that_was_changed_vouches_for_nothing(case: Case, keys: Path) -> None:
    write(case, "a")
    (head,) = keys.glob("*.head")
    document = json.loads(head.read_text(encoding="ascii"))
    (place,) = document["heads"]
    document["heads"][place][0] = 1
    head.write_text(json.dumps(document), encoding="ascii")
    assert state(case.folder) == "bad-head"
    head.write_bytes(b"\xff{")
    assert state(case.folder) == "bad-head"


def test_copies_that_are_worked_on_do_not_accuse_each_other(case: Case, tmp_path: Path) -> None:
    write(case, "a")
    copy = tmp_path / "copy"
    shutil.copytree(case.folder, copy)
    assert state(copy) == "no-head"
    with open_case(copy) as other:
        write(other, "b")
    write(case, "c", "d")
    assert (state(copy), state(case.folder)) == ("same", "same")


def test_a_command_that_wrote_while_the_case_was_open_is_no_fault(
    case: Case, worker: Worker
) -> None:
    with open_case(case.folder) as other:
        write(other, "a")
    assert {one.state for one in verify(case, worker=worker).checks} == {"same"}


def test_a_strangers_ledger_names_no_file(case: Case) -> None:
    case.ledger.execute("UPDATE facts SET value = '../../else' WHERE name = 'case'")
    assert head_file(case.ledger).name == "unknown.head"


def test_a_key_folder_that_cannot_be_written_breaks_no_command(case: Case, keys: Path) -> None:
    (head,) = keys.glob("*.head")
    head.unlink()
    head.mkdir()
    write(case, "a")
    assert case.head_problem == "unwritable"
    assert [path.name for path in keys.iterdir() if path.name.endswith(".tmp")] == []
    head.rmdir()
    write(case, "b")
    assert (case.head_problem, state(case.folder)) == ("", "same")


def test_writing_on_a_ledger_that_was_rolled_back_is_told(case: Case, tmp_path: Path) -> None:
    write(case, "a")
    cut(case.folder, 1)
    write(case, "b")
    assert case.head_problem == "rolled-back"


def test_the_command_line_says_so_and_goes_on(case: Case, keys: Path, run_here: Run) -> None:
    (head,) = keys.glob("*.head")
    head.unlink()
    head.mkdir()
    table = case.folder / "SOURCES.csv"
    table.write_text("id,name,kind,population\nS1,x,agency,9\n", encoding="utf-8")
    done = run_here("-C", case.folder, "source", "import", table)
    assert done.returncode == 0 and "the key folder cannot be written" in done.stderr.decode()
