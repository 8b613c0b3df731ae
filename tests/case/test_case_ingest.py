from __future__ import annotations

import hashlib
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from leaktrace.case import Case, IngestOutcome, ingest, open_case
from leaktrace.case.layout import LISTS, STAGING
from leaktrace.case.stored import Original
from leaktrace.errors import UsageError
from leaktrace.intake.refusals import legible
from leaktrace.intake.worker import Worker
from leaktrace.times import SHANGHAI, read_moment
from tests.case.case_data import people, write_list, write_table

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=SHANGHAI)
LATER = datetime(2026, 6, 1, 12, 0, tzinfo=SHANGHAI)
MANIFEST = "file,batch_id,seen_at,seller,offer_id,claimed_kind,price,price_unit,currency,note"


def took(case: Case, worker: Worker, *files: Path, **named: Any) -> IngestOutcome:
    return ingest(case, files, worker=worker, **{"now": NOW, **named})


def lists_of(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / LISTS).iterdir())


def test_a_list_becomes_a_batch(case: Case, worker: Worker, tmp_path: Path) -> None:
    rows = people(40)
    path = write_list(tmp_path / "leads" / "May.csv", [*rows, rows[0]])
    outcome = took(case, worker, path)
    (one,) = outcome.batches
    assert (one.status, one.batch.id, outcome.refused) == ("added", "May", ())
    assert one.batch.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (one.batch.rows, one.batch.identified_rows, one.batch.duplicate_rows) == (41, 41, 1)
    assert one.batch.people == len({row[1] for row in rows})
    assert one.batch.identifiers["mobile"] == 40
    assert one.batch.seen_at.text == "2026-05-01T12:00:00+08:00"
    assert [column.header for column in one.columns] == ["姓名", "手机号", "身份证号"]
    assert case.batches() == (one.batch,)
    held = case.held_batch("May")
    assert len(held.people) == one.batch.people and held.scaled == 1
    assert case.list_facts("May")["columns"][1]["kind"] == "mobile"


def test_the_same_bytes_under_the_same_name_change_nothing(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "May.csv", people(5))
    took(case, worker, path)
    before = list(case.ledger.iterdump())
    (again,) = took(case, worker, path, now=LATER).batches
    assert again.status == "unchanged"
    assert list(case.ledger.iterdump()) == before


