from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.case import create_case, export_key, find_case, import_key, open_case
from leaktrace.case.layout import LEDGER
from leaktrace.case.migrations import NEWEST
from leaktrace.case.records import SOURCE_KINDS
from leaktrace.case.sealing import Sealer
from leaktrace.case.tables import TABLES
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.keys import Key


def files_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_new_case_has_templates_in_both_languages(folder: Path) -> None:
    sources = (folder / "templates" / "SOURCES.csv").read_bytes()
    assert sources.startswith(b"\xef\xbb\xbfid,name,kind,population,opened_at")
    chinese = (folder / "templates" / "来源.csv").read_text(encoding="utf-8-sig")
    assert chinese.startswith("编号,名称,类别,人数,")
    assert len(list((folder / "templates").iterdir())) == 2 * len(TABLES)
    readme = (folder / "README.txt").read_text(encoding="utf-8-sig")
    assert "本文件夹是" in readme and "This folder is a case" in readme


def test_chinese_headers_name_one_column_each() -> None:
    for spec in TABLES:
        names = [name for column in spec.columns for name in column.headers]
        assert len(names) == len(set(names)), spec.name


def test_the_key_is_outside_the_case(folder: Path, keys: Path) -> None:
    (file,) = keys.glob("*.key")
    with open_case(folder) as case:
        assert file.stem == case.key.fingerprint
        secret = case.key.secret
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
        assert keys.stat().st_mode & 0o077 == 0
    for _, content in files_of(folder).values():
        assert secret not in content and secret.hex().encode() not in content


def test_a_given_key_is_used(tmp_path: Path) -> None:
    key = Key.new()
    made = create_case(tmp_path / "second", key)
    assert made.key_fingerprint == key.fingerprint
    with open_case(made.folder) as case:
        assert case.key == key


