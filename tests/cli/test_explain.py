"""``ingest --explain``: counts and reasons in both languages, and no value of any cell."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl

from tests.cli.lists import PEOPLE
from tests.inside import run_inside


def test_reasons_with_counts_and_without_values(tmp_path: Path) -> None:
    rows = "".join(
        f"{name},{mobile},{14_000_000_000 + i},1.38E+10,1760000000000\n"
        for i, (name, mobile, *_more) in enumerate(PEOPLE[:20])
    )
    text = "姓名,手机号,订单号,备用,时间戳\n" + rows
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    env = {"LEAKTRACE_KEYS": str(tmp_path / "keys")}

    def run(*arguments: str) -> str:
        done = run_inside(*arguments, cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    run("init", "case")
    seen = ("--seen-at", "2026-03-01")
    told = run("-C", "case", "--lang", "en", "ingest", "list.csv", "--explain", *seen)
    plain = " ".join(told.split())
    assert "encoding utf-8, because" in plain
    assert "delimiter comma, because it cuts 21 of 21 sampled lines into 5 cells each" in plain
    assert "header in row 1, because 3 of its 5 cells" in plain
    assert "column 2 (手机号): mobile numbers, because 100% of 20 filled cells hold one" in plain
    assert "20 numbers left alone" in plain
    assert "20 cells damaged by Excel" in plain
    assert "13 digits: 20" in plain
    document = run("-C", "case", "--lang", "zh", "ingest", "list.csv", "--explain", "--json", *seen)
    (batch,) = json.loads(document)["batches"]
    assert [column["why"] for column in batch["columns"]][1:3] == ["content", "serial"]
    assert batch["columns"][1]["kinds"] == {"mobile": 20}
    assert all(column["explanation"] for column in batch["columns"])
    assert len(batch["explanation"]) == 4
    for _name, mobile, *_more in PEOPLE[:20]:
        assert str(mobile) not in told + document


def test_what_is_said_of_a_file_is_said_once(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "一"
    for sheet in (book.active, book.create_sheet("二")):
        sheet.append(["姓名", "手机号"])
        for name, mobile in PEOPLE[:5]:
            sheet.append([name, str(mobile)])
    book.save(tmp_path / "two.xlsx")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "two.xlsx", "two.xlsx")
        archive.writestr("a.csv", f"姓名,手机号\n{PEOPLE[0][0]},{PEOPLE[0][1]}\n")
        archive.writestr("b.csv", f"姓名,手机号\n{PEOPLE[1][0]},{PEOPLE[1][1]}\n")
    env = {"LEAKTRACE_KEYS": str(tmp_path / "keys")}

    def run(*arguments: str) -> str:
        done = run_inside(*arguments, cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    run("init", "case")
    told = run("-C", "case", "ingest", "two.xlsx", "all.zip", "--split", "--explain")
    assert told.count("read as xlsx, told from its content") == 2
    assert told.count("two.xlsx: read as xlsx, told from its content") == 1
    assert told.count("a.csv: read as text") == told.count("b.csv: read as text") == 1
    parts = {name: told.split(f"all#{name}")[1] for name in "1234"}
    assert "a.csv: read as" in parts["3"].split("all#4")[0]
    assert "two.xlsx › 一" in parts["1"] and " / " not in told
    document = run("-C", "case", "ingest", "all.zip", "--split", "--explain", "--json")
    said = [batch["explanation"] for batch in json.loads(document)["batches"]]
    heads = [lines[0].partition(":")[0] for lines in said]
    assert heads == ["two.xlsx", "two.xlsx", "a.csv", "b.csv"]
    # Once more as one batch, which tells of all its files.
    whole = run("-C", "case", "ingest", "all.zip", "--explain", "--json")
    assert [len(batch["explanation"]) for batch in json.loads(whole)["batches"]] == [9]


def test_one_name_for_all_and_several_in_a_cell(tmp_path: Path) -> None:
    one, two = (str(mobile) for _name, mobile, *_more in PEOPLE[20:22])
    rows = "".join(f"佚名,{mobile},{name}\n" for name, mobile, *_more in PEOPLE[:20])
    (tmp_path / "same.csv").write_text("姓名,手机号,代表\n" + rows, encoding="utf-8")
    rows = "".join(f"{name},{mobile}\n" for name, mobile, *_more in PEOPLE[:20])
    rows += f"张三、李四,{one}/{two}\n王五、赵六,{one}\n制表人：王小明 {two},\n"
    (tmp_path / "joint.csv").write_text("姓名,手机号\n" + rows, encoding="utf-8")
    env = {"LEAKTRACE_KEYS": str(tmp_path / "keys")}

    def run(*arguments: str) -> str:
        done = run_inside(*arguments, cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        return " ".join((done.stdout + done.stderr).decode().split())

    run("init", "case")
    told = run("-C", "case", "--lang", "en", "ingest", "same.csv", "joint.csv", "--explain")
    assert "column 1 (姓名): other: its header speaks of names, but another column's" in told
    assert "column 3 (代表): name, because its header says so; 20 filled cells" in told
    assert "1 cell holds several people, each told apart with their own numbers" in told
    assert "1 cell holds several names that do not pair off with the numbers of its row" in told
    assert "row 23: who made the list" in told
    assert "nothing in its header" not in told
    assert one not in told and two not in told and "佚名" not in told
