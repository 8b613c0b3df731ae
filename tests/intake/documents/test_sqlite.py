"""Databases of SQLite: stored columns of ordinary tables are read, and nothing in them is run."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from deeds import MOBILES
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_in import document_in, read, seen

from leaktrace.errors import InputRefused
from leaktrace.intake.documents import sqlitefile
from leaktrace.intake.forms import document_of
from leaktrace.intake.material import Material


def database(path: Path, *statements: str) -> bytes:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return path.read_bytes()


@pytest.fixture
def contacts(tmp_path: Path) -> bytes:
    return database(
        tmp_path / "a.db",
        "CREATE TABLE 联系人 (id INTEGER PRIMARY KEY, 姓名 TEXT, phone, photo BLOB, sum REAL)",
        f"INSERT INTO 联系人 VALUES (1, '张三', '{MOBILES[0]}', x'89504e4700', 2.5)",
        f"INSERT INTO 联系人 VALUES (2, '李四', {MOBILES[1]}, NULL, NULL)",
    )


def test_tables(contacts: bytes) -> None:
    got = seen(contacts)
    assert got.form == "sqlite"
    assert got.headers["联系人"] == ("id", "姓名", "phone", "photo", "sum")
    assert got.tables["联系人"] == [
        ["1", "张三", MOBILES[0], "", "2.5"],
        ["2", "李四", MOBILES[1], "", ""],
    ]
    assert got.warnings == ["binary-cells"]


def test_on_the_disk_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "b #1?.db" if Path("/").drive == "" else tmp_path / "b #1.db"
    database(path, "PRAGMA journal_mode=WAL", "CREATE TABLE a (b)", "INSERT INTO a VALUES ('x')")
    before = sorted(tmp_path.iterdir()), path.read_bytes()
    got = read(document_of(Material(path), "sqlite"))
    assert got.tables == {"a": [["x"]]}
    assert (sorted(tmp_path.iterdir()), path.read_bytes()) == before
    assert seen(path.read_bytes()).tables == got.tables


def test_changes_that_stand_beside_it_are_told(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    database(path, "CREATE TABLE a (b)", "INSERT INTO a VALUES ('x')")
    (tmp_path / "c.db-wal").write_bytes(b"x")
    assert read(document_of(Material(path), "sqlite")).warnings == ["write-ahead-log"]


def test_nothing_in_it_is_run(tmp_path: Path) -> None:
    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    data = database(
        tmp_path / "d.db",
        "CREATE TABLE a (b, c GENERATED ALWAYS AS (upper(b)) VIRTUAL)",
        "INSERT INTO a (b) VALUES ('x')",
        f"CREATE VIEW v AS {forever}",
        f"CREATE TRIGGER t AFTER INSERT ON a BEGIN {forever}; END",
        "CREATE VIRTUAL TABLE f USING fts5(words)",
        f"INSERT INTO f VALUES ('李四 {MOBILES[0]}')",
    )
    got = seen(data)
    assert got.tables == {"a": [["x"]], "f_content": [["1", f"李四 {MOBILES[0]}"]]}
    assert got.headers["a"] == ("b",)


def test_a_table_that_takes_too_long_is_broken_off(
    contacts: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlitefile, "_STEPS", 1)
    monkeypatch.setattr(sqlitefile, "_MOST_STEPS", 0)
    with pytest.raises(InputRefused) as refused:
        seen(contacts)
    assert refused.value.code == "truncated"


def test_texts_in_the_systems_encoding(tmp_path: Path) -> None:
    name = "张三".encode("gbk").hex()
    data = database(
        tmp_path / "e.db", "CREATE TABLE a (b)", f"INSERT INTO a VALUES (CAST(x'{name}' AS TEXT))"
    )
    assert seen(data).tables["a"] == [["张三"]]


def test_a_database_that_is_cut_off(contacts: bytes) -> None:
    got = seen(contacts[: len(contacts) // 2])
    assert got.headers["联系人"]
    assert "truncated" in got.warnings and "damaged" in got.warnings
    with pytest.raises(InputRefused):
        seen(contacts[:90])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_does_no_harm(contacts_bytes: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(16, len(contacts_bytes) - 1))
    patch = data.draw(st.binary(min_size=1, max_size=8))
    broken = contacts_bytes[:place] + patch + contacts_bytes[place + len(patch) :]
    try:
        document = document_in(broken)
        for table in document.tables if document else ():
            list(table.rows)
    except InputRefused:
        pass


@pytest.fixture(scope="module")
def contacts_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sqlite") / "f.db"
    return database(path, "CREATE TABLE a (b, c)", "INSERT INTO a VALUES ('x', 'y'), (1, 2)")


def test_a_database_of_access_is_refused_with_the_cure() -> None:
    with pytest.raises(InputRefused) as refused:
        document_in(b"\0\1\0\0Standard Jet DB\0" + bytes(4096))
    assert refused.value.code == "binary" and "Access" in refused.value.message