def test_an_empty_folder_becomes_a_case_and_no_other(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    create_case(tmp_path / "empty")
    with pytest.raises(LeaktraceError, match="already") as again:
        create_case(folder)
    assert again.value.code == "exists"
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(LeaktraceError, match="not an empty folder"):
        create_case(tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_a_case_is_found_as_git_finds_its_repository(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "templates")
    assert find_case(None) == folder
    assert find_case(folder) == folder
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LeaktraceError, match="leaktrace init DIR") as none:
        find_case(None)
    assert none.value.code == "not-a-case"
    monkeypatch.setenv("LEAKTRACE_CASE", str(folder))
    assert find_case(None) == folder
    with pytest.raises(LeaktraceError) as wrong:
        find_case(tmp_path)
    assert wrong.value.code == "not-a-case"


def test_a_missing_key_is_named_with_the_cure(folder: Path, keys: Path, tmp_path: Path) -> None:
    with open_case(folder) as case:
        export_key(case, tmp_path / "copy.key")
        with pytest.raises(LeaktraceError):
            export_key(case, tmp_path / "copy.key")
    (file,) = keys.glob("*.key")
    file.unlink()
    with pytest.raises(LeaktraceError, match="leaktrace key import FILE") as missing:
        open_case(folder)
    assert missing.value.code == "key-missing"
    assert "\n" not in missing.value.message
    import_key(tmp_path / "copy.key")
    with open_case(folder) as case:
        assert case.sources() == ()


def test_reading_writes_nothing(folder: Path) -> None:
    before = files_of(folder)
    with open_case(folder) as case:
        case.sources(), case.canaries(), case.batches(), case.references(), case.warnings()
    assert files_of(folder) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_folder_can_be_read_and_refuses_to_be_written(folder: Path) -> None:
    folder.chmod(0o500)
    try:
        with open_case(folder) as case:
            with pytest.raises(LeaktraceError) as refused, case.writing("test"):
                pass
            assert refused.value.code == "read-only"
    finally:
        folder.chmod(0o700)


def test_a_reader_keeps_its_state_while_another_writes(folder: Path) -> None:
    with open_case(folder) as reader, open_case(folder) as writer_case:
        with writer_case.writing("test") as writer, writer.one_input():
            writer.run()
        assert reader.runs() == ()
        assert [run.outcome for run in writer_case.runs()] == ["finished"]
        reader.refresh()
        assert [run.command for run in reader.runs()] == ["test"]


def test_what_a_live_writer_has_committed_is_read(folder: Path) -> None:
    with open_case(folder) as case, case.writing("test") as writer:
        with writer.one_input():
            writer.run()
        assert (folder / f"{LEDGER}-wal").exists()
        with open_case(folder) as reader:
            assert [run.outcome for run in reader.runs()] == ["running"]


def test_a_crashed_copy_without_its_index_is_read(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    with open_case(folder) as case, case.writing("test") as writer:
        with writer.one_input():
            writer.run()
        for name in (LEDGER, f"{LEDGER}-wal"):
            (copy / name).write_bytes((folder / name).read_bytes())
    with open_case(copy) as case:
        assert [run.command for run in case.runs()] == ["test"]
    assert sorted(path.name for path in copy.iterdir()) == [LEDGER, f"{LEDGER}-wal"]


def test_one_writer_at_a_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaktrace.case.ledger.WAIT_S", 0.05)
    with (
        open_case(folder) as one,
        open_case(folder) as other,
        one.writing("first"),
        pytest.raises(LeaktraceError, match="another leaktrace command") as busy,
        other.writing("second"),
    ):
        pass
    assert busy.value.code == "busy"
    with open_case(folder) as other, other.writing("second"):
        pass


def test_a_newer_case_is_refused_in_words(folder: Path) -> None:
    with closing(sqlite3.connect(folder / LEDGER)) as ledger:
        ledger.execute(f"PRAGMA user_version = {NEWEST + 1}")
    with pytest.raises(LeaktraceError, match="newer leaktrace") as newer:
        open_case(folder)
    assert newer.value.code == "newer-case"


def test_an_older_ledger_is_migrated_when_written_and_read_as_if_it_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leaktrace.case import migrations

    monkeypatch.setattr(
        migrations, "SCRIPTS", (*migrations.SCRIPTS, "CREATE TABLE to_come (id TEXT) STRICT;")
    )
    monkeypatch.setattr(migrations, "NEWEST", NEWEST + 1)
    before = files_of(folder)
    with open_case(folder) as case:
        assert case.ledger.execute("SELECT count(*) FROM to_come").fetchone()[0] == 0
        assert files_of(folder) == before
        with case.writing("test"):
            pass
    with closing(sqlite3.connect(folder / LEDGER)) as ledger:
        assert ledger.execute("PRAGMA user_version").fetchone()[0] == NEWEST + 1


def test_a_failed_migration_leaves_the_ledger(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leaktrace.case import migrations

    broken = "CREATE TABLE half (id TEXT) STRICT; CREATE TABLE half (id TEXT);"
    monkeypatch.setattr(migrations, "SCRIPTS", (*migrations.SCRIPTS, broken))
    monkeypatch.setattr(migrations, "NEWEST", NEWEST + 1)
    with pytest.raises(LeaktraceError):
        open_case(folder)
    with closing(sqlite3.connect(folder / LEDGER)) as ledger:
        assert ledger.execute("PRAGMA user_version").fetchone()[0] == NEWEST


def test_a_stray_file_is_no_ledger(folder: Path) -> None:
    (folder / LEDGER).write_bytes(b"not a database at all, only some text" * 100)
    with pytest.raises(LeaktraceError) as damaged:
        open_case(folder)
    assert damaged.value.code == "damaged" and "\n" not in damaged.value.message


def test_a_sealed_value_opens_in_its_column_alone() -> None:
    sealer = Sealer(Key.new())
    sealed = sealer.seal({"name": "某人"}, "sources.details")
    assert sealer.open(sealed, "sources.details") == {"name": "某人"}
    assert "某人".encode() not in sealed
    for other, column in ((sealer, "runs.arguments"), (Sealer(Key.new()), "sources.details")):
        with pytest.raises(LeaktraceError) as damaged:
            other.open(sealed, column)
        assert damaged.value.code == "damaged"


@given(st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=5))
def test_opening_gives_what_was_sealed(value: object) -> None:
    sealer = Sealer(Key(bytes(32)))
    sealed = sealer.seal(value, "runs.arguments")
    assert sealer.open(sealed, "runs.arguments") == value
    assert sealer.seal(value, "runs.arguments") != sealed


def test_an_interrupted_command_is_marked(folder: Path) -> None:
    with open_case(folder) as case:
        with pytest.raises(KeyboardInterrupt), case.writing("test") as writer:
            with writer.one_input():
                writer.run()
            raise KeyboardInterrupt
        assert [run.outcome for run in case.runs()] == ["aborted"]


def test_a_command_that_changes_nothing_leaves_no_trace(folder: Path) -> None:
    before = files_of(folder)
    with open_case(folder) as case, case.writing("test") as writer, writer.one_input():
        pass
    after = files_of(folder)
    after.pop("writer.lock", None)
    before.pop("writer.lock", None)
    assert {name: content for name, (_, content) in after.items()} == {
        name: content for name, (_, content) in before.items()
    }


def test_the_readme_tells_the_kinds_of_sources(folder: Path) -> None:
    readme = (folder / "README.txt").read_text(encoding="utf-8-sig")
    chinese, english = readme.split("This folder is")
    for kind in SOURCE_KINDS:
        assert f"({kind})" in chinese and kind in english
    assert max(map(len, readme.splitlines())) <= 100


@given(st.text(st.characters(), max_size=20))
def test_any_file_name_can_be_sealed(name: str) -> None:
    sealer = Sealer(Key(bytes(32)))
    assert sealer.open(sealer.seal({"file": name}, "batches.original"), "batches.original") == {
        "file": name
    }


def test_a_copy_of_the_key_mends_a_key_file_that_was_spoilt(
    folder: Path, keys: Path, tmp_path: Path
) -> None:
    with open_case(folder) as case:
        export_key(case, tmp_path / "copy.key")
    (file,) = keys.glob("*.key")
    file.write_bytes(b"junk")
    with pytest.raises(LeaktraceError, match="leaktrace key import FILE"):
        open_case(folder)
    import_key(tmp_path / "copy.key")
    with open_case(folder):
        assert (keys / f"{file.name}.damaged").read_bytes() == b"junk"