def test_other_bytes_under_the_same_name_become_a_second_batch(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    for folder, seed in (("a", 1), ("b", 2), ("c", 1), ("d", 3)):
        write_list(tmp_path / folder / "May.csv", people(5, seed))
    outcome = took(case, worker, *(tmp_path / name / "May.csv" for name in "abcd"))
    assert [(one.batch.id, one.status) for one in outcome.batches] == [
        ("May", "added"),
        ("May~2", "added"),
        ("May", "unchanged"),
        ("May~3", "added"),
    ]


def test_a_manifest_names_and_describes(case: Case, worker: Worker, tmp_path: Path) -> None:
    write_list(tmp_path / "lists" / "one.csv", people(5), "gb18030")
    manifest = write_table(
        tmp_path / "批次.csv",
        "文件,批次编号,发现时间,卖家,价格,备注,城市",
        ("lists/one.csv", "B001", "2026/3/1", "老王", "0.5", "旧", "上海"),
        ("lists\\one.csv", "B002", "", "", "", "", ""),
        ("lists/gone.csv", "B003", "2026-03-02", "", "", "", ""),
        ("lists/one.csv", "B004", "2026-02-30", "", "", "", ""),
        ("", "B005", "2026-02-03", "", "", "", ""),
        ("lists/one.csv", "B001", "2026-03-09", "", "", "", ""),
        encoding="gb18030",
    )
    outcome = took(case, worker, manifest=manifest)
    one, two = case.batches()
    assert (one.id, one.file, one.seen_at.text) == ("B001", "lists/one.csv", "2026-03-01")
    assert (one.seller, one.price, one.note) == ("老王", "0.5", "旧; 城市: 上海")
    assert (two.id, two.seen_at.text) == ("B002", "2026-05-01T12:00:00+08:00")
    assert len(lists_of(case.folder)) == 1
    assert [(one.code, one.row) for one in outcome.refused] == [
        ("date", 5),
        ("no-file", 6),
        ("duplicate-id", 7),
        ("missing", None),
    ]
    assert outcome.refused[-1].file == "lists/gone.csv"


def test_a_changed_manifest_line_updates_and_is_logged(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    write_list(tmp_path / "one.csv", people(5))
    rest = ("", "", "", "", "", "")
    for seen, seller, status in (
        ("", "A", "added"),
        ("", "A", "unchanged"),
        ("", "B", "updated"),
        ("2026-04-01", "B", "updated"),
    ):
        line = ("one.csv", "B001", seen, seller, *rest)
        manifest = write_table(tmp_path / "BATCHES.csv", MANIFEST, line)
        (one,) = took(case, worker, manifest=manifest, now=LATER if seen else NOW).batches
        assert one.status == status, (seen, seller)
    (batch,) = case.batches()
    assert (batch.seller, batch.seen_at.text) == ("B", "2026-04-01")
    changes = case.ledger.execute("SELECT before_sealed FROM changes ORDER BY id").fetchall()
    sellers = [case.sealer.open(row[0], "changes.before")["claims"]["seller"] for row in changes]
    assert sellers == ["A", "B"]


def test_a_known_batch_with_other_bytes_is_refused(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    manifest = write_table(
        tmp_path / "BATCHES.csv", MANIFEST, ("one.csv", "B001", "2026-03-01", *[""] * 7)
    )
    write_list(tmp_path / "one.csv", people(5, 1))
    took(case, worker, manifest=manifest)
    before = case.batches(), lists_of(case.folder)
    write_list(tmp_path / "one.csv", people(5, 2))
    outcome = took(case, worker, manifest=manifest)
    assert [one.code for one in outcome.refused] == ["other-bytes"]
    assert outcome.nothing_accepted
    assert (case.batches(), lists_of(case.folder)) == before


def test_files_are_described_by_the_manifest_when_both_are_given(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    for name, seed in (("one", 1), ("two", 2), ("three", 3)):
        write_list(tmp_path / f"{name}.csv", people(5, seed))
    manifest = write_table(
        tmp_path / "BATCHES.csv",
        MANIFEST,
        ("one.csv", "B001", "2026-03-01", "A", *[""] * 6),
        ("two.csv", "B002", "2026-03-02", "A", *[""] * 6),
    )
    took(
        case,
        worker,
        tmp_path / "two.csv",
        tmp_path / "three.csv",
        manifest=manifest,
        seen_at=read_moment("2026-04-01"),
    )
    assert [(one.id, one.seen_at.text) for one in case.batches()] == [
        ("B002", "2026-03-02"),
        ("three", "2026-04-01"),
    ]


def test_a_folder_stands_for_its_files(
    case: Case, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, seed in (("in/b.csv", 1), ("in/a/z.csv", 2), ("in/.hidden.csv", 3)):
        write_list(tmp_path / name, people(5, seed))
    (tmp_path / "in" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "in" / "~$b.xlsx").write_bytes(b"x")
    (tmp_path / "none").mkdir()
    outcome = took(case, worker, Path("in"), Path("none"))
    assert [one.batch.file for one in outcome.batches] == ["in/a/z.csv", "in/b.csv"]
    assert sorted(Path(name).as_posix() for name in outcome.skipped) == [
        "in/.hidden.csv",
        "in/Thumbs.db",
        "in/~$b.xlsx",
    ]
    assert [one.code for one in outcome.refused] == ["empty-folder"]


def test_one_refused_file_does_not_stop_the_rest(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 50)
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "mine.sketch").write_bytes(b"leaktrace sketch\n")
    good = write_list(tmp_path / "good.csv", people(5))
    bad = [tmp_path / name for name in ("empty.csv", "cut.xlsx", "noise.csv", "mine.sketch")]
    outcome = took(case, worker, *bad, tmp_path / "gone.csv", good)
    assert [one.batch.id for one in outcome.batches] == ["good"]
    assert len(outcome.refused) == 5
    for refusal in outcome.refused:
        assert refusal.reason and "\n" not in refusal.reason
    assert not outcome.nothing_accepted
    assert not (case.folder / STAGING).exists()
    assert len(lists_of(case.folder)) == 1
    assert took(case, worker, *bad).nothing_accepted


def test_nothing_named_is_wrong_usage(case: Case, worker: Worker) -> None:
    with pytest.raises(UsageError):
        took(case, worker)


def test_a_mapping_that_is_given_reads_a_known_batch_anew(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "May.csv", people(20))
    took(case, worker, path)
    (one,) = took(case, worker, path, mapping={"身份证号": "ignore"}).batches
    assert one.status == "updated" and "id_number" not in one.batch.identifiers
    (same,) = took(case, worker, path).batches
    assert same.status == "unchanged" and "id_number" not in same.batch.identifiers
    assert len(lists_of(case.folder)) == 2


def test_split_makes_one_batch_of_each_sheet(case: Case, worker: Worker, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for number, seed in ((1, 1), (2, 2)):
        book.create_sheet(f"空{number}")
        sheet = book.create_sheet(f"第{number}批")
        sheet.append(["姓名", "手机号", "身份证号"])
        for row in people(10 * number, seed):
            sheet.append(list(row))
    book.remove(book.worksheets[0])
    book.save(tmp_path / "two.xlsx")
    whole = took(case, worker, tmp_path / "two.xlsx").batches
    assert [(one.batch.id, one.batch.rows) for one in whole] == [("two", 30)]
    parts = took(case, worker, tmp_path / "two.xlsx", split=True).batches
    assert [(one.batch.id, one.batch.rows) for one in parts] == [("two#1", 10), ("two#2", 20)]
    assert [{column.sheet for column in one.columns} for one in parts] == [{"第1批"}, {"第2批"}]
    again = took(case, worker, tmp_path / "two.xlsx", split=True).batches
    assert [one.status for one in again] == ["unchanged", "unchanged"]
    assert len(case.held_batch("two#2").people) == 20
    single = write_list(tmp_path / "one.csv", people(5, 9))
    for status in ("added", "unchanged"):
        (one,) = took(case, worker, single, split=True).batches
        assert (one.batch.id, one.status) == ("one", status)


@pytest.mark.parametrize("step", ["settle", "commit", "flush"])
def test_a_crash_leaves_the_case_as_it_was_before_that_input(
    case: Case, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = write_list(tmp_path / "first.csv", people(5, 1))
    second = write_list(tmp_path / "second.csv", people(5, 2))
    took(case, worker, first)
    before, lists = list(case.ledger.iterdump()), lists_of(case.folder)

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    from leaktrace.case import settling, writer

    with monkeypatch.context() as broken:
        if step == "settle":
            broken.setattr(writer.Writer, "settle", fail)
        elif step == "flush":
            broken.setattr(writer, "flush_to_disk", fail)
        else:
            settle = settling.settle_lists
            from leaktrace.case import batches

            broken.setattr(batches, "settle_lists", lambda *a: (settle(*a), fail()))
        with pytest.raises(KeyboardInterrupt):
            took(case, worker, second)
    with open_case(case.folder) as reopened:
        assert list(reopened.ledger.iterdump()) == before
    took(case, worker, first)
    assert lists_of(case.folder) == lists
    assert not (case.folder / STAGING).exists()
    (one,) = took(case, worker, second).batches
    assert one.status == "added"


def test_a_killed_writer_leaves_nothing_behind(case: Case, worker: Worker, tmp_path: Path) -> None:
    took(case, worker, write_list(tmp_path / "first.csv", people(5, 1)))
    before, lists = list(case.ledger.iterdump()), lists_of(case.folder)
    (case.folder / STAGING / "list").mkdir(parents=True)
    (case.folder / LISTS / ("0" * 32) / "index").mkdir(parents=True)
    took(case, worker, tmp_path / "first.csv")
    assert lists_of(case.folder) == lists and not (case.folder / STAGING).exists()
    assert list(case.ledger.iterdump()) == before


def test_every_changing_command_is_a_row_with_its_arguments_sealed(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "secret name" / "one.csv", people(5))
    took(case, worker, path)
    (run,) = case.runs()
    assert (run.command, run.outcome) == ("ingest", "finished")
    assert run.arguments["files"] == [str(path)] and run.ended_at is not None
    assert b"secret name" not in (case.folder / "leaktrace.sqlite").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="hard to provoke elsewhere")
def test_a_full_or_failing_disk_is_one_line(
    case: Case, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leaktrace.case import writer
    from leaktrace.errors import LeaktraceError

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "flush_to_disk", full)
    with pytest.raises(LeaktraceError, match="No space left") as error:
        took(case, worker, write_list(tmp_path / "one.csv", people(5)))
    assert "\n" not in error.value.message
    monkeypatch.undo()
    assert case.batches() == () and lists_of(case.folder) == []


def test_the_time_that_was_assumed_is_told(case: Case, worker: Worker, tmp_path: Path) -> None:
    path = write_list(tmp_path / "May.csv", people(40))
    (assumed,) = took(case, worker, path).warnings
    assert assumed.code == "seen-now" and "2026-05-01T12:00" in assumed.text
    assert took(case, worker, path).warnings == ()
    other = write_list(tmp_path / "June.csv", people(40, 3))
    assert took(case, worker, other, seen_at=read_moment("2026-04-01")).warnings == ()


def test_another_time_for_a_known_batch_is_told_and_not_taken(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "May.csv", people(40))
    april = read_moment("2026-04-01")
    assert took(case, worker, path, seen_at=april).batches[0].warnings == ()
    assert took(case, worker, path, seen_at=april).batches[0].warnings == ()
    (again,) = took(case, worker, path, seen_at=read_moment("2026-03-01")).batches
    (warning,) = again.warnings
    assert (again.status, again.batch.seen_at) == ("unchanged", april)
    assert warning.code == "seen-before"
    assert "2026-04-01" in warning.text and "manifest" in warning.text


def test_a_time_in_the_future_is_told(case: Case, worker: Worker, tmp_path: Path) -> None:
    path = write_list(tmp_path / "May.csv", people(40))
    (one,) = took(case, worker, path, seen_at=read_moment("2026-05-02")).batches
    assert [warning.code for warning in one.warnings] == ["future"]
    other = write_list(tmp_path / "June.csv", people(40, 3))
    assert not took(case, worker, other, seen_at=read_moment("2026-05-01")).batches[0].warnings


def test_a_list_that_excel_has_emptied_is_refused(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    lost = write_table(tmp_path / "lost.csv", "姓名,手机号", *[("张三", "1.38E+10")] * 30)
    outcome = took(case, worker, lost)
    (refusal,) = outcome.refused
    assert outcome.nothing_accepted and refusal.code == "excel-damaged"
    assert refusal.file == lost.as_posix() and "手机号" in refusal.reason
    assert case.batches() == () and lists_of(case.folder) == []
    half = write_table(
        tmp_path / "half.csv", "姓名,手机号", ("李四", "13912345678"), *[("张三", "1.38E+10")] * 30
    )
    (one,) = took(case, worker, half).batches
    assert "excel-damaged" in [warning.code for warning in one.warnings]


def test_a_kind_that_is_none_is_wrong_usage_and_no_files_fault(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "May.csv", people(40))
    with pytest.raises(UsageError) as wrong:
        took(case, worker, path, mapping={"手机号": "whatever"})
    assert "May" not in wrong.value.message and "id_number" in wrong.value.message
    (one,) = took(case, worker, path, mapping={"身份证号": "其他"}).batches
    assert one.columns[2].kind == "other"


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX alone")
def test_a_file_name_that_the_system_cannot_say(case: Case, worker: Worker, tmp_path: Path) -> None:
    # As LC_ALL=C gives it: the bytes of UTF-8 as lone surrogates; and bytes that are no UTF-8.
    for raw, name in ("名单".encode(), "名单"), (b"a\xe6\xffb", "a\\xe6\\xffb"):
        path = tmp_path / (raw.decode("ascii", "surrogateescape") + ".csv")
        assert legible(path).endswith(f"{name}.csv")
        sighting = Original(legible(path), legible(path), "00", 0, "")
        assert case.sealer.open(case.sealer.seal(asdict(sighting), "t.c"), "t.c")["file"].endswith(
            f"{name}.csv"
        )
