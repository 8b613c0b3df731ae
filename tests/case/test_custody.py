"""Who took in what, when, from where, and what was refused: it survives the terminal."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from leaktrace import __version__
from leaktrace.case import (
    Case,
    attach_reference,
    custody_records,
    import_sources,
    ingest,
    open_case,
    restore_original,
)
from leaktrace.case.layout import ORIGINALS
from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.fingerprint.summary import ListSummary
from leaktrace.intake.blocks import MemberReport
from leaktrace.intake.worker import Worker
from tests.case.case_data import people, write_list, write_table

REFUSED = MemberReport("b.doc", "doc", 9, "", "refused", "document", "b.doc is a document")
LITTER = MemberReport("__MACOSX › x", "", 3, "ab" * 32, "litter", "litter", "left by macOS")


@dataclass
class Telling:
    """A worker in this process that says ``members`` were in the file, where a password opens
    one that is refused without it."""

    members: list[MemberReport]
    password: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    limits: dict[str, float] = field(default_factory=lambda: {"memory": 1, "seconds": 2})

    def call(self, function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        self.asked.append(named)
        named = {name: value for name, value in named.items() if name != "on_progress"}
        made = function(*args, **named)
        if not isinstance(made, ListSummary):
            return made
        opened = self.password and self.password in named["passwords"]
        members = [
            replace(one, status="read", code="", reason="", sha256="cd" * 32)
            if opened and one.status == "refused"
            else one
            for one in self.members
        ]
        return replace(made, members=[*made.members, *members])


def test_a_record_says_who_when_where_and_how(
    case: Case, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_list(tmp_path / "May.csv", people(40))
    monkeypatch.setenv("LEAKTRACE_EXAMINER", "nobody")
    ingest(case, [path], mapping={"2": "mobile"}, examiner="张警官", worker=worker)
    (one,) = custody_records(case)
    assert (one.subject, one.subject_id, one.current, one.examiner) == (
        "batch",
        "May",
        True,
        "张警官",
    )
    assert one.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert one.original.path == str(path) and one.original.size == path.stat().st_size
    assert one.version == one.read_version == __version__ and one.command == "ingest"
    assert one.settings["mapping"] == {"2": "mobile"} and one.settings["limits"]["memory"] > 0
    assert one.environment["python"] and len(one.time_zone) == 5
    assert one.counts["rows"] == 40 and one.adds_up
    assert [table.rows for table in one.tables] == [40]
    (member,) = one.members
    assert (member.member, member.status, member.sha256) == (None, "read", one.sha256)
    for file in case.folder.rglob("*"):
        assert not file.is_file() or "张警官".encode() not in file.read_bytes()


def test_the_examiner_may_come_from_the_environment(
    case: Case, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAKTRACE_EXAMINER", " 李 ")
    ingest(case, [write_list(tmp_path / "a.csv", people(5))], worker=worker)
    assert custody_records(case)[0].examiner == "李"


def test_every_sighting_of_one_list_has_its_own_record(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    for name, time in (("a", 1_700_000_000), ("b", 1_750_000_000)):
        path = write_list(tmp_path / name / f"{name}.csv", people(9))
        os.utime(path, (time, time))
        ingest(case, [path], examiner=name, worker=worker)
    one, other = custody_records(case)
    assert one.list == other.list and one.sha256 == other.sha256
    assert (one.examiner, other.examiner) == ("a", "b")
    assert one.original.path != other.original.path
    assert one.original.modified_at == "2023-11-14T22:13:20+00:00" != other.original.modified_at


def test_a_batch_taken_in_anew_keeps_its_former_record(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "a.csv", people(9))
    ingest(case, [path], worker=worker)
    ingest(case, [path], mapping={"1": "ignore"}, worker=worker)
    before, now = custody_records(case, ["a"])
    assert (before.current, now.current) == (False, True)
    assert before.settings["mapping"] == {} and now.settings["mapping"] == {"1": "ignore"}


def test_what_is_refused_is_a_row_with_hash_and_reason(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    folder = tmp_path / "seized"
    write_list(folder / "a.csv", people(9))
    (folder / "b.bin").write_bytes(bytes(range(256)) * 9)
    (folder / "Thumbs.db").write_bytes(b"x")
    outcome = ingest(case, [folder, tmp_path / "gone.csv"], examiner="王", worker=worker)
    assert [one.code for one in outcome.refused] == ["binary", "missing"]
    _, refused, missing = custody_records(case)
    assert (refused.subject, refused.code, refused.examiner) == ("refused", "binary", "王")
    assert refused.sha256 == hashlib.sha256(bytes(range(256)) * 9).hexdigest()
    assert refused.reason == outcome.refused[0].reason and refused.original.size == 2304
    assert (missing.code, missing.sha256) == ("missing", "")
    (noted,) = (one for one in case.warnings() if one.code == "passed-over")
    assert "Thumbs.db" in noted.text


def test_every_refused_attempt_is_a_row(case: Case, worker: Worker, tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.csv", people(9))
    path.write_bytes(bytes(range(256)) * 9)
    for examiner in ("王", "李", "李"):
        # One command that names a file twice has tried it once.
        ingest(case, [path, path], examiner=examiner, keep_originals=True, worker=worker)
    path.write_bytes(b"")
    ingest(case, [path], examiner="李", worker=worker)
    path.write_bytes(bytes(range(256)) * 9)
    ingest(case, [path], mapping={"9": "mobile"}, examiner="赵", worker=worker)
    records = custody_records(case)
    assert [(one.examiner, one.code) for one in records] == [
        ("王", "binary"),
        ("李", "binary"),
        ("李", "binary"),
        ("李", "empty"),
        ("赵", "binary"),
    ]
    assert [one.current for one in records] == [False, False, False, True, True]
    assert all(one.taken_at and one.reason for one in records)
    assert records[4].settings["mapping"] == {"9": "mobile"}
    assert [run.outcome for run in case.runs()] == ["finished"] * 5
    assert len(list((case.folder / ORIGINALS).iterdir())) == 1


def test_why_the_files_in_a_refused_archive_were_refused_is_kept(
    case: Case, tmp_path: Path
) -> None:
    class Refusing(Telling):
        def call(self, function: Callable[..., Any], *args: Any, **named: Any) -> Any:
            error = InputRefused(f"{args[0]}: nothing", code="nothing-read", file=str(args[0]))
            inner = InputRefused("b.doc is a document", code="document", file=f"{args[0]} › b.doc")
            error.inside = (inner,)
            raise error

    (tmp_path / "a.zip").write_bytes(b"PK")
    outcome = ingest(case, [tmp_path / "a.zip"], worker=Refusing([]))  # type: ignore[arg-type]
    name = str(tmp_path / "a.zip")
    assert [(one.file, one.code) for one in outcome.refused] == [
        (name, "nothing-read"),
        (f"{name} › b.doc", "document"),
    ]
    (one,) = custody_records(case)
    assert (one.code, one.inside) == ("nothing-read", outcome.refused[1:])


def test_a_refused_reference_is_a_row_too(case: Case, worker: Worker, tmp_path: Path) -> None:
    table = write_table(tmp_path / "S.csv", "id,name,kind,population", ("S1", "某", "agency", ""))
    import_sources(case, table, worker=worker)
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(InputRefused):
        attach_reference(case, "S1", tmp_path / "empty.csv", examiner="王", worker=worker)
    (one,) = custody_records(case)
    assert (one.subject, one.subject_id, one.code, one.examiner) == ("refused", "S1", "empty", "王")
    attach_reference(case, "S1", write_list(tmp_path / "o.csv", people(5)), worker=worker)
    assert custody_records(case)[-1].subject == "reference"


def test_doubts_about_time_are_kept_beside_the_batch(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    ingest(case, [write_list(tmp_path / "a.csv", people(5))], worker=worker)
    assert [(one.subject, one.subject_id, one.code) for one in case.warnings()] == [
        ("batch", "a", "seen-now")
    ]


def test_members_that_were_refused_are_told(case: Case, tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.csv", people(9))
    told = Telling([REFUSED, LITTER])
    outcome = ingest(case, [path], worker=told)  # type: ignore[arg-type]
    name = outcome.batches[0].batch.file
    assert [(one.file, one.code) for one in outcome.refused] == [(f"{name} › b.doc", "document")]
    assert outcome.skipped == (f"{name} › __MACOSX › x",)
    assert not outcome.nothing_accepted
    (one,) = custody_records(case)
    assert [member.status for member in one.members] == ["read", "refused", "litter"]


def test_passwords_open_what_was_refused_and_are_never_stored(case: Case, tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.csv", people(9))
    told = Telling([REFUSED], password="geheim-4711")
    ingest(case, [path], worker=told)  # type: ignore[arg-type]
    before = list(case.ledger.iterdump())
    again = ingest(case, [path], worker=told)  # type: ignore[arg-type]
    assert len(again.refused) == 1 and list(case.ledger.iterdump()) == before
    opened = ingest(case, [path], passwords=["x", "geheim-4711"], worker=told)  # type: ignore[arg-type]
    assert opened.refused == () and opened.batches[0].status == "updated"
    assert told.asked[-1]["passwords"] == ("x", "geheim-4711")
    # What was once opened is not closed by a run without the password.
    last = ingest(case, [path], worker=told)  # type: ignore[arg-type]
    assert last.refused == () and last.batches[0].status == "unchanged"
    for run in case.runs():
        assert "geheim" not in repr(run)
    for file in case.folder.rglob("*"):
        assert not file.is_file() or b"geheim-4711" not in file.read_bytes()
    assert "geheim" not in repr(custody_records(case))


def test_an_original_is_kept_and_given_back(case: Case, worker: Worker, tmp_path: Path) -> None:
    rows = people(60)
    path = write_list(tmp_path / "a.csv", rows)
    data = path.read_bytes()
    ingest(case, [path], worker=worker)
    with pytest.raises(LeaktraceError, match="--keep-originals") as none:
        restore_original(case, "a", tmp_path / "back.csv")
    assert none.value.code == "not-kept"
    ingest(case, [path], keep_originals=True, worker=worker)
    assert [one.kept for one in custody_records(case)] == [True]
    path.unlink()
    restore_original(case, "a", tmp_path / "back.csv")
    assert (tmp_path / "back.csv").read_bytes() == data
    if os.name == "posix":
        assert (tmp_path / "back.csv").stat().st_mode & 0o077 == 0
    with pytest.raises(LeaktraceError, match="exists"):
        restore_original(case, "a", tmp_path / "back.csv")
    (kept,) = (case.folder / ORIGINALS).iterdir()
    sealed = kept.read_bytes()
    assert not [row for row in rows if row[1].encode() in sealed]
    kept.write_bytes(sealed[:-1])
    with pytest.raises(LeaktraceError, match="damaged"):
        restore_original(case, "a", tmp_path / "more.csv")
    assert sorted(one.name for one in tmp_path.iterdir() if "more" in one.name) == []
    assert not list(tmp_path.glob(".leaktrace-*"))


def test_an_original_that_nothing_names_is_cleared_away(
    case: Case, worker: Worker, tmp_path: Path
) -> None:
    ingest(case, [write_list(tmp_path / "a.csv", people(5))], keep_originals=True, worker=worker)
    (case.folder / ORIGINALS / "left").write_bytes(b"x")
    with open_case(case.folder) as other, other.writing("test"):
        pass
    assert len(list((case.folder / ORIGINALS).iterdir())) == 1


def test_an_unknown_batch_is_named(case: Case) -> None:
    with pytest.raises(LeaktraceError, match="no batch B9"):
        custody_records(case, ["B9"])
